/** What --print-config prints means the same for the file, and says where each value comes from. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import type { Config } from '../../src/config/config.ts';
import { type Configs, discoverConfigs, fixedConfig } from '../../src/config/discover.ts';
import { Environments } from '../../src/config/environment-inputs.ts';
import { presets } from '../../src/config/presets.ts';
import { printConfig } from '../../src/config/print.ts';
import { noSelection, type Selection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Setting } from '../../src/findings/setting.ts';
import { severities } from '../../src/findings/severity.ts';
import type { GroupPolicy } from '../../src/model/questions/policy.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import type { LoadedModule } from '../../src/terraform/modules/load.ts';

type Files = Readonly<Record<string, string>>;

/** What is printed for a file, and what holds for it before and after. */
function print(files: Files, path: string, selection: Selection = noSelection) {
  const fileSystem = memoryFileSystem(files);
  const discovered = discoverConfigs(fileSystem, checks, selection);
  const layers = discovered.layersFor(path);
  expect(discovered.problems).toEqual([]);
  const text = printConfig({
    path,
    layers,
    checks,
    selection,
    fileSystem,
  });
  const given = { path: '.tfsgrc.json', bytes: new TextEncoder().encode(text), fileSystem };
  const printed = fixedConfig(given, checks, noSelection);
  expect(printed.problems).toEqual([]);
  const meaningOf = (configs: Configs) => meaning(configs.configFor(path), path, files);
  return { text, before: meaningOf(discovered), after: meaningOf(printed) };
}

const groups = [[], ['web'], ['aws_security_group.a', 'prod-bastion'], ['module.edge.aws_security_group.b']];

/** All that a configuration says of a file, as values that can be compared. */
function meaning(config: Config, path: string, files: Files) {
  const { checks: always, forGroup } = config.checksFor(path);
  const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const environments = new Environments(memoryFileSystem(files), noInputs, undefined);
  return {
    isIncluded: config.isIncluded(path),
    failOn: config.failOn,
    settings: [always, ...groups.map((names) => forGroup?.(names) ?? always)].map(settingsOf),
    cases: environments.casesOf({ variables: new Map<string, never>(), directory } as unknown as LoadedModule, config),
    suppressions: config.suppressions,
  };
}

/** Functions can't be compared: what they are for is. */
function settingsOf(settings: ReadonlyMap<string, Setting>) {
  return [...settings].map(([id, { severity, options }]) => {
    const policies = (options['policies'] ?? []) as readonly GroupPolicy[];
    const shown = policies.map(({ isFor, allowed }) => ({ allowed, isFor: groups.map((names) => names.some(isFor)) }));
    return { id, severity, options: { ...options, policies: shown } };
  });
}

const files = {
  '.tfsgrc.json': `{
  // The repository's
  "extends": ["tfsg:strict", "./ci/base.tfsgrc.json"],
  "checks": {
    "port-open": ["high", { "allowed": [443] }],
    "CKV_AWS_23": "off"
  },
  "overrides": [
    { "files": ["infra/**"], "checks": { "icmp-open": "off" } },
    { "groups": ["*-bastion"], "checks": { "port-open": ["low", { "allowed": [22, 443] }] } },
    { "files": ["infra/new/**"], "checks": { "port-open": "info" } },
    { "files": ["other/**"], "groups": ["*"], "checks": { "admin-port-open": "off" } }
  ]
}
`,
  'ci/base.tfsgrc.json': `{
  "include": ["**/*.tf"],
  "exclude": ["infra/old"],
  "failOn": "high",
  "trusted": { "cidrs": ["203.0.113.0/24"] },
  "policy": [{ "groups": ["*-web"], "role": "web" }],
  "environments": { "prod": { "varFiles": ["env/prod.tfvars"], "vars": { "size": 3, "name": "\${x}" } }, "dev": { "varFiles": ["dev.tfvars"] } },
  "suppressions": { "requireReason": true, "locked": ["CKV_AWS_24"] }
}
`,
  'ci/env/prod.tfvars': '',
  'infra/new/dev.tfvars': '',
};

describe('the origin of a value is', () => {
  const { text } = print(files, 'infra/new/main.tf');
  test.each([
    ['a set of checks', '"all-traffic-open": "critical", // tfsg:strict'],
    ['a place in the file', '"allowed": [443] // .tfsgrc.json:5:40'],
    ["another tool's id", '"missing-rule-description": "off", // .tfsgrc.json:6:19'],
    ['a file that it extends', '"failOn": "high", // ci/base.tfsgrc.json:4:13'],
    ['an override', '"icmp-open": "off", // overrides[0] of .tfsgrc.json:9:55'],
    ['an override for groups', '{ // overrides[1] of .tfsgrc.json:10:5'],
    ['the default', '"inline": true, // default'],
    ['the key policy', '"policy": "high", // ci/base.tfsgrc.json:6:13'],
  ])('%s', (_, line) => {
    expect(text).toContain(line);
  });

  test('the command line', () => {
    const selection = { only: new Set(['inline-rules']), disabled: new Set(['policy']) };
    const { text: selected, before, after } = print(files, 'main.tf', selection);
    expect(selected).toContain('"inline-rules": "info", // --check');
    expect(selected).toContain('"policy": "off", // --disable');
    expect(after).toEqual(before);
  });

  test('safe to print', () => {
    const own = JSON.stringify({ exclude: ['\u202e\u001b[31m'], checks: { 'port-open': 'low' } });
    const { text: printed } = print({ 'a\u001bb\n/.tfsgrc.json': own }, 'a\u001bb\n/main.tf');
    expect(printed).not.toMatch(/[\u001b\u202e]/);
    expect(printed.split('\n')[0]).toBe(
      '// Effective configuration for a\\u{1b}b\\n/main.tf, written as a .tfsgrc.json at the repository root.',
    );
  });
});

