/** What is trusted, or allowed by the policy of a group. */

import { type AllowedIngress, type GroupPolicy, trustedIngress } from '../model/questions/policy.ts';
import type { TrustedSources } from '../model/questions/trusted.ts';
import { coversOpening, reachOf } from '../network/reach.ts';
import { coversTraffic, unionOfTraffic } from '../network/traffic.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import type { AccessPiece } from './difference.ts';
import type { GroupIn } from './match.ts';

/** What a configuration says of sources. */
interface Allowances {
  readonly trusted: TrustedSources;
  readonly policies: readonly GroupPolicy[];
}

/**
 * Whether what a piece lets in is trusted, or allowed by a policy of its group. Egress can only be trusted.
 *
 * @param allowancesFor what holds in a file, by its path
 */
export function isAllowedBy(
  allowancesFor: (path: string) => Allowances,
): (piece: AccessPiece, group: GroupIn) => boolean {
  return ({ passage, traffic, addresses }, { group }) => {
    const { trusted, policies } = allowancesFor(passage.places.span.file.path);
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
  { key, name }: Extract<AccessPiece['passage']['peer'], { readonly kind: 'named' }>,
): boolean {
  if (others.has(key) || others.has(withoutKeys(key))) return true;
  if (key.startsWith('prefix-list ')) return others.has('prefix-lists');
  return others.has('groups') || (key === 'self' && others.has('self')) || isGroup?.(withoutKeys(name)) === true;
}
