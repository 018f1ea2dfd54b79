/** What is open in IPv4 and IPv6 alike is one finding, as long as both are findings; fixtures/findings/twins-* has what reports say. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { hideKnown } from '../../src/findings/baseline/baseline.ts';
import { groupsOf } from '../../src/findings/baseline/entry.ts';
import type { Part } from '../../src/findings/finding.ts';
import { lint } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { lintFiles } from '../checks/lint-files.ts';
import { fixtures } from '../golden.ts';

const textOf = (name: string): string => readFileSync(join(fixtures, 'findings', name, 'main.tf'), 'utf8');

test('the report for programs has both places, and the instances of both', async () => {
  const { findings } = documentOf(await lintFiles({ 'main.tf': textOf('twins-two-resources') }));
  expect(findings).toHaveLength(1);
  const [{ range, related, instances }] = findings as [(typeof findings)[0]];
  expect([range.start.line, ...related.map(({ range, isTwin }) => [range.start.line, isTwin])]).toEqual([
    13,
    [22, true],
  ]);
  expect(instances).toEqual(['ssh_v4', 'ssh_v6'].map((each) => `aws_vpc_security_group_ingress_rule.${each}`));
});

describe('of a baseline', () => {
  const config = resolveConfig(defaultLayers, checks, { only: undefined, disabled: new Set() });
  const files = { 'main.tf': textOf('twins-two-resources') };
  const lintBeyond = async (isKnown: (part: Part) => boolean) => {
    const report = await lint(memoryFileSystem(files), [''], {
      configFor: () => config,
      parser: 'native',
      inputs: noInputs,
      baseline: (found) =>
        hideKnown({ entries: groupsOf(found.parts.filter(isKnown)).map(({ entry }) => entry), old: [] }, found),
    });
    return [report.summary.baselined, ...report.findings.map(({ message }) => message)];
  };

  test('that has one of the two, the other is new', async () => {
    expect(await lintBeyond(({ subject }) => subject.endsWith('v4'))).toEqual([
      1,
      '::/0 opens SSH (22/tcp) to the whole IPv6 internet.',
    ]);
    expect(await lintBeyond(({ subject }) => subject.endsWith('v6'))).toEqual([
      1,
      '0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.',
    ]);
  });

  test('that has both, one finding is known', async () => {
    expect(await lintBeyond(() => true)).toEqual([1]);
  });
});

test('one that is mended leaves the other', async () => {
  const text = textOf('twins-one-rule');
  const messages = async (from: string, to: string) =>
    (await lintFiles({ 'main.tf': text.replace(from, to) })).findings.map(({ message }) => message);
  expect(await messages('0.0.0.0/0', '10.0.0.0/8')).toEqual(['::/0 opens SSH (22/tcp) to the whole IPv6 internet.']);
  expect(await messages('::/0', 'fd00::/8')).toEqual(['0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.']);
});

test('as many alike in each family are as many findings', async () => {
  const text = textOf('twins-one-rule');
  const several = text
    .replace('"0.0.0.0/0"', '"0.0.0.0/0", "0.0.0.0/00"')
    .replace('"::/0"', '"::/0", "0::/0", "0::0/0"');
  const { findings } = await lintFiles({ 'main.tf': several }, ['admin-port-open']);
  expect(findings.map(({ message }) => message.split(' open')[0])).toEqual([
    '0.0.0.0/0 and ::/0',
    '0.0.0.0/00 and 0::/0',
    '0::0/0',
  ]);
});
