/** Settings of docs/editors.md for editors that tests can't start. */

import { spawnSync } from 'node:child_process';
import { afterEach, expect, test } from '@jest/globals';
import { type Desk, deskWith, settingsOf } from './editors.ts';

interface Matcher {
  readonly severity: string;
  readonly pattern: Readonly<Record<'file' | 'line' | 'column' | 'message' | 'code', number>> & {
    readonly regexp: string;
  };
}

let desk: Desk;
afterEach(() => desk.remove());

test('a task of VS Code takes each line of the report for one problem', () => {
  desk = deskWith({
    '.tfsgrc.json': '{ "extends": ["tfsg:strict"], "failOn": "low" }',
    'other.tf': 'resource "aws_security_group" "x" {}\n',
  });
  const [task] = JSON.parse(settingsOf('tasks')).tasks as [{ command: string; problemMatcher: Matcher[] }];
  const { stdout } = spawnSync(task.command, {
    cwd: desk.folder,
    env: desk.environment,
    encoding: 'utf8',
    shell: true,
  });
  const problems = stdout
    .trim()
    .split('\n')
    .map((line) => {
      const found = task.problemMatcher.flatMap(({ severity, pattern }) => {
        const match = new RegExp(pattern.regexp).exec(line);
        return match === null
          ? []
          : [{ severity, file: match[pattern.file], line: match[pattern.line], code: match[pattern.code] }];
      });
      expect([line, found.length]).toEqual([line, 1]);
      return found[0]!;
    });
  expect(problems).toContainEqual({ severity: 'error', file: 'net/main.tf', line: '3', code: 'invalid-cidr' });
  expect(new Set(problems.map(({ severity }) => severity))).toEqual(new Set(['error', 'info']));
});
