/** Every mistake in a .tfsgrc.json is named at its place, and what is right holds. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import type { TextPattern } from '../../src/findings/check.ts';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import { emptySummary } from '../../src/report/report.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { expectGolden, fixtures } from '../golden.ts';

function decode(text: string) {
  return decodeConfigFile(new SourceFile('.tfsgrc.json', text), checks);
}

function decodePattern(pattern: string) {
  return decode(JSON.stringify({ checks: { 'missing-rule-description': ['low', { pattern }] } }));
}

/** Number of problems and the text at the place of each. */
function mistakesIn(text: string): string[] {
  return decode(text).problems.map(({ span }) => text.slice(span?.start, span?.end));
}

describe('the mistakes of a file', () => {
  test.each(readdirSync(join(fixtures, 'config')))('%s', (scenario) => {
    const text = readFileSync(join(fixtures, 'config', scenario, '.tfsgrc.json'), 'utf8');
    const report = { problems: decode(text).problems, findings: [], undecided: [], summary: emptySummary };
    const shown = renderPretty(report, { color: false, width: 120, unknown: false, checks: [] });
    expectGolden(`config/${scenario}/problems.txt`, shown);
  });

  test.each(['{"overrides": [{ "files": ["a"], "checks": {} /*', '{"exclude": ["a', '{"exclude": /*', '{"a'])(
    'no mistake of %s lies behind the text',
    (text) => {
      const { value, problems } = decode(text);
      const nodes = [
        ...value.given.overrides.map(({ node }) => node),
        ...(value.root === undefined ? [] : [value.root]),
      ];
      for (const { start, end } of [...problems.map(({ span }) => span!), ...nodes]) {
        expect([start <= end, end <= text.length]).toEqual([true, true]);
      }
    },
  );

  test('a byte order mark and CRLF are no mistakes', () => {
    expect(decode('\ufeff{\r\n  "failOn": "high"\r\n}\r\n')).toMatchObject({
      value: { given: { failOn: 'high' } },
      problems: [],
    });
  });

  test.each(['{}', '[]', 'null', '1', 'true', '""'])('%s in the place of any value is a mistake at most', (value) => {
    for (const text of [
      `{ "extends": [${value}] }`,
      `{ "include": [${value}], "exclude": ${value} }`,
      `{ "failOn": ${value}, "checks": ${value} }`,
      `{ "checks": { "port-open": ${value}, "icmp-open": [${value}], "missing-rule-description": ["low", { "pattern": ${value} }] } }`,
      `{ "overrides": [${value}] }`,
      `{ "overrides": [{ "files": [${value}], "groups": [${value}], "checks": ${value} }] }`,
      `{ "trusted": { "cidrs": [${value}], "groups": ${value} } }`,
      `{ "environments": { "a": ${value}, "b": { "varFiles": [${value}], "vars": ${value}, "workspace": ${value} } } }`,
      `{ "suppressions": { "inline": ${value}, "honor": [${value}], "locked": [${value}] } }`,
      `{ "policy": [${value}, { "groups": [${value}], "ingress": [${value}, { "ports": [${value}], "from": [${value}] }] }] }`,
    ]) {
      expect(() => decode(text)).not.toThrow();
    }
  });

  test.each(['cidrs', 'prefixLists', 'groups'])('a very long text in %s is a mistake', (key) => {
    const text = 'a.aws_security_group.a[.aws_prefix_list.a['.repeat(20_000);
    const { problems } = decode(
      JSON.stringify({ trusted: { [key]: [text] }, policy: [{ groups: ['a'], ingress: [{ from: [text] }] }] }),
    );
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/ can have at most 1000 characters; this string has 840000\.$/),
      'A source can have at most 1000 characters; this one has 840000.',
    ]);
  });

  test('what is nested too deep is one mistake', () => {
    const { problems } = decode('['.repeat(200_000));
    expect(problems).toHaveLength(1);
  });

  test.each([
    ['unknown keys', (index: number) => `"k${index}": 1`, (all: string) => `{ "checks": { ${all} } }`],
    ['wrong entries', () => '1', (all: string) => `{ "overrides": [${all}] }`],
    [
      'unknown checks',
      (index: number) => `"prot-open${index}"`,
      (all: string) => `{ "suppressions": { "locked": [${all}] } }`,
    ],
    ['patterns', (index: number) => `"/${index}"`, (all: string) => `{ "exclude": [${all}] }`],
    ['names', (index: number) => `"tfsg:n${index}"`, (all: string) => `{ "extends": [${all}] }`],
  ])('of very many %s the first hundred are told', (_, entry, whole) => {
    const { problems } = decode(whole(Array.from({ length: 50_000 }, (__, index) => entry(index)).join(', ')));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toContain('more than 100 errors');
  });

  test('any text gives mistakes, not exceptions', () => {
    const words = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"checks"',
      '"port-open"',
      '"off"',
      '"high"',
      '1',
      'null',
      '"__proto__"',
      '"',
      '//x\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (parts) => {
        for (const { span } of decode(parts.join(' ')).problems) expect(span).toBeDefined();
      }),
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        decode(text);
      }),
    );
  });
});

