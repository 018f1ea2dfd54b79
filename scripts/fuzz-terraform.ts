/**
 * Compares tfsg with Terraform on configurations that a seed makes: `npx tsx scripts/fuzz-terraform.ts ORACLE [--seed N]
 * [--count N] [--minutes N]`. ORACLE is a program that is given a directory and prints the rules that Terraform plans for it,
 * in the fields of `tfsg inspect`, or an object with `error`. Each difference is printed with the blocks that it needs.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { configOf } from '../src/config/config.ts';
import { memoryFileSystem } from '../src/files.ts';
import { inspect } from '../src/lint.ts';
import { type InspectedRule, inspectRules } from '../src/report/inspected.ts';
import type { Problem } from '../src/source/problem.ts';
import type { Span } from '../src/source/span.ts';
import { noInputs } from '../src/terraform/instances/inputs.ts';
import { differences, knowsMore, type PlannedRule } from '../test/terraform/planned-rules.ts';
import { type Item, makeProgram } from './fuzz-terraform/program.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '5' },
  },
});
const [oracle] = positionals;

if (oracle === undefined || !existsSync(oracle)) {
  process.stdout.write('skipped: the path of an oracle is needed\n');
} else if (spawnSync('terraform', ['version']).error !== undefined) {
  process.stdout.write('skipped: there is no terraform on PATH\n');
} else {
  await fuzz(oracle, Number(values.seed), Number(values.count), Number(values.minutes));
}

type Planned = readonly PlannedRule[] | { readonly error: string };

async function fuzz(oracle: string, firstSeed: number, count: number, minutes: number): Promise<void> {
  const end = performance.now() + minutes * 60_000;
  const total = { configurations: 0, rules: 0, different: 0, knowsMore: 0, refused: 0, dropped: 0 };
  let seed = firstSeed;
  for (; seed < firstSeed + count && performance.now() < end; seed++) {
    const all = makeProgram(seed);
    const items = await withoutFaults(all);
    const used = withoutUnused(items);
    total.dropped += all.length - items.length;
    const planned = plan(oracle, used);
    total.configurations++;
    if ('error' in planned) {
      // Where tfsg still tells instances apart, Terraform knows less of a repetition; and it has faults of its own.
      if (/cannot be determined until apply|panic in function/.test(planned.error)) continue;
      total.refused++;
      const culprit = refusedItems(oracle, used, planned.error);
      process.stdout.write(`\n## seed ${seed}: Terraform alone rejects: ${culprit.error}\n${render(culprit.items)}\n`);
      continue;
    }
    total.rules += planned.length;
    const { rules } = await rulesOf(used);
    const { missing, tooMany } = differences(planned, rules);
    if (missing.length + tooMany.length === 0) continue;
    if (knowsMore(planned, rules)) {
      total.knowsMore++;
      continue;
    }
    total.different++;
    process.stdout.write(`\n## seed ${seed}: ${missing.length} missing, ${tooMany.length} too many\n`);
    for (const address of [...new Set([...missing, ...tooMany].map((rule) => rule.address))].slice(0, 3)) {
      const show = (sign: string, rules: readonly object[]): void => {
        for (const rule of rules.filter((each) => 'address' in each && each.address === address).slice(0, 2)) {
          process.stdout.write(`${sign} ${JSON.stringify(rule)}\n`);
        }
      };
      show('-', missing);
      show('+', tooMany);
      process.stdout.write(`${render(needed(used, address))}\n`);
    }
  }
  process.stdout.write(
    `${total.configurations} configurations of seeds ${firstSeed} to ${seed - 1}, ${total.rules} rules; ${total.different} different, ${total.knowsMore} where tfsg only knows more, ${total.refused} refused by Terraform alone, ${total.dropped} blocks left out as tfsg found them faulty\n`,
  );
}

/**
 * Terraform plans nothing of a configuration with a fault, an unknown `count` or a name that is declared nowhere: blocks with
 * one are left out, until none is.
 */
async function withoutFaults(all: readonly Item[]): Promise<readonly Item[]> {
  let items = all;
  for (;;) {
    const { problems, uncertain } = await rulesOf(items);
    const faulty = new Set([...problems.map(({ span }) => span), ...uncertain].map((span) => itemOf(items, span)));
    const kept = items.filter((item) => !faulty.has(item));
    const gone = all.filter((item) => !kept.includes(item)).flatMap(namesOf);
    const next = kept.filter((item) => !gone.some((name) => isNamed(name, item)));
    if (next.length === items.length) return items;
    items = next;
  }
}

function itemOf(items: readonly Item[], span: Span | undefined): Item | undefined {
  if (span === undefined) return undefined;
  let start = 0;
  for (const item of items.filter(({ path }) => path === span.file.path)) {
    start += item.text.length + 1;
    if (span.start < start) return item;
  }
  return undefined;
}

function filesOf(items: readonly Item[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { path, text } of items) files.set(path, `${files.get(path) ?? ''}${text}\n`);
  return files;
}

interface Ours {
  readonly rules: readonly InspectedRule[];
  readonly problems: readonly Problem[];
  /** The groups and rules of which only apply knows how many there are. */
  readonly uncertain: readonly Span[];
}

