/** Reports of a small tree, whole and in two parts. */

import { checks } from '../../src/checks/index.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const group = `resource "aws_security_group" "a" {
  name = "a"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0", local.b]
  }
}
`;

const tree = memoryFileSystem({
  'a/main.tf': `${group}locals {\n  b = var.c\n}\nvariable "c" {}\n`,
  'b/main.tf': group.replace('local.b', '"10.0.0.0/8"'),
  'c/main.tf': 'locals {',
});
const config = resolveConfig(defaultLayers, checks, noSelection);
const options = { configFor: () => config, parser: 'native', inputs: noInputs } as const;
const shards = [undefined, { index: 1, count: 2 }, { index: 2, count: 2 }];

/** As JSON. */
export const reports: readonly string[] = await Promise.all(
  shards.map(async (shard) => JSON.stringify(documentOf(await lint(tree, [''], { ...options, shard })))),
);