describe('what is right beside a mistake', () => {
  test('holds', () => {
    const text = '{ "failOn": "high", "checks": { "port-open": "off", "icmp-open": "no" } }';
    expect(mistakesIn(text)).toEqual(['"no"']);
    const { value } = decode(text);
    expect(value.given.failOn).toBe('high');
    expect(value.given.checks.map(({ check, level }) => [check.id, level])).toEqual([['port-open', 'off']]);
  });

  test('an option that is wrong leaves the others of its check', () => {
    const { value, problems } = decode(
      '{ "checks": { "broad-port-range": ["low", { "max": -1, "ignoreGroupSources": false }] } }',
    );
    expect(problems).toHaveLength(1);
    expect(value.given.checks[0]).toMatchObject({ level: 'low', options: { ignoreGroupSources: { value: false } } });
  });
});

describe('options', () => {
  test('ports are decoded to sets', () => {
    const { value } = decode('{ "checks": { "port-open": ["low", { "allowed": [80, "8000-8010", "51820/udp"] }] } }');
    expect(value.given.checks[0]?.options['allowed']?.value).toEqual({
      tcp: [
        { first: 80, last: 80 },
        { first: 8000, last: 8010 },
      ],
      udp: [
        { first: 80, last: 80 },
        { first: 8000, last: 8010 },
        { first: 51820, last: 51820 },
      ],
    });
  });

  test('patterns are decoded to regular expressions', () => {
    const { value } = decode('{ "checks": { "missing-rule-description": ["low", { "pattern": "^[A-Z]" }] } }');
    const pattern = value.given.checks[0]?.options['pattern']?.value as TextPattern;
    expect([pattern.test('Web'), pattern.test('web'), String(pattern)]).toEqual([true, false, '/^[A-Z]/u']);
  });

  test.each([
    ['lookahead', '(?=a)b', '"(?=" is not supported'],
    ['backreferences', '(a)\\1', '"\\\\1" is not supported'],
    ['what repeats too much', 'a{1001}', '"{1001}" is not supported'],
    ['long ones', 'a'.repeat(1001), 'at most'],
  ])('patterns with %s are refused', (_, pattern, message) => {
    const { value, problems } = decodePattern(pattern);
    expect(problems).toEqual([
      expect.objectContaining({ kind: 'configuration', message: expect.stringContaining(message) }),
    ]);
    expect(value.given.checks[0]?.options).toEqual({});
  });

  test('patterns that make other engines go back for ever end', () => {
    const pattern = decodePattern('([a-z]+)+\\d$').value.given.checks[0]?.options['pattern']?.value as TextPattern;
    expect(pattern.test('a'.repeat(100_000))).toBe(false);
  });
});
