/** Shadowed rules against enumeration on small spaces. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { duplicatesIn } from '../../src/model/questions/duplicates.ts';
import { shadowsIn } from '../../src/model/questions/shadows.ts';
import { cellsOf, indexOf, ruleSetOf, smallRules } from './model-of.ts';

const isCovered = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  [...part].every((cell) => whole.has(cell));

test('all of them can go together, and no other rule can', async () => {
  let shadowed = 0;
  await fc.assert(
    fc.asyncProperty(smallRules(), async (rules) => {
      const ruleSet = await ruleSetOf(rules);
      fc.pre(duplicatesIn(ruleSet.rules).length === 0);
      const shadows = [...shadowsIn(ruleSet, 'ingress')];
      shadowed += shadows.length;
      const gone = new Set(shadows.map(({ rule }) => indexOf(rule)));
      const left = rules.filter((_, index) => !gone.has(index));
      expect(cellsOf(left)).toEqual(cellsOf(rules));
      for (const rule of left) {
        expect(isCovered(cellsOf([rule]), cellsOf(left.filter((other) => other !== rule)))).toBe(false);
      }
      for (const { rule, others, reasons } of shadows) {
        expect(reasons).toEqual([]);
        const theirs = others.map((other) => rules[indexOf(other)]!);
        expect(isCovered(cellsOf([rules[indexOf(rule)]!]), cellsOf(theirs))).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
  expect(shadowed).toBeGreaterThan(0);
});

test.each([
  ['count = var.on ? 1 : 0', '', ['var.on']],
  ['', 'count = var.on ? 1 : 0', ['var.on']],
  ['', '', []],
])('what may not be there: %j beside %j', async (narrow, wide, reasons) => {
  const rules = [
    { from: 1, to: 1, sources: ['10.0.0.0/9'], more: narrow },
    { from: 1, to: 2, sources: ['10.0.0.0/8'], more: wide },
  ];
  const ruleSet = await ruleSetOf(rules, 'variable "on" {\n  type = bool\n}\n');
  expect([...shadowsIn(ruleSet, 'ingress')].map((shadow) => [indexOf(shadow.rule), shadow.reasons])).toEqual([
    [0, reasons],
  ]);
});

test('a rule that is said twice is no shadow', async () => {
  const same = { from: 1, to: 1, sources: ['10.0.0.0/8'] };
  expect([...shadowsIn(await ruleSetOf([same, same]), 'ingress')]).toEqual([]);
});
