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

/** A rule whose examples are not run. */
export function ruleText(when: string, { of = 'rule', more = '', id = 'own', message = '"Found."' } = {}): string {
  return `check "${id}" {
  for      = ${of}
  when     = ${when}
  severity = "high"
  message  = ${message}
  ${more}
  examples {
    fails  = <<T
${group}
T
    passes = <<T
${group}
T
  }
}
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
