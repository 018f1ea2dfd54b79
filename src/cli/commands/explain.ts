/** `tfsg explain`: the documentation of a check. */

import { safeDocument } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import type { ExplainArguments } from '../options/arguments.ts';
import { readPage } from '../package.ts';
import { checksNamed } from '../session.ts';

/** Prints the pages of all checks that the name stands for. */
export async function runExplain({ check: name }: ExplainArguments, io: Io): Promise<ExitCode> {
  for (const [index, { id }] of checksNamed(name).entries()) {
    const page = readPage(id);
    if (page === undefined)
      throw new UsageError(`This installation has no documentation page for ${id} (docs/checks/${id}.md).`);
    io.stdout.write(safeDocument(`${index > 0 ? '\n' : ''}${page}`));
  }
  return 0;
}
