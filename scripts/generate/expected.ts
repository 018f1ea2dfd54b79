/** fixtures/checks/<id>/expected.txt: all that a check says of its fixtures, for people to read and for tests to compare. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixedConfig } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Check } from '../../src/findings/check.ts';
import type { Fix, Undecided } from '../../src/findings/finding.ts';
import { membersOf } from '../../src/findings/gather.ts';
import { spans } from '../../src/findings/places.ts';
import { lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { positionAt } from '../../src/source/position.ts';
import type { Problem } from '../../src/source/problem.ts';
import { type Span, textOf } from '../../src/source/span.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import type { Output } from './output.ts';

/** @throws Error if a fixture can't be read */
export async function expectedText(root: string, check: Check, checks: readonly Check[]): Promise<Output> {
  const folder = `fixtures/checks/${check.id}`;
  const selection = { ...noSelection, only: new Set([check.id]) };
  const { configFor } = fixedConfig(undefined, checks, selection);
  const parts: string[] = [];
  for (const name of ['bad.tf', 'good.tf', 'unknown.tf']) {
    const files = memoryFileSystem({ [name]: readFileSync(join(root, folder, name), 'utf8') });
    const report = await lint(files, [''], { configFor, parser: 'native', inputs: noInputs, worlds: 'one' });
    parts.push(`# ${name}`, ...said(report));
  }
  return { path: `${folder}/expected.txt`, text: `${parts.join('\n\n')}\n` };
}

function said({ findings, undecided, problems }: Report): readonly string[] {
  return [
    ...problems.map(problemText),
    ...findings.flatMap(({ message, members }) => (members === undefined ? [] : [message])),
    ...membersOf(findings, spans).map((finding) =>
      [
        `${range(finding.span)} ${finding.severity} ${excerpt(finding.span)}`,
        `  ${finding.message}`,
        `  of ${finding.instances.join(', ')}`,
        ...finding.related.map(({ message, span }) => `  ${range(span)} ${message}: ${excerpt(span)}`),
        ...(finding.fix === null ? [] : fixLines('fix', finding.fix)),
        ...finding.suggestions.flatMap((suggestion) => fixLines('suggestion', suggestion)),
      ].join('\n'),
    ),
    ...undecided.map(undecidedText),
  ];
}

function problemText({ severity, message, span }: Problem): string {
  return `${span === undefined ? '' : `${range(span)} `}${severity}\n  ${message}`;
}

function undecidedText({ span, because }: Undecided): string {
  return `${range(span)} undecided ${excerpt(span)}\n  waits for ${because.join(', ')}`;
}

function fixLines(kind: string, { message, edits }: Fix): readonly string[] {
  return [
    `  ${kind}: ${message}`,
    ...edits.map(({ span, text }) => `    ${range(span)} ${excerpt(span)} -> ${JSON.stringify(text)}`),
  ];
}

/** `3:17-3:20`: the first character, and the one behind the last. */
function range({ file, start, end }: Span): string {
  return [start, end]
    .map((offset) => positionAt(file, offset))
    .map(({ line, column }) => `${line}:${column}`)
    .join('-');
}

/** The text of a place as it is written, up to the end of its line. */
function excerpt(span: Span): string {
  const [first = '', ...more] = textOf(span).split('\n');
  return `\`${first}${more.length > 0 ? '...' : ''}\``;
}
