/** `tfsg baseline`: records findings in the baselines that configurations name, prunes these, and shows them. */

import { join, resolve } from 'node:path';
import {
  type Entries,
  pruned,
  type RunFindings,
  total,
  type Update,
  updated,
} from '../../findings/baseline/baseline.ts';
import { findingsByBaseline, readConfigured } from '../../findings/baseline/configured.ts';
import { baselineText, type RecordedEntry } from '../../findings/baseline/document.ts';
import { lint } from '../../lint.ts';
import { safe, safeJson } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { formatCount } from '../../text/count.ts';
import { suppressionsOf } from '../accepted.ts';
import { readEntries, saveBaseline } from '../baseline.ts';
import { locateTree } from '../files/tree.ts';
import type { Io } from '../io.ts';
import type { BaselineArguments } from '../options/arguments.ts';
import { nothingLinted, printProblems } from '../problems.ts';
import { isMistaken, openSession, type Session } from '../session.ts';

/** A baseline file and what belongs in it. */
interface Target {
  /** Absolute. */
  readonly file: string;
  /** For people. */
  readonly shown: string;
  readonly before: Entries;
  /** What the file holds now; undefined where it is not there. */
  readonly bytes: Uint8Array | undefined;
  readonly found: RunFindings;
}

const nothing: Entries = { entries: [], old: [] };

/** Lints without any baseline, and brings each baseline up to date: 1 if that is only shown and something would change. */
export async function runBaseline(given: BaselineArguments, io: Io): Promise<ExitCode> {
  const session = await openSession(given, io);
  const { fileSystem, paths, configs, options, tree } = session;
  for (const path of paths) configs.configFor(path);
  let found: RunFindings | undefined;
  const report = await lint(fileSystem, paths, {
    ...options,
    suppressions: suppressionsOf({ reportUnusedSuppressions: false }, io),
    baseline(all) {
      found = all;
      return { parts: all.parts, known: [] };
    },
  });
  const problems = [...session.problems, ...configs.problems, ...report.problems];
  const errors = problems.filter(({ severity }) => severity === 'error');
  const isEmpty = report.summary.files === 0 && errors.length === 0;
  printProblems(isEmpty ? [nothingLinted(report.summary.excluded, 'error')] : errors, given, io, tree.shownPath);
  if (isEmpty || isMistaken(configs) || found === undefined) return 2;
  const targets = await targetsOf(given, session, found, io);
  if (targets === undefined) return 2;
  const isWhole = errors.length === 0;
  const isThere = (path: string): boolean => fileSystem.read(path).kind === 'file';
  let code: ExitCode = isWhole ? 0 : 2;
  for (const target of targets) {
    if (given.mode === 'show') show(target, io);
    else {
      const update = (given.mode === 'prune' ? pruned : updated)(target.before, target.found, isThere, isWhole);
      const outcome = bring(target, update, given, io, [tree.root, locateTree(io.cwd, []).root]);
      code = Math.max(code, outcome) as ExitCode;
    }
  }
  if (!isWhole) io.stderr.write(safe`tfsg: nothing was removed because some files could not be read\n`);
  return code;
}

/** Undefined if one can't be read, which is said. */
async function targetsOf(
  given: BaselineArguments,
  { fileSystem, configs, tree }: Session,
  found: RunFindings,
  io: Io,
): Promise<readonly Target[] | undefined> {
  if (given.file !== undefined) {
    const { entries, bytes } = readEntries(given.file, io);
    return [{ file: resolve(io.cwd, given.file), shown: given.file, before: entries, bytes, found }];
  }
  const targets: Target[] = [];
  for (const [path, ofBaseline] of findingsByBaseline(found, configs.configFor)) {
    if (path === false) {
      const left = ofBaseline.parts.filter(({ answer }) => answer === 'yes').length;
      if (left > 0)
        io.stderr.write(
          safe`tfsg: the configuration of some files has "baseline": false, so their findings are not recorded\n`,
        );
      continue;
    }
    const read = await readConfigured(fileSystem, path);
    if (read !== undefined && 'problem' in read) {
      printProblems([read.problem], given, io, tree.shownPath);
      return undefined;
    }
    const raw = fileSystem.read(path);
    targets.push({
      file: join(tree.root, path),
      shown: tree.shownPath(path),
      before: read?.entries ?? nothing,
      bytes: raw.kind === 'file' ? raw.bytes : undefined,
      found: ofBaseline,
    });
  }
  return targets;
}

/** Writes a baseline, if that is asked and changes it, and says what changed. */
function bring(
  { file, shown, bytes }: Target,
  update: Update,
  { mode, dryRun, quiet }: BaselineArguments,
  io: Io,
  roots: readonly string[],
): ExitCode {
  const say = (text: string): void => {
    if (!quiet) io.stdout.write(safe`${text}\n`);
  };
  const text = baselineText(update);
  const isSame = bytes !== undefined && new TextDecoder().decode(bytes).replaceAll('\r\n', '\n') === text;
  const fixed = total(update.gone);
  const all = [...update.entries, ...update.old];
  if (bytes === undefined && all.length === 0) {
    say(`${shown}: nothing to record`);
    return 0;
  }
  for (const entry of update.gone) say(`fixed: ${describeEntry(entry)}`);
  const added = mode === 'prune' ? `${formatCount(update.added, 'new finding')} left out` : `${update.added} added`;
  const changes = isSame && update.added === 0 ? 'nothing changed' : `${added}, ${fixed} fixed`;
  say(`${shown}: ${dryRun && !isSame ? 'would change: ' : ''}${changes}, ${total(all)} in total`);
  if (dryRun) return isSame ? 0 : 1;
  const fault = saveBaseline(file, safeJson(text), bytes, roots);
  if (fault !== undefined) {
    io.stderr.write(safe`tfsg: ${shown}: ${fault}.\n`);
    return 2;
  }
  if (bytes === undefined) say('Commit this file: from now on, tfsg reports only what is not in it.');
  return 0;
}

function show({ shown, before, bytes }: Target, io: Io): void {
  const entries = [...before.entries, ...before.old];
  for (const entry of entries) io.stdout.write(safe`${describeEntry(entry)}\n`);
  const what = bytes === undefined ? 'no such file' : `${formatCount(total(entries), 'finding')}`;
  io.stderr.write(safe`tfsg: ${shown}: ${what}\n`);
}

/** `network/main.tf admin-port-open aws_security_group.web ingress 22/tcp 0.0.0.0/0`. */
function describeEntry({ file, check, subject, count, when, ...entry }: RecordedEntry): string {
  const details = [entry.direction, entry.traffic, entry.peers, entry.content].filter((each) => each !== undefined);
  const worlds = when === undefined ? [] : [`when ${JSON.stringify(when)}`];
  const places = count > 1 ? [`(${count} places)`] : [];
  return [file, check, subject, ...details, ...worlds, ...places].join(' ');
}
