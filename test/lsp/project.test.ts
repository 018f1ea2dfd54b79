/** When the language server lints what is typed. */

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { memoryFileSystem } from '../../src/files.ts';
import { Project } from '../../src/lsp/project.ts';

const group = (description: string): string =>
  `resource "aws_security_group" "web" {\n  description = "${description}"\n}\n`;

let clock: number;
/** Milliseconds that each run takes. */
let cost: number;
let shown: string[];
let project: Project;

/** Lets runs go on that have begun. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(milliseconds: number): Promise<void> {
  clock += milliseconds;
  jest.advanceTimersByTime(milliseconds);
  await settle();
}

function type(text: string): void {
  project.set('main.tf', { uri: 'file:///main.tf', languageId: 'terraform', version: 1, text: group(text) });
  project.schedule(true);
}

beforeEach(async () => {
  jest.useFakeTimers({
    doNotFake: ['Date', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval'],
  });
  [clock, cost, shown] = [1_000_000, 5, []];
  const tree = {
    root: '/',
    fileSystem: memoryFileSystem({}),
    refresh: () => {},
    pathOf: (path: string) => path,
    uriOf: (path: string) => `file:///${path}`,
  };
  project = new Project(tree, {
    explicitConfig: () => undefined,
    baseConfig: () => {
      clock += cost;
      return undefined;
    },
    directories: () => [],
    read: () => undefined,
    now: () => clock,
    show: ({ documents }) => shown.push(/description = "(.*)"/.exec(documents.get('main.tf')!.text)![1]!),
    onFailure: (error) => {
      throw error;
    },
  });
  type('opened');
  await project.showNow();
  await pass(1000);
});

afterEach(() => {
  project.close();
  jest.useRealTimers();
});

test('A change that comes alone is shown at once', async () => {
  type('alone');
  await pass(1);
  expect(shown).toEqual(['opened', 'alone']);
});

test('Changes that follow one another closely are shown when none has come for a while', async () => {
  type('first');
  await pass(1);
  type('second');
  await pass(30);
  type('third');
  await pass(30);
  expect(shown).toEqual(['opened', 'first']);
  await pass(20);
  expect(shown).toEqual(['opened', 'first', 'third']);
});

test('Where a run takes long, a change waits for others', async () => {
  cost = 200;
  type('slow');
  await pass(1);
  await pass(1000);
  type('alone');
  await pass(1);
  expect(shown).toEqual(['opened', 'slow']);
  await pass(50);
  expect(shown).toEqual(['opened', 'slow', 'alone']);
});

test('What changes on the disk waits for what changes with it', async () => {
  project.invalidate();
  project.schedule(false);
  await pass(1);
  expect(shown).toEqual(['opened']);
  await pass(50);
  expect(shown).toEqual(['opened', 'opened']);
});
