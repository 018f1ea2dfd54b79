/** Every configuration of fixtures/terraform has the rules that Terraform itself plans for it (expected.json). */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { diskFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { type InspectedRule, inspectRules } from '../../src/report/inspected.ts';
import type { Inputs } from '../../src/terraform/inputs.ts';

const root = join(import.meta.dirname, '../../fixtures/terraform');
const cases = readdirSync(root).filter((name) => existsSync(join(root, name, 'expected.json')));

/** A rule as Terraform plans it; what it can't know before apply is named in `unknown`. */
type PlannedRule = Omit<InspectedRule, 'span'>;

const scalars = ['address', 'group', 'direction', 'protocol', 'from_port', 'to_port', 'self', 'description'] as const;
const lists = [
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_ids',
  'security_groups',
  'security_group_refs',
  'prefix_list_refs',
] as const;
const dependsOn: Readonly<Record<string, string>> = {
  security_group_refs: 'security_groups',
  prefix_list_refs: 'prefix_list_ids',
};

/** Equal in all that Terraform knows; where Terraform says unknown, tfsg may know more. */
function isSame(planned: PlannedRule, ours: InspectedRule): boolean {
  const unknown = new Set(planned.unknown);
  if (ours.unknown.some((name) => !unknown.has(name))) return false;
  return (
    scalars.every((name) => unknown.has(name) || planned[name] === ours[name]) &&
    lists.every((name) => {
      const theirs = [...planned[name]].sort();
      const mine = [...ours[name]].sort();
      if (!unknown.has(name) && !unknown.has(dependsOn[name] ?? '')) return theirs.join('\n') === mine.join('\n');
      return theirs.every((value) => value === 'unknown' || mine.includes(value));
    })
  );
}

/** What is missing and what is too much; `["*"]` stands for any number of rules with something unknown. */
function differences(planned: readonly PlannedRule[], ours: readonly InspectedRule[]) {
  const spare = [...ours];
  const missing: PlannedRule[] = [];
  const openEnded = planned.filter((rule) => rule.unknown[0] === '*');
  for (const rule of [...planned].sort((a, b) => a.unknown.length - b.unknown.length)) {
    if (openEnded.includes(rule)) continue;
    const index = spare.findIndex((candidate) => isSame(rule, candidate));
    if (index === -1) missing.push(rule);
    else spare.splice(index, 1);
  }
  const isOpenEnded = (rule: InspectedRule): boolean =>
    rule.unknown.length > 0 &&
    openEnded.some(({ address, direction }) => address === rule.address && direction === rule.direction);
  return { missing, tooMany: spare.filter((rule) => !isOpenEnded(rule)).map(({ span, ...rule }) => rule) };
}

function inputsOf(name: string): Inputs {
  const path = join(root, name, 'args.json');
  const given: string[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
  const variables: Inputs['variables'][number][] = [];
  let workspace = 'default';
  for (let i = 0; i < given.length; i += 2) {
    const value = given[i + 1]!;
    if (given[i] === '--workspace') workspace = value;
    else if (given[i] === '--var-file') {
      variables.push({ kind: 'var-file', path: value, bytes: readFileSync(join(root, name, value)) });
    } else variables.push({ kind: 'var', name: value.split('=')[0]!, text: value.slice(value.indexOf('=') + 1) });
  }
  return { variables, environment: {}, workspace };
}

describe('the rules of a configuration are those that Terraform plans', () => {
  test.each(cases)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8'));
    const configFor = () => ({ isIncluded: () => true, failOn: 'low', checks: new Map() }) as const;
    const { models } = await inspect(diskFileSystem(join(root, name)), [''], {
      configFor,
      parser: 'native',
      inputs: inputsOf(name),
    });
    // What Terraform rejects has no rules to compare: it is enough that there is an answer.
    if (!Array.isArray(expected)) return;
    expect(differences(expected, models.flatMap(inspectRules))).toEqual({ missing: [], tooMany: [] });
  });
});
