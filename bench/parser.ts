/** How fast the native parser reads HCL, next to @cdktf/hcl2json on the same files in the same process. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseWithHcl2json } from '@cdktf/hcl2json';
import { parseHcl } from '../src/hcl/native/parser.ts';
import { SourceFile } from '../src/source/source-file.ts';
import type { BenchFile } from './corpus.ts';
import { generateCorpus } from './corpus.ts';

/** Every `.tf`, `.tfvars` and `.hcl` file under a directory, in order of path; links are not followed. */
export function readCorpus(directory: string): readonly BenchFile[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tf|tfvars|hcl)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/**
 * Both parsers read all files in turns, after one turn each to warm up.
 * @returns lines to print: megabytes (10^6 bytes of UTF-8) a second by the best turn of each, and their ratio
 */
export async function benchParser(files: readonly BenchFile[], turns = 5): Promise<readonly string[]> {
  const megabytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
  let native = Number.POSITIVE_INFINITY;
  let reference = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn <= turns; turn += 1) {
    const nativeTime = timeNative(files);
    const referenceTime = await timeReference(files);
    if (turn === 0) continue;
    native = Math.min(native, nativeTime);
    reference = Math.min(reference, referenceTime);
  }
  return [
    `${files.length} files, ${megabytes.toFixed(2)} MB`,
    `native parser  ${(megabytes / native).toFixed(1).padStart(7)} MB/s  (${(native * 1000).toFixed(0)} ms)`,
    `hcl2json       ${(megabytes / reference).toFixed(1).padStart(7)} MB/s  (${(reference * 1000).toFixed(0)} ms)`,
    `ratio          ${(reference / native).toFixed(1).padStart(7)}`,
  ];
}

/** Seconds. */
function timeNative(files: readonly BenchFile[]): number {
  const start = performance.now();
  for (const { path, text } of files) parseHcl(new SourceFile(path, text));
  return (performance.now() - start) / 1000;
}

/** Seconds. Files that hcl2json rejects count too. */
async function timeReference(files: readonly BenchFile[]): Promise<number> {
  const start = performance.now();
  for (const { path, text } of files) await parseWithHcl2json(path, text).catch(() => undefined);
  return (performance.now() - start) / 1000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = process.argv[2];
  const lines = await benchParser(directory === undefined ? generateCorpus() : readCorpus(directory));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exit(0);
}
