/** A configuration below those of repositories: what these may tighten, and what is locked. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { type Configs, discoverConfigs } from '../../src/config/discover.ts';
import { noSelection, type Selection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { placeOf } from '../../src/source/position.ts';

type Json = Readonly<Record<string, unknown>>;

function configs(base: Json, own: Json | undefined, selection: Partial<Selection> = {}): Configs {
  const files = own === undefined ? {} : { '.tfsgrc.json': JSON.stringify(own) };
  const fileSystem = memoryFileSystem(files);
  const bytes = new TextEncoder().encode(JSON.stringify(base));
  return discoverConfigs(
    fileSystem,
    checks,
    { ...noSelection, ...selection },
    { path: '/org.json', bytes, fileSystem },
  );
}

function both(base: Json, own: Json | undefined, selection?: Partial<Selection>) {
  const found = configs(base, own, selection);
  const config = found.configFor('main.tf');
  const told = found.problems.map(({ severity, message, span }) => `${severity} ${span && placeOf(span)} ${message}`);
  return { config, told, levelOf: (id: string) => config.checks.get(id)?.severity ?? 'off' };
}

const ssh = 'admin-port-open';

describe('without a configuration of its own a repository has the base', () => {
  test('with its preset', () => {
    const { config, told } = both({ extends: ['tfsg:strict'], failOn: 'high' }, undefined);
    expect([config.failOn, config.checks.has('unused-group'), config.own, told]).toEqual(['high', true, undefined, []]);
  });

  test('that names none, with the recommended checks', () => {
    expect(both({}, undefined).levelOf(ssh)).toBe('critical');
  });
});

describe('levels of checks', () => {
  test('may go up, and come on', () => {
    const { levelOf, told } = both({}, { checks: { 'port-open': 'critical', 'unused-group': 'low' } });
    expect([levelOf('port-open'), levelOf('unused-group'), told]).toEqual(['critical', 'low', []]);
  });

  test('may not go down, which is told', () => {
    const { levelOf, told } = both({}, { checks: { [ssh]: 'off', 'port-open': 'low', CKV_AWS_277: 'off' } });
    expect([levelOf(ssh), levelOf('port-open')]).toEqual(['critical', 'medium']);
    expect(told).toContain(
      'warning .tfsgrc.json:1:30 admin-port-open at critical is locked by /org.json, so this has no effect.',
    );
    expect(told).toContain(
      'warning .tfsgrc.json:1:48 port-open at medium is locked by /org.json, so this has no effect.',
    );
  });

  test('are what the base says where that differs from the preset', () => {
    const { levelOf, told } = both(
      { checks: { [ssh]: 'off', 'port-open': 'low' } },
      { checks: { 'port-open': 'medium' } },
    );
    expect([levelOf(ssh), levelOf('port-open'), told]).toEqual(['off', 'medium', []]);
  });

  test('do not follow a preset that turns checks off', () => {
    const { levelOf, told } = both({ extends: ['tfsg:strict'] }, { extends: ['tfsg:off'] });
    expect([levelOf(ssh), levelOf('unused-group')]).toEqual(['critical', 'low']);
    expect(told).toEqual([
      'warning .tfsgrc.json:1:12 Checks that this turns off are locked by /org.json, so this has no effect.',
    ]);
    expect(both({}, { extends: [] }).levelOf(ssh)).toBe('critical');
    expect(both({ locked: [] }, { extends: [] }).levelOf(ssh)).toBe('off');
  });

  test('do not go down in overrides either, unless it is the base that says so', () => {
    const override = { files: ['bastion/**'], checks: { [ssh]: 'off' } };
    const theirs = configs({}, { overrides: [override] });
    expect(theirs.configFor('bastion/main.tf').checksFor('bastion/main.tf').checks.has(ssh)).toBe(true);
    expect(theirs.problems).toMatchObject([{ severity: 'warning', message: expect.stringContaining(ssh) }]);
    const ours = configs({ overrides: [override] }, { overrides: [{ ...override, checks: { [ssh]: 'low' } }] });
    expect(ours.configFor('bastion/main.tf').checksFor('bastion/main.tf').checks.get(ssh)?.severity).toBe('low');
    expect(ours.configFor('main.tf').checksFor('main.tf').checks.get(ssh)?.severity).toBe('critical');
  });

  test('have their options', () => {
    const allowed = (ports: unknown) => ({ checks: { 'port-open': ['medium', { allowed: ports }] } });
    const { config, told } = both(allowed([443]), allowed([1, '2-65535']));
    expect(config.checks.get('port-open')?.options).toMatchObject({ allowed: { tcp: [{ first: 443, last: 443 }] } });
    expect(told).toEqual([expect.stringContaining('The options of port-open are locked by /org.json')]);
    const open = both({ ...allowed([443]), locked: [ssh] }, allowed([80]));
    expect(open.config.checks.get('port-open')?.options).toMatchObject({ allowed: { tcp: [{ first: 80, last: 80 }] } });
  });

  test('obey the command line all the same', () => {
    expect(both({}, {}, { disabled: new Set([ssh]) }).levelOf(ssh)).toBe('off');
  });
});

/** What the check is where the internet does not get to. */
const insideOf = ({ checks }: ReturnType<typeof both>['config']) => {
  const { severity, insideSeverity = severity } = checks.get(ssh)!;
  return insideSeverity;
};

