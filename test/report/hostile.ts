/** Texts that try to be more than text, in every place of a report that a user may write. */

import fc from 'fast-check';
import type { Report } from '../../src/report/report.ts';
import { findingAt, markedSpan, reportOf, undecidedAt } from './reports.ts';

/** What somebody who wants to forge a report would try. */
export const attacks: readonly string[] = [
  '\n::error file=a.tf::forged',
  '::add-mask::x',
  '##[error]forged',
  '##vso[task.complete]##teamcity[buildStop]',
  '%0A::error::forged',
  'a,line=9,title=x::y',
  '</td></tr></table><script>alert(1)</script>',
  '"/><error line="1" message="forged"/>',
  ']]><!--',
  '-->',
  '&lt;b&gt;&#0;',
  '\n\n# forged\n\n* item',
  '| forged | table |\n|---|---|',
  '[link](https://example.com "x") ![image](https://example.com/x.png)',
  '<https://example.com> www.example.com https://example.com',
  '`code` ``more`` ```fence',
  '@everyone #1 GH-1 !1 ~label :tada: someone@example.com',
  '**bold** _emphasis_ ~~struck~~ [^1] $x^2$',
  '1. item',
  '\\| \\\\| \\`',
  '\u001b[31m\u0007\u0085\u2028\u202e\ufeff\ufffe\uffff\ud800',
  '\u00ad\u3164\u115f\u1160\u17b4\uffa0\u200b\u200c\u2066\u{e0041}\u{e007f}',
  '安全组 🔒 é 👩\u200d🚒',
  '',
];

/** Attacks, pieces of them and any characters, put together. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...attacks),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ maxLength: 8 }),
      fc.constantFrom(...'\n\r\t:,%&<>"\'`|\\[]()*_#@!~$^{}=+-. /'.split('')),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

/** A report with a finding, problems with and without a text, and an undecided question, all of them made of one text. */
export function hostileReport(text: string): Report {
  const span = markedSpan(`${text}.tf`, `# ${text}\na = «"1"»\n`);
  const edited = markedSpan(`${text}.tf`, `# ${text}\na = «"1"»\n`);
  return reportOf({
    findings: [
      findingAt(span, {
        message: text,
        subject: text,
        group: text,
        instances: [`${text}["a"]`, `${text}["b"]`],
        related: [{ message: text, span }],
        fix: { message: text, edits: [{ span: edited, text }] },
      }),
    ],
    problems: [
      { kind: 'file', severity: 'error', message: text, hint: text },
      { kind: 'syntax', severity: 'warning', message: text, span },
    ],
    undecided: [undecidedAt(span, { subject: text, because: [text], roots: [text] })],
  });
}
