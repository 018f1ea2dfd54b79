/** `tfsg checks`: all checks, and which are enabled in the working directory. */

import { diskFileSystem } from '../../files.ts';
import { shownAliases } from '../../findings/aliases.ts';
import type { Check } from '../../findings/check.ts';
import { escapeControls, plain, safeLines } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { jsonDocument } from '../../report/formats/json.ts';
import { painter, severityColours } from '../../report/style.ts';
import { docsOf } from '../../site.ts';
import { mainFileIn } from '../../source/path.ts';
import { locateTree } from '../files/tree.ts';
import { type Io, isColored } from '../io.ts';
import type { ChecksArguments } from '../options/arguments.ts';
import { printProblems } from '../problems.ts';
import { isMistaken, openConfigs } from '../session.ts';

export async function runListChecks(given: ChecksArguments, io: Io): Promise<ExitCode> {
  const tree = locateTree(io.cwd, []);
  const configs = openConfigs(given, io, tree, diskFileSystem(tree.root));
  const path = mainFileIn(tree.pathOf(io.cwd));
  const { checks: settings } = configs.configFor(path).checksFor(path);
  if (isMistaken(configs)) {
    printProblems(configs.problems, given, io, tree.shownPath);
    return 2;
  }
  const { ownChecks } = configs.configFor(path);
  const others = configs.checks.filter(({ own }) => own === undefined);
  const rows = [...others, ...ownChecks].map((check) => {
    const setting = settings.get(check.id);
    return { id: check.id, severity: setting?.severity ?? check.severity, on: setting !== undefined, check };
  });
  if (given.format === 'json') {
    io.stdout.write(jsonDocument(rows.map(({ severity, on, check }) => ({ ...checkRecord(check), severity, on }))));
  } else {
    const paint = painter(isColored(io, io.stdout, given.color));
    const width = Math.max(0, ...rows.map(({ id }) => id.length));
    for (const { id, severity, on, check } of rows) {
      const state = on ? plain`on ` : paint('dim', plain`off`);
      const level = paint(severityColours[severity], escapeControls(severity.padEnd('critical'.length)));
      const where = check.about === 'opened' ? ' (asked by tfsg changes)' : '';
      const summary = escapeControls(`${check.summary}${where}`);
      io.stdout.write(safeLines([plain`${escapeControls(id.padEnd(width))}  ${level}  ${state}  ${summary}`]));
    }
  }
  printProblems(configs.problems, given, io, tree.shownPath);
  return 0;
}

/** What JSON has of a check, wherever it runs. */
export function checkRecord({ id, severity, summary, preset, aliases, sources, options, about, own }: Check) {
  return {
    id,
    severity,
    set: own === undefined ? preset : null,
    summary,
    aliases: shownAliases(aliases),
    options,
    sources,
    docs: own?.docs ?? docsOf(id),
    ...(about === 'opened' && { command: 'changes' }),
    ...(own && own.tags.length > 0 && { tags: own.tags }),
  };
}
