/** What findings are known by: the fault in the model, whatever it is called and whatever the options were. */

import { describe, expect, test } from '@jest/globals';
import { build } from '../../src/build.ts';
import { checks } from '../../src/checks/index.ts';
import { configOf } from '../../src/config/config.ts';
import type { Options } from '../../src/config/keys/options.ts';
import { groupMatcherOf } from '../../src/config/patterns/globs.ts';
import { defaultsOf } from '../../src/config/resolve.ts';
import type { RootExposure } from '../../src/exposure/exposure.ts';
import { exposureOf } from '../../src/exposure/exposure-of.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { hideKnown } from '../../src/findings/baseline/baseline.ts';
import { groupsOf } from '../../src/findings/baseline/entry.ts';
import type { Check, OptionDeclaration, OptionDeclarations } from '../../src/findings/check.ts';
import type { Part } from '../../src/findings/finding.ts';
import { mergeParts } from '../../src/findings/merge.ts';
import { spans } from '../../src/findings/places.ts';
import { runChecks } from '../../src/findings/run.ts';
import { assertionOf } from '../../src/model/questions/assertion.ts';
import { groupPolicy, type PolicyDeclaration, roles } from '../../src/model/questions/policy.ts';
import { trustedSources } from '../../src/model/questions/trusted.ts';
import type { TrafficRule } from '../../src/model/rule.ts';
import type { SecurityModel } from '../../src/model/security-model.ts';
import { type PortSpec, parsePortSpec, portSpecs } from '../../src/network/ports.ts';
import { spanKey } from '../../src/source/span.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { filesBelow } from './baseline/files-below.ts';

/** What is reached in each model. */
const exposures = new Map<SecurityModel, RootExposure>();

async function modelsOf(files: Readonly<Record<string, string>>): Promise<readonly SecurityModel[]> {
  const options = { configFor: () => configOf(new Map()), parser: 'native', inputs: noInputs } as const;
  const { roots } = await build(memoryFileSystem(files), [''], options);
  for (const { model, resources } of roots) exposures.set(model, exposureOf(model, resources));
  return roots.map(({ model }) => model);
}

/** What checks find with their defaults, and `changes` for the only one that has other options. */
function partsOf(some: readonly Check[], models: readonly SecurityModel[], changes: Options = {}): readonly Part[] {
  const settings = new Map(
    some.map((check) => [check.id, { severity: check.severity, options: { ...defaultsOf(check), ...changes } }]),
  );
  const reached = models.map((model) => exposures.get(model)!);
  const { parts } = runChecks(some, models, () => ({ checks: settings }), undefined, reached);
  return parts.filter(({ answer }) => answer === 'yes');
}

/** Each fixture of a check or project as a root of its own. */
const examples = await modelsOf(
  Object.fromEntries(
    [...filesBelow('fixtures/checks'), ...filesBelow('fixtures/projects')].flatMap(({ path, files }) =>
      Object.entries(files).map(([name, text]) => [`${path}.d/${name}`, text]),
    ),
  ),
);

const ports = (...entries: readonly (number | string)[]) =>
  portSpecs(entries.map((entry) => parsePortSpec(entry) as PortSpec));

const policies = (...declarations: readonly PolicyDeclaration[]) =>
  declarations.map((each) => groupPolicy(each, roles, groupMatcherOf));

/** Values that an option can have, beside its default. */
function valuesOf(declaration: OptionDeclaration): readonly unknown[] {
  switch (declaration.type) {
    case 'boolean':
      return [!declaration.default];
    case 'integer': {
      const { min, max, default: usual } = declaration;
      return [min, usual - 1, usual + 1, usual * 2, Math.round((usual + min) / 2)].filter((n) => n >= min && n <= max);
    }
    case 'pattern':
      return [/./u, /^NET-/u, /^[A-Z]/u];
    case 'strings':
      return [[], ['10.0.0.0/8'], ['0.0.0.0/1', '2000::/4'], ['62.96.0.0/24'], ['icmp/8'], ['icmp/13', 'icmpv6/128']];
    case 'ports':
      return [ports(), ports('0-65535'), ports(22), ports(443, 3306, '8000-8100/tcp'), ports('1-1023')];
    case 'key':
      return valuesOfKey(declaration.key);
    default:
      throw new Error(`Add values for options of type ${declaration.type}.`);
  }
}

