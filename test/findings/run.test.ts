/** The runner: one finding for each fault and place, whatever the checks are. */

import { describe, expect, test } from '@jest/globals';
import { build } from '../../src/build.ts';
import { QueryCache } from '../../src/collections/query-cache.ts';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { type Check, defineCheck, type Hit, type OptionDeclarations } from '../../src/findings/check.ts';
import { mergeParts } from '../../src/findings/merge.ts';
import { spans } from '../../src/findings/places.ts';
import { type RunResult, runChecks } from '../../src/findings/run.ts';
import type { FileChecks, Setting } from '../../src/findings/setting.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { SecurityGroupModel } from '../../src/model/security-group-model.ts';
import type { SecurityModel } from '../../src/model/security-model.ts';
import { positionAt } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { type Files, lintFiles } from '../checks/lint-files.ts';

async function modelsOf(files: Files): Promise<readonly SecurityModel[]> {
  const options = { configFor: () => configOf(new Map()), parser: 'native', inputs: noInputs } as const;
  return (await build(memoryFileSystem(files), [''], options)).roots.map(({ model }) => model);
}

type GroupCheck = Check<OptionDeclarations, 'security-group'>;

/** A check that says something of every rule, at the source. */
function ruleCheck(
  id: string,
  more: Partial<GroupCheck> & { readonly hit?: (rule: Rule) => Partial<Hit> } = {},
): GroupCheck {
  const { hit, ...declared } = more;
  return defineCheck({
    id,
    summary: 'Every rule',
    label: 'said',
    help: 'Say nothing.',
    severity: 'low',
    preset: 'recommended',
    topic: 'exposure',
    aliases: {},
    sources: [],
    about: 'security-group',
    options: {},
    *run(model) {
      for (const rule of model.rules) {
        const place = rule.peers[0]?.kind === 'cidr' ? rule.peers[0].text : rule;
        yield { answer: 'yes', subject: rule, rule, place, message: `Said of ${rule.address}.`, ...hit?.(rule) };
      }
    },
    ...declared,
  });
}

const settings = (checks: readonly Check[]): ReadonlyMap<string, Setting> =>
  new Map(checks.map(({ id, severity, options }) => [id, { severity, options }]));

const run = (checks: readonly Check[], models: readonly SecurityModel[]) => {
  const all = settings(checks);
  return merged(runChecks(checks, models, () => ({ checks: all })));
};

const merged = ({ parts, problems }: RunResult) => ({ ...mergeParts(parts, spans), problems });

const rule = (name: string, argument = 'cidr_ipv4 = "0.0.0.0/0"', from = 22, to = from): string => `
resource "aws_vpc_security_group_ingress_rule" "${name}" {
  security_group_id = "sg-1"
  description       = "For the tests"
  ip_protocol       = "tcp"
  from_port         = ${from}
  to_port           = ${to}
  ${argument}
}
`;

