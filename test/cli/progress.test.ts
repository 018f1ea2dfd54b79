/** The line that says how far a long run is. */

import { afterEach, expect, test } from '@jest/globals';
import { closed, type Shell, shellWith, type World } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const roots = { 'a/main.tf': closed, 'b/main.tf': closed, 'c/main.tf': closed };
const stderrOf = async (world: World, options = ''): Promise<string> => {
  shell = shellWith(roots);
  return (await shell.tfsg(`${options} --color never`, world)).stderr;
};
const summary = 'tfsg: nothing found in 3 files (3 groups, 3 rules)\n';

test('is written over as the run goes on, and wiped away', async () => {
  expect(await stderrOf({ columns: 80, tick: 600 })).toBe(
    [
      '\r\u001b[Ktfsg: reading directories, 1 of 3',
      '\r\u001b[Ktfsg: reading directories, 2 of 3',
      '\r\u001b[Ktfsg: evaluating root modules, 0 of 3',
      '\r\u001b[Ktfsg: evaluating root modules, 1 of 3',
      '\r\u001b[Ktfsg: evaluating root modules, 2 of 3',
      '\r\u001b[K',
      summary,
    ].join(''),
  );
});

test.each<[string, World, string?]>([
  ['in a short run', { columns: 80, tick: 10 }],
  ['where stderr is no terminal', { tick: 600 }],
  ['under CI', { columns: 80, tick: 600, environment: { CI: 'true' } }],
  ['on a terminal that is dumb', { columns: 80, tick: 600, environment: { TERM: 'dumb' } }],
])('is not there %s', async (_, world) => {
  expect(await stderrOf(world)).toBe(summary);
});

test('is not there with --quiet', async () => {
  expect(await stderrOf({ columns: 80, tick: 600 }, '--quiet')).toBe('');
});
