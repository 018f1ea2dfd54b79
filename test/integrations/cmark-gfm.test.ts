/** Markdown as GitHub's renderer has it: `apt install cmark-gfm`. */

import { expect, test } from '@jest/globals';
import type { Comparison } from '../../src/changes/change.ts';
import { renderChangesMarkdown } from '../../src/report/changes/markdown.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderMarkdown } from '../../src/report/formats/markdown.ts';
import { renderRdjsonl } from '../../src/report/formats/rdjsonl.ts';
import type { Report } from '../../src/report/report.ts';
import { fullComparison, hostileComparison, look } from '../report/changes/comparisons.ts';
import { attacks, hostileReport } from '../report/hostile.ts';
import { fullReport, plain, reportOf } from '../report/reports.ts';
import { describeWith, runTool } from './on-path.ts';

const options = { ...plain, unknown: true };

function toHtml(markdown: string): string {
  const extensions = ['footnotes', 'table', 'strikethrough', 'autolink', 'tagfilter', 'tasklist'].flatMap((each) => [
    '-e',
    each,
  ]);
  const { code, stdout, stderr } = runTool('cmark-gfm', [...extensions, '--unsafe'], {
    input: markdown,
  });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

/** The elements of a page in their order, and its comments. */
const tagsOf = (html: string): string[] => html.match(/<!--.*?-->|<\/?[a-z][^>]*>/gs) ?? [];

const htmlOf = (report: Report): string => toHtml(renderMarkdown(documentOf(report), options));

describeWith('cmark-gfm', 'a comment on GitHub', () => {
  test('has a heading, lists, details and the hidden comment', () => {
    const html = htmlOf(fullReport());
    expect(html.startsWith('<!-- tfsg -->\n<h3>tfsg: 1 error, 1 critical</h3>\n<p>In 2 files')).toBe(true);
    expect(html.match(/<li>/g)).toHaveLength(4);
    expect(html.match(/<details>/g)).toHaveLength(2);
    expect(html).not.toContain('&lt;');
  });

  test('has a sentence where nothing was found', () => {
    expect(htmlOf(reportOf({}))).toBe(
      '<!-- tfsg -->\n<h3>tfsg: nothing found</h3>\n<p>In 0 files (0 groups, 0 rules).</p>\n',
    );
  });

  test('has words on what was cut', () => {
    const findings = Array.from({ length: 2000 }, (_, index) => ({
      ...fullReport().findings[0]!,
      check: `check-${index}`,
    }));
    expect(htmlOf(reportOf({ findings }))).toMatch(/<\/ul>\n<p>\d+ more results omitted.*<\/p>/);
  });

  const skeleton = (html: string) => tagsOf(html).filter((tag) => !/^<\/?code>$/.test(tag));
  test.each(attacks)('has no element more, and none less, for %j', (text) => {
    const html = htmlOf(hostileReport(text));
    expect(skeleton(html)).toEqual(skeleton(htmlOf(hostileReport('plain'))));
    expect(new Set(tagsOf(html.replace(/<code>[^<]*<\/code>/g, '')))).toEqual(new Set(skeleton(html)));
  });
});

describeWith('cmark-gfm', 'a comment on what a change opens', () => {
  const htmlOfChanges = (comparison: Comparison): string => toHtml(renderChangesMarkdown(comparison, look));

  test('has a heading, a list, tables, details, a drawing and the hidden comment', () => {
    const html = htmlOfChanges(fullComparison());
    expect(html.startsWith('<!-- tfsg-changes -->\n<h3>Opens SSH and HTTP to the internet')).toBe(true);
    for (const [element, count] of [
      ['h3', 1],
      ['table', 2],
      ['ul', 3],
      ['details', 3],
      ['pre', 1],
    ] as const)
      expect([element, html.match(new RegExp(`<${element}[ >]`, 'g'))?.length]).toEqual([element, count]);
  });

  // Whether a text is a sentence or code is decided by what is in it.
  const skeleton = (html: string) => tagsOf(html).filter((tag) => !/^<\/?code|^<a /.test(tag));
  test.each(attacks)('has no element more, and none less, for %j', (text) => {
    const html = htmlOfChanges(hostileComparison(text));
    expect(skeleton(html)).toEqual(skeleton(htmlOfChanges(hostileComparison('plain'))));
  });
});

describeWith('cmark-gfm', 'a message that reviewdog comments', () => {
  test.each(attacks.filter((text) => text !== ''))('is one paragraph of text or code for %j', (text) => {
    for (const line of renderRdjsonl(hostileReport(text), options).trimEnd().split('\n')) {
      const tags = tagsOf(toHtml(JSON.parse(line).message)).join('');
      expect(tags).toMatch(/^<p>(<code><\/code>)?<\/p>$/);
    }
  });
});
