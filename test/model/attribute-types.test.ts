/** What the types of attributes that only apply knows decide. */

import { expect, test } from '@jest/globals';
import { modelOf } from './model-of.ts';

test('an attribute of another type than its name says is not taken for text', async () => {
  const { groups } = await modelOf({
    'main.tf': `
resource "aws_dx_connection" "office" {
  name      = "office"
  bandwidth = "1Gbps"
  location  = "EqDC2"
}

resource "aws_security_group" "office" {
  count = aws_dx_connection.office.vlan_id == 100 ? 1 : 0
}
`,
  });
  expect(groups.map(({ address, existsIf }) => [address, existsIf?.map(({ name }) => name)])).toEqual([
    ['aws_security_group.office', ['aws_dx_connection.office.vlan_id']],
  ]);
});
