/** Texts of own rules, and what comes of them. */

import { configOf } from '../../src/config/config.ts';
import { defaultsOf } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Check } from '../../src/findings/check.ts';
import { lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { readRules } from '../../src/rules/index.ts';
import { placeOf } from '../../src/source/position.ts';
import { textOf } from '../../src/source/span.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const group = `resource "aws_security_group" "x" {
  name = "x"
}`;

/** SSH, or another port, of a group from elsewhere. @param first its first arguments */
export const standaloneRule = ({
  port = '22',
  first = '',
} = {}): string => `resource "aws_security_group_rule" "x" {${first}
  type              = "ingress"
  security_group_id = "sg-0123"
  from_port         = ${port}
  to_port           = ${port}
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
}`;

/** A block of examples by their kinds. */
export function examplesText(texts: Readonly<Record<string, string>>): string {
  const given = Object.entries(texts).map(([name, text]) => `    ${name} = <<T\n${text}\nT\n`);
  return `  examples {\n${given.join('')}  }\n`;
}

/** The same rule with these blocks in the place of its examples. */
export const withExamples = (rule: string, blocks: readonly Readonly<Record<string, string>>[]): string =>
  rule.replace(/ {2}examples \{[\s\S]*/, () => `${blocks.map(examplesText).join('')}}\n`);

/** A rule whose examples are not run. */
export function ruleText(when: string, { of = 'rule', more = '', id = 'own', message = '"Found."' } = {}): string {
  return `check "${id}" {
  for      = ${of}
  when     = ${when}
  severity = "high"
  message  = ${message}
  ${more}
${examplesText({ fails: group, passes: group })}}
`;
}

export function readText(text: string): { readonly checks: readonly Check[]; readonly faults: readonly string[] } {
  const { value, problems } = readRules('tfsg.rules.hcl', new TextEncoder().encode(text), new Map(), {});
  const faults = problems.map(({ span, message, hint }) => {
    const at = span === undefined ? '' : `${placeOf(span)} ${textOf(span).split('\n', 1)[0]!}: `;
    return `${at}${message}${hint === undefined ? '' : ` ${hint}`}`;
  });
  return { checks: value.checks, faults };
}

/** What own rules find in a configuration. Throws for rules that are not right. */
export async function lintWith(text: string, files: Readonly<Record<string, string>>): Promise<Report> {
  const { checks, faults } = readText(text);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const settings = checks.map(
    (check) => [check.id, { severity: check.severity, options: defaultsOf(check), own: check }] as const,
  );
  const config = configOf(new Map(settings), checks);
  return lint(memoryFileSystem(files), [''], {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
    baseline: false,
  });
}

/** For one condition: the texts of the places where it is true, and with `?` what it depends on. */
export async function answers(when: string, configuration: string, of = 'rule'): Promise<readonly string[]> {
  const { findings, undecided, problems } = await lintWith(ruleText(when, { of }), { 'main.tf': configuration });
  return [
    ...findings.map(({ span }) => textOf(span)),
    ...undecided.map(({ because }) => `? ${because.join(', ')}`),
    ...problems.filter(({ severity }) => severity === 'error').map(({ message }) => `! ${message}`),
  ];
}
