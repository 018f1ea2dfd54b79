/** `tfsg rules import`: other tools' custom checks as own rules. */

import { checks } from '../../checks/index.ts';
import { safe, safeDocument } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { kindOfExample } from '../../rule-examples.ts';
import { candidates, declarationOf, type ImportedRule, importedRules } from '../../rules/import/index.ts';
import { readRules } from '../../rules/index.ts';
import { formatCount } from '../../text/count.ts';
import { readGiven } from '../files/tree.ts';
import { type Io, UsageError } from '../io.ts';

/** Prints what has a counterpart, with examples that hold, and says of the rest why not. */
export async function importRules(files: readonly string[], io: Io): Promise<ExitCode> {
  if (files.length === 0) throw new UsageError('Missing argument <file>: "tfsg rules import _tfchecks.yaml".', 'rules');
  const declared: string[] = [];
  const taken = new Set(checks.map(({ id }) => id));
  let left = 0;
  for (const file of files) {
    const imported = importedRules(new TextDecoder().decode(readGiven(io.cwd, file, 'rules import')));
    if (typeof imported === 'string') throw new UsageError(`${file}: ${imported}`);
    for (const each of imported) {
      const made = each.kind === 'left' ? each : await withExamples(each.rule, taken);
      if (typeof made === 'string') {
        declared.push(made);
        continue;
      }
      left++;
      io.stderr.write(safe`tfsg: ${file}: ${made.id} was left out. ${made.reason}\n`);
    }
  }
  io.stdout.write(safeDocument(declared.join('\n')));
  const said = `${formatCount(declared.length, 'rule')} imported`;
  io.stderr.write(safe`tfsg: ${said}, ${left} left out\n`);
  return 0;
}

/** The rule's declaration, or why there is none. */
async function withExamples(
  given: ImportedRule,
  taken: Set<string>,
): Promise<string | { readonly id: string; readonly reason: string }> {
  const rule = { ...given, id: freeId(given.id, taken) };
  const left = (reason: string) => ({ id: rule.alias, reason });
  const { value, problems } = readRules(
    'imported.rules.hcl',
    new TextEncoder().encode(declarationOf(rule, 'locals {}', 'locals {}')),
    new Map(),
    {},
  );
  const [check] = value.checks;
  const [problem] = problems;
  if (problem !== undefined) return left(problem.message);
  if (check === undefined) return left('It could not be read as a rule.');
  const found = new Map<'fails' | 'passes', string>();
  for (const candidate of candidates(rule)) {
    const kind = await kindOfExample(check, candidate);
    if (kind !== undefined && !found.has(kind)) found.set(kind, candidate);
    if (found.size === 2) break;
  }
  const [fails, passes] = [found.get('fails'), found.get('passes')];
  if (fails === undefined || passes === undefined)
    return left(
      `No configuration was found that it ${fails === undefined ? 'finds something in' : 'finds nothing in'}: ${rule.when}`,
    );
  taken.add(rule.id);
  return declarationOf(rule, fails, passes);
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? id : `${id}-${number}`;
    if (!taken.has(free)) return free;
  }
}
