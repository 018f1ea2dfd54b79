/**
 * Compares the native parser with hcl2json on every .tf, .tfvars, .tofu and .hcl file below a folder, and prints what differs. Run by hand:
 * `npx tsx scripts/compare-parsers.ts DIR [DIFFERENCES]`. Exit code 1 if any file differs.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createHcl2json, parseWithHcl2json } from '../src/hcl/hcl2json/parser.ts';
import { type JsonValue, toJson } from '../src/hcl/hcl2json/projection.ts';
import { parseHcl } from '../src/hcl/native/parser.ts';
import { SourceFile } from '../src/source/source-file.ts';

const [directory, shown = '20'] = process.argv.slice(2);
if (directory === undefined) throw new Error('Usage: npx tsx scripts/compare-parsers.ts DIR [DIFFERENCES]');

const counts = {
  files: 0,
  characters: 0,
  equal: 0,
  rejected: 0,
  inexpressible: 0,
  differ: 0,
  anchored: 0,
  anchorDiffers: 0,
};
const milliseconds = { native: 0, hcl2json: 0 };
const hcl2json = createHcl2json();
for (const path of filesIn(directory)) {
  const file = new SourceFile(relative(directory, path), readFileSync(path, 'utf8'));
  const difference = await compare(file);
  if (difference === undefined) continue;
  counts.differ += 1;
  if (counts.differ <= Number(shown)) console.log(`${file.path}: ${difference}`);
}
await hcl2json.close();
console.log(JSON.stringify({ ...counts, milliseconds }, undefined, 1));
process.exitCode = counts.differ + counts.anchorDiffers > 0 ? 1 : 0;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tf|tfvars|tofu|hcl)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function compare(file: SourceFile): Promise<string | undefined> {
  counts.files += 1;
  counts.characters += file.text.length;
  let start = performance.now();
  const native = parseHcl(file);
  milliseconds.native += performance.now() - start;
  start = performance.now();
  const verdict = await hcl2json.judge(file);
  milliseconds.hcl2json += performance.now() - start;
  const complaint = native.problems.find((problem) => problem.severity === 'error');
  switch (verdict.kind) {
    case 'unavailable':
      return `hcl2json: ${verdict.message}`;
    case 'rejected': {
      counts.rejected += complaint === undefined ? 0 : 1;
      const { line, summary, detail } = verdict.complaints[0]!;
      return complaint === undefined ? `native accepts, hcl2json: line ${line}: ${summary}: ${detail}` : undefined;
    }
    case 'inexpressible':
      if (complaint === undefined) counts.inexpressible += 1;
      return complaint === undefined ? undefined : `hcl2json accepts (without JSON), native: ${complaint.message}`;
  }
  if (complaint !== undefined) return `hcl2json accepts, native at ${complaint.span?.start}: ${complaint.message}`;
  const expected = bare(verdict.json);
  const projected = toJson(native.value);
  const difference = firstDifference(bare(projected.value), expected, '');
  if (difference !== undefined) return difference;
  counts.equal += 1;
  const anchored = await parseWithHcl2json(hcl2json, file);
  const problem = anchored.problems[0]?.message ?? firstDifference(bare(toJson(anchored.value).value), expected, '');
  if (problem === undefined) counts.anchored += 1;
  else {
    counts.anchorDiffers += 1;
    if (counts.anchorDiffers <= Number(shown)) console.log(`${file.path}: anchored: ${problem}`);
  }
  return undefined;
}

/** The same value with one kind of object, so that only content counts. */
function bare(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const result: { [name: string]: JsonValue } = Object.create(null);
  for (const [name, member] of Object.entries(value)) result[name] = bare(member);
  return result;
}

function firstDifference(
  actual: JsonValue | undefined,
  expected: JsonValue | undefined,
  path: string,
): string | undefined {
  if (isDeepStrictEqual(actual, expected)) return undefined;
  if (typeof actual === 'object' && typeof expected === 'object' && actual !== null && expected !== null) {
    const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
    for (const name of names) {
      const inner = firstDifference(
        (actual as { [name: string]: JsonValue })[name],
        (expected as { [name: string]: JsonValue })[name],
        `${path}/${name}`,
      );
      if (inner !== undefined) return inner;
    }
  }
  return `${path}: native ${excerpt(actual)}, hcl2json ${excerpt(expected)}`;
}

function excerpt(value: JsonValue | undefined): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}
