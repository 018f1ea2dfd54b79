/**
 * Fixes whole repositories in memory, as they are and with faults put in, and asks point by point whether any group lets in or out
 * something else after it. Then it claims edits to be safe that mostly are not, and sees which of them the engine makes:
 * `npx tsx scripts/fuzz-fixes.ts DIR [--seed N] [--minutes N]`. DIR has one folder for each repository; with time left, it goes round
 * again with other choices. Exit code 1 if any group differs.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diskFileSystem, type FileSystem, overlayFileSystem } from '../src/files.ts';
import { mutate } from './fuzz-fixes/mutate.ts';
import { tryClaims, tryFixes } from './fuzz-fixes/trials.ts';
import { Random } from './fuzz-terraform/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '10' } },
});
const [directory] = positionals;
if (directory === undefined) throw new Error('Usage: npx tsx scripts/fuzz-fixes.ts DIR [--seed N] [--minutes N]');

const total = {
  rounds: 0,
  repositories: 0,
  changed: 0,
  changedAsTheyAre: 0,
  mutated: 0,
  /** Texts that became what they were before faults were put in. */
  restored: 0,
  fixed: 0,
  refused: 0,
  claims: 0,
  claimsMade: 0,
  /** Those of the rest that would have changed what groups let in or out; of all others something else would have changed. */
  claimsThatDiffer: 0,
  differ: 0,
};
const random = new Random(Number(values.seed));
const end = performance.now() + Number(values.minutes) * 60_000;

while (performance.now() < end) {
  total.rounds += 1;
  const before = total.repositories;
  for (const name of readdirSync(directory).sort()) {
    if (performance.now() > end) break;
    const disk = diskFileSystem(join(directory, name));
    const texts = nativeFiles(disk, '');
    if (![...texts.values()].some((text) => text.includes('aws_security_group'))) continue;
    total.repositories += 1;
    if (total.rounds === 1) await check(name, disk, texts);
    const mutated = new Map([...texts].map(([path, text]) => [path, mutate(path, text, random)]));
    total.mutated += [...mutated].filter(([path, text]) => text !== texts.get(path)).length;
    await check(`${name}, mutated`, overlayFileSystem(disk, mutated), mutated, texts);
    await claim(name, overlayFileSystem(disk, mutated), mutated);
  }
  if (total.repositories === before) break;
}
console.log(JSON.stringify(total, undefined, 1));
process.exitCode = total.differ > 0 ? 1 : 0;

/** @param originals what the texts were before faults were put in */
async function check(
  name: string,
  fileSystem: FileSystem,
  texts: ReadonlyMap<string, string>,
  originals?: ReadonlyMap<string, string>,
): Promise<void> {
  const { fixed, difference } = await tryFixes(fileSystem);
  total.fixed += fixed.count;
  total.refused += fixed.refusals.length;
  for (const [path, { before, after }] of fixed.files) {
    total.changed += 1;
    if (originals === undefined) total.changedAsTheyAre += 1;
    if (texts.has(path) && before !== texts.get(path)) throw new Error(`${path} was read as something else.`);
    if (originals !== undefined && after === originals.get(path)) total.restored += 1;
  }
  if (originals === undefined) {
    for (const { finding, reason } of fixed.refusals)
      console.log(`${name}: ${finding.span.file.path}: refused: ${reason}`);
  }
  if (difference !== undefined) tell(name, difference);
}

async function claim(name: string, fileSystem: FileSystem, texts: ReadonlyMap<string, string>): Promise<void> {
  for await (const { claim: made, refusal, difference } of tryClaims(fileSystem, texts, random)) {
    if (performance.now() > end) break;
    total.claims += 1;
    if (refusal === undefined) total.claimsMade += 1;
    else if (difference !== undefined) total.claimsThatDiffer += 1;
    const { file, start, end: last } = made.span;
    const edit = `${file.path}: ${file.text.slice(start, last)} -> ${made.text}`;
    if (refusal === undefined && difference !== undefined) tell(name, `${edit}: ${difference}`);
    // The engine may be stricter where something is not known; here that is checked, and no failure.
    if (refusal?.endsWith(' than before') && difference === undefined)
      console.log(`${name}: ${edit}: ${refusal}, only as the engine sees it`);
  }
}

function tell(name: string, difference: string): void {
  total.differ += 1;
  console.log(`${name}: ${difference}`);
}

/** Texts of the files in native syntax by path; links and what `terraform init` has made are left out. */
function nativeFiles(fileSystem: FileSystem, folder: string): ReadonlyMap<string, string> {
  const listed = fileSystem.list(folder);
  const files = new Map<string, string>();
  for (const { name, kind, isLink } of listed.kind === 'directory' ? listed.entries : []) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (isLink || name === '.terraform' || name === '.git') continue;
    if (kind === 'directory') for (const [each, text] of nativeFiles(fileSystem, path)) files.set(each, text);
    const read = kind === 'file' && /\.(?:tf|tfvars)$/.test(name) ? fileSystem.read(path) : undefined;
    const text = read?.kind === 'file' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.bytes) : undefined;
    if (text !== undefined && !text.includes('\uFFFD')) files.set(path, text);
  }
  return files;
}
