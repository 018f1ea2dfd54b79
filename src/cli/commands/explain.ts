/** `tfsg explain`: a check's page. */

import type { ExitCode } from '../../report/exit-code.ts';
import type { ExplainArguments } from '../arguments.ts';
import { type Io, UsageError } from '../io.ts';
import { readPackaged } from '../package.ts';
import { checksNamed } from '../session.ts';

/** Prints the pages of all checks that the name stands for. */
export async function runExplain({ check: name }: ExplainArguments, io: Io): Promise<ExitCode> {
  for (const [index, { id }] of checksNamed(name).entries()) {
    const page = readPackaged(`docs/checks/${id}.md`);
    if (page === undefined) throw new UsageError(`The page docs/checks/${id}.md is missing from this installation.`);
    const text = page.replace(/^<!-- .*? -->\n+/gm, '');
    io.stdout.write(`${index > 0 ? '\n' : ''}${text}`);
  }
  return 0;
}
