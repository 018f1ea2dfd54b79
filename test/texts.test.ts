/** The words of messages, docs and first lines: those of Terraform and AWS, in plain English. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..');

/** Words that CONTRIBUTING.md names better ones for. */
const rejected =
  /\bmend(?:s|ed|ing)?\b|to be had|\bgo(?:es)? before\b|\bstands? (?:on|at|in|where|behind|beside|beneath)\b|without a word|\bwhat holds\b|\bthat holds for\b|\bit waits for\b|\blets? (?:in|out)\b|\blet (?:in|out)\b|\brefuse[sd]?\b|\bwhoever gets in\b|\bnot told\b|\blooked at\b|\bare told\b|can't be decided|\btake away\b|\btakes away\b|(?<!there )\bis no (?!longer\b|other\b)[a-z]+\b|\bfor instance\b|\bstarted in its\b/i;

const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((file) => file !== '');
/** Without blocks of code, which are fixtures. */
const prose = (text: string): string => text.replace(/^```.*?^```/gms, (block) => block.replace(/[^\n]/g, ''));

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** `path:line text` of each line that has one of the words. */
function faultsIn(file: string, lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => (rejected.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : []));
}

test('docs', () => {
  const docs = files.filter(
    (file) =>
      /^(?:README|SECURITY|CHANGELOG)\.md$|^docs\/(?!decisions\/|files\.md$).*\.md$|^editors\/.*\.md$|^action\.yml$|^\.pre-commit-hooks\.yaml$/.test(
        file,
      ) && !file.startsWith('docs/ci/'),
  );
  expect(docs.length).toBeGreaterThan(50);
  expect(docs.flatMap((file) => faultsIn(file, prose(textOf(file)).split('\n')))).toEqual([]);
});

test('messages and summaries', () => {
  const sources = files.filter(
    (file) => file.startsWith('src/') && file.endsWith('.ts') && !file.includes('.generated.'),
  );
  const strings = (line: string): string =>
    /^\s*(?:\/?\*|\/\/|import |\} from)/.test(line)
      ? ''
      : (line.replace(/\$\{[^{}]*\}/g, 'X').match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g) ?? []).join(' ');
  expect(sources.flatMap((file) => faultsIn(file, textOf(file).split('\n').map(strings)))).toEqual([]);
});

test('first lines', () => {
  const sources = files.filter((file) => /^src\/.*\.ts$/.test(file));
  const first = (file: string): string => /^\/\*\* .*/m.exec(textOf(file))?.[0] ?? '';
  expect(sources.flatMap((file) => faultsIn(file, [first(file)]))).toEqual([]);
});
