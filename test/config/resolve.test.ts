/** What holds, out of defaults, presets, a file and the command line. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs, fixedConfig } from '../../src/config/discover.ts';
import { noSelection, type Selection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';

function resolve(text: string | undefined, selection: Partial<Selection> = {}, folder = '') {
  return resolveFiles(
    text === undefined ? {} : { [folder === '' ? '.tfsgrc.json' : `${folder}/.tfsgrc.json`]: text },
    selection,
    folder,
  );
}

/** What holds by the file `.tfsgrc.json` of the folder, whatever the linted file is. */
function resolveFiles(files: Readonly<Record<string, string>>, selection: Partial<Selection> = {}, folder = '') {
  const fileSystem = memoryFileSystem(files);
  const path = folder === '' ? '.tfsgrc.json' : `${folder}/.tfsgrc.json`;
  const read = fileSystem.read(path);
  const given = read.kind === 'file' ? { path, bytes: read.bytes, fileSystem } : undefined;
  return fixedConfig(given, checks, { ...noSelection, ...selection }).configFor('main.tf');
}

const recommended = checks.filter(({ preset }) => preset === 'recommended').map(({ id }) => id);

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
    const strict = checks.filter(({ preset }) => preset !== 'off').map(({ id }) => id);
    expect([...resolve('{ "extends": ["tfsg:strict"] }').checks.keys()]).toEqual(strict);
  });

  test('those of tfsg:strict for tfsg:strict-by-reach, two steps lower where the internet does not get to', () => {
    const strict = resolve('{ "extends": ["tfsg:strict"] }').checks;
    const { checks: on } = resolve('{ "extends": ["tfsg:strict-by-reach"] }');
    expect([...on.keys()]).toEqual([...strict.keys()]);
    const inside = (id: string) => on.get(id)?.insideSeverity;
    expect(['admin-port-open', 'internal-port-open', 'port-open', 'icmp-open'].map(inside)).toEqual([
      ...['medium', 'low', 'info', 'info'],
    ]);
    expect(strict.get('admin-port-open')?.insideSeverity).toBeUndefined();
  });

  test.each([
    ['{ "severityByReach": true }', 'medium'],
    ['{ "extends": ["tfsg:strict-by-reach"], "severityByReach": false }', undefined],
    ['{ "extends": ["tfsg:strict-by-reach", "tfsg:recommended"] }', undefined],
    ['{ "severityByReach": "yes" }', undefined],
  ])('%s makes an administration port inside %s', (text, severity) => {
    expect(resolve(text).checks.get('admin-port-open')?.insideSeverity).toBe(severity);
  });

  test('those that a recommendation of CIS asks for, for tfsg:cis', () => {
    const { checks: on } = resolve('{ "extends": ["tfsg:cis"] }');
    expect(on.has('admin-port-open')).toBe(true);
    expect(on.has('port-open')).toBe(false);
    expect([...on.keys()]).toEqual(checks.filter(({ aliases }) => aliases.cis !== undefined).map(({ id }) => id));
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
    expect(settings).toMatchObject({ severity: 'high', options: { max: 5, ignoreGroupSources: true } });
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

describe('extends', () => {
  const levels = (files: Readonly<Record<string, string>>, folder = '') =>
    Object.fromEntries([...resolveFiles(files, {}, folder).checks].map(([id, { severity }]) => [id, severity]));
  const base = '{ "extends": ["tfsg:off"], "failOn": "high", "checks": { "port-open": "low", "icmp-open": "low" } }';

  test('another file, whose words count where this file says nothing', () => {
    const files = {
      '.tfsgrc.json': '{ "extends": ["./base.json"], "checks": { "icmp-open": "off" } }',
      'base.json': base,
    };
    expect(levels(files)).toEqual({ 'port-open': 'low' });
    expect(resolveFiles(files).failOn).toBe('high');
  });

  test('files that extend others, each relative to the file that names it', () => {
    const files = {
      'infra/prod/.tfsgrc.json': '{ "extends": ["../prod.json"] }',
      'infra/prod.json': '{ "extends": ["../ci/base.json"], "checks": { "icmp-open": "high" } }',
      'ci/base.json': base,
    };
    expect(levels(files, 'infra/prod')).toEqual({ 'port-open': 'low', 'icmp-open': 'high' });
  });

  test('files that name others again and again are read once each', () => {
    const files: Record<string, string> = { 'b30.json': base };
    for (let index = 0; index < 30; index += 1) {
      const next = `"./b${index + 1}.json"`;
      files[index === 0 ? '.tfsgrc.json' : `b${index}.json`] = `{ "extends": [${next}, ${next}, ${next}] }`;
    }
    expect(levels(files)).toEqual({ 'port-open': 'low', 'icmp-open': 'low' });
  });

  test('of a file that is named twice the later place counts', () => {
    const files = {
      '.tfsgrc.json': '{ "extends": ["./base.json", "./other.json", "./base.json"] }',
      'base.json': base,
      'other.json': '{ "checks": { "icmp-open": "high", "admin-port-open": "high" } }',
    };
    expect(levels(files)).toEqual({ 'port-open': 'low', 'icmp-open': 'low' });
  });

  test('the recommended checks lie under files that name no preset, and an empty list stands on nothing', () => {
    const checksIn = (own: string) => Object.keys(levels({ '.tfsgrc.json': own, 'base.json': '{ "failOn": "high" }' }));
    expect(checksIn('{ "extends": ["./base.json"] }')).toEqual(recommended);
    expect(checksIn('{ "extends": [] }')).toEqual([]);
  });

  test('a preset that comes later goes before a file, and options stay', () => {
    const files = {
      '.tfsgrc.json': '{ "extends": ["./base.json", "tfsg:recommended"] }',
      'base.json': '{ "checks": { "broad-port-range": ["off", { "max": 7 }] } }',
    };
    expect(resolveFiles(files).checks.get('broad-port-range')).toMatchObject({
      severity: 'medium',
      options: { max: 7 },
    });
  });

  test('patterns start at the folder of the file that has them', () => {
    const files = {
      'infra/.tfsgrc.json': '{ "extends": ["../base.json"] }',
      'base.json':
        '{ "exclude": ["infra/old/**"], "overrides": [{ "files": ["infra/new/**"], "checks": { "port-open": "off" } }] }',
    };
    const config = resolveFiles(files, {}, 'infra');
    expect(config.isIncluded('infra/old/main.tf')).toBe(false);
    expect(config.checksFor('infra/new/main.tf').checks.has('port-open')).toBe(false);
    expect(config.checksFor('infra/main.tf').checks.has('port-open')).toBe(true);
  });

  test.each([
    ['./gone.json', 'File not found: gone.json.'],
    ['./bsae.json', 'File not found: bsae.json.'],
    ['../up.json', '../up.json is outside the tree.'],
    ['./.tfsgrc.json', 'Circular "extends": ./.tfsgrc.json extends this file.'],
    ['./round.json', 'Circular "extends": ./.tfsgrc.json extends this file.'],
  ])('%s is a mistake', (name, message) => {
    const files = {
      '.tfsgrc.json': `{ "extends": [${JSON.stringify(name)}] }`,
      'base.json': '{}',
      'round.json': '{ "extends": ["./.tfsgrc.json"] }',
    };
    const { problems, configFor } = discoverConfigs(memoryFileSystem(files), checks, noSelection);
    configFor('main.tf');
    expect(problems.map((each) => each.message)).toEqual([message]);
    expect(problems[0]?.span).toBeDefined();
  });
});

describe('overrides', () => {
  const config = (overrides: readonly object[], selection: Partial<Selection> = {}) =>
    resolveFiles({ '.tfsgrc.json': JSON.stringify({ extends: ['tfsg:off'], overrides }) }, selection);

  test('hold in the files that match, later ones before earlier ones', () => {
    const { checksFor } = config([
      { files: ['a/**', 'b/**'], checks: { 'port-open': 'low' } },
      { files: ['b/**'], checks: { 'port-open': 'high', 'icmp-open': 'info' } },
    ]);
    const levels = (path: string) => [...checksFor(path).checks].map(([id, { severity }]) => `${id} ${severity}`);
    expect(levels('main.tf')).toEqual([]);
    expect(levels('a/main.tf')).toEqual(['port-open low']);
    expect(levels('b/c/main.tf').sort()).toEqual(['icmp-open info', 'port-open high']);
    expect(checksFor('b/x.tf')).toBe(checksFor('b/c/main.tf'));
  });

  test('hold for the groups that match by name or address', () => {
    const { checksFor } = config([{ groups: ['*-bastion', 'module.edge.*'], checks: { 'port-open': 'low' } }]);
    const { checks: always, forGroup } = checksFor('main.tf');
    expect(always.size).toBe(0);
    expect(forGroup?.(['aws_security_group.a', 'prod-bastion']).has('port-open')).toBe(true);
    expect(forGroup?.(['module.edge.aws_security_group.a']).has('port-open')).toBe(true);
    expect(forGroup?.(['aws_security_group.a', 'web'])).toBe(always);
  });

  test("other tools' ids and the command line hold in them too", () => {
    const overrides = [{ checks: { CKV_AWS_24: 'low' } }];
    expect(config(overrides).checksFor('a.tf').checks.get('admin-port-open')?.severity).toBe('low');
    expect(config(overrides, { disabled: new Set(['admin-port-open']) }).checksFor('a.tf').checks.size).toBe(0);
  });
});

test('environments, suppressions and their defaults', () => {
  const text = `{
    "environments": { "prod": { "varFiles": ["env/prod.tfvars"], "vars": { "a": "x", "b": 1, "c": ["\${d}"] }, "workspace": "prod" }, "dev": {} },
    "suppressions": { "requireReason": true, "locked": ["CKV_AWS_24"] }
  }`;
  const { environments, suppressions } = resolve(text, {}, 'infra');
  expect(environments).toEqual([
    {
      name: 'prod',
      varFiles: ['env/prod.tfvars'],
      variables: [
        { name: 'a', text: 'x' },
        { name: 'b', text: '1' },
        { name: 'c', text: '["$${d}"]' },
      ],
      workspace: 'prod',
      folder: 'infra',
      span: expect.anything(),
    },
    { name: 'dev', varFiles: [], variables: [], workspace: undefined, folder: 'infra', span: expect.anything() },
  ]);
  expect(suppressions).toEqual({
    inline: true,
    requireReason: true,
    honor: ['checkov', 'tfsec', 'trivy', 'kics'],
    locked: new Set(['admin-port-open']),
  });
  expect(resolve(undefined).suppressions.inline).toBe(true);
});
