/** Fixes, round by round, over the trees of fixtures/fix and over texts with unusual characters. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Finding, Fix } from '../../src/findings/finding.ts';
import { fixtures } from '../golden.ts';
import { fixFiles } from './trees.ts';

const folder = join(fixtures, 'fix');

function filesIn(path: string): Record<string, string> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

const firstSuggestion = ({ suggestions }: Finding): Fix | undefined => suggestions[0];

describe.each(readdirSync(folder))('%s', (name) => {
  const before = filesIn(join(folder, name, 'before'));
  const after = filesIn(join(folder, name, 'after'));
  const linesOf = (file: string): string[] => {
    const path = join(folder, name, file);
    return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  };

  test('is fixed as far as that keeps its meaning', async () => {
    const { files, refusals } = await fixFiles(before);
    expect(files).toEqual(after);
    expect([...new Set(refusals)]).toEqual(linesOf('refused.txt'));
  });

  test('has nothing more to fix then', async () => {
    expect((await fixFiles(after)).files).toEqual(after);
  });

  const unsafe = join(folder, name, 'unsafe');
  const made = existsSync(unsafe) ? filesIn(unsafe) : after;

  test(`is ${made === after ? 'the same' : 'changed further'} with suggestions`, async () => {
    const { files, refusals } = await fixFiles(before, undefined, firstSuggestion);
    expect(files).toEqual(made);
    expect([...new Set(refusals)]).toEqual([...linesOf('refused.txt'), ...linesOf('refused-unsafe.txt')]);
    expect((await fixFiles(made, undefined, firstSuggestion)).files).toEqual(made);
  });
});

const rule = (source: string): string => `resource "aws_vpc_security_group_ingress_rule" "a" {
  description       = "Web"
  security_group_id = "sg-1"
  ip_protocol       = "-1"
  cidr_ipv4         = ${source}
}
`;

test('keeps a byte order mark, carriage returns and a missing line end', async () => {
  const before = `\uFEFF${rule('"10.0.0.0/08"')}# é 𐍈`.replaceAll('\n', '\r\n');
  expect((await fixFiles({ 'main.tf': before })).files).toEqual({
    'main.tf': before.replace('/08', '/8'),
  });
});

test('changes one file through both of the paths that lead to it', async () => {
  const text = rule('"10.0.0.0/08"');
  const files = { 'a/main.tf': text, 'b/main.tf': text };
  const { files: after, count } = await fixFiles(files, () => ({ path: 'a/main.tf' }));
  const expected = rule('"10.0.0.0/8"');
  expect(after).toEqual({ 'a/main.tf': expected, 'b/main.tf': expected });
  expect(count).toBe(2);
});

test('changes no file that must not be changed, and says why', async () => {
  const files = { 'main.tf': rule('"10.0.0.0/08"'), 'other.tf': rule('"192.168.0.0/016"').replace('"a"', '"b"') };
  const outcome = await fixFiles(files, (path) => ({
    path,
    fault: path === 'main.tf' ? 'it is read-only' : undefined,
  }));
  expect(outcome.files).toEqual({ ...files, 'other.tf': files['other.tf'].replace('016', '16') });
  expect(outcome.refusals).toEqual(['main.tf: cannot change main.tf: it is read-only']);
  expect(outcome.report.findings.map(({ check }) => check)).toContain('invalid-cidr');
});

test('changes nothing of a downloaded module', async () => {
  const call = 'module "sg" {\n  source  = "registry.example/sg/aws"\n}\n\n';
  const files = {
    'main.tf': call + rule('module.sg.cidr'),
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'sg', Source: 'registry.example/sg/aws', Dir: '.terraform/modules/sg' },
      ],
    }),
    '.terraform/modules/sg/main.tf': 'output "cidr" {\n  value = "10.0.0.0/08"\n}\n',
  };
  const outcome = await fixFiles(files);
  expect(outcome.files).toEqual(files);
  expect(outcome.refusals).toEqual([
    'main.tf: cannot change .terraform/modules/sg/main.tf: it belongs to a downloaded module',
  ]);
});

test('changes no file whose bytes are no text', async () => {
  const latin1 = Buffer.from(`# caf\xe9\n${rule('"10.0.0.0/08"')}`, 'latin1');
  const { files, refusals } = await fixFiles({ 'main.tf': latin1 });
  expect(files).toEqual({ 'main.tf': latin1 });
  expect(refusals).toEqual(['main.tf: cannot change main.tf: it changed since it was read, or is not UTF-8 text']);
});