function valuesOfKey(key: string): readonly unknown[] {
  switch (key) {
    case 'policy':
      return [
        [],
        policies({ groups: ['*'], ingress: [{ ports: [443], from: ['10.0.0.0/8'] }] }),
        ...(Object.keys(roles) as (keyof typeof roles)[]).map((role) => policies({ groups: ['*'], role })),
      ];
    case 'assert':
      return [
        [{ deny: { from: '*', to: '*' } }, { permit: { from: '*', to: '*', ports: ['22/tcp'] } }],
        [{ deny: { from: 'internet', to: '*', direct: true } }, { permit: { from: 'internet', to: '*' } }],
      ].map((declarations) => declarations.flatMap((each) => assertionOf(each, groupMatcherOf) ?? []));
    case 'trusted':
      return [
        { cidrs: ['10.0.0.0/8'], prefixLists: [], groups: [] },
        { cidrs: ['10.0.0.0/9', '128.0.0.0/2', '2001:db8::/32'], prefixLists: [], groups: [] },
        { cidrs: [], prefixLists: ['pl-0123456789abcdef0'], groups: ['aws_security_group.web'] },
      ].map(trustedSources);
    default:
      throw new Error(`Add values for the key ${key}.`);
  }
}

/** A check whose instances have the rule's number and the value of the place: rules of a dynamic block, and entries of a prefix list, share all else. */
function numbered(check: Check): Check {
  return {
    ...check,
    *run(...given) {
      for (const hit of check.run(...given)) {
        const [model] = given;
        const { address, resourceAddress, calls } = hit.subject;
        const rules: readonly TrafficRule[] =
          'rules' in model ? model.rules : 'sets' in model ? model.sets.flatMap(({ entries }) => entries) : [];
        const number = hit.rule === undefined ? '' : rules.indexOf(hit.rule);
        const value = 'value' in hit.place ? hit.place.value : '';
        yield { ...hit, subject: { address: `${address} ${number} ${value}`, resourceAddress, calls } };
      }
    },
  };
}

/** The same for the same fault of the same rule at the same place, told apart without any identity. */
const faultOf = ({ check, span, instance, root }: Part): string => `${check} ${root} ${instance} ${spanKey(span)}`;

describe('the options of a check make no news', () => {
  const options = checks.flatMap((check) =>
    Object.entries(check.options as Readonly<Record<string, OptionDeclaration>>).map(
      ([name, declaration]) => [check.id, name, check, declaration] as const,
    ),
  );

  test.each(options)('%s: %s', (_, name, check, declaration) => {
    const some = [numbered(check)];
    const before = partsOf(some, examples);
    expect(before.length).toBeGreaterThan(0);
    const baseline = { entries: groupsOf(before).map(({ entry }) => entry), old: [] };
    const faults = new Set(before.map(faultOf));
    let still = 0;
    for (const value of valuesOf(declaration)) {
      const now = partsOf(some, examples, { [name]: value });
      const { parts: news } = hideKnown(baseline, { parts: now, files: new Set(), roots: [] });
      still += now.filter((part) => faults.has(faultOf(part))).length;
      // What an option brings into being is new, of course: that rule and source was not at fault there before.
      expect(news.filter((part) => faults.has(faultOf(part))).map(({ identity }) => identity)).toEqual([]);
    }
    expect(still).toBeGreaterThan(0);
  });
});

test('the words of a check make no news', () => {
  const mute: readonly Check[] = checks.map((check) => ({
    ...check,
    *run(...given) {
      for (const hit of check.run(...given)) yield { ...hit, message: [...hit.message].reverse().join('') };
    },
  }));
  const [before, now] = [checks, mute].map((some) => partsOf(some, examples));
  expect(now!.length).toBeGreaterThan(500);
  expect(now!.filter(({ message }, index) => message === before![index]!.message)).toEqual([]);
  expect(now!.map(({ identity }) => identity)).toEqual(before!.map(({ identity }) => identity));
  const fingerprints = (parts: readonly Part[]) => mergeParts(parts, spans).findings.map((one) => one.fingerprint);
  expect(fingerprints(now!)).toEqual(fingerprints(before!));
  expect(new Set(fingerprints(now!)).size).toBe(fingerprints(now!).length);
});

