/** The key `policy`, from the file to the check. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

async function messages(config: object, text: string): Promise<readonly string[]> {
  const written = JSON.stringify({ extends: ['tfsg:off'], ...config });
  const { configFor, problems } = discoverConfigs(memoryFileSystem({ '.tfsgrc.json': written }), checks, noSelection);
  const options = { configFor, parser: 'native', inputs: noInputs } as const;
  const { findings } = await lint(memoryFileSystem({ 'main.tf': text }), [''], options);
  expect(problems).toEqual([]);
  return findings.map(({ message }) => message);
}

const group = (name: string, port: number, source: string): string => `resource "aws_security_group" "app" {
  name = "${name}"
  ingress {
    from_port = ${port}
    to_port   = ${port}
    protocol  = "tcp"
    ${source}
  }
}
`;

const ssh = group('shop-web', 22, 'cidr_blocks = ["10.0.0.0/8"]');

test('turns the check on, says what is more and what is allowed', async () => {
  expect(await messages({}, ssh)).toEqual([]);
  expect(await messages({ policy: [{ groups: ['*-web'], role: 'web' }] }, ssh)).toEqual([
    'SSH (22/tcp) from 10.0.0.0/8 violates the policy of aws_security_group.app, which allows only 80/tcp, 443 from internet, groups, prefix-lists.',
  ]);
  expect(await messages({ policy: [{ groups: ['*-web'] }] }, ssh)).toEqual([
    'SSH (22/tcp) from 10.0.0.0/8 violates the policy of aws_security_group.app, which allows nothing.',
  ]);
});

test('can be turned off', async () => {
  expect(await messages({ policy: [{ groups: ['*-web'] }], checks: { policy: 'off' } }, ssh)).toEqual([]);
});

test('is for the groups that match by name or address', async () => {
  const policyFor = (...groups: string[]) => ({ policy: [{ groups }] });
  expect(await messages(policyFor('*-mail', 'aws_security_group.web'), ssh)).toEqual([]);
  expect(await messages(policyFor('aws_security_group.*'), ssh)).toHaveLength(1);
  expect(await messages(policyFor('shop-{api,web}'), ssh)).toHaveLength(1);
  expect(await messages(policyFor('*/web*', '*-web'), group('shop/a-web', 22, 'self = true'))).toHaveLength(1);
});

test.each([
  ['10.0.0.0/8', 'cidr_blocks = ["10.0.0.0/8"]', true],
  ['10.0.0.0/9', 'cidr_blocks = ["10.0.0.0/8"]', false],
  ['private', 'cidr_blocks = ["172.16.0.0/12"]', true],
  ['internet', 'ipv6_cidr_blocks = ["::/0"]', true],
  ['internet', 'self = true', false],
  ['self', 'self = true', true],
  ['groups', 'self = true', true],
  ['groups', 'security_groups = ["sg-0123"]', true],
  ['sg-0123', 'security_groups = ["sg-0123"]', true],
  ['sg-0124', 'security_groups = ["sg-0123"]', false],
  ['pl-0123', 'prefix_list_ids = ["pl-0123"]', true],
  ['groups', 'prefix_list_ids = ["pl-0123"]', false],
  ['aws_security_group.lb', 'security_groups = [aws_security_group.lb.id]', true],
])('from %s: %s is allowed: %s', async (from, source, isAllowed) => {
  const config = { policy: [{ groups: ['shop'], ingress: [{ ports: ['8000-8100'], from: [from] }] }] };
  const text = `${group('shop', 8080, source)}resource "aws_security_group" "lb" {}\n`;
  expect(await messages(config, text)).toHaveLength(isAllowed ? 0 : 1);
});

test('adds up what several entries allow', async () => {
  const half = (cidr: string) => ({ groups: ['shop-web'], ingress: [{ ports: [22], from: [cidr] }] });
  expect(await messages({ policy: [half('10.0.0.0/9')] }, ssh)).toHaveLength(1);
  expect(await messages({ policy: [half('10.0.0.0/9'), half('10.128.0.0/9')] }, ssh)).toEqual([]);
});

