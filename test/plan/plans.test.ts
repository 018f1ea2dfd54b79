/** Plans that Terraform wrote, beside the configurations that they were made of and without them. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { configOf } from '../../src/config/config.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { diskFileSystem, type FileSystem, memoryFileSystem } from '../../src/files.ts';
import { inspect, lint } from '../../src/lint.ts';
import { type Plan, readPlan } from '../../src/plan/plan.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderUnix } from '../../src/report/formats/unix.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import type { Report } from '../../src/report/report.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { expectGolden, fixtures } from '../golden.ts';
import { plain } from '../report/reports.ts';
import { configurationInputs } from '../terraform/configuration-inputs.ts';
import { differences } from '../terraform/planned-rules.ts';

const config = resolveConfig(defaultLayers, checks, noSelection);

function planIn(path: string, text = readFileSync(join(fixtures, path), 'utf8')): Plan {
  const { value, problems } = readPlan(new SourceFile('plan.json', text));
  expect(problems).toEqual([]);
  return value!;
}

function judged(fileSystem: FileSystem, plan: Plan, planScope: 'changes' | 'all'): Promise<Report> {
  return lint(fileSystem, [''], {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
    worlds: 'one',
    plans: [plan],
    planScope,
  });
}

const planned = readdirSync(join(fixtures, 'terraform')).filter((name) =>
  existsSync(join(fixtures, 'terraform', name, 'plan.json')),
);

/** Where both differ, and should. */
const different: Readonly<Record<string, string>> = {
  '43-workspace-default': 'a plan does not say which workspace it is of',
  'helpers-of-tests': 'a module that only tests call is in no plan',
};

describe('beside its configuration a plan has the findings of the evaluation, at the same places', () => {
  test.each(planned.filter((name) => different[name] === undefined))('%s', async (name) => {
    const fileSystem = diskFileSystem(join(fixtures, 'terraform', name));
    const evaluated = await lint(fileSystem, [''], {
      configFor: () => config,
      parser: 'native',
      inputs: configurationInputs(name),
      worlds: 'one',
    });
    const ofPlan = await judged(fileSystem, planIn(`terraform/${name}/plan.json`), 'changes');
    expect(documentOf(ofPlan).findings).toEqual(documentOf(evaluated).findings);
  });
});

describe('without its configuration a plan has the rules that are known before apply', () => {
  test.each(planned)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(fixtures, 'terraform', name, 'expected.json'), 'utf8'));
    const plan = planIn(`terraform/${name}/plan.json`);
    const { models } = await inspect(memoryFileSystem({}), [''], {
      configFor: () => configOf(new Map()),
      parser: 'native',
      inputs: noInputs,
      plans: [plan],
    });
    const rules = models.flatMap(inspectRules);
    // The plan marks all rules of a group as sensitive where one of them is, and does not say what functions and local values make of groups.
    const isKnown = ({ unknown, address }: (typeof rules)[number]): boolean =>
      unknown.every((each) => each === 'group') && rules.some((rule) => rule.address === address && !isMasked(rule));
    // Ports mean nothing where all protocols are let through, and the provider takes them off.
    const portsOf = ({ protocol }: (typeof rules)[number]) => protocol === '-1' && { from_port: 0, to_port: 0 };
    const withoutGroups = (all: typeof rules) =>
      all.map((rule) => ({ ...rule, ...portsOf(rule), group: null, unknown: ['group'] }));
    const { missing } = differences(
      withoutGroups((expected as typeof rules).filter(isKnown)),
      withoutGroups(rules.filter(({ unknown }) => unknown.every((each) => each === 'group'))),
    );
    expect(missing).toEqual([]);
  });
});

const isMasked = (rule: object): boolean => JSON.stringify(rule).includes('(sensitive value)');

const withState = readdirSync(join(fixtures, 'plans')).filter((name) =>
  existsSync(join(fixtures, 'plans', name, 'state.json')),
);

describe.each(withState)('a plan with a state before it: %s', (name) => {
  const ofConfiguration = diskFileSystem(join(fixtures, 'plans', name));

  test.each([
    ['what it changes', 'changes', ofConfiguration, 'changes'],
    ['all that is there after it', 'all', ofConfiguration, 'all'],
    ['what it changes, without the configuration', 'changes-alone', memoryFileSystem({}), 'changes'],
    ['all that is there after it, without the configuration', 'all-alone', memoryFileSystem({}), 'all'],
  ] as const)('%s', async (_, golden, fileSystem, scope) => {
    const { value, problems } = readPlan(
      new SourceFile('plan.json', readFileSync(join(fixtures, 'plans', name, 'plan.json'), 'utf8')),
    );
    const report = await judged(fileSystem, value!, scope);
    const told = documentOf({ ...report, problems: [...problems, ...report.problems] });
    const { groups, rules, unchanged, deleted } = report.summary;
    const counted = `${groups} groups, ${rules} rules, ${unchanged} findings left out, ${deleted} resources deleted\n`;
    expectGolden(`plans/${name}/expected-${golden}.unix`, renderUnix(told, { ...plain, unknown: true }) + counted);
  });
});

