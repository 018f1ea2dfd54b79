/** The key `rules` of a config: files of own rules. */

import { oneLineJson } from '../commented-json.ts';
import { itemsOf, type JsonNode, plainValue } from '../jsonc.ts';
import type { ConfigKey } from '../key.ts';
import { filesIn } from '../layer.ts';
import { someText } from '../schema-parts.ts';

/** A file as a config names it. */
export interface NamedRuleFile {
  readonly path: string;
  readonly node: JsonNode;
}

/** What is in the files becomes checks when the config is read. */
export const key: ConfigKey<readonly NamedRuleFile[] | undefined, readonly string[]> = {
  name: 'rules',
  order: 65,
  schema: () => ({
    description:
      "Files of own rules, relative to this file's directory. By default tfsg.rules.hcl beside this file, if it is there; [] for none.",
    type: 'array',
    items: { description: 'Path of a file.', ...someText, examples: ['tfsg.rules.hcl', 'policies/network.rules.hcl'] },
  }),
  decode(node, { isSound }) {
    if (node?.kind !== 'array' || !isSound(['rules'])) return undefined;
    return itemsOf(node).flatMap((item, index) =>
      isSound(['rules', String(index)]) ? { path: String(plainValue(item)), node: item } : [],
    );
  },
  merge: (layers) => filesIn(layers).flatMap(({ rules }) => rules?.files ?? []),
  print: (files) => (files.length === 0 ? [] : [{ name: 'rules', value: oneLineJson(files) }]),
};
