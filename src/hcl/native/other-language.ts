/** Files with the name of a Terraform file that are something else: one problem, in place of one for each of their lines. */

import type { Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { lineStartAt } from './indentation.ts';

const JSON_HINT = 'Rename it to end in .tf.json.';
const TEMPLATE_HINT = 'Lint the rendered file, and list this one under "exclude".';

const TEMPLATEFILE = 'Terraform';

/** What the first text of a file shows. */
const STARTS: readonly (readonly [pattern: RegExp, message: string, hint: string])[] = [
  [/^\{\s*(?:"|\}\s*$)/, 'This file is JSON, not HCL', JSON_HINT],
  [/^\[\s*(?:["{]|\]\s*$)/, 'This file is JSON, not HCL', JSON_HINT],
  [
    /^<(?:!doctype|html|\?xml)\b/i,
    'This file is HTML or XML, not HCL',
    'It may be an error page that was saved in its place.',
  ],
  [
    /^(?:---\s*\n|[\w-]+:[ \t]*\r?\n[ \t]+(?:- )?[\w-]+:(?:[ \t]|\r?\n))/,
    'This file is YAML, not HCL',
    'Rename it, or write it as HCL.',
  ],
];

/** What a line with a syntax error shows, its strings left out. */
const TEMPLATES: readonly (readonly [pattern: RegExp, language: string])[] = [
  [/<%[-=#]?.*%>/, 'ERB'],
  [/\{%[-+]?.*%\}|\{#.*#\}/, 'Jinja'],
  [/\{\{-?\s*(?:[.$/]|(?:range|if|with|end|else|template|define|include)\b).*\}\}/, 'Go'],
  [/\{\{.*\}\}/, 'Jinja or Mustache'],
  [/^\s*%\{.*\}/, TEMPLATEFILE],
];

/** Longer lines are no template that a person wrote. */
const MAX_LINE_LENGTH = 2000;

/** The one problem of a file that is not HCL, by its first text and by the lines of its syntax errors; else undefined. */
export function otherLanguage(file: SourceFile, problems: readonly Problem[]): Problem | undefined {
  const { text, textStart } = file;
  const first = /(?:[ \t\r\n]+|#[^\n]*)*/y;
  first.lastIndex = textStart;
  first.test(text);
  const start = first.lastIndex;
  const head = text.slice(start, start + 1000);
  for (const [pattern, message, hint] of STARTS) {
    const match = pattern.exec(head);
    if (match !== null && problems[0]!.span!.start <= start + match[0].length)
      return problem(file, start, start + 1, message, hint);
  }
  for (const { span } of problems) {
    const lineStart = lineStartAt(file, span!.start);
    const feed = text.indexOf('\n', lineStart);
    const line = text.slice(lineStart, Math.min(feed === -1 ? text.length : feed, lineStart + MAX_LINE_LENGTH));
    const code = line.replace(/"[^"]*"?/g, (string) => ' '.repeat(string.length));
    for (const [pattern, language] of TEMPLATES) {
      const match = pattern.exec(code);
      if (match === null) continue;
      const at = lineStart + match.index;
      const hint =
        language === TEMPLATEFILE ? 'Terraform reads it with templatefile(): name it *.tftpl.' : TEMPLATE_HINT;
      return problem(file, at, at + match[0].length, `This file is a template (${language}), not HCL`, hint);
    }
  }
  return undefined;
}

function problem(file: SourceFile, start: number, end: number, message: string, hint: string): Problem {
  return { kind: 'syntax', severity: 'error', message, span: { file, start, end }, hint };
}
