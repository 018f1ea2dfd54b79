/** What was open to the internet before a plan. */

import { ownerKey } from '../model/owner-key.ts';
import type { Place } from '../model/place.ts';
import type { Exposure } from '../model/questions/exposure.ts';
import { factOfPeer } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-model.ts';
import { coversTraffic, type Traffic, unionOfTraffic } from '../network/traffic.ts';
import type { Check, Hit } from './check.ts';

/**
 * Checks that leave out who may come in where the group let the same in before, by whatever rule.
 *
 * @param before the model of one root, and `after` of the same
 */
export function checksOfNews(checks: readonly Check[], before: SecurityModel, after: SecurityModel): readonly Check[] {
  const old = placesOfOld(before, after);
  if (old.size === 0) return checks;
  return checks.map((check) => {
    if (check.topic !== 'exposure') return check;
    const run = function* (...given: Parameters<Check['run']>): Iterable<Hit> {
      for (const hit of check.run(...given)) if (!old.has(hit.place)) yield hit;
    };
    return { ...check, run };
  });
}

/** Of peers that open nothing which was not open. */
function placesOfOld(before: SecurityModel, after: SecurityModel): ReadonlySet<Place> {
  const open = new Map<string, Traffic[]>();
  for (const exposure of exposuresIn(before)) {
    if (exposure.answer !== 'yes' || exposure.existsIf.length > 0) continue;
    const key = keyOf(exposure);
    open.set(key, [...(open.get(key) ?? []), exposure.traffic]);
  }
  const whole = new Map([...open].map(([key, parts]) => [key, unionOfTraffic(parts)]));
  const places = new Map<Place, boolean>();
  for (const exposure of exposuresIn(after)) {
    const place = factOfPeer(exposure.peer);
    const all = whole.get(keyOf(exposure));
    const isOld = all !== undefined && coversTraffic(all, exposure.traffic);
    places.set(place, isOld && (places.get(place) ?? true));
  }
  return new Set([...places].flatMap(([place, isOld]) => (isOld ? place : [])));
}

function* exposuresIn(model: SecurityModel): Iterable<Exposure> {
  for (const set of model.of('security-group').ruleSets) {
    yield* set.exposures('ingress');
    yield* set.exposures('egress');
  }
}

function keyOf({ rule, peer }: Exposure): string {
  return `${rule.direction} ${peer.family} ${ownerKey(rule.owner)}`;
}
