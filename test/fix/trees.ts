/** Fixes over trees in memory. */

import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Finding, Fix } from '../../src/findings/finding.ts';
import { type Fixed, fixFindings, type Target } from '../../src/fix/fix.ts';
import { evaluateModels, lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Outcome extends Pick<Fixed<Report>, 'count' | 'report'> {
  /** The texts of all files after the fixes. */
  readonly files: Files;
  /** `main.tf: why`. */
  readonly refusals: readonly string[];
}

/**
 * @param targetOf which file a path leads to; without it each path is a file of its own that may be changed
 * @param suggestionOf which suggestion of a finding is made; without it none
 */
export async function fixFiles(
  files: Files,
  targetOf = (path: string): Target => ({ path }),
  suggestionOf: (finding: Finding) => Fix | undefined = () => undefined,
): Promise<Outcome> {
  const config = resolveConfig(defaultLayers, checks, { only: undefined, disabled: new Set() });
  const options = { configFor: () => config, parser: 'native', inputs: noInputs } as const;
  const fixed = await fixFindings(memoryFileSystem(files), {
    report: (fileSystem) => lint(fileSystem, [''], options),
    isWanted: () => true,
    suggestionOf,
    state: (fileSystem) => evaluateModels(fileSystem, [''], options),
    targetOf,
  });
  const after = Object.entries(files).map(([path, text]) => [
    path,
    fixed.files.get(targetOf(path).path)?.after ?? text,
  ]);
  return {
    count: fixed.count,
    report: fixed.report,
    files: Object.fromEntries(after),
    refusals: fixed.refusals.map(({ finding, reason }) => `${finding.span.file.path}: ${reason}`),
  };
}
