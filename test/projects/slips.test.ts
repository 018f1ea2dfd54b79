/** One slip of syntax is one problem, and hides no open port: what is meant is judged. */

import { expect, test } from '@jest/globals';
import { lintFiles } from '../checks/lint-files.ts';

/** A group whose rule for SSH has one argument, or more of them, to be filled in. */
function groupWith(cidrs: string, before = ''): string {
  return `${before}
resource "aws_security_group" "web" {
  name        = "web"
  description = "Web"
  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    ${cidrs}
  }
}
`;
}

const open = 'cidr_blocks = ["0.0.0.0/0"]';

test.each([
  ['a line break after a question mark', groupWith('cidr_blocks = true ?\n      ["0.0.0.0/0"] : ["10.0.0.0/8"]')],
  [
    'a line break in a local value',
    groupWith(
      'cidr_blocks = [local.cidr]',
      'locals {\n  open = true\n  cidr = (local.open) ?\n    "0.0.0.0/0" : "10.0.0.0/8"\n}',
    ),
  ],
  ['a line break before an operator', groupWith('cidr_blocks = 1 > 2\n      || true ? ["0.0.0.0/0"] : []')],
  [
    'a heredoc whose name has text before it',
    groupWith(
      open,
      'resource "aws_cloudwatch_event_rule" "a" {\n  event_pattern = <<PATTERN\n{\n  "detail-type": []\n}PATTERN\n}',
    ),
  ],
  ['a heredoc without an end', groupWith(open, 'locals {\n  text = <<EOT\n    text\n}')],
  ['a comment without an end', groupWith(open, '/* for the web')],
  ['a CIDR block without quotes', groupWith('cidr_blocks = [0.0.0.0/0]')],
  ['single quotes', groupWith("cidr_blocks = ['0.0.0.0/0']")],
  ['curly quotes', groupWith('cidr_blocks = [“0.0.0.0/0”]')],
  ['a lost quote', groupWith('cidr_blocks = ["10.0.0.0/8, "0.0.0.0/0"]')],
  ['a lost bracket', groupWith('cidr_blocks = ["0.0.0.0/0"')],
  ['a wrong bracket', groupWith('cidr_blocks = ["0.0.0.0/0")')],
  ['a lost comma', groupWith('cidr_blocks = ["10.0.0.0/8" "0.0.0.0/0"]')],
  ['a lost equals sign', groupWith('cidr_blocks ["0.0.0.0/0"]')],
  ['a colon', groupWith('cidr_blocks: ["0.0.0.0/0"]')],
  ['a semicolon', groupWith(`${open};`)],
  ['a space that is none', groupWith('cidr_blocks =\u00a0["0.0.0.0/0"]')],
  ['a JSON argument', groupWith('"cidr_blocks": ["0.0.0.0/0"],')],
  ['an interpolation outside of a string', groupWith('cidr_blocks = ["0.0.0.0/${0}"]\n    self = ${false}')],
  ['keys without quotes', groupWith(open, 'locals {\n  a = {\n    x_7.0_y = 1\n    x_7.1_y = 2\n  }\n}')],
  ['a merge conflict', groupWith(`\n<<<<<<< HEAD\n    ${open}\n=======\n    cidr_blocks = []\n>>>>>>> branch`)],
])('behind %s', async (_, text) => {
  const { problems, findings } = await lintFiles({ 'main.tf': text });
  expect(problems.map(({ kind }) => kind)).toEqual(['syntax']);
  expect(findings.map(({ check }) => check)).toContain('admin-port-open');
});
