/** What references to nested blocks mean where it is not known whether the block exists. */

import { expect, test } from '@jest/globals';
import { modelOf } from '../model/model-of.ts';

const disk = (size: string) => `ebs_block_device {\n    volume_size = ${size}\n  }`;

const dynamic = (forEach: string) => `dynamic "ebs_block_device" {
    for_each = ${forEach}
    content {
      volume_size = 22
    }
  }`;

test.each([
  ['a block', disk('22'), 22],
  ['a dynamic block of one', dynamic('[1]'), 22],
  ['a dynamic block that may not exist', dynamic('var.x ? [1] : []'), 'unknown'],
  ['a block behind one that may not exist', `${dynamic('var.x ? [1] : []')}\n  ${disk('23')}`, 'unknown'],
  ['none', '', 'unknown'],
])('%s', async (_, blocks, expected) => {
  const text = `variable "x" {
  type = bool
}
resource "aws_instance" "i" {
  ${blocks}
}
resource "aws_vpc_security_group_ingress_rule" "r" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = aws_instance.i.ebs_block_device[0].volume_size
  to_port           = 65535
  cidr_ipv4         = "10.0.0.0/8"
}
`;
  const { fromPort } = (await modelOf({ 'main.tf': text })).rules[0]!;
  expect(fromPort.kind === 'known' ? fromPort.value : fromPort.kind).toBe(expected);
});
