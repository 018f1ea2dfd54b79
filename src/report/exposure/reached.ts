/** Which groups the internet gets to. */

import type { GroupReach } from '../../exposure/exposure.ts';
import { type GroupOpening, groupOfRule } from './openings.ts';
import { hopsOf } from './rows.ts';
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
  const own = new Set(root.model.groups.map(({ address }) => address));
  for (const address of own) note(address, 'closed');
  for (const { source, group, traffic, peer, answer } of openings) {
    if (source.kind !== 'internet' || peer.kind !== 'cidr') continue;
    // What has a group from elsewhere, nobody here knows.
    if (!own.has(group)) {
      note(group, 'unknown');
      continue;
    }
    const { reach } = root.exposure.reachOf(group, peer.family, traffic);
    note(group, answer === 'unknown' && reach !== 'unattached' ? 'unknown' : reach === 'internet' ? 'direct' : reach);
  }
  const groups = new Map(root.model.rules.map((rule) => [rule.address, groupOfRule(rule)]));
  for (const { exposures } of root.exposure.services) {
    for (const { answer, path } of exposures) {
      if (answer === 'no') continue;
      for (const [index, { steps }] of hopsOf(path).entries()) {
        for (const { kind, address } of steps) {
          const group = kind === 'rule' ? groups.get(address) : kind === 'group' ? address : undefined;
          if (group !== undefined) note(group, answer === 'unknown' ? 'unknown' : index === 0 ? 'direct' : 'indirect');
        }
      }
    }
  }
  return states;
}
