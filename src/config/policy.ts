/** The key `policy` of a configuration, with every mistake in it. */

import { type GroupPolicy, groupPolicy, type PolicyDeclaration, sourceFault } from '../model/policy.ts';
import { parsePortSpec } from '../model/ports.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import { groupMatcherOf } from './globs.ts';
import { type JsonNode, plainValue, propertyOf } from './jsonc.ts';
import { mistake } from './mistake.ts';

/**
 * Entries with a mistake are left out.
 *
 * @param isSound whether the schema has nothing against an entry
 */
export function decodePolicies(node: JsonNode, isSound: (index: number) => boolean): Outcome<readonly GroupPolicy[]> {
  const problems: Problem[] = [];
  const value = itemsOf(node).flatMap((entry, index) => {
    if (!isSound(index)) return [];
    const mistakes = mistakesIn(entry);
    problems.push(...mistakes);
    if (mistakes.length > 0) return [];
    const declaration = plainValue(entry) as PolicyDeclaration;
    return [groupPolicy(declaration, groupMatcherOf(declaration.groups))];
  });
  return { value, problems };
}

/** What the schema can't say. */
function mistakesIn(entry: JsonNode): readonly Problem[] {
  const blank = itemsOf(propertyOf(entry, 'groups')).filter((glob) => String(plainValue(glob)).trim() === '');
  return [
    ...blank.map((glob) => mistake(glob, 'Expected a pattern such as "*-web".')),
    ...itemsOf(propertyOf(entry, 'ingress')).flatMap((ingress) => [
      ...itemsOf(propertyOf(ingress, 'ports')).flatMap((port) => {
        const spec = parsePortSpec(plainValue(port) as number | string);
        return spec.kind === 'ports' ? [] : [mistake(port, spec.message)];
      }),
      ...itemsOf(propertyOf(ingress, 'from')).flatMap((source) => {
        const fault = sourceFault(String(plainValue(source)));
        return fault === undefined ? [] : [mistake(source, fault)];
      }),
    ]),
  ];
}

const itemsOf = (node: JsonNode | undefined): readonly JsonNode[] => (node?.kind === 'array' ? node.items : []);
