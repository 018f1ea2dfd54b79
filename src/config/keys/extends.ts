/** The key `extends` of a config. */

import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { oneLineJson } from '../commented-json.ts';
import { itemsOf, type JsonNode, plainValue } from '../jsonc.ts';
import type { ConfigKey } from '../key.ts';
import { mistake } from '../mistake.ts';
import { defaultPreset, type Preset, presetNames, presets } from '../presets.ts';
import { someText } from '../schema-parts.ts';

/** A preset, another file by its path relative to the one that names it, or a file of a package. */
export type Extended =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'file'; readonly path: string; readonly span: Span }
  /** `path` is as written: the name, and the file if it is named. */
  | {
      readonly kind: 'package';
      readonly path: string;
      readonly name: string;
      readonly file: string | undefined;
      readonly span: Span;
    };

/** A name of npm, and a path in the package without `..`. */
const packaged = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)(?:\/((?!\.\.(?:\/|$))[\w.~@-]+(?:\/(?!\.\.(?:\/|$))[\w.~@-]+)*))?$/;

/** What it names becomes layers when the file is read: nothing is left to be merged. */
export const key: ConfigKey<readonly Extended[] | undefined, undefined> = {
  name: 'extends',
  order: 10,
  schema: () => ({
    description: `Sets of checks and other configurations to start from, later ones before earlier ones. Without a set of checks: ${defaultPreset}.`,
    type: 'array',
    items: {
      description: [
        ...presets.map((preset) => `${preset}: ${presetSummaries[preset]}.`),
        './base.tfsgrc.json: another file, relative to this one.',
        '@acme/tfsg-config: .tfsgrc.json of a package in node_modules; @acme/tfsg-config/strict.json: another file of it.',
      ].join('\n'),
      ...someText,
      examples: [...presets, './base.tfsgrc.json'],
    },
    default: [defaultPreset],
  }),
  decode(node, { isSound, report }) {
    if (node?.kind !== 'array') return undefined;
    const names = itemsOf(node).filter((_, index) => isSound(['extends', String(index)]));
    if (names.length === 0 && !isSound(['extends'])) return undefined;
    const problems: Problem[] = [];
    const value = names.flatMap((name) => extendedBy(name, problems));
    report(problems);
    return value.length === 0 && problems.length > 0 ? undefined : value;
  },
  merge: () => undefined,
  print: () => [{ name: 'extends', value: oneLineJson(['tfsg:off']), note: 'every enabled check is listed below' }],
};

const presetSummaries: Readonly<Record<Preset, string>> = {
  'tfsg:recommended': 'the default without a configuration',
  'tfsg:strict': 'tfsg:recommended and opinionated checks',
  'tfsg:strict-by-reach': 'tfsg:strict with "severityByReach"',
  'tfsg:cis': 'checks that the CIS AWS Foundations Benchmark requires',
  'tfsg:off': 'none, except those that are enabled',
};

/** @param node a text; what is neither a preset nor a path is a mistake */
function extendedBy(node: JsonNode, problems: Problem[]): Extended[] {
  const name = String(plainValue(node));
  const preset = presets.find((each) => each === name);
  if (preset !== undefined) return [{ kind: 'preset', preset }];
  if (/^\.\.?\/.+/.test(name)) return [{ kind: 'file', path: name, span: node }];
  const [, of, file] = (!name.startsWith('tfsg:') && packaged.exec(name)) || [];
  // Without a scope or a file, it is rather a preset with a slip.
  if (of !== undefined && !presetNames.includes(name))
    return [{ kind: 'package', path: name, name: of, file, span: node }];
  const message = `${JSON.stringify(name)} is not a preset, a file path such as "./base.tfsgrc.json", or a package.`;
  // Their common beginning would make any two alike.
  const nearest = nearestName(name.replace(/^tfsg:/, ''), presetNames);
  const hint = nearest === undefined ? `Presets: ${presets.join(', ')}.` : `Did you mean "tfsg:${nearest}"?`;
  problems.push(mistake(node, message, hint));
  return [];
}
