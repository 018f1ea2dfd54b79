/** Network ACLs in an editor: after each edit a run with what is remembered finds what a run from scratch finds. */

import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { QueryCache } from '../../src/collections/query-cache.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const config = resolveConfig(defaultLayers, checks, noSelection);

const acls = `variable "office" {
  type    = string
  default = "0.0.0.0/0"
}

resource "aws_vpc" "main" {
  cidr_block                       = "10.0.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_subnet" "web" {
  vpc_id          = aws_vpc.main.id
  cidr_block      = "10.0.1.0/24"
  ipv6_cidr_block = null
}

resource "aws_network_acl" "web" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.web.id]
}

resource "aws_network_acl_rule" "all" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 300
  egress         = true
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 200
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = var.office
}
`;

const denial = `resource "aws_network_acl_rule" "deny" {
  network_acl_id = aws_network_acl.web.id
  rule_number    = 200
  rule_action    = "deny"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}
`;

/** Each with what it is about. */
const edits: readonly (readonly [check: string | undefined, edit: (text: string) => string])[] = [
  ['acl-port-open', (text) => text],
  ['acl-duplicate-number', (text) => text + denial],
  ['acl-unreachable-entry', (text) => text.replace(/(rule_number +=) 200(?=[^}]*"deny")/, '$1 100')],
  [undefined, (text) => text.replace('"0.0.0.0/0"', '"203.0.113.0/24"').replace(denial.replace('200', '100'), '')],
  ['acl-missing-ipv6', (text) => text.replace('= null', '= cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)')],
  ['acl-no-replies', (text) => text.replace('"-1"', '"udp"')],
  [undefined, (text) => text.replace('subnet_ids = [aws_subnet.web.id]', '').replace('"udp"', '"-1"')],
];

test('each edit', async () => {
  const cache = new QueryCache();
  const found = async (text: string, kept?: QueryCache) => {
    const options = {
      configFor: () => config,
      parser: 'native',
      inputs: noInputs,
      ...(kept && { cache: kept }),
    } as const;
    const { findings, problems } = await lint(memoryFileSystem({ 'main.tf': text }), [''], options);
    expect(problems).toEqual([]);
    return findings.map(({ check, message }) => `${check}: ${message}`).filter((each) => each.startsWith('acl-'));
  };
  let text = acls;
  for (const [check, edit] of edits) {
    text = edit(text);
    const fresh = await found(text);
    expect(await found(text, cache)).toEqual(fresh);
    if (check !== undefined) expect(fresh.map((each) => each.split(':')[0])).toContain(check);
    else expect(fresh).toEqual([]);
  }
});
