/** `tfsg lint --fix` and `--fix-dry-run`: what is written or printed before the report. */

import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { FileSystem } from '../files.ts';
import type { Finding, Fix } from '../findings/finding.ts';
import { membersOf } from '../findings/gather.ts';
import { spans } from '../findings/places.ts';
import { type Fixed, fixFindings, type Target } from '../fix/fix.ts';
import { evaluateModels, type LintOptions } from '../lint.ts';
import { safe, safePatch, verbatim } from '../report/escape.ts';
import { isAtLeast } from '../report/exit-code.ts';
import type { Report } from '../report/report.ts';
import { placeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import { replaceFiles } from './files/replace-files.ts';
import type { DiskTree } from './files/tree.ts';
import { type Io, UsageError } from './io.ts';
import type { LintArguments } from './options/arguments.ts';
import type { Session } from './session.ts';

/** The report that is left to print, and where. */
export interface AfterFixes {
  readonly report: Report;
  readonly io: Io;
}

/** Lints a state of the tree. */
export type LintState = (fileSystem: FileSystem, options: LintOptions) => Promise<Report>;

/**
 * Makes the fixes of the findings that the report shows, and with --unsafe-fixes the first suggestion of each that has any. `write`: in the files, or for the text from standard input on standard
 * output, where the report goes to stderr. `print`: nothing is written, the diff stands on standard output in the place of
 * the report, which is of the tree as it is.
 *
 * @throws UsageError if the text from standard input can't be given back
 */
export async function fixFirst(
  mode: 'write' | 'print',
  given: LintArguments,
  io: Io,
  session: Session,
  lint: LintState,
): Promise<AfterFixes> {
  const { fileSystem, paths, tree } = session;
  const lintState = (state: FileSystem) => lint(state, optionsIn(state, session.options));
  const isWanted = ({ severity }: Finding) => isAtLeast(severity, given.minSeverity ?? 'info');
  const targetOf = targetsOf(session, given.stdinFilename);
  /** Files with text that is not shown, by their targets. */
  const secret = new Set<string>();
  let first: Report | undefined;
  const fixed = await fixFindings(fileSystem, {
    report: async (state) => {
      const report = await lintState(state);
      first ??= report;
      for (const { span } of membersOf(report.findings, spans).flatMap(({ fix }) => fix?.edits ?? [])) {
        if (!span.file.shows({ start: 0, end: span.file.text.length })) secret.add(targetOf(span.file.path).path);
      }
      return report;
    },
    isWanted,
    ...(given.unsafeFixes && { suggestionOf }),
    state: (state) => evaluateModels(state, paths, optionsIn(state, session.options)),
    targetOf,
  });
  const say = (text: string) => given.quiet || io.stderr.write(safe`tfsg: ${text}\n`);
  for (const { finding, reason } of fixed.refusals)
    say(`${placeIn(tree, finding)} ${finding.check} was not fixed: ${reason}.`);
  for (const { finding, fix } of fixed.suggestions) {
    const others = finding.suggestions.filter((each) => each !== fix).map(({ message }) => message);
    const rest = others.length === 0 ? '' : ` Alternative: ${others.join(' ')}`;
    say(`${placeIn(tree, finding)} ${finding.check}, unsafe fix: ${fix.message}${rest}`);
  }
  const changed = [...fixed.files.keys()].map(tree.shownPath);
  const scope = changed.length === 1 ? changed[0]! : count(changed.length, 'file');
  const files = given.stdinFilename === undefined || mode === 'print' ? ` in ${scope}` : '';
  const made = fixed.suggestions.length;
  const unsafe = made === 0 ? '' : `, ${made} unsafe (review the allowed traffic)`;
  const hasSuggestion = (finding: Finding) => isWanted(finding) && suggestionOf(finding) !== undefined;
  const open = given.unsafeFixes ? 0 : membersOf(fixed.report.findings, spans).filter(hasSuggestion).length;
  const more =
    open === 0 ? '' : ` ${open} more can be fixed with --unsafe-fixes, which may change the allowed traffic.`;
  const counts = `${count(fixed.count, 'finding')}${files}${unsafe}.${more}`;

  if (mode === 'print') {
    const { patchOf } = await import('../fix/patch.ts');
    for (const [path, { before, after }] of fixed.files) {
      const patch = safePatch(patchOf(path, before, after));
      if (secret.has(path)) say(`the diff of ${path} is not shown because the file contains sensitive values.`);
      else if (patch !== undefined) io.stdout.write(patch);
      else say(`the diff of ${path} is not shown because it contains control characters or CI commands.`);
    }
    say(`would fix ${counts}`);
    return { report: first!, io: { ...io, stdout: { ...io.stdout, write: () => {} } } };
  }
  if (given.stdinFilename !== undefined) {
    const path = tree.pathOf(given.stdinFilename);
    io.stdout.write(verbatim(fixed.files.get(path)?.after ?? textOf(fileSystem, path, given.stdinFilename)));
    say(`fixed ${counts}`);
    return { report: fixed.report, io: { ...io, stdout: io.stderr } };
  }
  const problems = write(fixed, tree.root);
  if (problems.length > 0) {
    const unchanged = await lintState(fileSystem);
    return { report: { ...unchanged, problems: [...problems, ...unchanged.problems] }, io };
  }
  if (changed.length > 1) for (const path of changed) say(`changed ${path}`);
  say(`fixed ${counts}`);
  return { report: fixed.report, io };
}

/** The one that allows the least: a rule that is too narrow shows when something cannot connect, a rule that is too wide does not show. */
const suggestionOf = ({ suggestions }: Finding): Fix | undefined => suggestions[0];

/** Variable files of the command line were read before the fixes: those of the tree are read again. */
function optionsIn(fileSystem: FileSystem, options: LintOptions): LintOptions {
  const variables = options.inputs.variables.map((given) => {
    const read = given.kind === 'var-file' ? fileSystem.read(given.path) : undefined;
    return given.kind === 'var-file' && read?.kind === 'file' ? { ...given, bytes: read.bytes } : given;
  });
  return { ...options, inputs: { ...options.inputs, variables } };
}

function write({ files }: Fixed<Report>, root: string): Problem[] {
  const encoder = new TextEncoder();
  const replaced = replaceFiles(
    [...files].map(([path, { before, after }]) => ({
      path: join(root, path),
      before: encoder.encode(before),
      after: encoder.encode(after),
    })),
  );
  const pathOf = new Map([...files.keys()].map((path) => [join(root, path), path]));
  const rest = replaced.count === 0 ? ' No files were changed.' : '';
  return replaced.faults.map(({ path, reason }) => ({
    kind: 'file',
    severity: 'error',
    message: `Cannot write ${pathOf.get(path)}: ${reason}.${rest}`,
  }));
}

/** Which file each path of the tree leads to, and whether that may be changed. */
function targetsOf({ tree, configs }: Session, stdinFilename: string | undefined): (path: string) => Target {
  const document = stdinFilename === undefined ? undefined : tree.pathOf(stdinFilename);
  const known = new Map<string, Target>();
  const locate = (path: string): Target => {
    if (document !== undefined) {
      return { path, ...(path !== document && { fault: 'only the file from standard input can be changed' }) };
    }
    if (isAbsolute(path)) return { path, fault: 'it is outside the tree' };
    let real: string;
    try {
      real = realpathSync.native(join(tree.root, path));
    } catch {
      return { path, fault: 'it is not a regular file' };
    }
    const target = tree.pathOf(real);
    if (isAbsolute(target)) return { path, fault: 'it is a symbolic link that points outside the tree' };
    if (!configs.configFor(target).isIncluded(target)) {
      return { path: target, fault: 'the configuration excludes it' };
    }
    if (!isWritable(real)) return { path: target, fault: 'it is read-only' };
    if (!isWritable(dirname(real))) return { path: target, fault: 'its directory is read-only' };
    return { path: target };
  };
  return (path) => {
    let target = known.get(path);
    if (target === undefined) known.set(path, (target = locate(path)));
    return target;
  };
}

/** A superuser may write everything, but what has no permission to write is not meant to be. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return (statSync(path).mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

function textOf(fileSystem: FileSystem, path: string, name: string): string {
  const read = fileSystem.read(path);
  try {
    if (read.kind === 'file') return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(read.bytes);
  } catch {
    // Said below.
  }
  throw new UsageError(`--fix --stdin-filename ${name}: standard input is not UTF-8 text, so it cannot be fixed.`);
}

function placeIn(tree: DiskTree, { span }: Finding): string {
  return placeOf(span, tree.shownPath(span.file.path));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
