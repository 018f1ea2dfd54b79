/** What comes up in a world, of what some resources are worked out from: the same whatever else was asked there. */

import { append } from '../../collections/append.ts';
import type { EvaluationProblem } from '../expressions/scope.ts';
import { compareInputs } from './domains.ts';
import type { IsMeant } from './instance.ts';
import type { ModuleEntry, ModuleInstance } from './module-instance.ts';
import { entryKeys, resourceOf } from './references.ts';

/** What came up in some resources that were asked for, and in all that they were worked out from. */
export function problemsBehind(root: ModuleInstance, isMeant: IsMeant): readonly EvaluationProblem[] {
  return problemsOf(askedEntries(root, isMeant), ({ sources, problems }) => ({ sources, problems }));
}

/**
 * What comes up in how many instances there are of some resources, whatever is in them, and in the local values that compare an input
 * of the world with something: each as soon as it is known.
 *
 * @param base of the world
 */
export function* problemsOfExistence(
  root: ModuleInstance,
  base: ModuleInstance,
  isMeant: IsMeant,
): Iterable<EvaluationProblem> {
  // Most worlds that are not possible show it here, and working out how many instances there are takes longer.
  yield* problemsOf(new Set(compareInputs(root, base)), existence);
  root.instances(() => true, isMeant);
  yield* problemsOf(askedEntries(root, isMeant), existence);
}

/** What an entry says of how many instances there are. */
function existence({ made, sources, problems }: ModuleEntry): FaultSource {
  return {
    sources: made === undefined ? sources : [...sources].slice(0, made.sources),
    problems: made === undefined ? problems : problems.slice(0, made.problems),
  };
}

interface FaultSource {
  readonly sources: Iterable<ModuleEntry>;
  readonly problems: readonly EvaluationProblem[];
}

/** @param entries gets all that they were worked out from */
function problemsOf(
  entries: Set<ModuleEntry>,
  partOf: (entry: ModuleEntry) => FaultSource,
): readonly EvaluationProblem[] {
  const found: EvaluationProblem[] = [];
  // A set goes on to what is added to it meanwhile.
  for (const entry of entries) {
    const { sources, problems } = partOf(entry);
    for (const source of sources) entries.add(source);
    append(found, problems);
  }
  return found;
}

/** Those of resources, and of the calls of the modules that they are in. */
function askedEntries(root: ModuleInstance, isMeant: IsMeant): Set<ModuleEntry> {
  const found = new Set<ModuleEntry>();
  for (const instance of root.all()) {
    const { entries, module, modulePath } = instance;
    for (const entry of entries) {
      const address = resourceOf(entry.key);
      const declaration = address === undefined ? undefined : module.resources.get(address);
      if (declaration === undefined || !isMeant(declaration, modulePath + address)) continue;
      found.add(entry);
      for (let { calledBy } = instance; calledBy !== undefined; { calledBy } = calledBy.instance) {
        const call = calledBy.instance.asked(entryKeys.call(calledBy.name));
        if (call !== undefined) found.add(call);
      }
    }
  }
  return found;
}
