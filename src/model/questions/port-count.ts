/** How many ports a rule opens in one range, and to whom, as far as known. */

import { difference, intersection } from '../../network/interval.ts';
import { ALL_PORTS, numberOfPorts, type PortSet, type PortSpecs } from '../../network/ports.ts';
import { hasPorts, TRANSPORT_NUMBER } from '../../network/protocol.ts';
import { textOf } from '../../source/span.ts';
import type { UnknownReason } from '../../terraform/values/value.ts';
import { type Answer, all, answerOf } from '../answer.ts';
import { waitsFor } from '../fact.ts';
import { factOfPeer, type Peer, protocolOf, type Rule, trafficOf } from '../rule.ts';

/**
 * Whether a rule, if it exists, lets some of its sources reach more ports of TCP or UDP than a number; `no` where AWS rejects it.
 *
 * @param allowed ports that do not count
 */
export function opensRange(
  rule: Rule,
  sources: readonly Peer[],
  max: number,
  allowed: PortSpecs,
): { readonly answer: Answer; readonly reasons: readonly string[] } {
  const isIngress = rule.direction === 'ingress' ? 'yes' : 'unknown';
  const isFrom = hasPeer(rule, sources);
  const reasons = waitsFor(
    ...[rule.protocol, rule.fromPort, rule.toPort].map((fact) => (fact.kind === 'unknown' ? fact.reasons : undefined)),
    rule.existsIf,
    rule.direction === 'unknown' ? [{ name: `${rule.resourceAddress}.type` }] : undefined,
    ...(isFrom === 'unknown' ? sources.map(reasonsOfPeer) : []),
  );
  return { answer: all(isFrom, opensMoreThan(rule, max, allowed), isIngress), reasons };
}

function opensMoreThan(rule: Rule, max: number, allowed: PortSpecs): Answer {
  const protocol = protocolOf(rule);
  if (trafficOf(rule).kind === 'invalid') return 'no';
  const uncounted =
    protocol === undefined
      ? intersection(allowed.tcp, allowed.udp)
      : allowed[protocol === TRANSPORT_NUMBER.udp ? 'udp' : 'tcp'];
  // Every port of TCP and UDP is among all protocols.
  if (protocol === 'all') return answerOf(numberOfPorts(difference(ALL_PORTS, allowed.tcp)) > max);
  const isLong = isLonger(rule, max, uncounted);
  return all(protocol === undefined ? 'unknown' : answerOf(hasPorts(protocol)), isLong);
}

function isLonger({ fromPort, toPort, isOpenEnded }: Rule, max: number, uncounted: PortSet): Answer {
  if (fromPort.kind === 'known' && toPort.kind === 'known') {
    const [first, last] = [fromPort.value ?? 0, toPort.value ?? 0];
    return answerOf(first <= last && numberOfPorts(difference([{ first, last }], uncounted)) > max);
  }
  // Where both ends are the same expression, it is one port, whichever.
  const isOnePort = fromPort.kind === toPort.kind && !isOpenEnded && textOf(fromPort.span) === textOf(toPort.span);
  return isOnePort ? 'no' : 'unknown';
}

/** Whether a rule has one of these peers, which are some of its own: a list that is not known may be empty. */
function hasPeer(rule: Rule, peers: readonly Peer[]): Answer {
  if (peers.length === 0) return 'no';
  // Without any peer there would be no such rule.
  const isSure = peers.length === rule.peers.length || peers.some((peer) => reasonsOfPeer(peer) === undefined);
  return isSure ? 'yes' : 'unknown';
}

/** What a peer waits for; undefined for one that is surely there. */
function reasonsOfPeer(peer: Peer): readonly UnknownReason[] | undefined {
  if ((peer.kind === 'prefix-list' || peer.kind === 'group') && peer.reference !== undefined) return undefined;
  const fact = factOfPeer(peer);
  return fact.kind === 'unknown' ? fact.reasons : undefined;
}
