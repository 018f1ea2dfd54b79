/** Which files make a module: those that OpenTofu adds, those that override, and those that only look alike. */

import { expect, test } from '@jest/globals';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const group = (name: string, port: number): string => `resource "aws_security_group" "${name}" {
  ingress {
    from_port = ${port}
    to_port   = ${port}
    protocol  = "tcp"
    self      = true
  }
}
`;

// An object in a list has to have all the attributes.
const nothing = {
  cidr_blocks: null,
  description: null,
  ipv6_cidr_blocks: null,
  prefix_list_ids: null,
  security_groups: null,
  self: true,
};

const json = (name: string, port: number): string => {
  const ingress = [{ ...nothing, from_port: port, to_port: port, protocol: 'tcp' }];
  return JSON.stringify({ resource: { aws_security_group: { [name]: { ingress } } } });
};

async function portsOf(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, number | null>>> {
  const { models, problems } = await inspect(memoryFileSystem(files), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
  });
  expect(problems).toEqual([]);
  return Object.fromEntries(models.flatMap(inspectRules).map(({ address, from_port }) => [address, from_port]));
}

test('a .tofu file shadows the .tf file of the same name, a .tofu.json file the .tf.json file', async () => {
  const ports = await portsOf({
    'a.tf': group('a', 1),
    'a.tofu': group('a', 2),
    'b.tf.json': json('b', 3),
    'b.tofu.json': json('b', 4),
    'c.tf': group('c', 5),
    'd.tofu': group('d', 6),
  });
  expect(ports).toEqual({
    'aws_security_group.a': 2,
    'aws_security_group.b': 4,
    'aws_security_group.c': 5,
    'aws_security_group.d': 6,
  });
});

test('an override in a .tofu file overrides', async () => {
  const ports = await portsOf({ 'a.tf': group('a', 1), 'a_override.tofu': group('a', 2) });
  expect(ports).toEqual({ 'aws_security_group.a': 2 });
});

test('backup files of editors, hidden files and tests are no configuration', async () => {
  const ports = await portsOf({
    'a.tf': group('a', 1),
    'a.tf~': group('b', 2),
    '#a.tf#': group('c', 3),
    '.a.tf': group('d', 4),
    'a.tf.bak': group('e', 5),
    'a.tftest.hcl': 'run "x" {\n}\n',
    'a.tfvars': 'x = 1\n',
  });
  expect(ports).toEqual({ 'aws_security_group.a': 1 });
});
