/** The comments that are offered for every finding of the checks' fixtures. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { type IgnoreComment, ignoreComments } from '../../src/lsp/ignore.ts';
import { lintFiles } from '../checks/lint-files.ts';
import { fixtures } from '../golden.ts';

const withComment = (text: string, { offset, before, after }: IgnoreComment): string =>
  `${text.slice(0, offset)}${before} -- why not${after}${text.slice(offset)}`;

describe('a comment takes away the finding that it was offered for, and breaks nothing', () => {
  test.each(checks.map(({ id }) => id))('%s', async (id) => {
    const text = readFileSync(join(fixtures, 'checks', id, 'bad.tf'), 'utf8');
    const before = await lintFiles({ 'main.tf': text }, [id]);
    for (const finding of before.findings) {
      const { here, block } = ignoreComments(finding);
      if (here === undefined) throw new Error(`There is no comment for ${finding.message}`);
      for (const comment of [here, ...(block === undefined ? [] : [block])]) {
        const after = await lintFiles({ 'main.tf': withComment(text, comment) }, [id]);
        // What is open in the other address family too stays, at its own place.
        const isTwin = finding.related.some((related) => related.isTwin === true);
        expect(after.findings.length).toBeLessThan(before.findings.length + (isTwin ? 1 : 0));
        const place = finding.span.start + comment.before.length + ' -- why not'.length + comment.after.length;
        expect(after.findings.map(({ span }) => span.start)).not.toContain(place);
        expect(after.problems).toHaveLength(before.problems.length);
      }
    }
  });
});

test('a comment on the first line stands behind a byte order mark', async () => {
  const text = '\ufeffresource "aws_security_group" "web" { name = "sg-web" }\n';
  const { findings } = await lintFiles({ 'main.tf': text }, ['reserved-name']);
  const { here } = ignoreComments(findings[0]!);
  const after = withComment(text, here!);
  expect(after).toBe(`\ufeff# tfsg:ignore reserved-name -- why not\n${text.slice(1)}`);
  expect((await lintFiles({ 'main.tf': after }, ['reserved-name'])).findings).toEqual([]);
});
