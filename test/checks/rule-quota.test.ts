/** How rules are counted against the quota, beyond what the fixtures show. */

import { expect, test } from '@jest/globals';
import { cite, lintWithOptions } from './lint-files.ts';

const rule = (name: string, source: string): string => `
resource "aws_vpc_security_group_ingress_rule" "${name}" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "-1"
  ${source}
}
`;

async function found(max: number, ...rules: readonly string[]): Promise<string[]> {
  const main = ['resource "aws_security_group" "web" {}\n', ...rules].join('');
  const { findings } = await lintWithOptions({ 'main.tf': main }, 'rule-quota', { max });
  return findings.map(({ message }) => message);
}

const message = (count: string, family: number, max: number): string =>
  `aws_security_group.web has ${count} for IPv${family} (each source counts as one). The AWS quota is ${max}, so it rejects the rest.`;

test('families apart', async () => {
  const rules = [rule('a', 'cidr_ipv4 = "10.0.0.0/8"'), rule('b', 'cidr_ipv6 = "::/0"')];
  expect(await found(1, ...rules)).toEqual([]);
  expect(await found(1, ...rules, rule('c', 'cidr_ipv4 = "172.16.0.0/12"'))).toEqual([
    message('2 ingress rules', 4, 1),
  ]);
});

test('a group in both families, at one place', async () => {
  const rules = [rule('a', 'cidr_ipv6 = "::/0"'), rule('b', 'referenced_security_group_id = "sg-1"')];
  expect(await found(1, ...rules)).toEqual([message('2 ingress rules', 6, 1)]);
});

test('the same rule once', async () => {
  expect(await found(1, rule('a', 'cidr_ipv4 = "10.0.0.0/8"'), rule('b', 'cidr_ipv4 = "10.0.0.0/8"'))).toEqual([]);
});

test('a prefix list for as many entries as it may have', async () => {
  const list = `resource "aws_ec2_managed_prefix_list" "l" {
  name           = "l"
  address_family = "IPv4"
  max_entries    = 5
}
`;
  const named = rule('a', 'prefix_list_id = aws_ec2_managed_prefix_list.l.id');
  expect(await found(4, list, named)).toEqual([message('5 ingress rules', 4, 4)]);
  expect(await found(5, list, named)).toEqual([]);
});

test('all that is too much in one finding', async () => {
  const sources = ['"10.0.0.0/8"', '"172.16.0.0/12"'];
  const rules = sources.map((source, index) => rule(`v4_${index}`, `cidr_ipv4 = ${source}`));
  const groups = ['"sg-1"', '"sg-2"'].map((id, index) => rule(`g_${index}`, `referenced_security_group_id = ${id}`));
  expect(await found(1, ...rules, ...groups)).toEqual([
    'aws_security_group.web has 4 ingress rules for IPv4 and 2 ingress rules for IPv6 (each source counts as one). The AWS quota is 1 of each, so it rejects the rest.',
  ]);
});

test('at the call of a downloaded module', async () => {
  const files = {
    'main.tf': 'module "web" {\n  source  = "acme/web/aws"\n  sources = ["10.0.0.0/8", "172.16.0.0/12"]\n}\n',
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'web', Source: 'registry.terraform.io/acme/web/aws', Version: '1.0.0', Dir: '.terraform/modules/web' },
      ],
    }),
    '.terraform/modules/web/main.tf': `variable "sources" {
  type = list(string)
}

resource "aws_security_group" "web" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = var.sources
  }
}
`,
  };
  const { findings } = await lintWithOptions(files, 'rule-quota', { max: 1 });
  expect(findings.map((finding) => cite(finding).place)).toEqual(['main.tf:2:13']);
});