describe('what is covered', () => {
  const wide = ruleCheck('wide-fault');
  const narrow = ruleCheck('narrow-fault', { coveredBy: [{ id: 'wide-fault' }] });

  test('is said by the wider check alone', async () => {
    const models = await modelsOf({ 'main.tf': rule('a') });
    expect(run([narrow, wide], models).findings.map(({ check }) => check)).toEqual(['wide-fault']);
  });

  test('is said where the wider check is off', async () => {
    const models = await modelsOf({ 'main.tf': rule('a') });
    expect(run([narrow], models).findings.map(({ check }) => check)).toEqual(['narrow-fault']);
  });

  test('is covered at another place of the same rule too', async () => {
    const models = await modelsOf({ 'main.tf': rule('a') });
    const atPorts = ruleCheck('narrow-fault', {
      coveredBy: [{ id: 'wide-fault' }],
      hit: ({ toPort }) => ({ place: toPort }),
    });
    expect(run([atPorts, wide], models).findings.map(({ check }) => check)).toEqual(['wide-fault']);
  });

  test('is covered by a fault of the rule, whatever the wider check leaves open beside it', async () => {
    const models = await modelsOf({ 'main.tf': rule('a') });
    const twice = ruleCheck('wide-fault', {
      *run(model) {
        const subject = model.rules[0]!;
        const hit = { subject, rule: subject, message: 'Said.' };
        yield { ...hit, answer: 'yes', place: subject.fromPort };
        yield { ...hit, answer: 'unknown', place: subject.toPort, reasons: ['var.x'] };
      },
    });
    expect(run([narrow, twice], models).findings.map(({ check }) => check)).toEqual(['wide-fault']);
  });

  test('is not covered by what is said of another rule at the same place', async () => {
    const models = await modelsOf({ 'main.tf': rule('a', 'for_each = toset(["a", "b"])\n  cidr_ipv4 = "0.0.0.0/0"') });
    const some = (key: string) => (model: SecurityGroupModel) =>
      model.rules
        .filter(({ address }) => address.endsWith(key))
        .map((subject): Hit => {
          const peer = subject.peers[0]!;
          const place = peer.kind === 'cidr' ? peer.text : subject;
          return { answer: 'yes', subject, rule: subject, place, message: 'Said.' };
        });
    const ofA = ruleCheck('wide-fault', { run: some('["a"]') });
    const ofBoth = ruleCheck('narrow-fault', { coveredBy: [{ id: 'wide-fault' }], run: some(']') });
    const { findings } = run([ofA, ofBoth], models);
    expect(findings.map(({ check, instances }) => [check, instances])).toEqual([
      ['narrow-fault', ['aws_vpc_security_group_ingress_rule.a["b"]']],
      ['wide-fault', ['aws_vpc_security_group_ingress_rule.a["a"]']],
    ]);
  });

  test.each([
    ['unknown', 'yes', ['narrow-fault'], ['wide-fault']],
    ['unknown', 'unknown', [], ['wide-fault']],
    ['yes', 'unknown', ['wide-fault'], []],
  ] as const)('by a wider %s and a narrower %s', async (wider, narrower, found, undecided) => {
    const models = await modelsOf({ 'main.tf': rule('a') });
    const checks = [
      ruleCheck('wide-fault', { hit: () => ({ answer: wider }) }),
      ruleCheck('narrow-fault', { coveredBy: [{ id: 'wide-fault' }], hit: () => ({ answer: narrower }) }),
    ];
    const result = run(checks, models);
    expect(result.findings.map(({ check }) => check)).toEqual(found);
    expect(result.undecided.map(({ check }) => check)).toEqual(undecided);
  });
});

describe('instances', () => {
  test('share one finding, with the places that their values came from', async () => {
    const text = rule('a', 'for_each = { one = "10.0.0.0/8", two = "0.0.0.0/0" }\n  cidr_ipv4 = each.value');
    const { findings } = run([ruleCheck('some-fault')], await modelsOf({ 'main.tf': text }));
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding!.subject).toBe('aws_vpc_security_group_ingress_rule.a');
    expect(finding!.instances).toEqual([
      'aws_vpc_security_group_ingress_rule.a["one"]',
      'aws_vpc_security_group_ingress_rule.a["two"]',
    ]);
    expect(finding!.related.map(({ span }) => span.file.text.slice(span.start, span.end))).toEqual([
      '"10.0.0.0/8"',
      '"0.0.0.0/0"',
    ]);
  });

  test('of a module that two roots call are one finding', async () => {
    const files = {
      'a/main.tf': 'module "sg" {\n  source = "../sg"\n}\n',
      'b/main.tf': 'module "sg" {\n  source = "../sg"\n}\n',
      'sg/main.tf': rule('ssh'),
    };
    const { findings } = run([ruleCheck('some-fault')], await modelsOf(files));
    expect(findings.map(({ span }) => span.file.path)).toEqual(['sg/main.tf']);
  });

  test.each([
    ['each of them', ['one', 'two'], true],
    ['one of them', ['one'], false],
    ['none of them', [], false],
  ])('share a fix where %s can be fixed', async (_, fixable, isFixed) => {
    const text = rule('a', 'for_each = { one = "10.0.0.0/8", two = "0.0.0.0/0" }\n  cidr_ipv4 = each.value');
    const hit = ({ address, fromPort: { span } }: Rule): Partial<Hit> =>
      fixable.some((key) => address.includes(key))
        ? { fix: { message: 'Fix it.', edits: [{ span, text: '23' }] } }
        : {};
    const [finding] = run([ruleCheck('some-fault', { hit })], await modelsOf({ 'main.tf': text })).findings;
    expect(finding!.instances).toHaveLength(2);
    expect(finding!.fix?.edits.map((edit) => edit.text)).toEqual(isFixed ? ['23'] : undefined);
  });

  test('wait for all that any of them waits for', async () => {
    const text = rule('a', 'for_each = toset(["x", "y"])\n  cidr_ipv4 = "0.0.0.0/0"');
    const hit = ({ address }: Rule) => ({ answer: 'unknown', reasons: [`var.${address.at(-3)}`] }) as const;
    const { undecided } = run([ruleCheck('some-fault', { hit })], await modelsOf({ 'main.tf': text }));
    expect(undecided.map(({ because }) => because)).toEqual([['var.x', 'var.y']]);
  });
});

