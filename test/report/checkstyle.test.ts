/** Checkstyle's XML. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentOf } from '../../src/report/document.ts';
import { escapeControls } from '../../src/report/escape.ts';
import { renderCheckstyle } from '../../src/report/formats/checkstyle.ts';
import type { Report } from '../../src/report/report.ts';
import { expectGolden } from '../golden.ts';
import { attacks, hostileReport, hostileText } from './hostile.ts';
import { fullReport, plain, reportOf } from './reports.ts';
import { parseXml } from './xml.ts';

const render = (report: Report): string => renderCheckstyle(documentOf(report), { ...plain, unknown: true });

function filesOf(report: Report) {
  const root = parseXml(render(report));
  expect([root.name, root.attributes]).toEqual(['checkstyle', { version: '4.3' }]);
  return root.children.map((file) => {
    expect(file.name).toBe('file');
    return { name: file.attributes['name'], errors: file.children.map(({ attributes }) => attributes) };
  });
}

test('a report with one of everything', () => {
  expectGolden('reports/full.checkstyle.xml', render(fullReport()));
  expect(filesOf(fullReport()).map(({ name, errors }) => [name, errors.map(({ severity }) => severity)])).toEqual([
    ['.', ['error']],
    ['net/main.tf', ['warning', 'error', 'info']],
  ]);
});

test('an empty report has no file', () => {
  expect(filesOf(reportOf({}))).toEqual([]);
});

test('a problem without a text has neither file nor line', () => {
  expect(filesOf(reportOf({ problems: fullReport().problems.slice(0, 1) }))).toEqual([
    {
      name: '.',
      errors: [{ severity: 'error', message: 'gone.tf: no such file or directory.', source: 'tfsg.file' }],
    },
  ]);
});

describe('whatever users write', () => {
  const check = (text: string): void => {
    const shown = escapeControls(text);
    const [, file] = filesOf(hostileReport(text));
    expect(file!.name).toBe(`${shown}.tf`);
    expect(file!.errors.map(({ message }) => message).slice(0, 2)).toEqual([
      shown,
      `${shown} Allow only those who need it.`,
    ]);
  };

  test.each(attacks)('%j', check);

  test('is read back as it was', () => {
    fc.assert(fc.property(hostileText, check));
  });
});
