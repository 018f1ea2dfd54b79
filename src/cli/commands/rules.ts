/** `tfsg rules`: tests, explains, begins and imports own rules. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../checks/index.ts';
import { RULES_FILE } from '../../config/own/declared-rules.ts';
import { diskFileSystem } from '../../files.ts';
import type { Check } from '../../findings/check.ts';
import { safe, safeDocument } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { jsonDocument } from '../../report/formats/json.ts';
import { type ExampleResult, tryExamples } from '../../rule-examples.ts';
import type { RuleDeclaration } from '../../rules/declaration.ts';
import { readRules } from '../../rules/index.ts';
import { referenceText } from '../../rules/reference.ts';
import { skeletonNames, skeletonOf } from '../../rules/skeleton.ts';
import { placeOf, rangeOf } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import { formatCount } from '../../text/count.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { writeTo } from '../files/destination.ts';
import { type DiskTree, locateTree, readGiven } from '../files/tree.ts';
import { type Io, UsageError } from '../io.ts';
import { type RulesArguments, ruleActions } from '../options/arguments.ts';
import { inOrder, printProblems } from '../problems.ts';
import { checksHere, checksNamed, configsHere } from '../session.ts';

export async function runRules(given: RulesArguments, io: Io): Promise<ExitCode> {
  const [action = '', ...others] = given.words;
  switch (action) {
    case 'test':
      return testRules(others, given, io);
    case 'explain':
      return explainRules(others, io);
    case 'new':
      return newRule(others, io);
    case 'import':
      return (await import('./rules-import.ts')).importRules(others, io);
    default: {
      const nearest = nearestName(action, ruleActions);
      const hint = nearest === undefined ? '' : ` Did you mean "tfsg rules ${nearest}"?`;
      throw new UsageError(
        `Unknown action ${JSON.stringify(action)}: expected ${ruleActions.join(', ')}.${hint}`,
        'rules',
      );
    }
  }
}

interface ReadFile {
  readonly path: string;
  readonly declarations: readonly RuleDeclaration[];
  readonly checks: readonly Check[];
}

/** The files that are named, else those that hold here. */
function readFiles(
  given: readonly string[],
  tree: DiskTree,
  io: Io,
): { readonly files: readonly ReadFile[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const taken = new Map(checks.map(({ id }) => [id, 'a check of tfsg']));
  const together = {};
  const read = (path: string, bytes: Uint8Array): ReadFile => {
    const { value, problems: found } = readRules(path, bytes, taken, together);
    problems.push(...found);
    for (const { id, span } of value.declarations) taken.set(id, placeOf(span));
    return { path, ...value };
  };
  if (given.length > 0) {
    const files = given.map((path) => read(tree.pathOf(path), readGiven(io.cwd, path, 'rules test')));
    return { files, problems };
  }
  const { configs, layers } = configsHere(io);
  const named = layers.flatMap((layer) => (layer.kind === 'file' ? (layer.rules?.files ?? []) : []));
  const disk = diskFileSystem(tree.root);
  const files = [...new Set(named)].flatMap((path) => {
    const found = disk.read(path);
    return found.kind === 'file' ? read(path, found.bytes) : [];
  });
  // What is wrong with the rules themselves is told by reading them.
  const others = configs.problems.filter(({ span }) => !named.includes(span?.file.path ?? ''));
  return { files, problems: [...others, ...problems] };
}

async function testRules(paths: readonly string[], given: RulesArguments, io: Io): Promise<ExitCode> {
  const tree = locateTree(io.cwd, paths);
  const { files, problems } = readFiles(paths, tree, io);
  const results: ExampleResult[] = [];
  for (const { declarations, checks: own } of files) {
    for (const [index, each] of declarations.entries()) results.push(...(await tryExamples(each, own[index]!)));
  }
  const faults = results.filter(({ fault }) => fault !== undefined);
  const isBroken = problems.some(({ severity }) => severity === 'error');
  const isEmpty = files.length === 0 && !isBroken;
  if (given.format === 'json') {
    io.stdout.write(jsonDocument(documentOf(results, problems)));
  } else {
    for (const { id, example, fault } of faults) {
      const place = placeOf(example.span, tree.shownPath(example.span.file.path));
      io.stdout.write(safe`${place} ${id} ${example.kind}: ${fault!}\n`);
    }
  }
  printProblems(inOrder(problems), given, io, tree.shownPath);
  if (isEmpty) io.stderr.write(safe`tfsg: no own rules here: "tfsg rules new ID" writes one to ${RULES_FILE}.\n`);
  else if (isBroken && results.length === 0) io.stderr.write(safe`tfsg: no rule was tested because of errors.\n`);
  else if (!given.quiet) {
    const rules = formatCount(new Set(results.map(({ id }) => id)).size, 'rule');
    const failed = faults.length === 0 ? 'all as they should be' : `${faults.length} not as they should be`;
    const others = isBroken ? '; what has errors was not tested' : '';
    io.stderr.write(safe`tfsg: ${rules}, ${formatCount(results.length, 'example')}: ${failed}${others}\n`);
  }
  if (isBroken) return 2;
  return faults.length > 0 ? 1 : 0;
}

function documentOf(results: readonly ExampleResult[], problems: readonly Problem[]) {
  return {
    schemaVersion: 1,
    examples: results.map(({ id, example, fault = null }) => ({
      rule: id,
      kind: example.kind,
      file: example.span.file.path,
      range: rangeOf(example.span),
      passed: fault === null,
      reason: fault,
    })),
    problems: problems.map(({ kind, severity, message, span, hint = null }) => ({
      kind,
      severity,
      message,
      file: span?.file.path ?? null,
      range: span === undefined ? null : rangeOf(span),
      hint,
    })),
  };
}

/** The pages of some own rules, or what all of them can ask. */
function explainRules(ids: readonly string[], io: Io): ExitCode {
  if (ids.length === 0) {
    io.stdout.write(safeDocument(referenceText()));
    return 0;
  }
  const known = checksHere(io);
  const pages = ids
    .flatMap((id) => checksNamed(id, known))
    .map(({ id, own }) => {
      if (own === undefined) throw new UsageError(`${id} is a check of tfsg: "tfsg explain ${id}" explains it.`);
      return own.page;
    });
  io.stdout.write(safeDocument(pages.join('\n')));
  return 0;
}

/** Writes a rule beside the config that holds here, or at the root of the repository. */
function newRule(words: readonly string[], io: Io): ExitCode {
  const [id, subject = 'rule', further] = words;
  if (id === undefined) throw new UsageError('Missing argument <id>: "tfsg rules new acme-no-telnet".', 'rules');
  if (further !== undefined) throw new UsageError(`Unexpected argument ${JSON.stringify(further)}.`, 'rules');
  const of = skeletonNames.find((name) => name === subject);
  if (of === undefined)
    throw new UsageError(
      `Expected ${skeletonNames.join(' or ')} after the id, not ${JSON.stringify(subject)}.`,
      'rules',
    );
  if (!/^[a-z][a-z0-9-]*$/.test(id))
    throw new UsageError(
      `${JSON.stringify(id)} is not an id: expected lower-case letters, digits and hyphens.`,
      'rules',
    );
  const other = checksHere(io).find((check) => check.id === id);
  if (other !== undefined) {
    const who = other.own === undefined ? 'a check of tfsg' : placeOf(other.own.span);
    throw new UsageError(`The id ${JSON.stringify(id)} is taken: ${who} has it.`);
  }
  const tree = locateTree(io.cwd, []);
  const { config } = configsHere(io);
  const file = join(tree.root, config.own?.folder ?? '', RULES_FILE);
  const before = existsSync(file) ? `${readFileSync(file, 'utf8').trimEnd()}\n\n` : '';
  const fault = writeTo(file, safeDocument(before + skeletonOf(id, of)), [tree.root]);
  const shown = tree.shownPath(tree.pathOf(file));
  if (fault !== undefined) throw new UsageError(`Cannot write ${shown}: ${fault}.`);
  io.stderr.write(safe`tfsg: ${id} added to ${shown}; "tfsg rules test" tests it.\n`);
  return 0;
}