describe('what is printed means the same for', () => {
  test.each([
    'main.tf',
    'infra/main.tf',
    'infra/new/main.tf',
    'infra/old/main.tf',
    'other/a/b.tf',
    'ci/main.tf',
    'README',
  ])('%s', (path) => {
    const { before, after } = print(files, path);
    expect(after).toEqual(before);
  });

  test('a file without a configuration', () => {
    const { before, after, text } = print({}, 'a/main.tf');
    expect(after).toEqual(before);
    expect(text).toContain('// Merged from tfsg:recommended;');
  });

  test('a folder whose name is a pattern', () => {
    const own = '{ "exclude": ["./x/"], "include": ["."] }';
    for (const path of ['a[1]*/x/main.tf', 'a[1]*/main.tf']) {
      const { before, after } = print({ 'a[1]*/.tfsgrc.json': own }, path);
      expect(after).toEqual(before);
    }
  });

  test('options of a check that only an override turns on', () => {
    const own = {
      checks: { 'broad-port-range': ['off', { max: 7 }] },
      overrides: [{ groups: ['web'], checks: { 'broad-port-range': 'high' } }],
    };
    const { before, after, text } = print({ '.tfsgrc.json': JSON.stringify(own) }, 'main.tf');
    expect(after).toEqual(before);
    expect(text).toContain('"max": 7, // .tfsgrc.json:1:');
  });

  test('any configuration', () => {
    const entries = fc.dictionary(
      fc.constantFrom(
        'port-open',
        'icmp-open',
        'admin-port-open',
        'policy',
        'CKV_AWS_23',
        'missing-rule-description',
        'EC2.19',
      ),
      fc.constantFrom('off', ...severities),
      { maxKeys: 3 },
    );
    const withOptions = fc.record({
      'broad-port-range': fc.tuple(fc.constantFrom('off', 'low'), fc.record({ max: fc.nat(9).map((n) => n + 1) })),
    });
    const checksOf = fc.oneof(
      entries,
      fc.tuple(entries, withOptions).map(([a, b]) => ({ ...a, ...b })),
    );
    const globs = fc.uniqueArray(fc.constantFrom('**', 'a/**', 'a', '*.tf', '**/b', './b/', '{a,b}/*.tf'), {
      minLength: 1,
      maxLength: 2,
    });
    const override = fc.record(
      {
        files: globs,
        groups: fc.uniqueArray(fc.constantFrom('*-bastion', 'web', 'module.*', '*'), { minLength: 1, maxLength: 2 }),
        checks: checksOf,
      },
      { requiredKeys: ['checks'] },
    );
    const own = fc.record(
      {
        extends: fc.array(fc.constantFrom(...presets, '../base.json'), { maxLength: 3 }),
        include: globs,
        exclude: globs,
        failOn: fc.constantFrom('never', 'medium'),
        checks: checksOf,
        overrides: fc.array(override, { maxLength: 4 }),
        policy: fc.constantFrom([], [{ groups: ['*'], role: 'web' }]),
        trusted: fc.constantFrom({}, { cidrs: ['198.51.100.0/24'] }, { groups: ['sg-0123'], prefixLists: [] }),
        environments: fc.constantFrom({}, { prod: { varFiles: ['prod.tfvars'] }, x: {} }),
        suppressions: fc.record({ inline: fc.boolean(), honor: fc.constantFrom([], ['kics']) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    );
    const base = own.map(({ extends: _, ...rest }) => rest);
    fc.assert(
      fc.property(own, base, fc.constantFrom('main.tf', 'a/main.tf', 'a/b/main.tf', 'b/x.tf'), (top, below, path) => {
        const { before, after } = print(
          {
            'infra/.tfsgrc.json': JSON.stringify(top),
            'base.json': JSON.stringify(below),
            'prod.tfvars': '',
            'infra/a/prod.tfvars': '',
          },
          `infra/${path}`,
        );
        expect(after).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an option that says what a key says', () => {
  const files = {
    '.tfsgrc.json': '{ "trusted": { "cidrs": ["10.0.0.0/8"], "groups": ["sg-0123"] }, "failOn": "high" }',
  };
  const settings = [
    { option: '--trusted', config: { trusted: { cidrs: ['203.0.113.0/24'] } } },
    { option: '--fail-on', config: { failOn: 'never' } },
    { option: '--no-inline-suppressions', config: { suppressions: { inline: false } } },
  ];

  test('goes before the files, for runs and in print', () => {
    const { text, before, after } = print(files, 'main.tf', { ...noSelection, settings });
    expect(after).toEqual(before);
    expect(text).toContain('"cidrs": ["203.0.113.0/24"], // --trusted\n');
    expect(text).toContain('"groups": ["sg-0123"] // .tfsgrc.json:1:51\n');
    expect(text).toContain('"failOn": "never", // --fail-on\n');
    expect(text).toContain('"inline": false, // --no-inline-suppressions\n');
  });

  test('has its mistakes told as those of a file', () => {
    const wrong = [{ option: '--trusted', config: { trusted: { cidrs: ['bogus', '203.0.113.0/24'] } } }];
    const found = [
      discoverConfigs(memoryFileSystem(files), checks, { ...noSelection, settings: wrong }),
      fixedConfig(undefined, checks, { ...noSelection, settings: wrong }),
    ];
    for (const { problems } of found) {
      expect(problems.map(({ severity, message, span }) => [severity, message, span?.file.path])).toEqual([
        ['error', '"bogus" is not a CIDR block: expected a block such as "203.0.113.0/24".', '--trusted'],
      ]);
    }
  });
});
