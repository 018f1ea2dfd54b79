/**
 * Compares stand-ins with the modules that they stand for: the groups, the rules, the outputs and the findings of calls, which have to be
 * the same for both.
 *
 *     npx tsx scripts/stand-ins-against-modules.ts [--calls FOLDER] MODULE@VERSION=DIRECTORY...
 *
 * DIRECTORY is a checkout of the module, `terraform-aws-modules/vpc/aws@5.21.0=../terraform-aws-vpc`, whose `examples` are compared. With
 * `--calls` so is each configuration right below FOLDER that calls such a module, of a version that its constraint allows. With `--unknown`
 * so are these configurations with one argument of a call after the other unknown.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from '../src/checks/index.ts';
import { discoverConfigs } from '../src/config/discover.ts';
import { noSelection } from '../src/config/resolve.ts';
import { memoryFileSystem } from '../src/files.ts';
import { parseHcl } from '../src/hcl/native/parser.ts';
import { evaluateModels, lint } from '../src/lint.ts';
import { inspectGroup, inspectRules } from '../src/report/inspected.ts';
import { placeOf } from '../src/source/position.ts';
import { SourceFile } from '../src/source/source-file.ts';
import { textOf } from '../src/source/span.ts';
import { noInputs } from '../src/terraform/instances/inputs.ts';
import { allowsLine } from '../src/terraform/stand-ins/versions.ts';

type Files = Readonly<Record<string, string>>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { calls: { type: 'string' }, verbose: { type: 'boolean' }, unknown: { type: 'boolean' } },
});

/** Everything that a configuration may read, by path. */
function filesBelow(directory: string): Files {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  const wanted = names.filter((name) => !/(?:^|\/)\.(?:git|terraform)\//.test(name));
  const files = wanted.filter((name) => statSync(join(directory, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

const outputsFile = 'outputs_as_groups.tf';

/** Groups whose descriptions are the outputs of a root module, so that these are compared too. */
function groupsOfOutputs(files: Files, root: string): Files {
  const own = Object.entries(files).filter(([path]) => dirname(path) === root && path.endsWith('.tf'));
  const blocks = own.flatMap(([path, text]) => parseHcl(new SourceFile(path, text)).value.body.items);
  const groups = blocks.flatMap((block) => {
    if (block.kind !== 'block' || block.type.name !== 'output') return [];
    const value = block.body.items.find((item) => item.kind === 'attribute' && item.name.name === 'value');
    if (value?.kind !== 'attribute') return [];
    const name = block.labels[0]!.name;
    return `resource "aws_security_group" "output_${name}" {\n  description = jsonencode(${textOf(value.value)})\n}\n`;
  });
  return { [`${root}/${outputsFile}`]: groups.join('\n') };
}

/** Its groups, rules and findings as texts, without places in modules. */
async function madeBy(
  files: Files,
  root: string,
  modules: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const fileSystem = memoryFileSystem({ ...files, '.tfsgrc.json': JSON.stringify({ modules }) });
  const { configFor } = discoverConfigs(fileSystem, checks, noSelection);
  const options = { configFor, parser: 'native', inputs: noInputs, baseline: false, worlds: 'one' } as const;
  const { models, problems } = await evaluateModels(fileSystem, [root], options);
  const without = ({ span: _, ...rest }: { readonly span: unknown }): string => JSON.stringify(rest);
  const { findings } = await lint(fileSystem, [root], options);
  return [
    ...findings.flatMap(({ fingerprint, check, span, message }) => {
      if (span.file.path.endsWith(outputsFile)) return [];
      const words = message.replace(/, as \S+ \S+ makes it:/, ':');
      return `${placeOf(span)} ${check}: ${words} ${fingerprint}`;
    }),
    ...models.flatMap((model) => [...model.groups.map(inspectGroup), ...inspectRules(model)].map(without)),
    ...problems.filter(({ severity }) => severity === 'error').map(({ message }) => `error ${message}`),
  ].sort();
}

/** The same with one argument of a call of the module after the other unknown, each with a title. */
function* withUnknown(files: Files, root: string, module: string): Iterable<readonly [string, Files]> {
  for (const [path, text] of Object.entries(files)) {
    if (dirname(path) !== root || !path.endsWith('.tf')) continue;
    for (const block of parseHcl(new SourceFile(path, text)).value.body.items) {
      if (block.kind !== 'block' || block.type.name !== 'module' || !textOf(block).includes(`"${module}`)) continue;
      for (const item of block.body.items) {
        if (item.kind !== 'attribute' || metaArguments.has(item.name.name)) continue;
        const changed = `${text.slice(0, item.value.start)}var.unknown_value${text.slice(item.value.end)}`;
        yield [
          `${block.labels[0]!.name}.${item.name.name} unknown`,
          { ...files, [path]: changed, [`${root}/unknown_value.tf`]: 'variable "unknown_value" {}\n' },
        ];
      }
    }
  }
}

const metaArguments: ReadonlySet<string> = new Set([
  'source',
  'version',
  'providers',
  'count',
  'for_each',
  'depends_on',
]);

let equal = 0;
let all = 0;
let made = 0;
/** Outputs that stand-ins have no value for. */
const leftOut = new Set<string>();

async function compare(title: string, tree: Files, root: string, module: string, at: string): Promise<void> {
  await compareOne(title, tree, root, module, at);
  if (values.unknown !== true) return;
  for (const [name, changed] of withUnknown(tree, root, module)) {
    await compareOne(`${title}, ${name}`, changed, root, module, at);
  }
}

async function compareOne(title: string, tree: Files, root: string, module: string, at: string): Promise<void> {
  const downloaded = Object.entries(tree).map(([path, text]) => [`.terraform/${path}`, text] as const);
  const files = { ...tree, ...groupsOfOutputs(tree, root), ...Object.fromEntries(downloaded) };
  const [real, own] = await Promise.all([
    madeBy(files, root, { [module]: `.terraform/${at}` }),
    madeBy(files, root, {}),
  ]);
  const isLeftOut = (each: string): boolean => {
    const unknown = /^(\{"address":"aws_security_group\.output_[^"]*".*"description":)"(?:[^"\\]|\\.)*"(.*)$/.exec(
      each,
    );
    return unknown !== null && own.includes(`${unknown[1]}null${unknown[2]}`);
  };
  const left = real.filter((each) => !own.includes(each) && isLeftOut(each));
  for (const each of left) leftOut.add(`${module} ${/output_([^"]*)/.exec(each)![1]}`);
  const missing = real.filter((each) => !own.includes(each) && !left.includes(each));
  const unknown = new Set(left.map((each) => /"address":"[^"]*"/.exec(each)![0]));
  const extra = own.filter((each) => !real.includes(each) && ![...unknown].some((address) => each.includes(address)));
  const isEqual = missing.length + extra.length === 0 && real.length === own.length;
  all++;
  made += real.length;
  if (isEqual) equal++;
  if (isEqual && title.includes(', ')) return;
  console.log(`${isEqual ? 'equal' : 'OTHER'} ${title} (${real.length} groups, rules and findings)`);
  for (const each of values.verbose === true ? missing : missing.slice(0, 5)) console.log(`  - ${each}`);
  for (const each of values.verbose === true ? extra : extra.slice(0, 5)) console.log(`  + ${each}`);
}

for (const positional of positionals) {
  const [, module, version, directory] = /^(.+)@(.+?)=(.+)$/.exec(positional) ?? [];
  if (module === undefined) throw new Error(`${positional}: expected MODULE@VERSION=DIRECTORY.`);
  const files = Object.fromEntries(
    Object.entries(filesBelow(directory!)).map(([path, text]) => [`module/${path}`, text] as const),
  );
  const examples = new Set(
    Object.keys(files).flatMap((path) => /^module\/examples\/[^/]+(?=\/[^/]+\.tf$)/.exec(path)?.[0] ?? []),
  );
  for (const example of examples) {
    const called = Object.entries(files).map(([path, text]) => {
      const isOfExample = path.startsWith(`${example}/`) && path.endsWith('.tf');
      const source = /(\bsource\s*=\s*)"\.\.\/\.\.\/?(?:(modules\/[^"]*?)\/?)?"/g;
      const call = (_: string, start: string, inside?: string): string =>
        `${start}"${module}${inside === undefined ? '' : `//${inside}`}"\n  version = "${version}"`;
      return [path, isOfExample ? text.replace(source, call) : text] as const;
    });
    await compare(`${module} ${version} ${basename(example)}`, Object.fromEntries(called), example, module, 'module');
  }
  if (values.calls === undefined) continue;
  const calls = filesBelow(values.calls);
  for (const name of readdirSync(values.calls)) {
    const own = Object.entries(calls).filter(([path]) => path.startsWith(`${name}/`));
    const text = own.map(([, content]) => content).join('\n');
    const constraints = [
      ...text.matchAll(/source\s*=\s*"([^"/]+\/[^"/]+\/[^"/]+)(?:\/\/[^"]*)?"\s*version\s*=\s*"([^"]*)"/g),
    ];
    const line = version!
      .split('.')
      .slice(0, version!.startsWith('0.') ? 2 : 1)
      .join('.');
    const isOf = constraints
      .filter(([, source]) => source === module)
      .map(([, , constraint]) => allowsLine(constraint!, line));
    if (isOf.length === 0 || isOf.includes(false)) continue;
    const tree = { ...files, ...Object.fromEntries(own.map(([path, content]) => [`calls/${path}`, content])) };
    await compare(`${module} ${version} calls/${name}`, tree, `calls/${name}`, module, 'module');
  }
}
if (values.verbose === true) console.log(`Outputs that are left out: ${[...leftOut].sort().join(', ')}`);
console.log(`${equal} of ${all} configurations are equal, with ${made} groups, rules and findings.`);
process.exitCode = equal === all ? 0 : 1;
