/** Conditions that are made ready answer what Terraform's evaluator answers. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Frame, ready } from '../../src/rules/condition.ts';
import { budgetOfQuestion, functionsIn, poolOfRule, scopeWith } from '../../src/rules/evaluation.ts';
import { optionValue } from '../../src/rules/option.ts';
import { readRuleFile } from '../../src/rules/read.ts';
import { worldOf } from '../../src/rules/subjects.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { evaluate } from '../../src/terraform/expressions/evaluate.ts';
import type { Value } from '../../src/terraform/values/value.ts';
import { modelOf } from '../model/model-of.ts';
import { ruleText } from './rule-text.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const requests = join(fixtures, 'rules/requests');

const conditions = [
  '!(rule.direction == "egress") && rule.type != "x"',
  'rule.description == null || rule.description == "" || length(rule.description) < 3',
  '(rule.from_port == 22 || rule.to_port == 22) && group.tags["x"] != "y"',
  'group.name == rule.description',
  'overlaps(rule.ports, concat(["ssh"], ["rdp"])) && within(rule.sources, ["private", "groups"])',
  '-1 < 2 && [1, 2][1] == 2 && rule.tags["a"] == null',
];

const texts = [
  ...readdirSync(requests).map((name) => readFileSync(join(requests, name), 'utf8')),
  ...conditions.map((when) => ruleText(when)),
];

const shown = (compute: () => Value): string => {
  try {
    const value = compute();
    return value.kind === 'bool'
      ? String(value.value)
      : `${value.kind} ${value.kind === 'unknown' ? value.reasons.map(({ name }) => name).sort() : ''}`;
  } catch (error) {
    return `! ${(error as Error).message}`;
  }
};

test.each(['admin-port-open', 'broad-private-cidr', 'missing-rule-description', 'policy'])('%s', async (id) => {
  const folder = join(fixtures, 'checks', id);
  const files = Object.fromEntries(
    ['bad.tf', 'good.tf', 'unknown.tf'].map((name, index) => [
      `${index}/main.tf`,
      readFileSync(join(folder, name), 'utf8'),
    ]),
  );
  let asked = 0;
  for (const [path, text] of Object.entries(files)) {
    const model = await modelOf({ 'main.tf': text });
    const world = worldOf('security-group', model, undefined);
    const functions = functionsIn(world);
    for (const source of texts) {
      const { value, problems } = readRuleFile(new SourceFile('tfsg.rules.hcl', source), new Map());
      expect(problems).toEqual([]);
      const { subject, when, options } = value[0]!;
      if (subject.about !== 'security-group' || subject.isOfModel) continue;
      const defaults = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));
      const answer = ready(when);
      for (const each of subject.all(world)) {
        const values = { ...subject.values(each, world), option: optionValue(defaults) };
        const fast = shown(() => answer(new Frame(values, functions, poolOfRule())));
        const slow = shown(() =>
          evaluate(when, scopeWith(values, functions.functions, budgetOfQuestion(poolOfRule()))),
        );
        // Where the first operand decides, nobody asks what is wrong with the second.
        if (!slow.startsWith('!')) expect([path, each.address, fast]).toEqual([path, each.address, slow]);
        asked++;
      }
    }
  }
  expect(asked).toBeGreaterThan(100);
});
