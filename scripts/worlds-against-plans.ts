/**
 * Compares the rules of worlds with what Terraform plans for the same inputs: `npx tsx scripts/worlds-against-plans.ts ORACLE
 * [--seed N] [--worlds N] [FOLDER...]`. ORACLE is a program as for fuzz-terraform.ts that also takes `--var`, `--workspace`,
 * `--copy-root` and `--unknown-variables`. Each file and folder in a FOLDER (fixtures/worlds) is a configuration, of which so many worlds are drawn.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../src/build.ts';
import type { BuiltRoot } from '../src/build-root.ts';
import { configOf } from '../src/config/config.ts';
import { memoryFileSystem } from '../src/files.ts';
import { inputValue } from '../src/findings/when.ts';
import { isOfModel } from '../src/model/normalize.ts';
import { inspectRules } from '../src/report/inspected.ts';
import type { Configuration, Domain } from '../src/terraform/instances/configuration.ts';
import { noInputs } from '../src/terraform/instances/inputs.ts';
import type { World } from '../src/terraform/instances/world.ts';
import type { InputAnswer } from '../src/terraform/values/inputs.ts';
import { integerValue, stringValue, type Value } from '../src/terraform/values/value.ts';
import { differences, knowsMore, type PlannedRule } from '../test/terraform/planned-rules.ts';
import { Random } from './fuzz-terraform/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, worlds: { type: 'string', default: '3' } },
});
const [oracle, ...folders] = positionals;

type Planned = readonly PlannedRule[] | { readonly error: string };

/** What Terraform takes where none is chosen. */
const workspaceOfTerraform: readonly [string, InputAnswer] = ['terraform.workspace', { is: stringValue('default') }];

const total = { configurations: 0, worlds: 0, rules: 0, different: 0, knowsMore: 0, refused: 0, refusedByBoth: 0 };

if (oracle === undefined || !existsSync(oracle)) {
  process.stdout.write('skipped: the path of an oracle is needed\n');
} else if (spawnSync('terraform', ['version']).error !== undefined) {
  process.stdout.write('skipped: there is no terraform on PATH\n');
} else {
  for (const folder of folders.length > 0 ? folders : ['fixtures/worlds'])
    for (const name of readdirSync(folder)) await compare(join(folder, name), oracle);
  process.stdout.write(
    `${total.worlds} worlds of ${total.configurations} configurations by seed ${values.seed}, ${total.rules} rules; ${total.different} different, ${total.knowsMore} where tfsg only knows more, ${total.refusedByBoth} refused by both, ${total.refused} by Terraform alone\n`,
  );
}

async function compare(path: string, oracle: string): Promise<void> {
  const configFor = () => configOf(new Map());
  const files = memoryFileSystem(filesOf(path));
  const { roots } = await build(files, [''], { configFor, parser: 'native', inputs: noInputs });
  const root = roots.find(({ model }) => model.root === '');
  if (root === undefined) return;
  total.configurations++;
  const random = new Random(Number(values.seed));
  const done = new Set<string>();
  for (let drawn = 0; drawn < Number(values.worlds); drawn++) {
    const world = drawWorld(root, random);
    const args = argumentsOf(world);
    if (done.has(args.join('\n'))) continue;
    done.add(args.join('\n'));
    total.worlds++;
    const { configuration, model } = root.inWorld(world, args.join('\n'), undefined);
    const rules = inspectRules(model().of('security-group'));
    const planned = plan(oracle, path, args);
    if ('error' in planned) {
      if (isFaulty(configuration)) {
        total.refusedByBoth++;
        continue;
      }
      total.refused++;
      process.stdout.write(`\n## ${path} ${args.join(' ')}: Terraform alone rejects: ${planned.error}\n`);
      continue;
    }
    total.rules += planned.length;
    const { missing, tooMany } = differences(planned, rules);
    if (missing.length + tooMany.length === 0) continue;
    if (knowsMore(planned, rules)) {
      total.knowsMore++;
      continue;
    }
    total.different++;
    process.stdout.write(`\n## ${path} ${args.join(' ')}: ${missing.length} missing, ${tooMany.length} too many\n`);
    for (const rule of missing) process.stdout.write(`- ${JSON.stringify(rule)}\n`);
    for (const rule of tooMany) process.stdout.write(`+ ${JSON.stringify(rule)}\n`);
  }
}

function isFaulty(configuration: Configuration): boolean {
  return [...configuration.problemsOfExistence(isOfModel), ...configuration.problemsBehind(isOfModel)].length > 0;
}

/** Values for all inputs that can be given, and sometimes for what switches something on; those that only matter in the world too. */
function drawWorld(root: BuiltRoot, random: Random): World {
  const switches = root.configuration.switches(isOfModel);
  let world: World = new Map();
  if (switches.length > 0 && random.chance(0.5))
    world = new Map([...random.pick(switches).world].filter(([, answer]) => 'is' in answer));
  for (let { configuration } = root; ; ) {
    const open = [...configuration.domains()].filter(
      ([name, { candidates }]) => isGivable(name) && !world.has(name) && candidates.length > 0,
    );
    if (open.length === 0) return new Map([workspaceOfTerraform, ...world]);
    world = new Map([
      ...world,
      ...open.map(([name, domain]): [string, InputAnswer] => [name, { is: random.pick(valuesOf(domain)) }]),
    ]);
    const next = root.inWorld(world, argumentsOf(world).join('\n'), undefined);
    next.model();
    configuration = next.configuration;
  }
}

function isGivable(name: string): boolean {
  return name === 'terraform.workspace' || /^var\.[\w-]+$/.test(name);
}

function valuesOf({ candidates, isOpen }: Domain): readonly Value[] {
  const known = candidates.filter((value) => inputValue(value) !== undefined);
  if (!isOpen) return known;
  return [...known, known.every(({ kind }) => kind === 'number') ? integerValue(97) : stringValue('other')];
}

function argumentsOf(world: World): readonly string[] {
  return [...world].flatMap(([name, answer]) => {
    const text = 'is' in answer ? String(inputValue(answer.is)) : '';
    return name === 'terraform.workspace' ? ['--workspace', text] : ['--var', `${name.slice('var.'.length)}=${text}`];
  });
}

function filesOf(path: string): Readonly<Record<string, string>> {
  if (statSync(path).isFile()) return { 'main.tf': readFileSync(path, 'utf8') };
  const all = (readdirSync(path, { recursive: true }) as string[]).filter((each) =>
    statSync(join(path, each)).isFile(),
  );
  return Object.fromEntries(all.map((each) => [each, readFileSync(join(path, each), 'utf8')]));
}

function plan(oracle: string, path: string, args: readonly string[]): Planned {
  const directory = mkdtempSync(join(tmpdir(), 'tfsg-worlds-'));
  try {
    cpSync(path, statSync(path).isFile() ? join(directory, 'main.tf') : directory, { recursive: true });
    const command = oracle.endsWith('.py') ? ['python3', oracle] : [oracle];
    const all = [...command.slice(1), directory, '--copy-root', directory, '--unknown-variables', ...args];
    const run = spawnSync(command[0]!, all, { encoding: 'utf8', maxBuffer: 1 << 28 });
    try {
      return JSON.parse(run.stdout) as Planned;
    } catch {
      return { error: `no answer: ${run.stderr.trim().split('\n').at(-1) ?? ''}` };
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}