test('findings are sorted by file, start and check', async () => {
  const models = await modelsOf({ 'b.tf': rule('b1') + rule('b2'), 'a.tf': rule('a') });
  const { findings } = run([ruleCheck('z-fault'), ruleCheck('a-fault')], models);
  expect(
    findings.map(({ check, span }) => `${span.file.path}:${positionAt(span.file, span.start).line} ${check}`),
  ).toEqual([
    'a.tf:8 a-fault',
    'a.tf:8 z-fault',
    'b.tf:8 a-fault',
    'b.tf:8 z-fault',
    'b.tf:17 a-fault',
    'b.tf:17 z-fault',
  ]);
});

test('the fingerprint stays when lines move, and differs by subject', async () => {
  const fingerprints = async (text: string) =>
    run([ruleCheck('some-fault')], await modelsOf({ 'main.tf': text })).findings.map(({ fingerprint }) => fingerprint);
  const [first, second] = await fingerprints(rule('a') + rule('b'));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).not.toBe(first);
  expect(await fingerprints(`# A comment.\n\n${rule('a')}`)).toEqual([first]);
});

test('the fingerprint of a place where several rules are at fault is of them all, in any order', async () => {
  const text = (ports: string) =>
    rule('a', `for_each = ${ports}\n  cidr_ipv4 = "0.0.0.0/0"`).replace(/(_port +=) 22/g, '$1 each.value');
  const fingerprintOf = async (ports: string) => {
    const models = await modelsOf({ 'main.tf': text(ports) });
    const [finding, ...others] = run([ruleCheck('some-fault')], models).findings;
    expect(others).toEqual([]);
    return finding!.fingerprint;
  };
  const both = await fingerprintOf('{ a = 22, b = 80 }');
  expect(both).toMatch(/^[0-9a-f]{32}$/);
  expect(await fingerprintOf('{ x = 80, y = 22, z = 80 }')).toBe(both);
  expect(await fingerprintOf('{ a = 22 }')).not.toBe(both);
  expect(await fingerprintOf('{ a = 22, b = 80, c = 443 }')).not.toBe(both);
});

