/** JUnit's and Checkstyle's XML as libxml2 reads it: `apt install libxml2-utils`. */

import { expect, test } from '@jest/globals';
import { loadFormat } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import { attacks, hostileReport } from '../report/hostile.ts';
import { fullReport, plain, reportOf } from '../report/reports.ts';
import { parseXml } from '../report/xml.ts';
import { describeWith, runTool } from './on-path.ts';

const reports: readonly (readonly [string, Report])[] = [
  ['everything', fullReport()],
  ['nothing', reportOf({})],
  ['problems only', reportOf({ problems: fullReport().problems })],
  ...attacks.map((text) => [JSON.stringify(text), hostileReport(text)] as const),
];

const render = async (format: 'junit' | 'checkstyle', report: Report) =>
  (await loadFormat(format))(report, { ...plain, unknown: true });

describeWith('xmllint', 'is well-formed, and read as our own reader reads it', () => {
  test.each(['junit', 'checkstyle'] as const)('%s', async (format) => {
    for (const [, report] of reports) {
      const text = await render(format, report);
      const { code, stdout, stderr } = runTool('xmllint', ['--nonet', '--c14n', '-'], { input: text });
      expect([code, stderr]).toEqual([0, '']);
      // Canonical XML has neither declaration nor empty elements.
      const canonical = stdout.replace(/&#x[9AD];/g, ' ');
      expect(parseXml(canonical)).toEqual(parseXml(text));
    }
  });
});

/**
 * A schema for JUnit's XML, of which there is no official one: `phpunit-4.0.xsd` or `junit-10.xsd` of Jenkins' plugin xUnit.
 * https://github.com/jenkinsci/xunit-plugin
 */
const schema = process.env['JUNIT_XSD'];

describeWith('xmllint', 'JUnit', () => {
  const withSchema = schema === undefined ? test.skip : test;
  const reason = schema === undefined ? ' (skipped: JUNIT_XSD names no schema)' : '';

  withSchema(`is valid by the schema of Jenkins' plugin xUnit${reason}`, async () => {
    for (const [name, report] of reports) {
      const text = await render('junit', report);
      // junit-10.xsd has no attributes for places, which GitLab and others read.
      const input = schema!.endsWith('junit-10.xsd') ? text.replace(/ (file|line)="[^"]*"(?=.* time="0">)/g, '') : text;
      const { code, stderr } = runTool('xmllint', ['--nonet', '--noout', '--schema', schema!, '-'], { input });
      expect([name, code, stderr]).toEqual([name, 0, '- validates\n']);
    }
  });
});
