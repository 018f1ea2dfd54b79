/** Reports made by hand, for the formats. */

import { checks } from '../../src/checks/index.ts';
import type { Check } from '../../src/findings/check.ts';
import type { Finding, Undecided } from '../../src/findings/finding.ts';
import type { Severity } from '../../src/findings/severity.ts';
import type { RenderOptions } from '../../src/report/format.ts';
import { emptySummary, type Report } from '../../src/report/report.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';

export const plain: RenderOptions = {
  color: false,
  width: 100,
  unknown: false,
  checks,
  pageOf: (check) => `# ${check}\n\nWhy it matters.\n`,
};

/** A check of the report that stays as it is here. */
export const sample = (id: string, severity: Severity, checkov: readonly string[] = []): Check => ({
  ...{
    id,
    summary: `What ${id} is about`,
    label: 'open to the internet',
    help: 'Allow only those who need it.',
    severity,
    preset: 'recommended',
    topic: 'exposure',
    about: 'security-group',
    aliases: { checkov },
    sources: [],
    options: {},
  },
  run: () => [],
});

/** The checks that a report with one of everything names. */
export const fewChecks: readonly Check[] = [
  {
    ...sample('admin-port-open', 'critical'),
    aliases: { checkov: ['CKV_AWS_24'], securityHub: ['EC2.53'], cis: ['CIS 7.0/6.3'] },
  },
  sample('inline-rules', 'info'),
  sample('policy', 'high'),
];

/** The span between the first « and the next », which are no part of the file's text. */
export function markedSpan(path: string, marked: string): Span {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return { file: new SourceFile(path, marked.replace('«', '').replace('»', '')), start, end };
}

export function findingAt(span: Span, changes: Partial<Finding> = {}): Finding {
  return {
    check: 'admin-port-open',
    severity: 'critical',
    message: '0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.',
    help: 'Allow only those who need it.',
    span,
    subject: 'aws_security_group.web',
    group: 'aws_security_group.web',
    instances: ['aws_security_group.web'],
    environments: [],
    roots: ['.'],
    related: [],
    aliases: ['CKV_AWS_24'],
    docs: 'docs/checks/admin-port-open.md',
    fingerprint: '0123456789abcdef0123456789abcdef',
    fix: null,
    suggestions: [],
    ...changes,
  };
}

export function undecidedAt(span: Span, changes: Partial<Undecided> = {}): Undecided {
  return {
    check: 'port-open',
    severity: 'medium',
    subject: 'aws_security_group.web',
    span,
    because: ['var.cidrs'],
    question: null,
    roots: ['.'],
    decidedBy: 'unknown',
    ...changes,
  };
}

export function reportOf(parts: Partial<Report>): Report {
  return { findings: [], problems: [], undecided: [], summary: emptySummary, ...parts };
}

/** A report with one of everything. */
export function fullReport(): Report {
  const main = 'resource "aws_security_group" "web" {\n  ingress {\n    cidr_blocks = [«var.office»]\n  }\n}\n';
  const used = markedSpan('net/main.tf', main);
  const declared = markedSpan('net/variables.tf', 'variable "office" {\n  default = «"0.0.0.0/0"»\n}\n');
  return {
    findings: [
      findingAt(used, {
        instances: ['aws_security_group.web["a"]', 'aws_security_group.web["b"]'],
        related: [{ message: 'default of var.office', span: declared }],
        fix: { message: 'Write it out.', edits: [{ span: declared, text: '"10.0.0.0/8"' }] },
        suggestions: [{ message: 'Close it.', edits: [{ span: declared, text: 'null' }] }],
      }),
    ],
    problems: [
      { kind: 'file', severity: 'error', message: 'gone.tf: no such file or directory.' },
      {
        kind: 'syntax',
        severity: 'warning',
        message: 'A brace is missing here.',
        span: { ...used, start: used.end + 1, end: used.end + 1 },
        hint: 'Add }.',
      },
    ],
    undecided: [undecidedAt(used, { because: ['data.aws_vpc.main', 'var.x'] })],
    summary: {
      ...emptySummary,
      files: 2,
      directories: 1,
      groups: 2,
      rules: 2,
      critical: 1,
      undecided: 1,
    },
  };
}
