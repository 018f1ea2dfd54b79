/** Examples of own rules, linted in memory. */

import { OF_OLDER_STATE } from './changes/compare.ts';
import { type Config, configOf } from './config/config.ts';
import type { Environment } from './config/environment.ts';
import { defaultsOf } from './config/resolve.ts';
import { memoryFileSystem } from './files.ts';
import type { Check } from './findings/check.ts';
import type { Located } from './findings/finding.ts';
import { type LintOptions, lint } from './lint.ts';
import { type ComparedState, changes } from './lint-changes.ts';
import type { Example, RuleDeclaration } from './rules/declaration.ts';
import { mainFileIn } from './source/path.ts';
import { positionAt } from './source/position.ts';
import type { Problem } from './source/problem.ts';
import { SourceFile } from './source/source-file.ts';
import { noInputs } from './terraform/instances/inputs.ts';
import { formatList } from './text/count.ts';

/** What became of an example. */
export interface ExampleResult {
  readonly id: string;
  readonly example: Example;
  /** A sentence; undefined where it is as it should be. */
  readonly fault: string | undefined;
}

/** @param check of the declaration */
export async function tryExamples({ id, examples }: RuleDeclaration, check: Check): Promise<readonly ExampleResult[]> {
  const config = configFor(check);
  const results: ExampleResult[] = [];
  for (const example of examples) results.push({ id, example, fault: await faultOf(example, config) });
  return results;
}

/** Whether a configuration is an example of one kind for a rule; undefined for one of none. */
export async function kindOfExample(check: Check, text: string): Promise<Example['kind'] | undefined> {
  const config = configFor(check);
  const isOf = async (kind: Example['kind']) => (await faultOf({ kind, text }, config)) === undefined;
  return (await isOf('fails')) ? 'fails' : (await isOf('passes')) ? 'passes' : undefined;
}

function configFor(check: Check): Config {
  const setting = { severity: check.severity, options: defaultsOf(check), own: check };
  return configOf(new Map([[check.id, setting]]), [check]);
}

/** What comes of an example. */
interface Judged {
  readonly problems: readonly Problem[];
  readonly findings: readonly (Located & { readonly message: string })[];
  readonly undecided: readonly { readonly because: readonly string[] }[];
}

/** Of an example, what it is judged by. */
type Given = Pick<Example, 'text' | 'before' | 'folder' | 'environment'>;

async function judge({ text, before, folder, environment }: Given, of: Config): Promise<Judged> {
  const config: Config = environment === undefined ? of : { ...of, environments: [environmentNamed(environment)] };
  const options: LintOptions = { configFor: () => config, parser: 'native', inputs: noInputs, baseline: false };
  const stateOf = (content: string): ComparedState => {
    return { fileSystem: memoryFileSystem({ [mainFileIn(folder ?? '')]: content }), paths: [''], below: '' };
  };
  const isOpened = config.ownChecks.some(({ about }) => about === 'opened');
  if (!isOpened) return lint(stateOf(text).fileSystem, [''], options);
  const how = { base: 'before', unchangedDirectories: 0 };
  const { changes: rows, undecided, problems } = await changes(stateOf(before ?? ''), stateOf(text), options, how);
  return {
    problems,
    findings: rows.flatMap(({ findings, span }) => findings.map(({ message }) => ({ message, span }))),
    undecided: [...rows, ...undecided].flatMap(({ questions }) => questions),
  };
}

function environmentNamed(name: string): Environment {
  const span = { file: new SourceFile('', name, true), start: 0, end: 0 };
  return { name, varFiles: [], variables: [], workspace: undefined, folder: '', span };
}

/** Lines are those of the example. */
async function faultOf(example: Given & Pick<Example, 'kind'>, config: Config): Promise<string | undefined> {
  const { kind } = example;
  const report = await judge(example, config);
  const broken = report.problems.find(
    ({ severity, message }) => severity === 'error' || message.startsWith(OF_OLDER_STATE),
  );
  if (broken !== undefined) {
    const line = broken.span === undefined ? '' : ` (line ${positionAt(broken.span.file, broken.span.start).line})`;
    return `It cannot be judged${line}: ${broken.message}`;
  }
  const [found] = report.findings;
  const [open] = report.undecided;
  if (kind === 'fails') {
    if (found !== undefined) return undefined;
    if (open !== undefined)
      return `It should have a finding, and is undecided: it depends on ${formatList([...open.because])}.`;
    return 'It should have a finding, and has none.';
  }
  if (found !== undefined) {
    const { line } = positionAt(found.span.file, found.span.start);
    return `It should have no finding, and has one at its line ${line}: ${found.message}`;
  }
  return open && `It should have no finding, and is undecided: it depends on ${formatList([...open.because])}.`;
}
