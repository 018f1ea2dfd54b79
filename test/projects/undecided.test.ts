/** What is undecided, by what decides it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { isLibrary } from '../../src/findings/library.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { lint } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderUnix } from '../../src/report/formats/unix.ts';
import { summaryLine } from '../../src/report/summary.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { expectGolden, fixtures } from '../golden.ts';

const folder = join(fixtures, 'undecided');
const names = readdirSync(folder);
const only = new Set(['admin-port-open', 'port-open', 'broad-private-cidr', 'missing-group-description']);
const config = resolveConfig(defaultLayers, checks, { only, disabled: new Set() });

function filesOf(name: string): Readonly<Record<string, string>> {
  const paths = (readdirSync(join(folder, name), { recursive: true }) as string[]).filter((path) =>
    path.endsWith('.tf'),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, name, path), 'utf8')]));
}

test.each(names)('%s', async (name) => {
  const report = await lint(memoryFileSystem(filesOf(name)), [''], {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
  });
  const document = documentOf(report);
  const text = `${renderUnix(document, { unknown: true })}\n${renderUnix(document, { unknown: false })}\n${summaryLine(report, 0, false)}\n`;
  expectGolden(`undecided/${name}/expected.txt`, text);
  expect(document.causes.reduce((sum, { results }) => sum + results, 0)).toBe(document.undecided.length);
});

test.each([
  ['variable "a" {}\nresource "x" "y" {}\n', 'main.tf', true],
  ['terraform {\n  required_version = ">= 1.5"\n}\n', 'main.tf', true],
  ['provider "aws" {}\n', 'main.tf', false],
  ['terraform {\n  backend "s3" {}\n}\n', 'main.tf', false],
  ['terraform {\n  cloud {}\n}\n', 'main.tf', false],
  ['a = 1\n', 'terraform.tfvars', false],
  ['provider "aws" {}\n', 'called/main.tf', true],
])('%j in %s: a library is %s', (text, path, expected) => {
  expect(isLibrary('', [parseHcl(new SourceFile(path, text)).value])).toBe(expected);
});
