/** The comments that are offered for every finding of the checks' fixtures. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { membersOf } from '../../src/findings/gather.ts';
import { spans } from '../../src/findings/places.ts';
import { type IgnoreComment, ignoreComments } from '../../src/lsp/actions/ignore.ts';
import { lintFiles } from '../checks/lint-files.ts';
import { fixtures } from '../golden.ts';

/** @param comments in order of place */
const withComments = (text: string, comments: readonly IgnoreComment[]): string =>
  comments.reduceRight(
    (done, { offset, before, after }) => `${done.slice(0, offset)}${before} -- why not${after}${done.slice(offset)}`,
    text,
  );

describe('a comment takes away the finding that it was offered for, and breaks nothing', () => {
  test.each(checks.map(({ id }) => id))('%s', async (id) => {
    const text = readFileSync(join(fixtures, 'checks', id, 'bad.tf'), 'utf8');
    const before = await lintFiles({ 'main.tf': text }, [id]);
    const members = membersOf(before.findings, spans);
    for (const finding of members) {
      const { here, block } = ignoreComments(finding);
      if (here.length === 0) throw new Error(`There is no comment for ${finding.message}`);
      for (const comments of [here, ...(block.length === 0 ? [] : [block])]) {
        const ordered = [...comments].sort((a, b) => a.offset - b.offset);
        const after = await lintFiles({ 'main.tf': withComments(text, ordered) }, [id]);
        const left = membersOf(after.findings, spans);
        expect(left.length).toBeLessThan(members.length);
        const above = ordered.filter(({ offset }) => offset <= finding.span.start);
        const shift = above.map((each) => each.before.length + ' -- why not'.length + each.after.length);
        const place = finding.span.start + shift.reduce((a, b) => a + b, 0);
        expect(left.map(({ span }) => span.start)).not.toContain(place);
        expect(after.problems).toHaveLength(before.problems.length);
      }
    }
  });
});

test('a comment on the first line stands behind a byte order mark', async () => {
  const text = '\ufeffresource "aws_security_group" "web" { name = "sg-web" }\n';
  const { findings } = await lintFiles({ 'main.tf': text }, ['reserved-name']);
  const { here } = ignoreComments(findings[0]!);
  const after = withComments(text, here);
  expect(after).toBe(`\ufeff# tfsg:ignore reserved-name -- why not\n${text.slice(1)}`);
  expect((await lintFiles({ 'main.tf': after }, ['reserved-name'])).findings).toEqual([]);
});

describe('in JSON syntax a comment is a property of the whole block', () => {
  const rule = (first: string) => `{
  "resource": {
    "aws_vpc_security_group_ingress_rule": {
      "ssh": {${first}
        "security_group_id": "sg-0123456789abcdef0",
        "description": "SSH",
        "ip_protocol": "tcp",
        "from_port": 22,
        "to_port": 22,
        "cidr_ipv4": "0.0.0.0/0"
      }
    }
  }
}
`;
  const lint = (text: string) => lintFiles({ 'main.tf.json': text }, ['admin-port-open']);

  test('which suppresses the finding', async () => {
    const text = rule('');
    const { findings } = await lint(text);
    const { here, block, blockNames } = ignoreComments(findings[0]!, 'var.environment == "dev"');
    expect([here, blockNames]).toEqual([[], ['aws_vpc_security_group_ingress_rule.ssh']]);
    expect(withComments(text, block)).toBe(
      rule('\n        "//": "tfsg:ignore admin-port-open when var.environment == \\"dev\\" -- why not",'),
    );
    const after = await lint(withComments(text, ignoreComments(findings[0]!).block));
    expect([after.findings, after.problems]).toEqual([[], []]);
  });

  test('but none where there is one already', async () => {
    const { findings } = await lint(rule('\n        "//": "SSH",'));
    expect(ignoreComments(findings[0]!).block).toEqual([]);
  });
});
