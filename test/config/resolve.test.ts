/** What holds, out of defaults, presets, a file and the command line. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { noSelection, resolveConfig, type Selection } from '../../src/config/resolve.ts';
import { SourceFile } from '../../src/source/source-file.ts';

function resolve(text: string | undefined, selection: Partial<Selection> = {}, folder = '') {
  const file = text === undefined ? undefined : decodeConfigFile(new SourceFile('.tfsgrc.json', text), checks).value;
  return resolveConfig(file, folder, checks, { ...noSelection, ...selection });
}

const recommended = checks.filter(({ set }) => set === 'recommended').map(({ id }) => id);

describe('which checks are on', () => {
  test('the recommended ones, where nothing else is said', () => {
    expect([...resolve(undefined).checks.keys()]).toEqual(recommended);
    expect([...resolve('{}').checks.keys()]).toEqual(recommended);
  });

  test('none after tfsg:off or an empty extends, but those that are set', () => {
    expect(resolve('{ "extends": ["tfsg:off"] }').checks.size).toBe(0);
    expect(resolve('{ "extends": [] }').checks.size).toBe(0);
    const { checks: on } = resolve('{ "extends": ["tfsg:off"], "checks": { "icmp-open": "low" } }');
    expect([...on.keys()]).toEqual(['icmp-open']);
  });

  test('every one of a set for tfsg:strict, which has the recommended ones too', () => {
    const strict = checks.filter(({ set }) => set !== 'off').map(({ id }) => id);
    expect([...resolve('{ "extends": ["tfsg:strict"] }').checks.keys()]).toEqual(strict);
  });

  test('those that a recommendation of CIS asks for, for tfsg:cis', () => {
    const { checks: on } = resolve('{ "extends": ["tfsg:cis"] }');
    expect(on.has('admin-port-open')).toBe(true);
    expect(on.has('port-open')).toBe(false);
    expect([...on.keys()]).toEqual(
      checks.filter(({ aliases }) => aliases.some((alias) => /^CIS \d/.test(alias))).map(({ id }) => id),
    );
  });

  test("another tool's id stands for the check, and for all of several", () => {
    expect(resolve('{ "checks": { "CKV_AWS_24": "low" } }').checks.get('admin-port-open')?.severity).toBe('low');
    const both = resolve('{ "checks": { "CKV_AWS_23": "off" } }').checks;
    expect(both.has('missing-group-description') || both.has('missing-rule-description')).toBe(false);
  });

  test("a check's own id goes before another tool's, wherever it stands", () => {
    const text = '{ "checks": { "missing-rule-description": "high", "CKV_AWS_23": "off" } }';
    expect(resolve(text).checks.get('missing-rule-description')?.severity).toBe('high');
  });

  test('the command line goes before everything', () => {
    const text = '{ "checks": { "icmp-open": "off", "port-open": "high" } }';
    const only = resolve(text, { only: new Set(['icmp-open', 'port-open']) }).checks;
    expect([...only].map(([id, { severity }]) => [id, severity])).toEqual([
      ['icmp-open', 'low'],
      ['port-open', 'high'],
    ]);
    expect(resolve(text, { disabled: new Set(['port-open']) }).checks.has('port-open')).toBe(false);
  });
});

describe('options', () => {
  test('are at their defaults where they are not set', () => {
    const settings = resolve('{ "checks": { "broad-port-range": ["high", { "max": 5 }] } }').checks.get(
      'broad-port-range',
    );
    expect(settings).toEqual({ severity: 'high', options: { max: 5, ignoreGroupSources: true } });
  });

  test('of every check have defaults that its own declaration takes', () => {
    expect(resolve('{ "extends": ["tfsg:strict"] }').checks.size).toBeGreaterThan(0);
  });
});

describe('which files are linted', () => {
  test.each([
    ['{}', 'a/main.tf', true],
    ['{ "include": ["infra/**"] }', 'infra/a/main.tf', true],
    ['{ "include": ["infra/**"] }', 'other/main.tf', false],
    ['{ "include": ["infra"] }', 'infra/a/main.tf', true],
    ['{ "include": ["./infra/"] }', 'infra/main.tf', true],
    ['{ "include": ["."] }', 'infra/main.tf', true],
    ['{ "exclude": ["**/examples"] }', 'a/examples/b/main.tf', false],
    ['{ "exclude": ["examples"] }', 'a/examples/main.tf', true],
    ['{ "exclude": ["**/*_test.tf"] }', 'a/net_test.tf', false],
    ['{ "exclude": ["**"] }', '.hidden/main.tf', false],
    ['{ "include": ["{a,b}/*.tf"] }', 'b/main.tf', true],
    ['{ "include": [] }', 'main.tf', false],
  ])('%s: %s %s', (text, path, expected) => {
    expect(resolve(text).isIncluded(path)).toBe(expected);
  });

  test("patterns start at the configuration's folder", () => {
    const { isIncluded } = resolve('{ "include": ["net/*.tf"] }', {}, 'infra/prod');
    expect(isIncluded('infra/prod/net/main.tf')).toBe(true);
    expect(isIncluded('infra/net/main.tf')).toBe(false);
  });

  test('outside of that folder they start at the root', () => {
    expect(resolve('{ "exclude": ["**/examples"] }', {}, 'ci').isIncluded('modules/examples/main.tf')).toBe(false);
  });
});