describe('ports', () => {
  test.each([
    ['ssh', 22, true],
    ['SSH', 22, true],
    ['postgresql', 22, false],
    ['rabbitmq', 5672, true],
    ['sql-server-browser', 1434, true],
    ['alertmanager', 9093, true],
    ['kubelet-read-only', 10255, true],
  ])('%s has the names of services: %i is allowed: %s', async (name, port, isAllowed) => {
    const config = { policy: [{ groups: ['shop'], ingress: [{ ports: [name], from: ['private'] }] }] };
    const text = group('shop', port, 'cidr_blocks = ["10.0.0.0/8"]');
    expect(await messages(config, text)).toHaveLength(isAllowed ? 0 : 1);
  });

  test('have them in options of checks too', async () => {
    const text = group('shop', 51820, 'cidr_blocks = ["0.0.0.0/0"]').replace('tcp', 'udp');
    const allowed = (ports: unknown) => ({ checks: { 'port-open': ['medium', { allowed: ports }] } });
    expect(await messages(allowed([443]), text)).toHaveLength(1);
    expect(await messages(allowed(['wireguard']), text)).toEqual([]);
  });
});

test.each([
  [
    { policy: [{ groups: ['a'], ingress: [{ ports: ['postgres'], from: ['private'] }] }] },
    'Did you mean "postgresql"?',
  ],
  [{ policy: [{ groups: ['a'], role: 'databse' }] }, 'Did you mean "database"?'],
  [{ roles: { mine: [] }, policy: [{ groups: ['a'], role: 'mien' }] }, 'Did you mean "mine"?'],
  [{ roles: { mine: [{ ports: [99999], from: ['private'] }] } }, undefined],
  [{ roles: { mine: [{ ports: [22] }] } }, undefined],
  [{ roles: { mine: { from: ['private'] } } }, undefined],
  [{ policy: [{ groups: ['a'], ingress: [{ from: ['*-{lb'] }] }] }, undefined],
])('a mistake is told at its place: %j', (config, hint) => {
  const configs = discoverConfigs(memoryFileSystem({ '.tfsgrc.json': JSON.stringify(config) }), checks, noSelection);
  configs.configFor('main.tf');
  expect(configs.problems).toMatchObject([{ severity: 'error', ...(hint !== undefined && { hint }) }]);
  expect(configs.problems[0]?.span).toBeDefined();
});

describe('own roles', () => {
  const roles = { app: [{ ports: ['8080/tcp'], from: ['*-lb'] }] };
  const policy = [{ groups: ['shop'], role: 'app' }];

  test('are what a policy with the role allows', async () => {
    const lb = 'resource "aws_security_group" "balancer" {\n  name = "shop-lb"\n}\n';
    const text = (port: number) => group('shop', port, 'security_groups = [aws_security_group.balancer.id]') + lb;
    expect(await messages({ roles, policy }, text(8080))).toEqual([]);
    expect(await messages({ roles, policy }, text(8081))).toEqual([
      expect.stringContaining('violates the policy of aws_security_group.app, which allows only 8080/tcp from *-lb.'),
    ]);
  });

  test('replace predefined ones, and come from other files', () => {
    const files = {
      '.tfsgrc.json':
        '{ "extends": ["./org.json"], "policy": [{ "groups": ["*"], "role": "web" }, { "groups": ["*"], "role": "app" }] }',
      'org.json': JSON.stringify({ roles: { ...roles, web: [{ ports: ['https'], from: ['internet'] }] } }),
    };
    const configs = discoverConfigs(memoryFileSystem(files), checks, noSelection);
    const { policies } = configs.configFor('main.tf').checks.get('policy')!.options as {
      policies: readonly { allowed: readonly { text: string }[] }[];
    };
    expect(configs.problems).toEqual([]);
    expect(policies.map(({ allowed }) => allowed.map(({ text }) => text))).toEqual([
      ['https from internet'],
      ['8080/tcp from *-lb'],
    ]);
  });
});

