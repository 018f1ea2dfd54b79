/** A root module in all worlds that it speaks of: its model in each, as far as something is asked there. */

import type { BuiltRoot } from './build-root.ts';
import { type QueryCache, query } from './collections/query-cache.ts';
import { isSameList } from './collections/same-list.ts';
import type { Part } from './findings/finding.ts';
import type { Asked, AskedCheck, RunIn } from './findings/worlds/exploration.ts';
import { isOfOthers } from './findings/worlds/inputs.ts';
import { exploreWorlds } from './findings/worlds/memory.ts';
import type { KindModel } from './model/kind-model.ts';
import { isInModel, isOfModel } from './model/normalize.ts';
import type { ModelKind, SecurityModel } from './model/security-model.ts';
import { type Problem, problemKey } from './source/problem.ts';
import type { Configuration, Domain } from './terraform/instances/configuration.ts';
import type { ResourceKind } from './terraform/instances/instance.ts';
import type { World } from './terraform/instances/world.ts';

export interface PartsInWorlds {
  readonly parts: readonly Part[];
  readonly problems: readonly Problem[];
  /** Worlds of other values than are spoken of, which Terraform rejects. */
  readonly rejected: readonly World[];
}

/** What is asked in worlds. */
export interface AskedInWorlds {
  readonly checks: readonly AskedCheck[];
  /** What decides what is found beside the model: the same objects for the same. */
  readonly settings: readonly unknown[];
  /** Of the root, if there are later runs that ask for the same. */
  readonly cache?: QueryCache | undefined;
  /** What some of the checks, by id, find in a part of the model of a world. */
  partsIn(model: SecurityModel, asked: ReadonlySet<string>, cache: QueryCache | undefined): readonly Part[];
  /** Takes the part of the model that is looked at in a world. */
  onModel?(model: SecurityModel): void;
  /** Whether a part is told. */
  isTold?(part: Part): boolean;
}

/** @param parts those of the root with nothing but what is given */
export function partsInWorlds(
  { model, configuration, inWorld }: BuiltRoot,
  parts: readonly Part[],
  { checks, settings, cache, partsIn, onModel, isTold }: AskedInWorlds,
): PartsInWorlds {
  const known = new Set(configuration.problems.map(problemKey));
  let latest: (Pick<Asked, 'isSubject'> & { readonly addresses: ReadonlySet<string> | undefined }) | undefined;
  const runIn: RunIn = (world, name, { key, checks: asked, isSubject, isSwitchedOn }) => {
    // One question is asked in many worlds.
    if (latest?.isSubject !== isSubject)
      latest = { isSubject, addresses: isSwitchedOn ? undefined : addressesAround(model, isSubject) };
    const other = inWorld(
      world,
      name,
      latest.addresses,
      (earlier, ofWorld) => ofWorld.find(foundInWorlds, key, { configuration: earlier, settings }) !== undefined,
    );
    const { configuration } = other;
    const { addresses } = latest;
    const find = (): FoundInWorld => {
      if (isImpossible(world, configuration, known)) return { parts: [], domains: new Map(), isRejected: true };
      const asSubject = restricted(other.model(), isSubject);
      const found = partsIn(asSubject, asked, other.cache);
      const isAround = (kind: ResourceKind, address: string): boolean => isInModel(kind, address, addresses);
      const isRejected = configuration.problemsBehind(isAround).some((each) => isNewFault(each, known));
      return { model: asSubject, parts: found, domains: configuration.domains(), isRejected };
    };
    const found = other.cache?.get(foundInWorlds, key, { configuration, settings }, find) ?? find();
    if (found.model !== undefined) onModel?.(found.model);
    return {
      configuration: { domains: () => found.domains, inputsBehind: configuration.inputsBehind },
      parts: isTold === undefined ? found.parts : found.parts.filter(isTold),
      isRejected: found.isRejected,
    };
  };
  const base = { configuration, parts, isRejected: false };
  const found = exploreWorlds(base, configuration.switches(isOfModel), checks, runIn, cache);
  return { parts: found.parts, problems: found.isCut ? [manyWorlds(model.root)] : [], rejected: found.rejected };
}

/** What was found in a world, of what was asked. */
interface FoundInWorld {
  /** Undefined in a world that is none. */
  readonly model?: SecurityModel;
  readonly parts: readonly Part[];
  readonly domains: ReadonlyMap<string, Domain>;
  readonly isRejected: boolean;
}

/** By what is asked, in the cache of a world. */
const foundInWorlds = query<Pick<AskedInWorlds, 'settings'> & { readonly configuration: Configuration }, FoundInWorld>(
  (a, b) => a.configuration === b.configuration && isSameList(a.settings, b.settings),
);

function isAny<T>(items: Iterable<T>, is: (item: T) => boolean): boolean {
  for (const item of items) if (is(item)) return true;
  return false;
}

/** What Terraform rejects in a world, and not in the base, whose problems are known. */
function isNewFault(problem: Problem, known: ReadonlySet<string>): boolean {
  return (problem.kind === 'evaluation' || problem.kind === 'terraform') && !known.has(problemKey(problem));
}

/**
 * Whether a world that nothing names is none: it is one only if all of it is possible.
 *
 * @param known problems of the base, by `problemKey`
 */
export function isImpossible(world: World, configuration: Configuration, known: ReadonlySet<string>): boolean {
  return (
    isOfOthers(world) && isAny(configuration.problemsOfExistence(isOfModel), (problem) => isNewFault(problem, known))
  );
}

/** A model as if only the units were in it that hold something of some resources. */
function restricted(model: SecurityModel, isMeant: (resourceAddress: string) => boolean): SecurityModel {
  const models = new Map(
    model.kinds.map((kind) => {
      const whole: KindModel = model.of(kind);
      return [kind, whole.restrictedTo(whole.around(isMeant).parts)] as const;
    }),
  );
  return { ...model, of: ((kind: ModelKind) => models.get(kind)!) as SecurityModel['of'] };
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

/** A root that has more worlds than are looked at. */
export function manyWorlds(root: string): Problem {
  const message = `${root || '.'} depends on more combinations of inputs than are checked: some results stay undecided. Pass values with --var-file or --var.`;
  return { kind: 'limit', severity: 'warning', message };
}
