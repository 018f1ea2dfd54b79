/** Trees whose fixes are made in memory, and what the oracle says of them. */

import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { type FileSystem, overlayFileSystem } from '../../src/files.ts';
import { type Fixed, fixFindings } from '../../src/fix/fix.ts';
import { type Evaluated, evaluateModels, lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import type { Random } from '../fuzz-terraform/random.ts';
import { type Claim, claimsIn, findingOf } from './claims.ts';
import { differenceOf } from './oracle.ts';

const config = resolveConfig(defaultLayers, checks, { only: undefined, disabled: new Set() });
const options = { configFor: () => config, parser: 'native', inputs: noInputs } as const;

const stateOf = (fileSystem: FileSystem): Promise<Evaluated> => evaluateModels(fileSystem, [''], options);
const shared = { isWanted: () => true, state: stateOf, targetOf: (path: string) => ({ path }) };

interface Trial {
  readonly fixed: Fixed<Report>;
  /** What groups let in or out after the fixes and not before, or the other way; undefined where they are as they should be. */
  readonly difference: string | undefined;
}

/** Makes the safe fixes of what the checks find. */
export async function tryFixes(fileSystem: FileSystem): Promise<Trial> {
  const fixed = await fixFindings(fileSystem, { ...shared, report: (state) => lint(state, [''], options) });
  const changed = new Map([...fixed.files].map(([path, { after }]) => [path, after]));
  return { fixed, difference: await differenceBetween(fileSystem, overlayFileSystem(fileSystem, changed)) };
}

interface ClaimTrial {
  readonly claim: Claim;
  /** Why the engine did not make it; undefined where it did. */
  readonly refusal: string | undefined;
  /** What the edit changes of what groups let in or out; undefined for nothing. */
  readonly difference: string | undefined;
}

/** Has the engine judge edits that are claimed to be safe, one after the other, each in the tree as it was. */
export async function* tryClaims(
  fileSystem: FileSystem,
  texts: ReadonlyMap<string, string>,
  random: Random,
): AsyncIterable<ClaimTrial> {
  for (const [path, text] of texts) {
    for (const claim of claimsIn(path, text, random)) {
      const findings = [findingOf(claim)];
      const fixed = await fixFindings(fileSystem, { ...shared, report: async () => ({ findings }) });
      const { span } = claim;
      const edited = text.slice(0, span.start) + claim.text + text.slice(span.end);
      const difference = await differenceBetween(fileSystem, overlayFileSystem(fileSystem, new Map([[path, edited]])));
      yield { claim, refusal: fixed.count > 0 ? undefined : fixed.refusals[0]?.reason, difference };
    }
  }
}

async function differenceBetween(before: FileSystem, after: FileSystem): Promise<string | undefined> {
  return differenceOf((await stateOf(before)).models, (await stateOf(after)).models);
}
