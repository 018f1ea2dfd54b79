/** Each check against its own fixtures: bad, good and not decidable before apply. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { expectedText } from '../../scripts/generate/expected.ts';
import { checks } from '../../src/checks/index.ts';
import { membersOf } from '../../src/findings/gather.ts';
import { spans } from '../../src/findings/places.ts';
import { positionAt } from '../../src/source/position.ts';
import type { Span } from '../../src/source/span.ts';
import { applyFixes, lintFiles } from './lint-files.ts';

const folder = (id: string): string => `fixtures/checks/${id}`;

/** Both kinds of comments: `# expect: port-open, port-open` says that two findings start on that line. */
const expectation = /#\s*(expect|undecided):\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)\s*$/;

function expected(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const [, kind, ids = ''] = expectation.exec(line) ?? [];
    return kind === undefined ? [] : ids.split(',').map((id) => `${index + 1} ${kind} ${id.trim()}`);
  });
}

function found(kind: string, results: readonly { readonly check: string; readonly span: Span }[]): string[] {
  return results.map(({ check, span }) => `${positionAt(span.file, span.start).line} ${kind} ${check}`);
}

describe.each(checks.map((check) => check.id))('%s', (id) => {
  test.each(['bad', 'good', 'unknown'])('says of %s.tf what its comments expect', async (name) => {
    const path = `${folder(id)}/${name}.tf`;
    const text = readFileSync(path, 'utf8');
    // What is unknown stays so: worlds are for the tests of worlds.
    const report = await lintFiles({ [path]: text }, [id], name === 'unknown' ? 'one' : undefined);
    expect(report.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(
      [...found('expect', membersOf(report.findings, spans)), ...found('undecided', report.undecided)].sort(),
    ).toEqual(expected(text).sort());
    expect(report.undecided.filter(({ because }) => because.length === 0)).toEqual([]);
    // What is known of something that may not exist is no question.
    if (name === 'unknown')
      expect(report.findings.every(({ message }) => /^If this (?:rule|group) exists/.test(message))).toBe(true);
  });

  test('says in expected.txt what, from where to where, and with which fixes', async () => {
    const { path, text } = await expectedText('.', checks.find((check) => check.id === id)!, checks);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  test('expects something of bad.tf and nothing of good.tf', () => {
    const kinds = (name: string) =>
      new Set(expected(readFileSync(`${folder(id)}/${name}.tf`, 'utf8')).map((one) => one.split(' ')[1]));
    expect(kinds('bad')).toEqual(new Set(['expect']));
    expect(kinds('good')).toEqual(new Set());
  });

  test('offers fixes that do what they are for and break nothing', async () => {
    const path = `${folder(id)}/bad.tf`;
    const files = { [path]: readFileSync(path, 'utf8') };
    const before = await lintFiles(files, [id]);
    const fixed = before.findings.filter((finding) => finding.fix !== null);
    const after = await lintFiles(applyFixes(files, fixed), [id]);
    expect(after.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(after.findings.filter((finding) => finding.fix !== null)).toEqual([]);
    expect(after.findings).toHaveLength(before.findings.length - fixed.length);
  });
});

test('every folder of fixtures is a check', () => {
  expect(readdirSync('fixtures/checks').sort()).toEqual(checks.map((check) => check.id).sort());
});
