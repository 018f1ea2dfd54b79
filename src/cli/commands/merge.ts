/** `tfsg merge`: merges the reports of a sharded run, or of many repositories. */

import { normalize, sep } from 'node:path';
import { checks } from '../../checks/index.ts';
import type { ReportDocument } from '../../report/document.ts';
import { safe } from '../../report/escape.ts';
import { type ExitCode, exitCode } from '../../report/exit-code.ts';
import { joinRepositories } from '../../report/merge/join-repositories.ts';
import { incompleteShards, joinReports } from '../../report/merge/join-shards.ts';
import { type ReadBack, readBack } from '../../report/read-back.ts';
import { documentFormatNamed } from '../../report/render.ts';
import { describeUnresolved, unresolvedIn } from '../../report/unresolved.ts';
import { deliver, loadFormats } from '../deliver.ts';
import { locateTree, readGiven } from '../files/tree.ts';
import { type Io, UsageError } from '../io.ts';
import type { MergeArguments } from '../options/arguments.ts';
import { shownIn } from '../shown.ts';
import { writeSummary } from '../summary.ts';

/** @throws UsageError if a file is no report, or the shards are not all there */
export async function runMerge(given: MergeArguments, io: Io): Promise<ExitCode> {
  const reports = given.files.map((file) => read(io, file));
  const documents = reports.map(({ document }) => document);
  const whole = given.ofRepositories ? joinNamed(given.files, documents) : joinShards(documents);
  const unresolved = unresolvedIn(whole, checks, () => given.failOn);
  const reasons = given.failsOnUnresolved ? describeUnresolved(unresolved) : '';
  const ofFindings = exitCode(whole, () => given.failOn);
  const code = ofFindings === 0 && reasons !== '' ? 1 : ofFindings;
  const unknown = given.unknown || (reasons !== '' && unresolved.questions.length > 0);
  const format = given.format ?? reports[0]!.format;
  const delivery = await loadFormats({ ...given, format, unknown }, documentFormatNamed);
  const { isComplete } = await deliver(
    delivery,
    io,
    async (each, options) => each.render(shownIn(whole, each, given), options),
    { checks, roots: [locateTree(io.cwd, []).root], exitCode: code },
  );
  writeSummary(
    {
      report: whole,
      shown: shownIn(whole, delivery.format, given).findings,
      listsUnknown: unknown,
      isFixed: false,
      failOn: () => given.failOn,
      unresolved: reasons,
      printed: safe``,
      quiet: given.quiet,
      color: given.color,
    },
    io,
  );
  return isComplete ? code : 2;
}

function joinShards(documents: readonly ReportDocument[]): ReportDocument {
  const incomplete = incompleteShards(documents);
  if (incomplete !== undefined) throw new UsageError(incomplete);
  return joinReports(documents);
}

function joinNamed(files: readonly string[], documents: readonly ReportDocument[]): ReportDocument {
  const names = namesOf(files);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`Two reports are of the repository ${twice}.`);
  const shard = documents.findIndex((document) => document.shard !== undefined);
  if (shard !== -1)
    throw new UsageError(`${files[shard]} is from a run with --shard: merge the shards of each repository first.`);
  return joinRepositories(documents.map((document, index) => ({ name: names[index]!, document })));
}

/** Of repositories: the paths of their reports below the folder that all of them have in common, without the extension. */
function namesOf(files: readonly string[]): readonly string[] {
  const paths = files.map((file) => normalize(file).split(sep));
  const [first = []] = paths;
  const isShared = (step: string, at: number): boolean =>
    paths.every((path) => path[at] === step && at < path.length - 1);
  const end = first.findIndex((step, at) => !isShared(step, at));
  return paths.map((path) =>
    path
      .slice(end)
      .join('/')
      .replace(/\.(?:json|sarif)$/, ''),
  );
}

function read(io: Io, file: string): ReadBack {
  const text = new TextDecoder().decode(readGiven(io.cwd, file, 'merge'));
  const result = readBack(text);
  if (typeof result === 'string') throw new UsageError(`${file} ${result}.`);
  return result;
}
