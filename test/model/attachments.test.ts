/** Which services take which groups, in each shape that their arguments have. */

import { expect, test } from '@jest/globals';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { ATTACHMENT_TYPES } from '../../src/model/aws/attachment-types.ts';
import type { Attachment } from '../../src/model/aws/attachments.ts';
import { textOf } from '../../src/source/span.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

async function attachmentsIn(files: Readonly<Record<string, string>>): Promise<readonly Attachment[]> {
  const { models } = await inspect(memoryFileSystem(files), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
  });
  return models[0]!.attachments;
}

const group = 'resource "aws_security_group" "web" {}\n';

/** `a { b = VALUE }` for `a.b`. */
function written(path: readonly string[], value: string): string {
  const [name, ...rest] = path;
  return rest.length === 0 ? `${name} = ${value}` : `${name} {\n${written(rest, value)}\n}`;
}

const rows = [...ATTACHMENT_TYPES].flatMap(([type, { arguments: paths }]) =>
  paths.map((path) => [type, path] as const),
);

test.each(rows)('%s takes groups in %s', async (type, path) => {
  const isOne = /security_group(?:_id)?$|additional_\w+$/.test(path);
  const value = isOne ? 'aws_security_group.web.id' : '[aws_security_group.web.id, "sg-0123456789abcdef0"]';
  const [attachment] = await attachmentsIn({
    'main.tf': `${group}resource "${type}" "main" {\n${written(path.split('.'), value)}\n}\n`,
  });
  expect(attachment!.address).toBe(`${type}.main`);
  expect(attachment!.takesDefault).toBe('no');
  expect(
    attachment!.groups.map(({ named, group: found, isDefault }) => [textOf(named.id.span), found?.address, isDefault]),
  ).toEqual([
    ['aws_security_group.web.id', 'aws_security_group.web', 'no'],
    ...(isOne ? [] : [['"sg-0123456789abcdef0"', undefined, 'no']]),
  ]);
});

test('takes groups in objects that are written instead of a block', async () => {
  const [named, unnamed] = await attachmentsIn({
    'main.tf': `${group}
resource "aws_ecs_express_gateway_service" "named" {
  network_configuration = [{ subnets = null, security_groups = [aws_security_group.web.id] }]
}

resource "aws_ecs_express_gateway_service" "unnamed" {
  network_configuration = [{ subnets = ["subnet-0123456789abcdef0"], security_groups = null }]
}
`,
  });
  expect(named!.groups.map(({ named: { id }, group: found }) => [textOf(id.span), found?.address])).toEqual([
    ['aws_security_group.web.id', 'aws_security_group.web'],
  ]);
  expect([named!.takesDefault, unnamed!.takesDefault]).toEqual(['no', 'yes']);
});

test('links a group across modules, by instance', async () => {
  const [first, second] = await attachmentsIn({
    'main.tf': `
module "web" {
  source = "./web"
}

resource "aws_lb" "web" {
  security_groups = [module.web.groups["b"]]
}

resource "aws_db_instance" "web" {
  vpc_security_group_ids = values(module.web.groups)
}
`,
    'web/main.tf': `
resource "aws_security_group" "web" {
  for_each = toset(["a", "b"])
}

output "groups" {
  value = { for key, one in aws_security_group.web : key => one.id }
}
`,
  });
  expect(first!.groups.map(({ group: found }) => found?.address)).toEqual(['module.web.aws_security_group.web["b"]']);
  expect(second!.groups.map(({ group: found }) => found?.address)).toEqual([
    'module.web.aws_security_group.web["a"]',
    'module.web.aws_security_group.web["b"]',
  ]);
});

test.each([
  ['aws_instance', '', 'yes'],
  ['aws_instance', 'vpc_security_group_ids = []', 'yes'],
  ['aws_instance', 'vpc_security_group_ids = null', 'yes'],
  ['aws_instance', 'launch_template {\n}', 'no'],
  ['aws_lb', '', 'yes'],
  ['aws_lb', 'load_balancer_type = "application"', 'yes'],
  ['aws_lb', 'load_balancer_type = "network"', 'no'],
  ['aws_lb', 'load_balancer_type = var.type', 'unknown'],
  ['aws_vpc_endpoint', '', 'no'],
  ['aws_vpc_endpoint', 'vpc_endpoint_type = "Interface"', 'yes'],
  ['aws_ecs_service', '', 'no'],
  ['aws_ecs_service', 'network_configuration {\n}', 'yes'],
  ['aws_eks_cluster', 'vpc_config {\n}', 'no'],
  ['aws_rds_cluster', '', 'no'],
  ['aws_transfer_server', '', 'no'],
  ['aws_transfer_server', 'endpoint_type = "VPC"\nendpoint_details {\n}', 'yes'],
  ['aws_transfer_web_app', 'endpoint_details {\n}', 'no'],
  ['aws_transfer_web_app', 'endpoint_details {\nvpc {\n}\n}', 'yes'],
  ['aws_msk_cluster', 'broker_node_group_info {\nsecurity_groups = []\n}', 'yes'],
  ['aws_ec2_client_vpn_endpoint', '', 'yes'],
  ['aws_ec2_client_vpn_endpoint', 'transit_gateway_configuration {\n}', 'no'],
  ['aws_cloudwatch_event_target', 'ecs_target {\n}', 'no'],
  [
    'aws_cloudwatch_event_target',
    'ecs_target {\ndynamic "network_configuration" {\nfor_each = var.type == "x" ? [1] : []\ncontent {}\n}\n}',
    'unknown',
  ],
])('%s with %j: %s', async (type, body, answer) => {
  const [attachment] = await attachmentsIn({
    'main.tf': `variable "type" {\n  type = string\n}\nresource "${type}" "main" {\n${body}\n}\n`,
  });
  expect([attachment!.takesDefault, attachment!.groups]).toEqual([answer, []]);
});

test.each([
  ['true', 'no'],
  ['var.replaces', 'no'],
  ['false', 'yes'],
  ['null', 'yes'],
])('an association that replaces the default group of an endpoint: %s', async (replaces, answer) => {
  const attachments = await attachmentsIn({
    'main.tf': `${group}
variable "replaces" {
  type = bool
}

resource "aws_vpc_endpoint" "main" {
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_security_group_association" "main" {
  vpc_endpoint_id             = aws_vpc_endpoint.main.id
  security_group_id           = aws_security_group.web.id
  replace_default_association = ${replaces}
}
`,
  });
  expect(attachments.map(({ address, takesDefault }) => [address, takesDefault])).toEqual([
    ['aws_vpc_endpoint.main', answer],
    ['aws_vpc_endpoint_security_group_association.main', 'no'],
  ]);
});

test('finds groups by their ARN', async () => {
  const attachments = await attachmentsIn({
    'main.tf': `${group}
resource "aws_default_security_group" "main" {}

resource "aws_datasync_agent" "main" {
  security_group_arns = [aws_security_group.web.arn]
}

resource "aws_datasync_location_efs" "main" {
  ec2_config {
    security_group_arns = [aws_default_security_group.main.arn]
  }
}
`,
  });
  expect(
    attachments.flatMap(({ groups }) => groups.map(({ group: found, isDefault }) => [found?.address, isDefault])),
  ).toEqual([
    ['aws_security_group.web', 'no'],
    ['aws_default_security_group.main', 'yes'],
  ]);
});