describe('other keys', () => {
  test.each<[Json, Json, (config: ReturnType<typeof both>['config']) => unknown, unknown]>([
    [{ failOn: 'high' }, { failOn: 'never' }, ({ failOn }) => failOn, 'high'],
    [{}, { failOn: 'high' }, ({ failOn }) => failOn, 'low'],
    [{ failOn: 'high' }, { failOn: 'low' }, ({ failOn }) => failOn, 'low'],
    [{ failOnUnresolved: true }, { failOnUnresolved: false }, (config) => config.failOnUnresolved, true],
    [{}, { failOnUnresolved: true }, (config) => config.failOnUnresolved, true],
    [{}, { severityByReach: true }, insideOf, 'critical'],
    [{}, { extends: ['tfsg:strict-by-reach'] }, insideOf, 'critical'],
    [{ severityByReach: true }, { severityByReach: false }, insideOf, 'critical'],
    [{ severityByReach: true }, {}, insideOf, 'medium'],
    [{}, { exclude: ['**'] }, ({ isIncluded }) => isIncluded('main.tf'), true],
    [{ exclude: ['a'] }, { exclude: [] }, ({ isIncluded }) => isIncluded('a/main.tf'), false],
    [{}, { include: ['x'] }, ({ isIncluded }) => isIncluded('main.tf'), true],
    [{ suppressions: { inline: false } }, { suppressions: { inline: true } }, (c) => c.suppressions.inline, false],
    [{}, { suppressions: { inline: false } }, (c) => c.suppressions.inline, false],
    [
      { suppressions: { requireReason: true } },
      { suppressions: { requireReason: false } },
      (c) => c.suppressions.requireReason,
      true,
    ],
    [
      { suppressions: { honor: ['trivy'] } },
      { suppressions: { honor: ['kics'] } },
      (c) => c.suppressions.honor,
      ['trivy'],
    ],
    [{ suppressions: { honor: ['trivy'] } }, { suppressions: { honor: [] } }, (c) => c.suppressions.honor, []],
    [{ suppressions: { locked: [ssh] } }, { suppressions: { locked: [] } }, (c) => [...c.suppressions.locked], [ssh]],
    [{ baseline: false }, { baseline: 'x.json' }, ({ baseline }) => baseline, false],
    [{}, { baseline: 'x.json' }, ({ baseline }) => baseline, 'x.json'],
    [{}, { environments: { dev: {} } }, ({ environments }) => environments.map(({ name }) => name), ['dev']],
  ])('%j below %j', (base, own, told, expected) => {
    expect(told(both(base, own).config)).toEqual(expected);
  });

  test('may be changed where they are not locked', () => {
    const { config, told } = both({ failOn: 'high', locked: ['checks'] }, { failOn: 'never', exclude: ['**'] });
    expect([config.failOn, config.isIncluded('main.tf'), told]).toEqual(['never', false, []]);
  });

  test('that are locked are told, with their place', () => {
    const { told } = both(
      { failOn: 'high' },
      { failOn: 'never', suppressions: { inline: false, requireReason: true } },
    );
    expect(told).toEqual(['warning .tfsgrc.json:1:11 "failOn" is locked by /org.json, so this has no effect.']);
  });

  test('of the command line are not limited', () => {
    const settings = [{ option: '--fail-on', config: { failOn: 'never' } }];
    expect(both({ failOn: 'high' }, {}, { settings }).config.failOn).toBe('never');
  });

  test('policy and trusted sources are those of the base', () => {
    const policy = [{ groups: ['*'], role: 'web' }];
    const { config, told } = both(
      { policy },
      { policy: [{ groups: ['*'], role: 'internal' }], trusted: { groups: ['sg-0'] } },
    );
    const { policies } = config.checks.get('policy')!.options as {
      policies: readonly { allowed: readonly { text: string }[] }[];
    };
    expect(policies.flatMap(({ allowed }) => allowed.map(({ text }) => text))).toEqual([
      '80/tcp, 443 from internet, groups, prefix-lists',
    ]);
    expect(told.map((line) => line.split(' ').slice(2, 5).join(' '))).toEqual([
      '"trusted" is locked',
      '"policy" is locked',
    ]);
    expect(both({}, { policy }).config.checks.has('policy')).toBe(true);
  });
});

describe('the key locked', () => {
  test('has names of keys and checks, which other names get suggestions from', () => {
    const { told } = both({ locked: ['failOn', 'CKV_AWS_24', 'fialOn', 'environments'] }, {});
    expect(told).toEqual([
      'error /org.json:1:34 "fialOn" is neither a key that can be locked nor a check.',
      'error /org.json:1:43 "environments" is neither a key that can be locked nor a check.',
    ]);
  });

  test('has no effect in a repository', () => {
    expect(both({}, { locked: [] }).told).toEqual([
      'warning .tfsgrc.json:1:11 "locked" has an effect only in the file of --base-config.',
    ]);
  });
});
