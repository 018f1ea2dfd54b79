/** The key `policy` of a configuration, with all mistakes. */

import { append } from '../../collections/append.ts';
import { type GroupPolicy, groupPolicy, type PolicyDeclaration, sourceFault } from '../../model/questions/policy.ts';
import { parsePortSpec } from '../../network/ports.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { type GlobChecker, groupMatcherOf } from '../globs.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import { mistake } from '../mistake.ts';

/**
 * Entries with a mistake are left out.
 *
 * @param isSound whether the schema has nothing against an entry
 */
export function decodePolicies(
  node: JsonNode,
  isSound: (index: number) => boolean,
  checker: GlobChecker,
): Outcome<readonly GroupPolicy[]> {
  const problems: Problem[] = [];
  const value = itemsOf(node).flatMap((entry, index) => {
    if (!isSound(index)) return [];
    const mistakes = mistakesIn(entry, checker);
    append(problems, mistakes);
    if (mistakes.length > 0) return [];
    const declaration = plainValue(entry) as PolicyDeclaration;
    return [groupPolicy(declaration, groupMatcherOf(declaration.groups))];
  });
  return { value, problems };
}

/** What the schema can't say. */
function mistakesIn(entry: JsonNode, checker: GlobChecker): readonly Problem[] {
  return [
    ...itemsOf(propertyOf(entry, 'groups')).flatMap((glob) => {
      const fault = checker.faultOf(String(plainValue(glob)), 'group');
      return fault === undefined ? [] : [mistake(glob, fault)];
    }),
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
