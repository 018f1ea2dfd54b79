/** Fixes that some check might claim to be safe: the model decides, by what groups let in and out. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { fixFindings } from '../../src/fix/fix.ts';
import { evaluateModels, lint } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { findingAt } from '../report/reports.ts';

const config = resolveConfig(defaultLayers, checks, { only: undefined, disabled: new Set() });
const options = { configFor: () => config, parser: 'native', inputs: noInputs } as const;

/** Makes a fix that replaces the text between ⟦ and ⟧; says why not, if it is refused. */
async function verdict(marked: string, text: string): Promise<string> {
  const [before = '', old = '', after = ''] = marked.split(/[⟦⟧]/);
  const fileSystem = memoryFileSystem({ 'main.tf': before + old + after });
  const report = await lint(fileSystem, [''], options);
  const file = report.findings[0]!.span.file;
  const span = { file, start: before.length, end: before.length + old.length };
  const claimed: Finding = findingAt(span, { fix: { message: 'Safe, as some check says.', edits: [{ span, text }] } });
  const { count, refusals } = await fixFindings(fileSystem, {
    report: async () => ({ findings: [claimed] }),
    isWanted: () => true,
    state: (state) => evaluateModels(state, [''], options),
    targetOf: (path) => ({ path }),
  });
  return count > 0 ? 'made' : refusals.map(({ reason }) => reason).join();
}

const more = 'aws_security_group.db would allow in more than before';
const less = 'aws_security_group.db would allow in less than before';

// Without descriptions, so that each has a finding.
const inline = (cidrs: string, protocol = '"tcp"', ports = '22', direction = 'ingress'): string => `
variable "offices" {
  type = list(string)
}

variable "one" {
  type = string
}

data "aws_vpc" "main" {}

resource "aws_security_group" "db" {
  name = "db"

  ${direction} {
    protocol    = ${protocol}
    from_port   = ${ports}
    to_port     = 22
    cidr_blocks = ${cidrs}
  }
}
`;

const standalone = (protocol: string, cidr: string, argument = 'cidr_ipv4'): string => `
resource "aws_security_group" "db" {
  name = "db"
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.db.id
  ip_protocol       = ${protocol}
  from_port         = 22
  to_port           = 22
  ${argument}         = ${cidr}
}
`;

const old = (type: string, cidr: string): string => `
resource "aws_security_group_rule" "old" {
  type              = "${type}"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = [${cidr}]
}
`;

describe('what Terraform refuses lets nothing in, so that no fix may make it let something in', () => {
  test.each([
    ['host bits', inline('["⟦10.1.2.3/8⟧"]'), '10.0.0.0/8', more],
    ['host bits, as one address', inline('["⟦10.1.2.3/8⟧"]'), '10.1.2.3/32', more],
    ['host bits beside a sound block', inline('["10.0.0.0/8", "⟦10.1.2.3/8⟧"]'), '10.0.0.0/8', more],
    ['host bits, taken out', inline('["10.0.0.0/8"⟦, "10.1.2.3/8"⟧]'), '', more],
    ['host bits in IPv6 notation', inline('["⟦::ffff:10.1.2.3/104⟧"]'), '10.0.0.0/8', more],
    ['no block at all', inline('["⟦10.0.0.0⟧"]'), '10.0.0.0/32', more],
    ['a block of the other family', inline('["⟦::/0⟧"]'), '0.0.0.0/0', more],
    ['an argument of the other family', standalone('"tcp"', '"10.0.0.0/8"', '⟦cidr_ipv6⟧'), 'cidr_ipv4', more],
    ['host bits of a rule of its own', standalone('"tcp"', '"⟦10.1.2.3/8⟧"'), '10.0.0.0/8', more],
    ['a keyword of IANA', standalone('"⟦esp⟧"', '"10.0.0.0/8"'), '50', more],
    ['a protocol that is none', standalone('"⟦https⟧"', '"10.0.0.0/8"'), 'tcp', more],
    ['ports the wrong way round', inline('["10.0.0.0/8"]', '"tcp"', '⟦443⟧'), '22', more],
    ['a port that is none', inline('["10.0.0.0/8"]', '"tcp"', '⟦-1⟧'), '0', more],
    [
      'host bits of egress',
      inline('["⟦10.1.2.3/8⟧"]', '"tcp"', '22', 'egress'),
      '10.0.0.0/8',
      more.replace('in', 'out'),
    ],
    [
      'host bits of a group elsewhere',
      old('ingress', '"⟦10.1.2.3/8⟧"'),
      '10.0.0.0/8',
      more.replace(/^\S+/, 'sg-0123456789abcdef0'),
    ],
  ])('%s', async (_, marked, text, expected) => {
    expect(await verdict(marked, text)).toBe(expected);
  });
});