describe('patterns of groups in from', () => {
  const config = (...from: string[]) => ({ policy: [{ groups: ['shop'], ingress: [{ ports: [8080], from }] }] });
  const peer = (source: string, more: string) => group('shop', 8080, source) + more;
  const lb = (name: string) => `resource "aws_security_group" "edge" {\n  name = ${name}\n}\n`;
  const fromEdge = 'security_groups = [aws_security_group.edge.id]';

  test.each<[string, string, string, string, number]>([
    ['the name', '*-lb', fromEdge, lb('"shop-lb"'), 0],
    ['the address', 'aws_security_group.e*', fromEdge, lb('"x"'), 0],
    ['neither', '*-lb', fromEdge, lb('"shop-web"'), 1],
    ['one of several', '*-{lb,web}', fromEdge, lb('"shop-web"'), 0],
    ['an id', 'sg-01*', 'security_groups = ["sg-0123"]', '', 0],
    [
      'a group from elsewhere',
      'data.*',
      'security_groups = [data.aws_security_group.x.id]',
      'data "aws_security_group" "x" {}\n',
      0,
    ],
    ['the group itself', 'sh?p', 'self = true', '', 0],
    ['no address', '*-lb', 'cidr_blocks = ["10.0.0.0/8"]', '', 1],
  ])('match %s', async (_, pattern, source, more, count) => {
    expect(await messages(config(pattern), peer(source, more))).toHaveLength(count);
  });

  test('match groups of modules by name', async () => {
    const files = {
      'main.tf': `${group('shop', 8080, 'security_groups = [module.edge.id]')}module "edge" {\n  source = "./edge"\n}\n`,
      'edge/main.tf': `${lb('"shop-lb"')}output "id" {\n  value = aws_security_group.edge.id\n}\n`,
    };
    const written = JSON.stringify({ extends: ['tfsg:off'], ...config('*-lb') });
    const { configFor } = discoverConfigs(memoryFileSystem({ '.tfsgrc.json': written }), checks, noSelection);
    const { findings, undecided } = await lint(memoryFileSystem(files), [''], {
      configFor,
      parser: 'native',
      inputs: noInputs,
    });
    expect([findings, undecided]).toEqual([[], []]);
  });

  test('leave a name that only apply knows undecided', async () => {
    const written = JSON.stringify({ extends: ['tfsg:off'], ...config('*-lb') });
    const { configFor } = discoverConfigs(memoryFileSystem({ '.tfsgrc.json': written }), checks, noSelection);
    const text = `${peer(fromEdge, lb('var.name'))}variable "name" {}\n`;
    const { findings, undecided } = await lint(memoryFileSystem({ 'main.tf': text }), [''], {
      configFor,
      parser: 'native',
      inputs: noInputs,
    });
    expect([findings.length, undecided.map(({ check, because }) => [check, because])]).toEqual([
      0,
      [['policy', ['var.name']]],
    ]);
  });

  test('are matched in every world', async () => {
    const more = `${lb('"shop-${var.kind}"')}variable "kind" {}\nlocals {\n  is_lb = var.kind == "lb"\n}\n`;
    const text = peer(fromEdge, more).replace(
      'name = "shop"\n',
      'name = "shop"\n  vpc_id = local.is_lb ? "vpc-1" : "vpc-2"\n',
    );
    const written = JSON.stringify({ extends: ['tfsg:off'], ...config('*-lb') });
    const { configFor } = discoverConfigs(memoryFileSystem({ '.tfsgrc.json': written }), checks, noSelection);
    const { findings } = await lint(memoryFileSystem({ 'main.tf': text }), [''], {
      configFor,
      parser: 'native',
      inputs: noInputs,
    });
    expect(
      findings.map(({ message }) => message).filter((message) => message.startsWith('Where var.kind is "lb"')),
    ).toEqual([]);
  });
});