test('two findings of one subject with the same text have fingerprints of their own', async () => {
  const block = 'ingress {\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n';
  const models = await modelsOf({ 'main.tf': `resource "aws_security_group" "a" {\n  ${block}  ${block}}\n` });
  const { findings } = run([ruleCheck('some-fault')], models);
  expect(findings).toHaveLength(2);
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test('a check that fails is a problem, and the others go on', async () => {
  const failing = ruleCheck('failing-fault', {
    run() {
      throw new TypeError('no such thing');
    },
  });
  const { findings, problems } = run([failing, ruleCheck('some-fault')], await modelsOf({ 'main.tf': rule('a') }));
  expect(findings.map(({ check }) => check)).toEqual(['some-fault']);
  expect(problems).toMatchObject([{ kind: 'internal', severity: 'error' }]);
  expect(problems[0]!.message).toBe('Check failing-fault failed with an internal error: no such thing.');
});

test('of one check in one file, the first 10,000 by place are findings, whatever is remembered', async () => {
  const group = (name: string): string =>
    `resource "aws_security_group" "${name}" {\n  count = 6000\n  name  = "${name}-\${count.index}"\n}\n`;
  // The group that is last by address comes first in the file.
  const models = await modelsOf({ 'main.tf': group('z') + group('a') });
  const checks = [
    defineCheck({
      ...ruleCheck('group'),
      *run(model) {
        for (const each of model.groups)
          yield { answer: 'yes', subject: each, place: each, message: 'Said of a group.' };
      },
    }),
  ];
  const all = settings(checks);
  const results = [undefined, [new QueryCache()]].map((caches) =>
    runChecks(checks, models, () => ({ checks: all }), caches),
  );
  for (const { parts, problems } of results) {
    expect(parts).toHaveLength(10_000);
    expect(parts.filter(({ subject }) => subject === 'aws_security_group.z')).toHaveLength(6000);
    expect(problems.map(({ message }) => message)).toEqual([
      'group finds more than 10,000 faults in this file: the others are not shown.',
    ]);
  }
  const [without, withCache] = results.map(({ parts }) => parts.map(({ instance }) => instance).sort());
  expect(withCache).toEqual(without);
});

test("a file's own settings decide what is found in it", async () => {
  const check = ruleCheck('some-fault');
  const models = await modelsOf({ 'a.tf': rule('a'), 'b.tf': rule('b'), 'c.tf': rule('c') });
  const high = new Map([['some-fault', { severity: 'high', options: {} } as const]]);
  const low = new Map([['some-fault', { severity: 'low', options: {} } as const]]);
  const settingsFor = (path: string): FileChecks => {
    if (path === 'a.tf') return { checks: high };
    return { checks: path === 'b.tf' ? low : new Map() };
  };
  const { findings } = merged(runChecks([check], models, settingsFor));
  expect(findings.map(({ span, severity }) => [span.file.path, severity])).toEqual([
    ['a.tf', 'high'],
    ['b.tf', 'low'],
  ]);
});

describe('the checks together', () => {
  const checksOf = async (text: string) => (await lintFiles({ 'main.tf': text })).findings.map(({ check }) => check);

  test.each([
    ['all TCP ports from the internet', 'cidr_ipv4 = "0.0.0.0/0"', 0, 65535, ['all-traffic-open']],
    ['a range over several classes', 'cidr_ipv4 = "0.0.0.0/0"', 20, 9300, ['admin-port-open']],
    ['a range of data and other ports', 'cidr_ipv4 = "0.0.0.0/0"', 3300, 3310, ['data-port-open']],
    ['a range of internal and other ports', 'cidr_ipv4 = "0.0.0.0/0"', 80, 443, ['internal-port-open']],
    ['a range of other ports', 'cidr_ipv4 = "0.0.0.0/0"', 40000, 40200, ['port-open']],
    ['a range from a private network', 'cidr_ipv4 = "10.0.0.0/8"', 0, 65535, ['broad-port-range']],
    ['an allowed port', 'cidr_ipv4 = "0.0.0.0/0"', 443, 443, []],
  ])('say %s once', async (_, argument, from, to, expected) => {
    expect(await checksOf(rule('a', argument, from, to))).toEqual(expected);
  });

  test('count a rule that waits for a source once', async () => {
    const variable = 'variable "office" {\n  type = string\n}\n';
    const report = await lintFiles({ 'main.tf': variable + rule('a', 'cidr_ipv4 = var.office', 20, 9300) });
    expect(report.undecided.map(({ check, because }) => [check, because])).toEqual([
      ['admin-port-open', ['var.office']],
    ]);
    // Whoever the source is, the range is broad.
    expect(report.findings.map(({ check }) => check)).toEqual(['broad-port-range']);
  });
});
