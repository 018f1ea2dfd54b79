/** How messages name a rule: by what it allows. */

import { shown, waitsFor } from '../../model/fact.ts';
import type { CidrPeer, Identity, Peer, Rule } from '../../model/rule.ts';
import { protocolOf, trafficOf } from '../../model/rule.ts';
import { describeProtocol } from '../../network/protocol.ts';
import { formatTraffic } from '../../network/traffic.ts';
import { formatList, withRestCounted } from '../../text/count.ts';
import { SENSITIVE } from '../../text/sensitive.ts';

/** How many peers a message names before it counts the rest. */
const named = 2;

/** `TCP 443 from 10.0.0.0/8 and sg-1`, `every protocol to 0.0.0.0/0`. */
export function describeRule(rule: Rule): string {
  return `${describeTraffic(rule)} ${describePeers(rule)}`;
}

/** `from 10.0.0.0/8, sg-1 and 3 more sources`, `to the group itself`. */
export function describePeers({ direction, peers }: Rule): string {
  const [word, noun] = direction === 'egress' ? ['to', 'destination'] : ['from', 'source'];
  return `${word} ${peers.length === 0 ? `no ${noun}` : nameSome(peers, noun)}`;
}

/** `10.0.0.0/8`, `10.0.0.0/8, 172.16.0.0/12 and sg-1`, `10.0.0.0/8, sg-1 and 3 more sources`. */
export function nameSome(peers: readonly Peer[], noun: string): string {
  return formatList(withRestCounted([...new Set(peers.map(nameOfPeer))], named, noun));
}

/**
 * What some blocks do: `0.0.0.0/0 opens`, `0.0.0.0/1 and 128.0.0.0/1 together open`, `var.office may open`.
 *
 * @param verb as one block does it, and as several do
 */
export function describeBlocks(
  peers: readonly CidrPeer[],
  [one, many]: readonly [string, string],
  isCertain: boolean,
): string {
  const subject = nameSome(peers, 'block');
  if (!isCertain) return `${subject} may ${many}`;
  return peers.length === 1 ? `${subject} ${one}` : `${subject} together ${many}`;
}

/** Whether all that something waits for is variables that blocks are made of. */
export function isOfSource(reasons: readonly string[], peers: readonly CidrPeer[]): boolean {
  const ofBlocks = waitsFor(...peers.map(({ text }) => (text.kind === 'unknown' ? text.reasons : [])));
  return reasons.every((reason) => reason.startsWith('var.') && ofBlocks.includes(reason));
}

/** `TCP 443`, `all traffic`, `TCP` or `traffic` where the rest is not known. */
export function describeTraffic(rule: Rule): string {
  const traffic = trafficOf(rule);
  if (traffic.kind === 'traffic') return formatTraffic(traffic.traffic);
  if (rule.protocol.isSensitive === true) return SENSITIVE;
  const protocol = protocolOf(rule);
  return protocol === undefined ? 'Traffic' : describeProtocol(protocol);
}

/** `10.0.0.0/8`, `aws_security_group.web`, `the group itself`, `var.office` for what is not known, `(sensitive value)`. */
export function nameOfPeer(peer: Peer): string {
  if (peer.kind === 'self') return peer.value.isSensitive === true ? SENSITIVE : 'the group itself';
  const fact = peer.kind === 'cidr' ? peer.text : peer.id;
  if (fact.kind === 'known') return shown(fact);
  const reference = peer.reference && nameOfIdentity(peer, peer.reference);
  return reference ?? waitsFor(fact.reasons)[0] ?? 'a source';
}

function nameOfIdentity({ kind }: Peer, { address, path }: Identity): string {
  return kind !== 'cidr' && path.length === 1 && path[0] === 'id' ? address : [address, ...path].join('.');
}
