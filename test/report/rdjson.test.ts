/** Reviewdog's formats. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Edit } from '../../src/findings/finding.ts';
import { renderRdjson } from '../../src/report/formats/rdjson.ts';
import { renderRdjsonl } from '../../src/report/formats/rdjsonl.ts';
import type { Report } from '../../src/report/report.ts';
import type { SourceFile } from '../../src/source/source-file.ts';
import { expectGolden } from '../golden.ts';
import { attacks, hostileReport, hostileText } from './hostile.ts';
import { findingAt, fullReport, markedSpan, plain, reportOf } from './reports.ts';

const options = { ...plain, unknown: true };

interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

interface Diagnostic {
  readonly message: string;
  readonly location: { readonly path: string; readonly range?: Range };
  readonly severity: string;
  readonly code: { readonly value: string };
  readonly suggestions?: readonly { readonly range: Range; readonly text: string }[];
}

/** The diagnostics of both formats, which are the same. */
function diagnosticsOf(report: Report): Diagnostic[] {
  const { source, diagnostics } = JSON.parse(renderRdjson(report, options));
  const lines = renderRdjsonl(report, options).split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line))).toEqual(diagnostics.map((each: object) => ({ ...each, source })));
  return diagnostics;
}

/** The text of a range, cut out of the bytes of its file. */
function cutOut({ text }: SourceFile, { start, end }: Range): string {
  const bytes = Buffer.from(text);
  const lines = [0];
  for (let at = bytes.indexOf('\n'); at !== -1; at = bytes.indexOf('\n', at + 1)) lines.push(at + 1);
  return bytes.subarray(lines[start.line - 1]! + start.column - 1, lines[end.line - 1]! + end.column - 1).toString();
}

test('a report with one of everything', () => {
  expectGolden('reports/full.rdjson.json', renderRdjson(fullReport(), options));
  expectGolden('reports/full.rdjsonl.txt', renderRdjsonl(fullReport(), options));
  expect(diagnosticsOf(fullReport()).map(({ severity }) => severity)).toEqual(['ERROR', 'WARNING', 'ERROR', 'INFO']);
});

test('an empty report', () => {
  expect(diagnosticsOf(reportOf({}))).toEqual([]);
  expect(renderRdjsonl(reportOf({}), plain)).toBe('');
});

test('a problem without a text has no range', () => {
  const [problem] = diagnosticsOf(reportOf({ problems: fullReport().problems.slice(0, 1) }));
  expect(problem!.location).toEqual({ path: '.' });
});

describe('columns are bytes', () => {
  test.each([
    ['a = «1»', 5, 6],
    ['# é «x»', 6, 7],
    ['# 安全 «组»', 10, 13],
    ['# 𐐀🔒 «🔒»', 12, 16],
    ['\ufeff«a»', 4, 5],
  ])('%s', (marked, start, end) => {
    const [diagnostic] = diagnosticsOf(reportOf({ findings: [findingAt(markedSpan('a.tf', marked))] }));
    expect(diagnostic!.location.range).toEqual({ start: { line: 1, column: start }, end: { line: 1, column: end } });
  });

  test('which cut out what the place has, in any text', () => {
    const piece = fc.string({
      unit: fc.oneof(fc.constantFrom('\n', '\r\n', 'é', '安', '🔒', 'a'), fc.string({ maxLength: 2 })),
    });
    const valid = piece.map((text) => Buffer.from(text).toString().replace(/[«»]/g, ''));
    fc.assert(
      fc.property(valid, valid, valid, (before, marked, after) => {
        const span = markedSpan('a.tf', `${before}«${marked}»${after}`);
        const [diagnostic] = diagnosticsOf(reportOf({ findings: [findingAt(span)] }));
        expect(cutOut(span.file, diagnostic!.location.range!)).toBe(marked);
      }),
    );
  });
});

describe('suggestions', () => {
  const span = markedSpan('a.tf', '# 安全\na = [«"x"», "y"]\nb = "z"\n');
  const at = (text: string, replacement: string): Edit => {
    const start = span.file.text.indexOf(text);
    return { span: { file: span.file, start, end: start + text.length }, text: replacement };
  };
  const suggestionsOf = (edits: readonly Edit[]) =>
    diagnosticsOf(reportOf({ findings: [findingAt(span, { fix: { message: 'Fix it.', edits } })] }))[0]!.suggestions;

  test('are one replacement, whatever the order of the edits', () => {
    const suggestions = suggestionsOf([at('"z"', '3'), at('"x"', '1'), at('"y"', '')]);
    expect(suggestions).toHaveLength(1);
    expect(suggestions![0]!.text).toBe('1, ]\nb = 3');
    expect(cutOut(span.file, suggestions![0]!.range)).toBe('"x", "y"]\nb = "z"');
  });

  test('insert where nothing is replaced', () => {
    const [suggestion] = suggestionsOf([{ span: { ...span, end: span.start }, text: 'new' }])!;
    expect(suggestion!.range.start).toEqual(suggestion!.range.end);
  });

  test('are left out where a fix changes other files, contradicts itself or is empty', () => {
    const elsewhere = { span: markedSpan('b.tf', '«x»'), text: 'y' };
    expect(suggestionsOf([at('"x"', '1'), elsewhere])).toBeUndefined();
    expect(suggestionsOf([at('"x", "y"', '1'), at('"y"', '2')])).toBeUndefined();
    expect(suggestionsOf([])).toBeUndefined();
  });
});

describe('messages are Markdown to reviewdog', () => {
  const messageOf = (message: string) =>
    diagnosticsOf(reportOf({ findings: [findingAt(markedSpan('a.tf', '«x»'), { message, help: 'Do.' })] }))[0]!.message;

  test('so that sentences stay as they are, and all else is code', () => {
    expect(messageOf('::/0 opens SSH (22/tcp).')).toBe('::/0 opens SSH (22/tcp). Do.');
    expect(messageOf('Ask @somebody.')).toBe('`Ask @somebody.` Do.');
    expect(messageOf('a `b` ``c')).toBe('``` a `b` ``c ``` Do.');
    expect(messageOf('a\n# b')).toBe('`a\\n# b` Do.');
  });
});

describe('whatever users write', () => {
  const check = (text: string): void => {
    const diagnostics = diagnosticsOf(hostileReport(text));
    expect(diagnostics.map(({ code }) => code.value)).toEqual(['file', 'syntax', 'admin-port-open', 'port-open']);
    for (const { message, location } of diagnostics) {
      expect(message + location.path).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u202e]/);
    }
  };

  test.each(attacks)('%j', check);

  test('is JSON of the same form', () => {
    fc.assert(fc.property(hostileText, check));
  });
});
