/** A check of tfsg as an own rule: what that finds, and what it can't (docs/decisions/0022-few-checks-are-own-rules.md). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { portSpecsOfClass } from '../../src/network/services.ts';
import { lintFiles } from '../checks/lint-files.ts';
import { lintWith, ruleText } from './rule-text.ts';

const ports = JSON.stringify(portSpecsOfClass('admin'));
const when = `rule.direction == "ingress" && overlaps(rule.ports, ${ports}) && overlaps(rule.sources, "internet")`;
const files = {
  'main.tf': readFileSync(join(import.meta.dirname, '../../fixtures/checks/admin-port-open/bad.tf'), 'utf8'),
};

test('an own rule finds the same places, and apart what the check tells together', async () => {
  const { findings: own } = await lintWith(ruleText(when), files);
  const { findings } = await lintFiles(files, ['admin-port-open']);
  const placeOf = ({ span }: (typeof own)[number]) => span.start;
  const byCheck = new Set(findings.map(placeOf));
  const others = own.filter((each) => !byCheck.has(placeOf(each)));
  expect([own.length, findings.length, others.length]).toEqual([15, 12, 3]);
  const related = new Set(findings.flatMap((each) => each.related.map(({ span }) => span.start)));
  expect(others.every((each) => related.has(placeOf(each)))).toBe(true);
  expect(findings.every(({ reach }) => reach !== undefined)).toBe(true);
  expect(own.every(({ reach }) => reach === undefined)).toBe(true);
});
