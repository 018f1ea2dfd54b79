/** `tfsg rules import`: other tools' custom checks as own rules. */

import type { ExitCode } from '../../report/exit-code.ts';
import type { Io } from '../io.ts';

export async function importRules(_files: readonly string[], _io: Io): Promise<ExitCode> {
  return 0;
}
