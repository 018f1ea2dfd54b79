/**
 * Every code block of the README and the docs: commands are run, and print what the page shows; configurations, HCL and YAML can be
 * read. CONTRIBUTING.md has the comments that say what a block needs. UPDATE_FIXTURES=1 writes outputs anew.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parseDocument } from 'yaml';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { parseJsonc, plainValue } from '../../src/config/jsonc.ts';
import { parseJson } from '../../src/hcl/json/parser.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { shells } from '../systems.ts';
import { type Block, blocksOf, withTexts } from './page.ts';
import { type Terminal, terminal } from './terminal.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const noteOf = ({ notes }: Block, name: string): string | undefined => notes.find(([each]) => each === name)?.[1];

/** All but docs/editors.md: test/integrations/editors.ts has its blocks run by the editors. */
const pages = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && name !== 'editors.md')
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .sort(),
];

const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(textOf('schema/tfsgrc.schema.json')));

function configurationFaults(text: string): readonly unknown[] {
  const file = new SourceFile('.tfsgrc.json', text);
  const { value } = parseJsonc(file);
  validate(value === undefined ? undefined : JSON.parse(JSON.stringify(plainValue(value))));
  return [...(validate.errors ?? []), ...decodeConfigFile(file, checks).problems];
}

/** What is wrong in a block, by its language. JSON is a configuration of tfsg, unless it is a `.tf.json`. */
const faultsIn: Readonly<Record<string, (text: string, file: string) => readonly unknown[]>> = {
  hcl: (text, file) => parseHcl(new SourceFile(file, text)).problems,
  json: (text, file) =>
    file.endsWith('.tf.json') ? parseJson(new SourceFile(file, text)).problems : configurationFaults(text),
  jsonc: configurationFaults,
  yaml: (text) => parseDocument(text).errors,
};

/** The exit code of a run with findings. */
const FINDINGS = 1;

/** The blocks of a page; `unrun` says why one is neither run nor read. */
const blocksOfPage = (page: string) =>
  blocksOf(textOf(page)).map((block) => {
    const isCommand = block.language === 'console' || block.language === 'sh';
    const unrun = noteOf(block, 'not run');
    return { ...block, unrun, isRun: isCommand && unrun === undefined };
  });

/** Does what the notes say, then runs the commands; the text of a `console` block as it would be now. */
function runBlock(at: Terminal, { language, text, notes }: Block): string {
  for (const [name, value] of notes) {
    if (name === 'tree') at.start(value === 'empty' ? undefined : value);
    if (name === 'run') expect(at.run(value)).toEqual({ output: '', code: 0 });
    if (name === 'file') at.write(value, text);
  }
  if (language === 'sh') {
    for (const command of text.split('\n').filter((line) => line.trim() !== '')) {
      const { output, code } = at.run(command);
      const worst = /\btfsg\b/.test(command) ? FINDINGS : 0;
      expect({ command, output: code > worst ? output : '' }).toEqual({ command, output: '' });
    }
  }
  if (language !== 'console') return text;
  return text
    .split(/^(?=\$ )/m)
    .map((part) => {
      const [first, ...shown] = part.split('\n');
      const { output } = at.run(first!.slice(2));
      const printed = output === '' || output.endsWith('\n') ? output : `${output}\n`;
      return `${first}\n${agrees(shown.join('\n'), printed) ? shown.join('\n') : printed}`;
    })
    .join('');
}

/** Whether a text shows an output, of which `[...]` on its own line leaves lines out. */
function agrees(shown: string, printed: string): boolean {
  const parts = shown.split(/^\[\.\.\.\]\n/m).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(?:.*\n)+?')}$`).test(printed);
}

describe.each(pages)('%s', (page) => {
  const blocks = blocksOfPage(page).filter(({ unrun }) => unrun === undefined);

  test('has blocks that can be read', () => {
    for (const block of blocks) {
      expect(['tree', 'file', 'run']).toEqual(expect.arrayContaining(block.notes.map(([name]) => name)));
      const file = noteOf(block, 'file');
      const isKnown = block.isRun || file !== undefined || block.language in faultsIn;
      const faults = isKnown ? faultsIn[block.language]?.(block.text, file ?? 'main.tf') : ['neither run nor read'];
      expect({ line: block.line, faults: faults ?? [] }).toEqual({ line: block.line, faults: [] });
    }
  });

  if (!blocks.some(({ isRun }) => isRun)) return;
  shells.test('shows what its commands print', () => {
    const at = terminal();
    try {
      const texts = new Map(blocks.map((block) => [block.line, runBlock(at, block)]));
      const now = withTexts(textOf(page), texts);
      if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(join(root, page), now);
      expect(now).toBe(textOf(page));
    } finally {
      at.remove();
    }
  });
});

test('few blocks are neither run nor read', () => {
  const reasons = pages.flatMap((page) =>
    blocksOfPage(page).flatMap(({ unrun }) => (unrun === undefined ? [] : [`${page}: ${unrun}`])),
  );
  expect(reasons).toEqual([
    'README.md: in a clone',
    'README.md: CI does',
    'docs/architecture.md: a diagram',
    'docs/ci.md: downloads modules',
    'docs/ci.md: test/integrations/docker.test.ts does',
    'docs/ci.md: steps of GitHub Actions',
    'docs/ci.md: test/cli/shard-recipes.test.ts does',
    'docs/command-line.md: each line is for another shell',
    'docs/comparison.md: needs the other tools',
    'docs/files.md: a list',
    'docs/library.md: test/integrations/package.test.ts does',
    'docs/library.md: the output of the program above',
    'docs/plan.md: needs Terraform and AWS',
    'docs/plan.md: needs Terragrunt and AWS',
    'docs/plan.md: needs Conftest',
    'docs/plan.md: needs Terraform and AWS',
    'docs/pre-commit.md: test/integrations/pre-commit.test.ts does',
    'docs/pre-commit.md: downloads modules',
    'docs/recipes.md: needs Terragrunt and AWS',
    'docs/recipes.md: needs Terragrunt',
    'docs/recipes.md: test/cli/recipes.test.ts does',
    'docs/reports.md: test/integrations/reviewdog.test.ts does',
    'docs/suppressions.md: a syntax',
  ]);
});
