/** The built server as a process: dist/cli.js, which `npm run build` makes. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createMessageConnection,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type Shell, shellWith } from '../cli/shell.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');
const text = 'resource "aws_security_group" "web" {\n  name = "sg-web"\n}\n';

let shell: Shell;
let child: ChildProcess;
let connection: MessageConnection;
let ended: Promise<{ readonly code: number | null; readonly stderr: string }>;

function start(processId: number | null, ...argv: string[]): Promise<unknown> {
  child = spawn(process.execPath, [program, 'lsp', '--stdio', ...argv], { cwd: shell.folder });
  let stderr = '';
  child.stderr!.on('data', (data) => {
    stderr += data;
  });
  ended = new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
  connection = createMessageConnection(new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!));
  connection.listen();
  return connection.sendRequest('initialize', {
    processId,
    rootUri: pathToFileURL(shell.folder).href,
    capabilities: {},
  });
}

beforeEach(() => {
  shell = shellWith({ '.git/': '', 'main.tf': '' });
});
afterEach(() => {
  connection.dispose();
  child.kill();
  shell.remove();
});

describe('tfsg lsp --stdio', () => {
  test('serves an editor and ends with it', async () => {
    await start(process.pid, `--clientProcessId=${process.pid}`);
    const published = new Promise<PublishDiagnosticsParams>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', resolve);
    });
    const uri = pathToFileURL(join(shell.folder, 'main.tf')).href;
    await connection.sendNotification('initialized', {});
    const textDocument = { uri, languageId: 'terraform', version: 1, text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    const { diagnostics } = await published;
    expect(diagnostics.map(({ code }) => code)).toContain('reserved-name');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    expect(await ended).toEqual({ code: 0, stderr: '' });
  });

  test('fails where it is told to exit without a shutdown', async () => {
    await start(null);
    await connection.sendNotification('exit');
    expect(await ended).toEqual({ code: 1, stderr: '' });
  });

  test('ends where its input ends', async () => {
    await start(null);
    child.stdin!.end();
    expect(await ended).toEqual({ code: 1, stderr: '' });
  });

  test('ends where the process that started it is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await start(gone);
    expect(await ended).toEqual({ code: 1, stderr: '' });
  }, 15_000);

  test.each([
    ['Content-Length: -5\r\n\r\n{}', 'Content-Length is "-5"'],
    ['Content-Length: abc\r\n\r\n{}', 'Content-Length is "abc"'],
    ['Content-Length: 99999999999999\r\n\r\n{}', 'Content-Length is 99999999999999'],
    ['Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 'more than one Content-Length'],
    ['Content-Type: x\r\n\r\n{}', 'no Content-Length'],
    ['x'.repeat(5000), 'header is longer than'],
  ])('ends where a message can not be read: %j', async (frame, reason) => {
    await start(null);
    child.stdin!.write(frame);
    const { code, stderr } = await ended;
    expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 1, lines: 2 });
    expect(stderr).toContain('tfsg: The language server stopped');
    expect(stderr).toContain(reason);
  });

  test('reads messages however they are cut', async () => {
    await start(null);
    const body = JSON.stringify({ jsonrpc: '2.0', id: 99, method: 'shutdown' });
    const exit = JSON.stringify({ jsonrpc: '2.0', method: 'exit' });
    const bytes = Buffer.from(
      `Content-Length: ${body.length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n${body}content-length:${exit.length}\r\n\r\n${exit}`,
    );
    for (const byte of bytes) child.stdin!.write(Buffer.of(byte));
    expect(await ended).toEqual({ code: 0, stderr: '' });
  });

  test('says how it is called where it is called in another way', async () => {
    const { code, stderr } = await shell.tfsg('lsp');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('tfsg lsp --stdio') });
    const help = await shell.tfsg('lsp --help');
    expect(help.stdout).toContain('--stdio');
    expect(help.stdout).not.toContain('clientProcessId');
    await start(null);
  });
});
