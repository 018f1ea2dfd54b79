/** What an index of a plan's elements leaves out agrees with nothing, by comparing each with each. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Candidates } from '../../src/plan/candidates.ts';
import { agreement } from '../../src/plan/reconcile.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { fromFloat, numberValue } from '../../src/terraform/values/number.ts';
import { stringValue, tupleValue, unknownValue, type Value } from '../../src/terraform/values/value.ts';

const texts = [
  '',
  '0',
  '6',
  '06',
  '443',
  '443.0',
  'tcp',
  'TCP',
  '-1',
  'all',
  '10.0.0.0/8',
  '10.0.0.0/16',
  'web',
  ' web',
];
const text = fc.constantFrom(...texts);
const number = fc.constantFrom(0, 6, 443, -1);

const value: fc.Arbitrary<Value> = fc.oneof(
  text.map((each) => stringValue(each)),
  number.map((each) => numberValue(fromFloat(each))),
  fc.array(text, { maxLength: 3 }).map((items) => tupleValue(items.map((each) => stringValue(each)))),
  fc.constant(unknownValue({ name: 'var.x' })),
);
const json: fc.Arbitrary<unknown> = fc.oneof(text, number, fc.constant(null), fc.array(text, { maxLength: 3 }));
const part = fc.record({
  value: json,
  unknown: fc.constantFrom<unknown>(false, false, true),
  sensitive: fc.constant(false),
});

const none = () => undefined;
const context = {
  origin: { span: { file: new SourceFile('plan.json', ''), start: 0, end: 0 } },
  isPast: false,
  reasonFor: (name: string) => ({ name }),
  ownerOf: none,
  identityOf: none,
  isWritten: () => true,
};

test('of a whole element', () => {
  let left = 0;
  fc.assert(
    fc.property(value, fc.array(part, { maxLength: 12 }), (item, parts) => {
      const found = new Set(new Candidates(parts).of([[undefined, item]]));
      left += parts.length - found.size;
      for (const each of parts) if (!found.has(each)) expect(agreement(item, each, context)).toBe('other');
    }),
    { numRuns: 2000 },
  );
  expect(left).toBeGreaterThan(0);
});

test('of several arguments', () => {
  const rule = fc.record({
    value: fc.record({ from_port: number, source: json }),
    unknown: fc.constant({}),
    sensitive: fc.constant({}),
  });
  let left = 0;
  fc.assert(
    fc.property(number, value, fc.array(rule, { maxLength: 12 }), (port, source, parts) => {
      const wanted = numberValue(fromFloat(port));
      const found = new Set(
        new Candidates(parts).of([
          ['from_port', wanted],
          ['source', source],
        ]),
      );
      left += parts.length - found.size;
      for (const each of parts) {
        if (found.has(each)) continue;
        const agrees = [
          agreement(wanted, { value: each.value.from_port, unknown: false, sensitive: false }, context),
          agreement(source, { value: each.value.source, unknown: false, sensitive: false }, context),
        ];
        expect(agrees).toContain('other');
      }
    }),
    { numRuns: 2000 },
  );
  expect(left).toBeGreaterThan(0);
});
