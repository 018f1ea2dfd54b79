/** The key `baseline` of a config. */

import { isAbsolutePath } from '../../source/path.ts';
import { joinPath } from '../../terraform/modules/load.ts';
import { plainValue } from '../jsonc.ts';
import { type ConfigKey, configuredPath, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, type Sourced } from '../layer.ts';
import { mistake } from '../mistake.ts';
import { BASELINE_FILE } from '../names.ts';

/** A path relative to the tree's root, or false for none. */
type BaselinePath = string | false;

export const key: ConfigKey<BaselinePath | undefined, Sourced<BaselinePath>> = {
  name: 'baseline',
  order: 105,
  schema: () => ({
    description: `Path of the baseline, relative to this file's directory, or false for none. By default ${BASELINE_FILE} at the repository root.`,
    type: ['string', 'boolean'],
    examples: [BASELINE_FILE, false],
  }),
  decode(node, { isSound, report }) {
    if (node === undefined || !isSound(['baseline'])) return undefined;
    const value = plainValue(node);
    if (value === false) return false;
    const path = String(value);
    const isRelative = !isAbsolutePath(path) && path.trim() !== '' && value !== true;
    if (isRelative && joinPath('', path) !== '') return path;
    report([mistake(node, `Expected a path such as "${BASELINE_FILE}", relative to this file's directory, or false.`)]);
    return undefined;
  },
  merge(layers) {
    const last = givenBy(layers, key).at(-1);
    if (last === undefined) return byDefault(BASELINE_FILE);
    return { value: inTree(last) ?? false, origin: last.origin };
  },
  limited: (base, full) => (base.value === false ? base : full),
  mistakes: (layers) =>
    givenBy(layers, key).flatMap((given) =>
      inTree(given) === undefined ? [mistake(given.node, `${given.value} is outside the tree.`)] : [],
    ),
  print: (value) => [sourcedEntry('baseline', value)],
};

/** Undefined for what leads out of the tree. */
function inTree({
  value,
  folder,
}: {
  readonly value: BaselinePath;
  readonly folder: string;
}): BaselinePath | undefined {
  return value === false ? false : configuredPath(value, folder);
}
