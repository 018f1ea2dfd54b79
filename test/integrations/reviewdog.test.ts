/** What reviewdog makes of rdjson, rdjsonl and checkstyle: https://github.com/reviewdog/reviewdog */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '../../src/findings/finding.ts';
import { loadFormat } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { attacks, hostileReport } from '../report/hostile.ts';
import { findingAt, fullReport, plain, reportOf } from '../report/reports.ts';
import { describeWith, runTool } from './on-path.ts';

const before = `locals {
  /* 安全 🔒 */ office = ["0.0.0.0/0"]
  /* é */ home = ["0.0.0.0/0"]
}
`;
const after = before.replace('["0.0.0.0/0"]', '["::/0", "0.0.0.0/1"]');

interface Diagnostic {
  readonly message: string;
  readonly location: { readonly path?: string; readonly range?: { readonly start: { readonly column?: number } } };
  readonly severity?: string;
  readonly code?: { readonly value: string };
  readonly suggestions?: readonly unknown[];
}

describeWith('reviewdog', 'reviewdog', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tfsg-'));
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    mkdirSync(join(folder, 'net'));
    writeFileSync(join(folder, 'net/main.tf'), before);
    execFileSync('git', ['add', '.'], { cwd: folder });
    writeFileSync(join(folder, 'net/main.tf'), after);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function read(report: Report, format: 'rdjson' | 'rdjsonl' | 'checkstyle', options: readonly string[]) {
    const input = (await loadFormat(format))(report, { ...plain, unknown: true });
    const { code, stdout, stderr } = runTool('reviewdog', [`-f=${format}`, '-name=tfsg', ...options], {
      input,
      cwd: folder,
    });
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  }

  async function diagnosticsOf(
    report: Report,
    format: 'rdjson' | 'rdjsonl' | 'checkstyle',
    options: readonly string[],
  ) {
    const lines = (await read(report, format, ['-reporter=rdjsonl', ...options]))
      .split('\n')
      .filter((line) => line !== '');
    return lines.map((line): Diagnostic => JSON.parse(line));
  }

  /** A finding on a line that the difference adds, and one on a line that it does not. */
  function changed(): Report {
    const file = new SourceFile('net/main.tf', after);
    const at = (text: string): Finding => {
      const span = { file, start: after.indexOf(text), end: after.indexOf(text) + text.length };
      return findingAt(span, {
        message: `${text} is open.`,
        fix: { message: 'Fix it.', edits: [{ span, text: '"a"' }] },
      });
    };
    return reportOf({ findings: [at('"0.0.0.0/1"'), at('"0.0.0.0/0"')] });
  }

  const everything = ['-filter-mode=nofilter'];
  const added = ['-filter-mode=added', '-diff=git diff'];

  test.each(['rdjson', 'rdjsonl', 'checkstyle'] as const)('shows all of %s', async (format) => {
    const all = await diagnosticsOf(fullReport(), format, everything);
    expect(all.map(({ location }) => location.path ?? '.')).toEqual(['.', 'net/main.tf', 'net/main.tf', 'net/main.tf']);
    expect(await read(fullReport(), format, ['-reporter=local', ...everything])).toContain('opens SSH (22/tcp)');
  });

  test.each(['rdjson', 'rdjsonl'] as const)('reads severities and checks of %s', async (format) => {
    const all = await diagnosticsOf(fullReport(), format, everything);
    expect(all.map(({ severity, code }) => [severity, code?.value])).toEqual([
      ['ERROR', 'file'],
      ['WARNING', 'syntax'],
      ['ERROR', 'admin-port-open'],
      ['INFO', 'port-open'],
    ]);
  });

  test.each(['rdjson', 'rdjsonl', 'checkstyle'] as const)('finds the added lines of %s', async (format) => {
    expect((await diagnosticsOf(changed(), format, everything)).map(({ message }) => message)).toEqual([
      '"0.0.0.0/1" is open. Allow only those who need it.',
      '"0.0.0.0/0" is open. Allow only those who need it.',
    ]);
    expect((await diagnosticsOf(changed(), format, added)).map(({ message }) => message)).toEqual([
      '"0.0.0.0/1" is open. Allow only those who need it.',
    ]);
  });

  test.each(['rdjson', 'rdjsonl'] as const)(
    'reads columns and suggestions of %s behind other scripts',
    async (format) => {
      const [diagnostic] = await diagnosticsOf(changed(), format, added);
      const line = after.split('\n')[1]!;
      const start = Buffer.byteLength(line.slice(0, line.indexOf('"0.0.0.0/1"'))) + 1;
      const range = { start: { line: 2, column: start }, end: { line: 2, column: start + '"0.0.0.0/1"'.length } };
      expect(diagnostic!.location).toEqual({ path: 'net/main.tf', range });
      expect(diagnostic!.suggestions).toEqual([{ range, text: '"a"' }]);
    },
  );

  test.each(['rdjson', 'rdjsonl', 'checkstyle'] as const)(
    'takes an empty report and one of problems as %s',
    async (format) => {
      expect(await diagnosticsOf(reportOf({}), format, everything)).toEqual([]);
      expect(await diagnosticsOf(reportOf({ problems: fullReport().problems }), format, everything)).toHaveLength(2);
    },
  );

  test.each(['rdjson', 'rdjsonl', 'checkstyle'] as const)(
    'has a line for each entry of %s, whatever users write',
    async (format) => {
      for (const text of attacks) {
        const output = await read(hostileReport(text), format, ['-reporter=local', ...everything]);
        expect(output.trimEnd().split('\n')).toHaveLength(4);
      }
    },
  );
});
