/** Which groups the internet gets to. */

import type { GroupReach } from '../../exposure/exposure.ts';
import type { GroupOpening } from './openings.ts';
import type { ShownRoot } from './shown.ts';

/** How far the internet gets to a group: through its own rules, through other services, or as `GroupReach` says. */
export type GroupState = Exclude<GroupReach, 'internet'> | 'direct' | 'indirect' | 'closed';

/** From what is reached to what is not. */
export const groupStates: readonly GroupState[] = ['direct', 'indirect', 'unknown', 'vpc', 'unattached', 'closed'];

/** In words for people. */
export const stateWords: Readonly<Record<GroupState, string>> = {
  direct: 'reached directly',
  indirect: 'reached through another service',
  unknown: 'undecided',
  vpc: 'open, no way in from the internet',
  unattached: 'open, attached to nothing',
  closed: 'not open to the internet',
};

/** By address of the group. */
export function statesOf(root: ShownRoot, openings: readonly GroupOpening[]): ReadonlyMap<string, GroupState> {
  const states = new Map<string, GroupState>();
  const note = (group: string, state: GroupState): void => {
    const known = states.get(group);
    if (known === undefined || groupStates.indexOf(state) < groupStates.indexOf(known)) states.set(group, state);
  };
  for (const { address } of root.model.groups) note(address, 'closed');
  for (const { source, group, traffic, peer, answer } of openings) {
    if (source.kind !== 'internet' || peer.kind !== 'cidr') continue;
    const { reach } = root.exposure.reachOf(group, peer.family, traffic);
    note(group, answer === 'unknown' && reach !== 'unattached' ? 'unknown' : reach === 'internet' ? 'direct' : reach);
  }
  const ownerOf = new Map(root.model.rules.map(({ address, owner }) => [address, owner]));
  for (const { exposures } of root.exposure.services) {
    for (const { answer, path } of exposures) {
      if (answer === 'no') continue;
      for (const step of path) {
        const owner = step.kind === 'rule' ? ownerOf.get(step.address) : undefined;
        const group = step.kind === 'group' ? step.address : owner?.kind === 'group' ? owner.address : undefined;
        if (group !== undefined) note(group, answer === 'yes' ? 'indirect' : 'unknown');
      }
    }
  }
  return states;
}