describe('a group lets in neither more nor less after a fix', () => {
  test.each([
    ['wider', inline('["⟦10.0.0.0/16⟧"]'), '10.0.0.0/8', more],
    ['narrower', inline('["⟦10.0.0.0/8⟧"]'), '10.0.0.0/16', less],
    ['another', inline('["⟦10.0.0.0/16⟧"]'), '10.1.0.0/16', more],
    ['one block less', inline('["10.0.0.0/16"⟦, "10.1.0.0/16"⟧]'), '', less],
    ['refused then', inline('["⟦10.0.0.0/8⟧"]'), '10.1.2.3/8', less],
    ['more ports', inline('["10.0.0.0/16"]', '"tcp"', '⟦22⟧'), '20', more],
    ['all traffic', inline('["10.0.0.0/16"]', '"⟦tcp⟧"'), '-1', more],
    ['another protocol', inline('["10.0.0.0/16"]', '"⟦tcp⟧"'), 'udp', more],
    ['the other direction', inline('["10.0.0.0/16"]', '"tcp"', '22', '⟦ingress⟧'), 'egress', more.replace('in', 'out')],
    [
      'another direction of a rule',
      old('⟦ingress⟧', '"10.0.0.0/8"'),
      'egress',
      'sg-0123456789abcdef0 would allow out more than before',
    ],
    ['known where it was not', inline('⟦var.offices⟧'), '["10.0.0.0/8"]', more],
    ['known beside what is not', inline('concat(var.offices, [⟦⟧])'), '"10.0.0.0/8"', more],
    ['unknown in another way', inline('[⟦var.one⟧]'), 'data.aws_vpc.main.cidr_block', more],
    ['unknown once, not twice', inline('["${var.one}/8"⟦, "${var.one}/16"⟧]'), '', less],
    ['unknown where it was known', inline('[⟦"10.0.0.0/8"⟧]'), 'var.one', more],
  ])('%s', async (_, marked, text, expected) => {
    expect(await verdict(marked, text)).toBe(expected);
  });
});

describe('what keeps the set is made', () => {
  const covered = (cidr: string) =>
    inline('["10.0.0.0/8"]').replace(
      /\n}\n$/,
      `\n  ingress {\n    protocol    = "tcp"\n    from_port   = 22\n    to_port     = 22\n    cidr_blocks = ["${cidr}"]\n  }\n}\n`,
    );
  test.each([
    ['another spelling', inline('["⟦10.0.0.0/08⟧"]'), '10.0.0.0/8'],
    ['an IPv4 block in IPv6 notation', inline('["⟦::ffff:10.0.0.0/104⟧"]'), '10.0.0.0/8'],
    ['the same block twice', inline('["10.0.0.0/8"⟦, "10.0.0.0/8"⟧]'), ''],
    ['halves as a whole', inline('[⟦"10.0.0.0/9", "10.128.0.0/9"⟧]'), '"10.0.0.0/8"'],
    ['a protocol by its number', inline('["10.0.0.0/8"]', '"⟦tcp⟧"'), '6'],
    ['every protocol by its name', inline('["10.0.0.0/8"]', '"⟦-1⟧"'), 'all'],
    ['refused before and after', inline('["10.1.2.3/8", "⟦10.0.0.0/08⟧"]'), '10.0.0.0/8'],
    ['an unknown that stays the same', inline('[⟦"${var.one}"⟧]'), 'var.one'],
    ['what another rule lets in already', covered('⟦10.1.2.3/8⟧'), '10.0.0.0/8'],
    ['a part of what another rule lets in', covered('⟦10.1.2.3/8⟧'), '10.1.2.3/32'],
  ])('%s', async (_, marked, text) => {
    expect(await verdict(marked, text)).toBe('made');
  });
});

test('anything else that would change is named', async () => {
  expect(await verdict(inline('["10.0.0.0/8"]').replace('name = "db"', 'name = "⟦db⟧"'), 'db2')).toBe(
    'aws_security_group.db would change in meaning',
  );
  expect(await verdict(inline('["10.0.0.0/8"]').replace('name = "db"', 'name = ⟦"db"⟧'), '[')).toMatch(
    /^it would cause a new error/,
  );
});
