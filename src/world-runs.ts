/** A root module in all worlds that it speaks of: its model in each, as far as something is asked there. */

import type { BuiltRoot } from './build.ts';
import type { QueryCache } from './collections/query-cache.ts';
import type { Part } from './findings/finding.ts';
import { type Asked, type AskedCheck, exploreWorlds, isOfOthers, type RunIn } from './findings/worlds.ts';
import { isOfModel } from './model/normalize.ts';
import type { ModelKind, SecurityModel } from './model/security-model.ts';
import { type Problem, problemKey } from './source/problem.ts';

export interface PartsInWorlds {
  readonly parts: readonly Part[];
  readonly problems: readonly Problem[];
}

/**
 * @param parts those of the root with nothing but what is given
 * @param checks those that are asked in worlds
 * @param partsIn gives what some of them, by id, find in a part of the model of a world
 */
export function partsInWorlds(
  { model, configuration, inWorld }: BuiltRoot,
  parts: readonly Part[],
  checks: readonly AskedCheck[],
  partsIn: (model: SecurityModel, asked: ReadonlySet<string>, cache: QueryCache | undefined) => readonly Part[],
): PartsInWorlds {
  const known = new Set(configuration.problems.map(problemKey));
  let latest: (Pick<Asked, 'isSubject'> & { readonly addresses: ReadonlySet<string> | undefined }) | undefined;
  const runIn: RunIn = (world, name, { checks: asked, isSubject, isSwitchedOn }) => {
    // One question is asked in many worlds.
    if (latest?.isSubject !== isSubject)
      latest = { isSubject, addresses: isSwitchedOn ? undefined : addressesAround(model, isSubject) };
    const other = inWorld(world, name);
    const { configuration, cache } = other;
    const isRejected = (): boolean =>
      configuration.problems.some((each) => isFault(each) && !known.has(problemKey(each)));
    // A world that nothing names is one only if all of it is possible.
    if (isOfOthers(world)) {
      configuration.compareInputs();
      if (!isRejected()) configuration.instances(isOfModel);
      if (isRejected()) return { configuration, parts: [], isRejected: true };
    }
    const found = partsIn(restricted(other.model(latest.addresses), isSubject), asked, cache);
    return { configuration, parts: found, isRejected: isRejected() };
  };
  const base = { configuration, parts, isRejected: false };
  const found = exploreWorlds(base, configuration.switches(isOfModel), checks, runIn);
  return { parts: found.parts, problems: found.isCut ? [manyWorlds(model.root)] : [] };
}

/** What Terraform rejects. */
const isFault = ({ kind }: Problem): boolean => kind === 'evaluation' || kind === 'terraform';

/** A model as if only the units were in it that hold something of some resources. */
function restricted(model: SecurityModel, isMeant: (resourceAddress: string) => boolean): SecurityModel {
  const of = (<K extends ModelKind>(kind: K) =>
    model.of(kind).restrictedTo(model.of(kind).around(isMeant).parts)) as SecurityModel['of'];
  return { ...model, of };
}

/** The addresses of all resources that can be in the units that hold something of some; undefined where any can. */
function addressesAround(
  model: SecurityModel,
  isMeant: (resourceAddress: string) => boolean,
): ReadonlySet<string> | undefined {
  const all = model.kinds.map((kind) => model.of(kind).around(isMeant).addresses);
  const known = all.filter((addresses) => addresses !== undefined);
  return known.length < all.length ? undefined : new Set(known.flatMap((addresses) => [...addresses]));
}

function manyWorlds(root: string): Problem {
  const message = `${root || '.'} depends on more combinations of inputs than are checked: some results stay undecided. Pass values with --var-file or --var.`;
  return { kind: 'limit', severity: 'warning', message };
}
