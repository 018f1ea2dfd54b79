/** `tfsg explain`: the documentation of checks. */

import type { Check } from '../../findings/check.ts';
import { safeDocument } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { jsonDocument } from '../../report/formats/json.ts';
import { type Io, UsageError } from '../io.ts';
import type { ExplainArguments } from '../options/arguments.ts';
import { readPage } from '../package.ts';
import { checksHere, checksNamed } from '../session.ts';
import { checkRecord } from './checks.ts';

/** Prints the pages of all checks that the names stand for, each once. */
export async function runExplain(given: ExplainArguments, io: Io): Promise<ExitCode> {
  const known = checksHere(io);
  const named = [...new Set(given.checks.flatMap((name) => checksNamed(name, known)))];
  const pages = named.map((check) => ({ check, page: pageOf(check, given.examples) }));
  if (given.format === 'json') {
    io.stdout.write(jsonDocument(pages.map(({ check, page }) => ({ ...checkRecord(check), documentation: page }))));
    return 0;
  }
  io.stdout.write(safeDocument(pages.map(({ page }) => page).join('\n')));
  return 0;
}

function pageOf({ id, own }: Check, hasExamples: boolean): string {
  if (own !== undefined)
    return hasExamples
      ? own.page
      : own.page
          .replace(/^## Example\n.*/ms, '')
          .trimEnd()
          .concat('\n');
  const page = readPage(id, hasExamples);
  if (page !== undefined) return `${page.trimEnd()}\n`;
  throw new UsageError(`This installation has no documentation page for ${id} (docs/checks/${id}.md).`);
}
