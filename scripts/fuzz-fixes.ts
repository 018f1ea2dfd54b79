/**
 * Fixes whole repositories in memory, as they are and with faults put in, and compares their rule models before and after:
 * `npx tsx scripts/fuzz-fixes.ts DIR [--seed N] [--minutes N]`. DIR has one folder for each repository. Exit code 1 if any model differs, or
 * if a text that was faulty only because of the faults put in does not become what it was.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from '../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../src/config/resolve.ts';
import { diskFileSystem, type FileSystem, overlayFileSystem } from '../src/files.ts';
import { fixFindings } from '../src/fix/fix.ts';
import { evaluate, lint } from '../src/lint.ts';
import { parseCidr } from '../src/model/cidr.ts';
import { protocolOfKeyword } from '../src/model/protocol.ts';
import { type InspectedRule, inspectGroup, inspectRules } from '../src/report/inspected.ts';
import { noInputs } from '../src/terraform/inputs.ts';
import { mutate } from './fuzz-fixes/mutate.ts';
import { Random } from './fuzz-terraform/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '10' } },
});
const [directory] = positionals;
if (directory === undefined) throw new Error('Usage: npx tsx scripts/fuzz-fixes.ts DIR [--seed N] [--minutes N]');

const config = resolveConfig(defaultLayers, checks, { only: undefined, disabled: new Set() });
const options = { configFor: () => config, parser: 'native', inputs: noInputs } as const;
const total = {
  repositories: 0,
  changed: 0,
  changedAsTheyAre: 0,
  mutated: 0,
  restored: 0,
  fixed: 0,
  refused: 0,
  rules: 0,
  differ: 0,
};
const end = performance.now() + Number(values.minutes) * 60_000;

for (const name of readdirSync(directory).sort()) {
  if (performance.now() > end) break;
  const disk = diskFileSystem(join(directory, name));
  const texts = nativeFiles(disk, '');
  if (![...texts.values()].some((text) => text.includes('aws_security_group'))) continue;
  total.repositories += 1;
  await check(name, disk, texts);
  const random = new Random(Number(values.seed));
  const mutated = new Map([...texts].map(([path, text]) => [path, mutate(path, text, random)]));
  total.mutated += [...mutated].filter(([path, text]) => text !== texts.get(path)).length;
  await check(`${name}, mutated`, overlayFileSystem(disk, mutated), mutated, texts);
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
  const fixed = await fixFindings(fileSystem, {
    report: (state) => lint(state, [''], options),
    isWanted: () => true,
    state: (state) => evaluate(state, [''], options),
    targetOf: (path) => ({ path }),
  });
  total.fixed += fixed.count;
  total.refused += fixed.refusals.length;
  for (const [path, { before, after }] of fixed.files) {
    total.changed += 1;
    if (originals === undefined) total.changedAsTheyAre += 1;
    if (texts.has(path) && before !== texts.get(path)) throw new Error(`${path} was read as something else.`);
    if (originals !== undefined && after === originals.get(path)) total.restored += 1;
  }
  for (const { finding, reason } of fixed.refusals)
    console.log(`${name}: ${finding.span.file.path}: refused: ${reason}`);
  const changed = new Map([...fixed.files].map(([path, { after }]) => [path, after]));
  const [before, after] = [await rulesOf(fileSystem), await rulesOf(overlayFileSystem(fileSystem, changed))];
  total.rules += before.length;
  const different = before.find((text, index) => text !== after[index]);
  if (different === undefined && before.length === after.length) return;
  total.differ += 1;
  console.log(`${name}: the rule models differ at ${different ?? after[before.length]}`);
}

async function rulesOf(fileSystem: FileSystem): Promise<readonly string[]> {
  const { models } = await evaluate(fileSystem, [''], options);
  // A set: rules that only the spelling of a block told apart become one.
  const texts = models.flatMap((model, index) => [
    ...model.groups.map((group) => JSON.stringify({ index, ...inspectGroup(group), span: undefined })),
    ...inspectRules(model).map((rule) => `${index} ${ruleText(rule)}`),
  ]);
  return [...new Set(texts)].sort();
}

/** Blocks as the addresses that they hold, each once; protocols as AWS takes them. */
function ruleText(rule: InspectedRule): string {
  const blocks = (list: readonly string[]): string[] => {
    const read = list.map((text) => ({ text, cidr: parseCidr(text) }));
    const keys = read.map(({ text, cidr }) =>
      cidr.kind === 'invalid' ? text : `${cidr.cidr.family} ${cidr.cidr.first}-${cidr.cidr.last}`,
    );
    return [...new Set(keys)].sort();
  };
  return JSON.stringify({
    ...rule,
    span: undefined,
    protocol: rule.protocol === null ? null : (protocolOfKeyword(rule.protocol) ?? rule.protocol),
    cidr_ipv4: blocks(rule.cidr_ipv4),
    cidr_ipv6: blocks(rule.cidr_ipv6),
  });
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
