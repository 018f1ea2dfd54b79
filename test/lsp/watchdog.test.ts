/** A server that hangs, or whose editor is gone while it is busy, ends. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { signals } from '../systems.ts';

const root = join(import.meta.dirname, '../..');

interface Ended {
  readonly signal: string | null;
  readonly code: number | null;
  readonly stderr: string;
}

/** A process that starts a watchdog of little patience, and does some more. */
async function runWith(code: string): Promise<Ended> {
  const watchdog = pathToFileURL(join(root, 'src/cli/watchdog.ts')).href;
  const script = `import { startWatchdog } from ${JSON.stringify(watchdog)};
const watchdog = startWatchdog({ interval: 200, looks: 15, looksAlone: 2 });
const busy = () => { for (;;); };
${code}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const [exit, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code: exit, signal, stderr };
}

const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;

signals.describe('a process with a watchdog', () => {
  test('is killed where it is busy without an end, and says so', async () => {
    const { signal, stderr } = await runWith('setTimeout(busy, 100);');
    expect(signal).toBe('SIGKILL');
    expect(stderr).toMatch(/^tfsg: The language server did not respond for 3 seconds and stopped\..*\n$/);
  });

  test('is killed without a word where it is busy and its editor is gone', async () => {
    const ended = await runWith(`watchdog.guard(${gone()}); setTimeout(busy, 100);`);
    expect(ended).toEqual({ code: null, signal: 'SIGKILL', stderr: '' });
  });

  test('goes on where it says that it goes on', async () => {
    const ended = await runWith(
      'const end = Date.now() + 5000; while (Date.now() < end) watchdog.beat(); process.exit(7);',
    );
    expect(ended).toEqual({ code: 7, signal: null, stderr: '' });
  });

  test('ends by itself where it has nothing to do', async () => {
    expect(await runWith('')).toEqual({ code: 0, signal: null, stderr: '' });
  });
});

signals.test('the server ends with an editor that is gone while it is busy', async () => {
  // The fault comes from outside: a module that is loaded before the program keeps the main thread busy later.
  const fault = 'data:text/javascript,setTimeout(() => { for (;;); }, 3000)';
  const child = spawn(process.execPath, ['--import', fault, join(root, 'dist/cli.js'), 'lsp', '--stdio'], {
    cwd: root,
  });
  const editor = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600000)']);
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', { processId: editor.pid, rootUri: null, capabilities: {} });
  const ended = once(child, 'close');
  setTimeout(() => editor.kill(), 3500);
  expect(await ended).toEqual([null, 'SIGKILL']);
  connection.dispose();
});