/** Says something of every rule; its place is no peer's. */
const everyRule: Check<OptionDeclarations, 'security-group'> = {
  ...checks.find(({ id }) => id === 'shadowed-rule')!,
  about: 'security-group',
  *run({ rules }) {
    for (const rule of rules) yield { answer: 'yes', subject: rule, rule, place: { span: rule.span }, message: 'x' };
  },
};

describe('how a rule is told', () => {
  const told = async (args: string, more = '') => {
    const text = `resource "aws_security_group" "web" {}
resource "aws_security_group" "many" {
  for_each = toset(["a", "b"])
}
resource "aws_vpc_security_group_ingress_rule" "x" {
  security_group_id = aws_security_group.web.id
  ${args}
}
${more}`;
    const [part] = partsOf([everyRule], await modelsOf({ 'main.tf': text }));
    return part!.identity!;
  };

  test.each([
    ['ip_protocol = "tcp"\n from_port = 22\n to_port = 22', '22/tcp'],
    ['ip_protocol = "6"\n from_port = "22"\n to_port = 22', '22/tcp'],
    ['ip_protocol = "udp"\n from_port = 8000\n to_port = 8300', '8000-8300/udp'],
    ['ip_protocol = "-1"', 'all'],
    ['ip_protocol = "all"\n from_port = 22\n to_port = 22', 'all'],
    ['ip_protocol = "50"', '50'],
    ['ip_protocol = "icmp"\n from_port = -1\n to_port = -1', 'icmp'],
    ['ip_protocol = "icmp"\n from_port = 8\n to_port = -1', '8/icmp'],
    ['ip_protocol = "icmp"\n from_port = 3\n to_port = 4', '3.4/icmp'],
    ['ip_protocol = "icmpv6"', 'icmpv6'],
    ['ip_protocol = "tcp"\n from_port = var.port\n to_port = var.port', '?-?/tcp', 'variable "port" {}'],
    ['ip_protocol = "tcp"\n from_port = 70000', '70000-/tcp'],
  ])('%s is %s', async (args, traffic, more = '') => {
    expect((await told(`${args}\n  cidr_ipv4 = "10.0.0.0/8"`, more)).traffic).toBe(traffic);
  });

  test.each([
    ['cidr_ipv4 = "10.0.0.0/8"', '10.0.0.0/8'],
    ['cidr_ipv6 = "0::/0"', '::/0'],
    ['cidr_ipv4 = "10.0.0.1/8"', '10.0.0.1/8'],
    ['cidr_ipv4 = var.office', 'var.office', 'variable "office" {}'],
    ['prefix_list_id = "pl-0123456789abcdef0"', 'pl-0123456789abcdef0'],
    ['referenced_security_group_id = "sg-0123456789abcdef0"', 'sg-0123456789abcdef0'],
    ['referenced_security_group_id = aws_security_group.web.id', 'self'],
    ['referenced_security_group_id = aws_security_group.many["a"].id', 'aws_security_group.many'],
    ['', ''],
  ])('%s is %s', async (args, peers, more = '') => {
    expect((await told(`ip_protocol = "-1"\n  ${args}`, more)).peers).toBe(peers);
  });

  test('of very many peers the first, and a hash of all', async () => {
    const many = (last: number) =>
      `resource "aws_security_group" "web" {\n  ingress {\n    protocol = "-1"\n    cidr_blocks = [for i in range(${last}) : "10.0.\${i}.0/24"]\n  }\n}\n`;
    const peersOf = async (last: number) =>
      partsOf([everyRule], await modelsOf({ 'main.tf': many(last) }))[0]!.identity!.peers!;
    expect(await peersOf(30)).toMatch(/^10\.0\.0\.0\/24 10\.0\.1\.0\/24 .*\.\.\. [0-9a-f]{16}$/);
    expect(await peersOf(31)).not.toBe(await peersOf(30));
  });
});

