/** Examples of own rules, linted in memory. */

import { type Config, configOf } from './config/config.ts';
import { defaultsOf } from './config/resolve.ts';
import { memoryFileSystem } from './files.ts';
import type { Check } from './findings/check.ts';
import { lint } from './lint.ts';
import type { Example, RuleDeclaration } from './rules/declaration.ts';
import { positionAt } from './source/position.ts';
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

/** Lines are those of the example. */
async function faultOf({ kind, text }: Pick<Example, 'kind' | 'text'>, config: Config): Promise<string | undefined> {
  const report = await lint(memoryFileSystem({ 'main.tf': text }), [''], {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
    baseline: false,
  });
  const broken = report.problems.find(({ severity }) => severity === 'error');
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
