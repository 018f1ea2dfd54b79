/** The key `policy`, from the file to the check. */

import { expect, test } from '@jest/globals';
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