describe('what is no plan is said', () => {
  const say = (text: string): readonly string[] =>
    readPlan(new SourceFile('plan.json', text)).problems.map(({ severity, message }) => `${severity}: ${message}`);

  test.each([
    ['{', 'error: This plan is not valid JSON.'],
    ['\n', 'error: This plan is empty.'],
    ['[{"format_version":"1.2"}]', 'error: This is not a plan in JSON.'],
    ['null', 'error: This is not a plan in JSON.'],
    ['{"format_version":"1.2","resource_changes":[{]}', 'error: This plan is not valid JSON.'],
    ['{"format_version":"1.2","resource_changes":[{"address"', 'error: This plan is not valid JSON.'],
    ['{"format_version":"1.2","resource_changes":[]}\n{}', 'error: There is more text after this plan.'],
    ...['{"address":1}', '{"address":"a.b","type":"a","name":"b"}', '5', '[]'].map((change): [string, string] => [
      `{"format_version":"1.2","resource_changes":[${change}]}`,
      'error: This plan has something else here than Terraform writes.',
    ]),
    [
      '{"format_version":"1.2","resource_changes":{}}',
      'error: This plan has something else here than Terraform writes.',
    ],
    [
      '{"format_version":"1.2","resource_changes":[],"configuration":[]}',
      'error: This plan has something else here than Terraform writes.',
    ],
    [
      `{"format_version":"1.2","resource_changes":[],"variables":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'error: This plan has more than 500 lists and objects in each other.',
    ],
    [
      '{"format_version":"2.0","resource_changes":[]}',
      'error: This plan has format version "2.0"; tfsg reads versions 0 and 1.',
    ],
    ['{"resource_changes":[]}', 'error: This plan has no format version; tfsg reads versions 0 and 1.'],
    [
      '{"format_version":"1.2","planned_values":{}}',
      'warning: This plan has no changes, as one of `terraform plan -refresh-only`: no resources were checked.',
    ],
    ['{"format_version":"1.0","values":{}}', 'error: This is a state, not a plan.'],
    [
      '{"@level":"info","@message":"Terraform 1.14.0"}',
      'error: This is the log of `terraform plan -json`, not a plan.',
    ],
    ['{"name":"x"}', 'error: This is not a plan in JSON.'],
    [
      '{"format_version":"1.2","resource_changes":[],"errored":true}',
      'warning: This plan ended with an error: resources are missing in it.',
    ],
    [
      '{"format_version":"1.2","resource_changes":[],"complete":false}',
      'warning: This plan is not complete: Terraform defers changes to a later plan, or was told to leave some out.',
    ],
  ])('%s', (text, message) => {
    expect(say(text)).toEqual([message]);
  });
});

/** A group with SSH open to the world. */
const change = (parts: object): string =>
  JSON.stringify({
    address: 'aws_security_group.x',
    mode: 'managed',
    type: 'aws_security_group',
    name: 'x',
    change: {
      actions: ['create'],
      before: null,
      after: {
        name: 'x',
        description: 'X',
        ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'], description: 'SSH' }],
      },
      after_unknown: {},
      ...parts,
    },
  });

describe('what is odd in a change is said', () => {
  const told = async (text: string): Promise<readonly string[]> => {
    const plan = planIn('', `{"format_version":"1.2","resource_changes":[${text}]}`);
    const { models, problems } = await inspect(memoryFileSystem({}), [''], {
      configFor: () => configOf(new Map()),
      parser: 'native',
      inputs: noInputs,
      plans: [plan],
    });
    const rules = models.map((model) => model.rules.length);
    const said = problems.filter(({ message }) => !message.startsWith('The configuration of this plan'));
    return [...said.map(({ severity, message }) => `${severity}: ${message}`), `${rules.join()} rules`];
  };
  const unreadable = 'error: This plan is not valid JSON.';
  const other = 'error: This plan has something else here than Terraform writes.';
  const action = (what: string): string =>
    `warning: This plan has ${what} for aws_security_group.x, which tfsg does not know: it is checked as if the plan made it.`;

  test.each([
    ['nothing', change({}), ['1 rules']],
    ['an escape that JSON does not have', change({}).replace('SSH', '\\q'), [unreadable, ' rules']],
    ['a number that JSON does not have', change({}).replace('22', 'NaN'), [unreadable, ' rules']],
    ['a list for an object', change({ after: [] }), [other, ' rules']],
    ['a change that is none', change({}).replace(/"change":.*/, '"change":[]}'), [other, ' rules']],
    ['an action of later versions', change({ actions: ['mend'] }), [action('the action mend'), '1 rules']],
    ['no action', change({ actions: null }), [action('no action'), '1 rules']],
    ['nothing known of what is made', change({ after: null, after_unknown: true }), ['2 rules']],
    ['nothing said of what is made', change({ after: null }), ['2 rules']],
    ['nothing left', change({ after: null, actions: ['delete'] }), ['0 rules']],
  ])('%s', async (_, text, messages) => {
    expect(await told(text)).toEqual(messages);
  });
});

describe('a sensitive value of a plan is in no output', () => {
  test('of an argument and of all rules of a group', async () => {
    const secret = '198.51.100.77/32';
    const rule = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: [secret], description: 'SSH' };
    const change = (name: string, sensitive: unknown) => ({
      address: `aws_security_group.${name}`,
      mode: 'managed',
      type: 'aws_security_group',
      name,
      change: {
        actions: ['create'],
        before: null,
        after: { name, description: name, ingress: [rule, { ...rule, cidr_blocks: ['0.0.0.0/0'] }] },
        after_unknown: {},
        after_sensitive: { ingress: sensitive },
      },
    });
    const changes = [change('argument', [{ cidr_blocks: [true] }, { cidr_blocks: true }]), change('all', true)];
    const text = JSON.stringify({ format_version: '1.2', resource_changes: changes });
    const report = await judged(memoryFileSystem({}), planIn('', text), 'all');
    expect(report.findings.map(({ check }) => check)).toContain('admin-port-open');
    const said = JSON.stringify({ ...documentOf(report), problems: [] });
    expect(said).not.toContain(secret);
    expect(said).not.toContain('0.0.0.0/0');
  });
});
