/** What is found of one group does not depend on the other groups that are looked at with it. */

import { expect, test } from '@jest/globals';
import { lintFiles } from '../checks/lint-files.ts';

const files = (keys: string) => ({
  'main.tf': `resource "aws_security_group" "g" {
  for_each    = { ${keys} }
  name        = each.key
  description = "G"

  dynamic "ingress" {
    for_each = ["0.0.0.0/0", "::/0", "52.0.0.0/8"]
    content {
      description      = "X"
      from_port        = each.value
      to_port          = each.value
      protocol         = "udp"
      cidr_blocks      = strcontains(ingress.value, ":") ? [] : [ingress.value]
      ipv6_cidr_blocks = strcontains(ingress.value, ":") ? [ingress.value] : []
    }
  }
}
`,
});

test.each(['port-open', 'broad-public-cidr', 'admin-port-open'])('%s', async (id) => {
  const alone = await Promise.all(
    ['a = 22', 'b = 9999'].map(async (keys) => (await lintFiles(files(keys), [id])).findings),
  );
  const together = (await lintFiles(files('a = 22, b = 9999'), [id])).findings;
  const sentences = alone.flat().flatMap(({ message }) => message.split(/(?<=\.) /));
  for (const { message } of together) {
    for (const sentence of message.split(/(?<=\.) /)) expect(sentences).toContain(sentence);
  }
});
