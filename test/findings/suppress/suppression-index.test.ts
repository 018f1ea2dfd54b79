/** Which comments reach a place, however many there are. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../../src/checks/index.ts';
import { configOf } from '../../../src/config/config.ts';
import type { SuppressionScope } from '../../../src/findings/suppress/request.ts';
import { suppressParts } from '../../../src/findings/suppress/suppress.ts';
import { type Suppression, SuppressionIndex } from '../../../src/findings/suppress/suppression-index.ts';
import { SuppressionTargets } from '../../../src/findings/suppress/targets.ts';
import { parseHcl } from '../../../src/hcl/native/parser.ts';
import type { Comment } from '../../../src/hcl/syntax.ts';
import type { TextRange } from '../../../src/source/source-file.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

function suppressionOf(ranges: readonly TextRange[], scope: SuppressionScope = 'here'): Suppression {
  const span = { file: new SourceFile('main.tf', ''), start: 0, end: 0 };
  const names = [{ text: 'port-open', span, checks: new Set(['port-open']) }];
  const request = {
    tool: 'tfsg',
    span,
    scope,
    names,
    reason: 'a test',
    endsOn: undefined,
    conditions: [],
  } as const;
  return { request, targets: ranges, around: undefined, locked: new Set(), used: new Set() };
}

/** Those that are marked as used by a place. */
function reached(suppressions: readonly Suppression[], places: readonly TextRange[]): readonly Suppression[] {
  const reaching = new SuppressionIndex(suppressions);
  for (const place of places) {
    for (const together of reaching.at(place)) {
      together.suppress('port-open', {}, { key: '', stateOf: () => undefined }, false, () => undefined);
    }
  }
  return suppressions.filter(({ used }) => used.size > 0);
}

const range = fc
  .tuple(fc.nat(12), fc.integer({ min: 1, max: 8 }))
  .map(([start, length]) => ({ start, end: start + length }));

test('those that have the whole place in one of their ranges', () => {
  fc.assert(
    fc.property(fc.array(fc.array(range, { maxLength: 3 }), { maxLength: 8 }), range, (lists, place) => {
      const all = lists.map((list) => suppressionOf(list));
      const expected = all.filter(({ targets: ranges }) =>
        ranges.some(({ start, end }) => start <= place.start && place.end <= end),
      );
      expect(reached(all, [place])).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

const MANY = 100_000;

test('very many, each of a place of its own', () => {
  const places = Array.from({ length: MANY }, (_, index) => ({ start: 10 * index, end: 10 * index + 5 }));
  expect(
    reached(
      places.map((place) => suppressionOf([place])),
      places,
    ),
  ).toHaveLength(MANY);
});

test('very many of the same', () => {
  const list = [{ start: 0, end: 10 * MANY }];
  const places = Array.from({ length: MANY }, (_, index) => ({ start: 10 * index, end: 10 * index + 5 }));
  expect(
    reached(
      Array.from({ length: MANY }, () => suppressionOf(list)),
      places,
    ),
  ).toHaveLength(MANY);
});

/** What each comment of a text stands on, as text. */
function standsOn(text: string, scope: SuppressionScope): string[] {
  const tree = parseHcl(new SourceFile('main.tf', text)).value;
  const reaches = new SuppressionTargets(tree);
  return tree.comments.map((comment: Comment) => {
    const found = reaches.of(comment, scope);
    return typeof found === 'string' ? found : found.map(({ start, end }) => text.slice(start, end)).join(' | ');
  });
}

test.each<[name: string, unit: string, text: (all: string) => string, scope: SuppressionScope, expected: string]>([
  ['lines of comments', '# x\n', (all) => `${all}a = 1\n`, 'here', 'a = 1'],
  ['lines of comments above nothing', '# x\n', (all) => all, 'here', 'nothing-below'],
  ['comments before something on its line', '/* x */ ', (all) => `a = [\n${all} 1, 2\n]\n`, 'here', '1'],
  ['comments behind something on its line', '/* x */ ', (all) => `a = [\n1, 2, ${all}\n]\n`, 'here', '1 | 2'],
  ['comments alone on a line', '/* x */ ', (all) => `${all}\na = 1\n`, 'here', 'a = 1'],
  ['comments on a line', '/* x */ ', (all) => `a = 1 ${all}\nb = 2\n`, 'line', 'a = 1 | b = 2'],
  ['comments in a resource', '# x\n', (all) => `resource "a" "b" {\n${all}}\n`, 'inside', `resource "a" "b" {\n`],
])('%s, very many', (_, unit, text, scope, expected) => {
  const ranges = standsOn(text(unit.repeat(100_000)), scope);
  expect(ranges).toHaveLength(100_000);
  expect([...new Set(ranges)].map((each) => each.slice(0, expected.length))).toEqual([expected]);
});

test('comments in very many resources', () => {
  const resource = 'resource "a" "b" {\n  # x\n}\n';
  expect(new Set(standsOn(resource.repeat(20_000), 'inside'))).toEqual(new Set([resource.trimEnd()]));
});

test('conditions, very many: those past the first thousand are said', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `# tfsg:ignore port-open when local.a == "${index}"\n`);
  const tree = parseHcl(new SourceFile('main.tf', `${text.join('')}a = 1\n`)).value;
  const { problems } = suppressParts([], [tree], [], checks, {
    configFor: () => configOf(new Map()),
    today: '2026-01-01',
    reportsUnused: false,
  });
  expect(problems).toHaveLength(19_000);
  expect(problems[0]!.message).toContain('more than 1,000 conditions in suppression comments');
});

test('names that no check has, very many', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `# tfsg:ignore prot-opne${index}\n`).join('');
  const tree = parseHcl(new SourceFile('main.tf', text)).value;
  const { problems } = suppressParts([], [tree], [], checks, {
    configFor: () => configOf(new Map()),
    today: '2026-01-01',
    reportsUnused: true,
  });
  expect(problems).toHaveLength(20_000);
});
