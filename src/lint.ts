/** The whole line, from files to a report. */

import { checks } from './checks/index.ts';
import { runChecks } from './checks/run.ts';
import type { Config } from './config/config.ts';
import type { FileSystem } from './files.ts';
import { parseHcl } from './hcl/parser.ts';
import type { Reference } from './hcl/reference.ts';
import { awsAttribute } from './model/aws-attributes.ts';
import { normalize } from './model/normalize.ts';
import type { SecurityModel } from './model/security-group.ts';
import type { Inspection } from './report/inspected.ts';
import type { Report, Summary } from './report/report.ts';
import { compareProblems, type Problem, problemKey } from './source/problem.ts';
import { configure } from './terraform/configuration.ts';
import { discover } from './terraform/discover.ts';
import { type Inputs, readInputs } from './terraform/inputs.ts';
import { type LoadedModule, Loader, modulesOf, opaqueModules, type ParseNative } from './terraform/load.ts';

export type { Inspection } from './report/inspected.ts';
export type { Inputs } from './terraform/inputs.ts';

export interface LintOptions {
  /** What holds for a file, by its path. */
  readonly configFor: (path: string) => Config;
  /** `hcl2json`: HashiCorp's parser for the whole line. */
  readonly parser: 'native' | 'hcl2json';
  /** What root modules get from the command line and the environment. */
  readonly inputs: Inputs;
}

/**
 * Lints the configurations at some paths. Bad input is a problem in the report, never an exception.
 *
 * @param paths of files and directories of the tree; a file stands for its directory, a directory for all below it
 */
export async function lint(fileSystem: FileSystem, paths: readonly string[], options: LintOptions): Promise<Report> {
  const { models, problems, files, directories } = await build(fileSystem, paths, options);
  const settingsFor = (path: string): Config['checks'] => {
    const config = options.configFor(path);
    return config.isIncluded(path) ? config.checks : noChecks;
  };
  const result = runChecks(checks, models, settingsFor);
  const count = (severity: string): number => result.findings.filter((finding) => finding.severity === severity).length;
  const summary: Summary = {
    files,
    directories,
    groups: models.reduce((sum, model) => sum + model.groups.length, 0),
    rules: models.reduce((sum, model) => sum + model.rules.length, 0),
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    info: count('info'),
    undecided: result.undecided.length,
    suppressed: 0,
    baselined: 0,
  };
  return {
    findings: result.findings,
    undecided: result.undecided,
    problems: sortProblems([...problems, ...result.problems]),
    summary,
  };
}

/** The rule model of the configurations at some paths. */
export async function inspect(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: LintOptions,
): Promise<Inspection> {
  const { models, problems } = await build(fileSystem, paths, options);
  return { models, problems: sortProblems(problems) };
}

const noChecks: Config['checks'] = new Map();

interface Built extends Inspection {
  readonly files: number;
  readonly directories: number;
}

async function build(fileSystem: FileSystem, paths: readonly string[], options: LintOptions): Promise<Built> {
  const found = discover(fileSystem, paths, (path) => options.configFor(path).isIncluded(path));
  const loaded = await load(fileSystem, found.value, options.parser);
  const everything = new Map<string, LoadedModule>();
  const called = new Set<string>();
  for (const module of loaded.values()) {
    for (const each of modulesOf(module)) {
      everything.set(each.directory, each);
      if (each !== module) called.add(each.directory);
    }
  }
  const problems: Problem[] = [
    ...found.problems,
    ...[...everything.values()].flatMap((module) => module.problems),
    ...opaqueModules(everything.values()),
  ];
  const models: SecurityModel[] = [];
  for (const root of loaded.values()) {
    if (called.has(root.directory)) continue;
    const inputs = readInputs(fileSystem, root, options.inputs);
    const configuration = configure(root, inputs.value, fileSystem, awsAttribute);
    const trees = [...modulesOf(root).flatMap((module) => module.trees), ...inputs.value.trees];
    const model = normalize(configuration, trees);
    models.push(model.value);
    problems.push(...inputs.problems, ...configuration.problems, ...model.problems);
  }
  const files = [...everything.values()].reduce((sum, module) => sum + module.trees.length, 0);
  return { models, problems, files, directories: everything.size };
}

async function load(
  fileSystem: FileSystem,
  directories: readonly string[],
  parser: LintOptions['parser'],
): Promise<ReadonlyMap<string, LoadedModule>> {
  const { parse, close } = createParser(parser);
  try {
    const loader = new Loader(fileSystem, parse);
    const loaded = new Map<string, LoadedModule>();
    for (const directory of directories) {
      const module = await loader.load(directory);
      if (module !== undefined) loaded.set(directory, module);
    }
    return loaded;
  } finally {
    await close();
  }
}

/** The parser of native syntax; hcl2json is loaded only where it is asked, and ended with `close`. */
function createParser(parser: LintOptions['parser']): { readonly parse: ParseNative; close(): Promise<void> } {
  let reference:
    | Promise<{ readonly module: typeof import('./hcl/reference.ts'); readonly reference: Reference }>
    | undefined;
  const ask = () => {
    reference ??= import('./hcl/reference.ts').then((module) => ({ module, reference: module.createReference() }));
    return reference;
  };
  const parse: ParseNative = (file) => {
    if (parser === 'hcl2json') return ask().then((asked) => asked.module.parseWithHcl2json(asked.reference, file));
    const native = parseHcl(file);
    if (native.problems.length === 0) return native;
    return ask().then((asked) => asked.module.refereeHcl2json(asked.reference, file, native));
  };
  return { parse, close: async () => (await reference)?.reference.close() };
}

/** Those without a place first; each once, however many roots share the module that has it. */
function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [problemKey(problem), problem]));
  return [...unique.values()].sort(compareProblems);
}
