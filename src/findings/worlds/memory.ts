/** What an earlier revision of a root came to in its worlds, as far as it still holds. */

import { type QueryCache, query } from '../../collections/query-cache.ts';
import { isSameList } from '../../collections/same-list.ts';
import type { Domain, Switch } from '../../terraform/instances/configuration.ts';
import {
  type AskedCheck,
  type Explorable,
  type Exploration,
  type Explored,
  explore,
  type InputQuestion,
  inputNamesBehind,
  type RunIn,
  type Start,
  startOf,
  type WorldRun,
} from './exploration.ts';
import { keyOfValue, textOfWorld } from './inputs.ts';

interface RememberedExploration {
  readonly explorable: Explorable;
  readonly exploration: Exploration;
}

/** That of the root's latest revision. */
const explorations = query<undefined, RememberedExploration>();

/**
 * The parts of a root in all worlds that its configuration speaks of: each finding that does not hold in all of them says where it does.
 * Parts are the same objects as before where nothing is different that they depend on.
 *
 * @param base of the root with nothing but what is given
 * @param switches what the defaults of variables that nobody gives switch off
 * @param checks those that are asked in other worlds too
 * @param runIn evaluates the root in another world, as far as something is asked there
 * @param cache of the root; absent: there are no other revisions
 */
export function exploreWorlds(
  base: WorldRun,
  switches: readonly Switch[],
  checks: readonly AskedCheck[],
  runIn: RunIn,
  cache?: QueryCache,
): Explored {
  const start = startOf(base, switches, checks);
  const before = cache?.find(explorations, '', undefined);
  const known = before !== undefined && holds(before, start, runIn) ? before.exploration : undefined;
  const found = known ?? explore(start, runIn, cache !== undefined);
  if (found !== known) cache?.keep(explorations, '', undefined, { explorable: start.explorable, exploration: found });
  return { ...found, parts: [...start.settled, ...found.parts] };
}

/** Whether an exploration would ask the same now, and get the same answers. */
function holds({ explorable, exploration }: RememberedExploration, now: Start, runIn: RunIn): boolean {
  const { said, behind, runs } = exploration;
  return (
    isSameList(explorable.checks, now.explorable.checks) &&
    isSameList(explorable.questions, now.explorable.questions, isSameQuestion) &&
    isSameList(explorable.switches, now.explorable.switches, isSameSwitch) &&
    isSameList([...explorable.domains], [...now.explorable.domains], isSameDomain) &&
    [...said].every(([key, isInBase]) => now.certain.has(key) === isInBase) &&
    [...behind].every(([reason, names]) => isSameList([...names], [...inputNamesBehind(now.base, reason)])) &&
    runs.every(({ world, name, asked, run }) => isSameRun(run, runIn(world, name, asked)))
  );
}

const isSameQuestion = (a: InputQuestion, b: InputQuestion): boolean =>
  isSameList(a.inputs, b.inputs) && isSameList(a.parts, b.parts);

const isSameSwitch = (a: Switch, b: Switch): boolean =>
  a.kind === b.kind && a.address === b.address && a.block === b.block && textOfWorld(a.world) === textOfWorld(b.world);

type NamedDomain = readonly [string, Domain];

const isSameDomain = ([name, a]: NamedDomain, [other, b]: NamedDomain): boolean =>
  name === other &&
  a.isOpen === b.isOpen &&
  isSameList(a.candidates, b.candidates, (one, two) => one === two || keyOfValue(one) === keyOfValue(two));

function isSameRun(a: WorldRun, b: WorldRun): boolean {
  return (
    a.isRejected === b.isRejected &&
    a.configuration.domains() === b.configuration.domains() &&
    a.configuration.inputsBehind === b.configuration.inputsBehind &&
    isSameList(a.parts, b.parts)
  );
}