describe('what a finding is known by', () => {
  const rule = (port = '22', cidrs = '"0.0.0.0/0"') => `  ingress {
    description = "A rule"
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    cidr_blocks = [${cidrs}]
  }
`;
  const group = (...rules: readonly string[]) =>
    `resource "aws_security_group" "web" {\n  description = "Web servers"\n${rules.join('')}}\n`;
  const halves = (port: string, ...cidrs: readonly string[]) => cidrs.map((cidr) => rule(port, `"${cidr}"`));
  const range = (cidr: string) => rule('9000', `"${cidr}"`).replace('to_port     = 9000', 'to_port = 9900');
  const standalone = (direction: string, name = 'a') => `resource "aws_security_group_rule" "${name}" {
  type              = "${direction}"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.1.0.0/16"]
}
`;
  const described = checks.filter(({ id }) => id !== 'deprecated-rule-resource' && id !== 'inline-rules');
  const known = async (files: string | Readonly<Record<string, string>>) => {
    const parts = partsOf(described, await modelsOf(typeof files === 'string' ? { 'main.tf': files } : files));
    return [...new Set(parts.map(({ fingerprint, check }) => `${check} ${fingerprint()}`))].sort();
  };

  test.each([
    ['other lines and layout', group(rule()), `# x\n\n${group(rule()).replace('["0', '[\n   # all\n "0')}`],
    ['a value by another way', group(rule()), `${group(rule('local.ssh'))}locals {\n  ssh = 20 + 2\n}\n`],
    ['another order of rules', group(rule(), rule('3389')), group(rule('3389'), rule())],
    [
      'another order of rules that open something together',
      group(...halves('22', '0.0.0.0/1', '128.0.0.0/1')),
      group(...halves('22', '128.0.0.0/1', '0.0.0.0/1')),
    ],
    [
      'another order of sources that are too wide together',
      group(rule('22', '"52.0.0.0/9", "52.128.0.0/9"')),
      group(rule('22', '"52.128.0.0/9", "52.0.0.0/9"')),
    ],
    [
      'another order of rules that are there twice',
      group(rule('443', '"10.1.0.0/16", "10.2.0.0/16"'), rule('443', '"10.2.0.0/16", "10.1.0.0/16"')),
      group(rule('443', '"10.2.0.0/16", "10.1.0.0/16"'), rule('443', '"10.1.0.0/16", "10.2.0.0/16"')),
    ],
    ['keys of instances', group('  count = 2\n', rule()), group('  for_each = toset(["a"])\n', rule())],
    [
      'another port of a rule that is not about ports',
      group(rule('443', '"10.1.0.0/16"').replace('A rule', '')),
      group(rule('444', '"10.1.0.0/16"').replace('A rule', '')),
    ],
  ])('stays the same with %s', async (_, before, after) => {
    expect((await known(before)).length).toBeGreaterThan(0);
    expect(await known(after)).toEqual(await known(before));
  });

  test('stays the same with another name of the call of its module', async () => {
    const call = (name: string) => ({
      'main.tf': `module "${name}" {\n  source = "./m"\n}\n`,
      'm/main.tf': `${group(rule())}resource "aws_vpc_security_group_ingress_rule" "same" {\n  security_group_id = aws_security_group.web.id\n  ip_protocol = "-1"\n  from_port = 22\n  referenced_security_group_id = aws_security_group.other.id\n}\nresource "aws_security_group" "other" {}\n`,
    });
    expect((await known(call('a'))).join()).toMatch(/admin-port-open.*ignored-ports/s);
    expect(await known(call('b'))).toEqual(await known(call('a')));
  });

  test.each([
    ['port', 'admin-port-open', group(rule()), group(rule('3389'))],
    ['range of ports', 'admin-port-open', group(rule()), group(rule().replace('to_port     = 22', 'to_port = 23'))],
    ['source', 'admin-port-open', group(rule()), group(rule('22', '"0.0.0.0/1", "128.0.0.0/1"'))],
    ['source', 'broad-port-range', group(range('10.1.0.0/16')), group(range('10.2.0.0/16'))],
    ['resource', 'admin-port-open', group(rule()), group(rule()).replace('"web"', '"api"')],
    ['direction', 'missing-rule-description', standalone('ingress'), standalone('egress')],
    ['text', 'missing-rule-description', group(rule().replace('A rule', '')), group(rule().replace('A rule', ' '))],
  ])('differs by %s: %s', async (_, check, before, after) => {
    const [was, is] = [await known(before), await known(after)].map((all) => all.find((one) => one.startsWith(check)));
    expect([was, is]).toEqual([expect.any(String), expect.any(String)]);
    expect(is).not.toBe(was);
  });
});
