/** What an edit costs in an editor: the real server as a process of its own, in a directory of 300 files and 2,100 rules. */

import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { editedDirectory, FILES, groupFile } from './edits.ts';

const program = join(import.meta.dirname, '../dist/cli.js');

/** Milliseconds between what is shown and the next edit: as somebody types who is quick. */
const PAUSE = 100;

/**
 * One open file is edited again and again; needs a built dist/.
 *
 * @returns lines to print: wall-clock milliseconds from the edit to the diagnostics, as the editor sees it
 */
export async function benchEditor(): Promise<readonly string[]> {
  return [await editsIn('one world', editedDirectory()), await editsIn('20 worlds', editedDirectory(20))];
}

async function editsIn(title: string, directory: Readonly<Record<string, string>>, edits = 300): Promise<string> {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'tfsg-')));
  for (const [name, text] of Object.entries(directory)) writeFileSync(join(folder, name), text);
  const server = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: folder });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  try {
    const uri = pathToFileURL(join(folder, 'group-7.tf')).href;
    const diagnosed = new Map<number, () => void>();
    connection.onNotification('textDocument/publishDiagnostics', (shown: { uri: string; version?: number }) => {
      if (shown.uri === uri && shown.version !== undefined) diagnosed.get(shown.version)?.();
    });
    connection.onRequest(() => null);
    connection.listen();
    const rootUri = pathToFileURL(folder).href;
    const capabilities = { textDocument: { publishDiagnostics: { versionSupport: true } } };
    await connection.sendRequest('initialize', {
      processId: null,
      capabilities,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'bench' }],
    });
    await connection.sendNotification('initialized', {});
    const version = (number: number): Promise<void> => new Promise((resolve) => diagnosed.set(number, resolve));
    const opened = version(1);
    const item = { uri, languageId: 'terraform', version: 1, text: groupFile(7, 0) };
    await connection.sendNotification('textDocument/didOpen', { textDocument: item });
    await opened;
    const times: number[] = [];
    for (let edit = 1; edit <= edits; edit++) {
      await setTimeout(PAUSE);
      const start = performance.now();
      const seen = version(edit + 1);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: edit + 1 },
        // Every edit opens or closes a port, so that there is something new to show.
        contentChanges: [{ text: groupFile(7, edit % 2) }],
      });
      await seen;
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const at = (part: number): string => times[Math.floor(times.length * part)]!.toFixed(1).padStart(7);
    return `${FILES} files, ${title}, ${edits} edits: median${at(0.5)} ms, 95th percentile${at(0.95)} ms from the edit to the diagnostics`;
  } finally {
    connection.dispose();
    server.kill();
    rmSync(folder, { recursive: true });
  }
}
