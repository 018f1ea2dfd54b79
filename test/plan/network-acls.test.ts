/** Network ACLs of a plan that Terraform makes after a refresh. */

import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { readPlan } from '../../src/plan/plan.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const config = resolveConfig(defaultLayers, checks, noSelection);

const configuration = `resource "aws_network_acl" "main" {
  vpc_id = "vpc-1"
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = aws_network_acl.main.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}
`;

const provider = 'registry.terraform.io/hashicorp/aws';

const unchanged = (type: string, name: string, values: object) => {
  const change = { actions: ['no-op'], before: values, after: values, after_unknown: {} };
  return { address: `${type}.${name}`, mode: 'managed', type, name, provider_name: provider, change };
};

const written = (type: string, name: string, expressions: object) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  provider_config_key: 'aws',
  expressions,
  schema_version: 0,
});

/** Of a standalone entry as the provider repeats it: with 0 and empty texts for what is absent. */
const repeated = {
  action: 'allow',
  cidr_block: '0.0.0.0/0',
  from_port: 22,
  icmp_code: 0,
  icmp_type: 0,
  ipv6_cidr_block: '',
  protocol: '6',
  rule_no: 100,
  to_port: 22,
};

const plan = {
  format_version: '1.2',
  terraform_version: '1.11.4',
  resource_changes: [
    unchanged('aws_network_acl', 'main', { id: 'acl-1', vpc_id: 'vpc-1', ingress: [repeated], egress: [] }),
    unchanged('aws_network_acl_rule', 'ssh', {
      id: 'nacl-1',
      network_acl_id: 'acl-1',
      rule_number: 100,
      rule_action: 'allow',
      protocol: '6',
      from_port: 22,
      to_port: 22,
      cidr_block: '0.0.0.0/0',
      ipv6_cidr_block: '',
      egress: false,
    }),
  ],
  configuration: {
    root_module: {
      resources: [
        written('aws_network_acl', 'main', { vpc_id: { constant_value: 'vpc-1' } }),
        written('aws_network_acl_rule', 'ssh', {
          network_acl_id: { references: ['aws_network_acl.main.id', 'aws_network_acl.main'] },
          rule_number: { constant_value: 100 },
          rule_action: { constant_value: 'allow' },
          protocol: { constant_value: 'tcp' },
          from_port: { constant_value: 22 },
          to_port: { constant_value: 22 },
          cidr_block: { constant_value: '0.0.0.0/0' },
        }),
      ],
    },
  },
};

test('an entry that the provider repeats in its ACL counts once', async () => {
  const read = readPlan(new SourceFile('plan.json', JSON.stringify(plan)));
  const report = await lint(memoryFileSystem({ 'main.tf': configuration }), [''], {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
    worlds: 'one',
    plans: [read.value!],
    planScope: 'all',
  });
  expect(report.findings.map(({ check }) => check).sort()).toEqual(['acl-no-replies', 'acl-port-open']);
});
