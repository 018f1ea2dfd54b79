/** The keys `checks` and `locked` of a configuration: checks by id, tfsg's or another tool's. */

import { append } from '../../collections/append.ts';
import type { Check } from '../../findings/check.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { itemsOf, type JsonNode } from '../jsonc.ts';
import type { Path } from '../keys.ts';
import { mistake, suggestion } from '../mistake.ts';
import type { Level } from '../names.ts';
import { MOST_MISTAKES } from '../schema-mistakes.ts';
import { decodeOption } from './options.ts';

/** What a configuration says about a check. */
export interface CheckEntry {
  readonly check: Check;
  /** Whether it is set by another tool's id, which an entry with the check's own id overrides. */
  readonly isAlias: boolean;
  readonly level: Level;
  /** Of the level. */
  readonly node: JsonNode;
  /** Only the options that are set. */
  readonly options: Readonly<Record<string, { readonly value: unknown; readonly node: JsonNode }>>;
}

/**
 * Entries that are mistaken are left out.
 *
 * @param path to the node
 * @param isSound whether the schema has nothing against a part
 */
export function decodeChecks(
  node: JsonNode | undefined,
  path: Path,
  byName: ReadonlyMap<string, readonly Check[]>,
  isSound: (path: Path) => boolean,
): Outcome<CheckEntry[]> {
  const problems: Problem[] = [];
  const value: CheckEntry[] = [];
  for (const { name, value: setting } of node?.kind === 'object' ? node.entries : []) {
    const named = byName.get(name) ?? [];
    const [levelNode, optionsNode] = setting.kind === 'array' ? setting.items : [setting];
    const levelPath = setting.kind === 'array' ? [...path, name, '0'] : [...path, name];
    if (named.length === 0 || levelNode?.kind !== 'scalar' || !isSound(levelPath)) continue;
    const given = optionsNode?.kind === 'object' ? optionsNode.entries : [];
    for (const check of named) {
      const options: Record<string, CheckEntry['options'][string]> = {};
      for (const entry of given) {
        const declaration = check.options[entry.name];
        if (declaration === undefined || !isSound([...path, name, '1', entry.name])) continue;
        const decoded = decodeOption(declaration, entry.value);
        append(problems, decoded.problems);
        if (decoded.problems.length === 0) options[entry.name] = { value: decoded.value, node: entry.value };
      }
      const level = levelNode.value as Level;
      value.push({ check, isAlias: name !== check.id, level, node: levelNode, options });
    }
  }
  return { value, problems };
}

/** The ids of the checks that a list names. */
export function idsOf(
  node: JsonNode | undefined,
  byName: ReadonlyMap<string, readonly Check[]>,
): Outcome<readonly string[]> {
  const problems: Problem[] = [];
  const value = itemsOf(node).flatMap((item) => {
    // The schema has told this one.
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    const name = item.value;
    const named = byName.get(name);
    if (named !== undefined) return named.map(({ id }) => id);
    const message = `Unknown check ${JSON.stringify(name)}.`;
    problems.push(
      mistake(item, message, problems.length < MOST_MISTAKES ? suggestion(name, [...byName.keys()]) : undefined),
    );
    return [];
  });
  return { value, problems };
}