async function rulesOf(items: readonly Item[]): Promise<Ours> {
  const configFor = () => configOf(new Map());
  const files = memoryFileSystem(Object.fromEntries(filesOf(items)));
  const { models, problems } = await inspect(files, [''], { configFor, parser: 'native', inputs: noInputs });
  const uncertain = models.flatMap(({ groups, rules }) => [
    ...groups.filter(({ existsIf }) => existsIf !== undefined),
    ...rules.filter(({ existsIf, form }) => existsIf !== undefined && form.kind === 'standalone'),
  ]);
  return { rules: models.flatMap(inspectRules), problems, uncertain: uncertain.map(({ span }) => span) };
}

function plan(oracle: string, items: readonly Item[]): Planned {
  const directory = mkdtempSync(join(tmpdir(), 'tfsg-fuzz-'));
  try {
    for (const [path, text] of filesOf(items)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const command = oracle.endsWith('.py') ? ['python3', oracle] : [oracle];
    const run = spawnSync(command[0]!, [...command.slice(1), directory], { encoding: 'utf8', maxBuffer: 1 << 28 });
    try {
      return JSON.parse(run.stdout) as Planned;
    } catch {
      return { error: `no answer: ${run.stderr.trim().split('\n').at(-1) ?? ''}` };
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The names by which others refer to what an item declares. */
function namesOf({ path, text }: Item): readonly string[] {
  const [, kind, first, second] = /^(\w+)(?: "([^"]+)")?(?: "([^"]+)")? [{=]/.exec(text) ?? [];
  if (path === 'inner/main.tf') return kind === 'output' ? ['module.single.out', '].out'] : [];
  if (kind === 'variable') return [`var.${first}`];
  if (kind === 'module') return [`module.${first}.`, `module.${first}[`];
  if (kind === 'resource') return [`${first}.${second}`];
  if (kind === 'data') return [`data.${first}.${second}`];
  const local = /^locals \{\n {2}(\w+)/.exec(text)?.[1];
  return local === undefined ? [] : [`local.${local}`];
}

/** Whether an item of the root module refers to a name. */
function isNamed(name: string, { path, text }: Item): boolean {
  if (path !== 'main.tf') return false;
  const escaped = name.replace(/[.[\]]/g, '\\$&');
  return new RegExp(`(?<![\\w.])${escaped}${/\w$/.test(name) ? '(?!\\w)' : ''}`).test(text);
}

/** An item and all that it refers to; of a module all files. */
function closure(items: readonly Item[], start: readonly Item[]): readonly Item[] {
  const kept = new Set(start);
  for (const item of kept) {
    for (const other of items) {
      if (other.path === 'main.tf' && namesOf(other).some((name) => isNamed(name, item))) kept.add(other);
    }
    if (item.text.startsWith('module')) for (const other of items) if (other.path.startsWith('inner/')) kept.add(other);
    const variable = /^variable "(\w+)"/.exec(item.text)?.[1];
    for (const other of items) {
      if (other.path === 'terraform.tfvars' && other.text.startsWith(`${variable} =`)) kept.add(other);
    }
  }
  return items.filter((item) => kept.has(item));
}

/** What tfsg never evaluates it has no problem with: locals and outputs that no resource and no module call needs. */
function withoutUnused(items: readonly Item[]): readonly Item[] {
  const isNeeded = ({ path, text }: Item): boolean => path === 'main.tf' && /^(?:resource|module|data)/.test(text);
  const used = closure(items, items.filter(isNeeded));
  const isRead = used.some(({ text }) => /\.out\b/.test(text));
  return used.filter(({ text }) => isRead || !text.startsWith('output'));
}

/** What the resource of an address needs. */
function needed(items: readonly Item[], address: string): readonly Item[] {
  const [, module] = /^module\.(\w+)/.exec(address) ?? [];
  const [, type, name] = /(?:^|\.)(\w+)\.(\w+)(?:\[.*\])?$/s.exec(address.replace(/\[".*?"\]/gs, '')) ?? [];
  const opening = module === undefined ? `resource "${type}" "${name}"` : `module "${module}"`;
  return closure(
    items,
    items.filter(({ text }) => text.startsWith(opening)),
  );
}

interface Refused {
  readonly items: readonly Item[];
  readonly error: string;
}

/** The half of the resources that Terraform still rejects, halved until neither half is rejected by itself. */
function refusedItems(oracle: string, items: readonly Item[], error: string): Refused {
  const leaves = items.filter(({ path, text }) => path === 'main.tf' && /^(?:resource|module)/.test(text));
  const middle = leaves.length >> 1;
  for (const half of middle === 0 ? [] : [leaves.slice(0, middle), leaves.slice(middle)]) {
    const smaller = closure(items, half);
    if (smaller.length === items.length) continue;
    const planned = plan(oracle, smaller);
    if ('error' in planned) return refusedItems(oracle, smaller, planned.error);
  }
  return { items, error };
}

function render(items: readonly Item[]): string {
  return [...filesOf(items)].map(([path, text]) => `# ${path}\n${text}`).join('');
}
