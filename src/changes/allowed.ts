/** What is trusted, or allowed by the policy of a group. */

import type { Config } from '../config/config.ts';
import { type AllowedIngress, trustedIngress } from '../model/questions/policy.ts';
import { coversOpening, reachOf } from '../network/reach.ts';
import { coversTraffic, unionOfTraffic } from '../network/traffic.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import type { Piece } from './difference.ts';
import type { GroupIn } from './match.ts';

/** Whether what a piece lets in is trusted, or allowed by a policy of its group. Egress can only be trusted. */
export function isAllowedBy(configFor: (path: string) => Config): (piece: Piece, group: GroupIn) => boolean {
  return ({ passage, traffic, addresses }, { group }) => {
    const { trusted, policies } = configFor(passage.places.span.file.path);
    const names = [withoutKeys(group.address), ...(group.name === undefined ? [] : [group.name])];
    const mine = passage.direction === 'egress' ? [] : policies.filter(({ isFor }) => names.some(isFor));
    const allowed = [trustedIngress(trusted), ...mine.flatMap((each) => each.allowed)];
    const { peer } = passage;
    if (peer.kind === 'named') {
      const isTrusted = trusted.identities.has(peer.key) || trusted.identities.has(withoutKeys(peer.key));
      return (
        isTrusted ||
        coversTraffic(
          unionOfTraffic(allowed.filter((each) => namesPeer(each, peer)).map((each) => each.traffic)),
          traffic,
        )
      );
    }
    if (addresses === undefined) return false;
    const openings = allowed.map((rule) => ({
      traffic: rule.traffic,
      addresses: rule.addresses[addresses.family],
      rule,
    }));
    return coversOpening(reachOf(addresses.family, openings), { traffic, addresses });
  };
}

function namesPeer(
  { others, isGroup }: AllowedIngress,
  { key, name }: Extract<Piece['passage']['peer'], { readonly kind: 'named' }>,
): boolean {
  if (others.has(key) || others.has(withoutKeys(key))) return true;
  if (key.startsWith('prefix-list ')) return others.has('prefix-lists');
  return others.has('groups') || (key === 'self' && others.has('self')) || isGroup?.(withoutKeys(name)) === true;
}
