/** A web server's group: as it was published, repaired but open, and as it should be. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { placeOf } from '../../src/source/position.ts';
import { applyFixes, cite, type Files, lintFiles } from '../checks/lint-files.ts';

function filesOf(name: string): Files {
  const folder = `fixtures/projects/web-sg/${name}`;
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')]));
}

const undescribed = (rules: number): string =>
  `${rules} of ${rules} rules of aws_security_group.web-sg have no description.`;

const emptyBlock = 'cidr_blocks contains an empty string; expected a CIDR block such as 10.0.0.0/8.';

const tagsBlock = 'Write tags = { ... }: Terraform 0.12 and later reject a tags block.';

test('good: nothing to say', async () => {
  const report = await lintFiles(filesOf('good'));
  expect(report.findings).toEqual([]);
  expect(report.problems).toEqual([]);
  expect(report.undecided).toEqual([]);
  expect(report.summary).toMatchObject({ files: 2, directories: 1, groups: 1, rules: 6 });
});

test('legacy: what is open, what is not explained and what is of old', async () => {
  const report = await lintFiles(filesOf('legacy'));
  expect(report.problems).toEqual([]);
  expect(report.undecided).toEqual([]);
  expect(report.findings.map(cite)).toEqual([
    {
      check: 'legacy-syntax',
      severity: 'low',
      place: 'main.tf:3:17',
      message: '"${var.vpc_id}" is Terraform 0.11 syntax: write the expression without quotes and ${ }.',
    },
    { check: 'removed-syntax', severity: 'high', place: 'main.tf:6:3', message: tagsBlock },
    { check: 'missing-rule-description', severity: 'low', place: 'main.tf:11:3', message: undescribed(4) },
    {
      check: 'admin-port-open',
      severity: 'critical',
      place: 'main.tf:15:20',
      message: '0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.',
    },
    {
      check: 'icmp-open',
      severity: 'low',
      place: 'main.tf:39:20',
      message: '0.0.0.0/0 opens all ICMP types to the whole IPv4 internet.',
    },
    {
      check: 'all-traffic-egress',
      severity: 'info',
      place: 'main.tf:47:20',
      message: '0.0.0.0/0 allows all traffic to the whole IPv4 internet.',
    },
    {
      check: 'removed-syntax',
      severity: 'high',
      place: 'variables.tf:2:17',
      message: 'Write type = string: Terraform no longer accepts quoted types such as "string".',
    },
  ]);
});

test("legacy: its fixes leave today's syntax and every comment", async () => {
  const files = filesOf('legacy');
  const { findings } = await lintFiles(files);
  const fixed = applyFixes(files, findings);
  expect(fixed['variables.tf']).toBe(files['variables.tf']!.replace('"string"', 'string'));
  expect(fixed['main.tf']).toBe(
    files['main.tf']!.replace('"${var.vpc_id}"', 'var.vpc_id').replace('tags {', 'tags = {'),
  );
});

test('as published: each lost brace and each blank, and all that can be read', async () => {
  const report = await lintFiles(filesOf('as-published'));
  const unclosed = (type: string, line: number, end: string): string =>
    `The block "${type}" that opens on line ${line} is not closed: expected "}" before ${end}`;
  expect(report.problems.map(({ severity, message, span }) => [severity, placeOf(span!), message])).toEqual([
    ['error', 'main.tf:3:18', 'This interpolation is empty: expected an expression between "${" and "}"'],
    ['error', 'main.tf:7:20', unclosed('tags', 6, 'line 10')],
    ['error', 'main.tf:14:23', unclosed('ingress', 10, 'line 17')],
    ['error', 'main.tf:21:23', unclosed('ingress', 17, 'line 24')],
    ['error', 'main.tf:28:23', unclosed('ingress', 24, 'line 31')],
    ['error', 'main.tf:35:23', unclosed('ingress', 31, 'line 38')],
    ['error', 'main.tf:42:23', unclosed('egress', 38, 'the end of the file')],
    ['error', 'main.tf:42:23', unclosed('resource', 1, 'the end of the file')],
  ]);
  expect(report.summary).toMatchObject({ groups: 1, rules: 5 });
  expect(report.undecided).toEqual([]);
  expect(report.findings.map(cite)).toEqual([
    { check: 'removed-syntax', severity: 'high', place: 'main.tf:6:3', message: tagsBlock },
    { check: 'missing-rule-description', severity: 'low', place: 'main.tf:10:3', message: undescribed(5) },
    ...[14, 21, 28, 35, 42].map((line) => ({
      ...{ check: 'invalid-cidr', severity: 'high', place: `main.tf:${line}:20`, message: emptyBlock },
    })),
  ]);
});
