/** docs/recipes.md and the files that it links: each can be read, and tfsg takes each command line in it. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
import { checks } from '../../src/checks/index.ts';
import { parseArguments } from '../../src/cli/options/options.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderJson } from '../../src/report/formats/json.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { fullReport, reportOf } from '../report/reports.ts';

const docs = join(import.meta.dirname, '../../docs');
const files = readdirSync(join(docs, 'recipes'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(docs.length + 1))
  .sort();
const textOf = (path: string): string => readFileSync(join(docs, path), 'utf8');
const yamlOf = (path: string) => parseDocument(textOf(path)).toJS();

/** What the linter of each kind of file has to say. */
const faultsIn: Readonly<Record<string, (path: string) => readonly unknown[]>> = {
  hcl: (path) => parseHcl(new SourceFile(path, textOf(path))).problems,
  jq: () => [],
  json: (path) => (JSON.parse(textOf(path)) === null ? ['is null'] : []),
  yaml: (path) => [parseDocument(textOf(path))].flatMap(({ errors, warnings }) => [...errors, ...warnings]),
};

describe.each(files)('%s', (path) => {
  test('can be read', () => {
    const extension = path.split('.').at(-1)!.replace('yml', 'yaml');
    expect(faultsIn[extension]!(path)).toEqual([]);
  });

  test('is named by the page', () => {
    expect(textOf('recipes.md')).toContain(`](${path})`);
  });
});

const commandLine = /\btfsg ((?:-|\.)[^`|>#\n]*)/g;
const lines = ['recipes.md', ...files].flatMap((path) =>
  Array.from(textOf(path).matchAll(commandLine), ([, line]) => line!.trim()),
);

test.each([...new Set(lines)])('tfsg takes: tfsg %s', async (line) => {
  const words = line.replaceAll('"', '').split(' ');
  await expect(parseArguments(words, {}, 80)).resolves.toBeDefined();
});

test('MegaLinter gets its SARIF report', async () => {
  const path = 'recipes/mega-linter-plugin-tfsg/tfsg.megalinter-descriptor.yml';
  const [linter] = yamlOf(path).linters;
  const words = [...linter.cli_lint_extra_args, ...linter.cli_sarif_args, ...linter.cli_lint_extra_args_after];
  const parsed = await parseArguments(words, {}, 80);
  expect(parsed).toMatchObject({
    arguments: { paths: ['.'], outputs: [{ format: 'sarif', file: '{{SARIF_OUTPUT_FILE}}' }] },
  });
});

test('Codacy knows every check', () => {
  const ids = checks.map(({ id }) => id);
  const idsIn = (patterns: readonly { readonly patternId: string }[]) => patterns.map(({ patternId }) => patternId);
  expect(idsIn(JSON.parse(textOf('recipes/codacy/patterns.json')).patterns)).toEqual(ids);
  expect(idsIn(JSON.parse(textOf('recipes/codacy/description.json')))).toEqual(ids);
});

const hasJq = spawnSync('jq', ['--version']).status === 0;
(hasJq ? test : test.skip).each([
  ['everything', fullReport(), 'failed', 1],
  ['nothing', reportOf({}), 'passed', 0],
])('the answer of a run task to a report of %s', (_, report, status, outcomes) => {
  const input = renderJson(documentOf(report));
  const { stdout } = spawnSync('jq', ['-f', join(docs, 'recipes/run-task.jq')], { encoding: 'utf8', input });
  const { data } = JSON.parse(stdout);
  expect(data.attributes.status).toBe(status);
  expect(data.relationships.outcomes.data).toHaveLength(outcomes);
});
