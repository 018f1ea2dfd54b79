/** Where a rule without sources stands whose sources come from somewhere else. */

import { expect, test } from '@jest/globals';
import { placeOf } from '../../src/source/position.ts';
import { cite, type Files, lintFiles } from './lint-files.ts';

const standalone = `variable "from" {}
resource "aws_security_group_rule" "a" {
  type              = "ingress"
  security_group_id = "sg-1"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = var.from
}
`;

const inline = `variable "from" {}
resource "aws_security_group" "a" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = var.from
  }
}
`;

const call = (value: string): string => `module "sg" {\n  source = "./sg"\n  from   = ${value}\n}\n`;

async function placesIn(files: Files): Promise<readonly string[][]> {
  const { findings } = await lintFiles(files, ['missing-source']);
  return findings.map((finding) => [cite(finding).place, ...finding.related.map(({ span }) => placeOf(span))]);
}

test.each(['[]', 'null', '[null]'])("at the caller's %s", async (value) => {
  expect(await placesIn({ 'main.tf': call(value), 'sg/main.tf': standalone })).toEqual([
    ['main.tf:3:12', 'sg/main.tf:8:23'],
  ]);
});

test('at the use of a variable of a module, with its default beside it', async () => {
  const main = call('[]').replace(/ *from.*\n/, '');
  const files = { 'main.tf': main, 'sg/main.tf': standalone.replace('{}', '{\n  default = []\n}') };
  expect(await placesIn(files)).toEqual([['sg/main.tf:10:23', 'sg/main.tf:2:13', 'main.tf:1:1']]);
});

test('not in a group, where an empty list makes no rule', async () => {
  expect(await placesIn({ 'main.tf': call('[]'), 'sg/main.tf': inline })).toEqual([]);
  expect(await placesIn({ 'main.tf': inline.replace('var.from', 'null') })).toEqual([['main.tf:3:3']]);
});
