/** `tfsg merge`: merges the reports of a sharded run. */

import { checks } from '../../checks/index.ts';
import { safe } from '../../report/escape.ts';
import { type ExitCode, exitCode } from '../../report/exit-code.ts';
import { incompleteShards, joinReports } from '../../report/join.ts';
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
  const incomplete = incompleteShards(documents);
  if (incomplete !== undefined) throw new UsageError(incomplete);
  const whole = joinReports(documents);
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

function read(io: Io, file: string): ReadBack {
  const text = new TextDecoder().decode(readGiven(io.cwd, file, 'merge'));
  const result = readBack(text);
  if (typeof result === 'string') throw new UsageError(`${file} ${result}.`);
  return result;
}
