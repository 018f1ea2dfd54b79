/** Generated pairs of groups: what is opened and closed is what packets say, one by one. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AccessChange } from '../../src/changes/change.ts';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { changes } from '../../src/lint-changes.ts';
import { parseCidr } from '../../src/network/cidr.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

/** How many pairs are compared; more of them by night. */
const PAIRS = Number(process.env['CHANGES_PAIRS'] ?? 400);

const blocks4 = ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8', '10.0.0.0/24', '10.0.0.0/16', '192.0.2.7/32'];
const blocks6 = ['::/0', '2000::/3', '2001:db8::/32', '2001:db8::/48'];
const ends = [0, 21, 22, 23, 80, 443, 65535];

interface GeneratedRule {
  readonly direction: 'ingress' | 'egress';
  readonly protocol: 'tcp' | 'udp' | '-1' | 'icmp';
  readonly ports: readonly [number, number];
  readonly blocks: readonly string[];
  readonly isSelf: boolean;
  readonly lists: readonly string[];
}

const rule: fc.Arbitrary<GeneratedRule> = fc.record({
  direction: fc.oneof({ weight: 4, arbitrary: fc.constant<'ingress'>('ingress') }, fc.constant<'egress'>('egress')),
  protocol: fc.constantFrom('tcp', 'tcp', 'udp', '-1', 'icmp'),
  ports: fc
    .tuple(fc.constantFrom(...ends), fc.constantFrom(...ends))
    .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
  blocks: fc.uniqueArray(fc.constantFrom(...blocks4, ...blocks6), { minLength: 1, maxLength: 3 }),
  isSelf: fc.boolean(),
  lists: fc.subarray(['pl-1', 'pl-2'], { maxLength: 1 }),
});

const rules = fc.array(rule, { maxLength: 5 });

/** An inline group, or one with rules of their own. */
function textOf(all: readonly GeneratedRule[], isInline: boolean): string {
  const args = ({ protocol, ports, blocks, isSelf, lists }: GeneratedRule): string => {
    const of = (family: string): string =>
      JSON.stringify(blocks.filter((each) => each.includes(':') === (family === '6')));
    const [from, to] = protocol === 'icmp' ? [8, 0] : protocol === '-1' ? [0, 0] : ports;
    return `from_port = ${from}\n to_port = ${to}\n protocol = "${protocol}"\n cidr_blocks = ${of('4')}\n ipv6_cidr_blocks = ${of('6')}\n self = ${isSelf}\n prefix_list_ids = ${JSON.stringify(lists)}\n`;
  };
  if (isInline)
    return `resource "aws_security_group" "web" {\n${all.map((each) => `${each.direction} {\n${args(each)}}\n`).join('')}}\n`;
  return [
    'resource "aws_security_group" "web" {}\n',
    ...all.map(
      (each, index) =>
        `resource "aws_security_group_rule" "r${index}" {\n type = "${each.direction}"\n security_group_id = aws_security_group.web.id\n${args(each).replace(' self = false\n', '')}}\n`,
    ),
  ].join('');
}

/** A packet: a direction, a peer and what it carries. */
interface Packet {
  readonly direction: string;
  readonly peer: string;
  readonly protocol: string;
  readonly port: number;
}

/** An address in every part that the blocks cut the families into, lists and the group itself. */
const peers = [
  '1.1.1.1',
  '10.0.0.9',
  '10.0.7.7',
  '10.9.9.9',
  '192.0.2.7',
  '200.1.1.1',
  '2001:db8::1',
  '2001:db8:1::1',
  '2600::1',
  '5000::1',
  'self',
  'pl-1',
  'pl-2',
];

const packets: readonly Packet[] = ['ingress', 'egress'].flatMap((direction) =>
  peers.flatMap((peer) => [
    ...['tcp', 'udp'].flatMap((protocol) =>
      [0, 1, 20, 21, 22, 23, 24, 79, 80, 81, 443, 444, 65535].map((port) => ({ direction, peer, protocol, port })),
    ),
    ...[
      ['icmp', 8],
      ['icmp', 3],
      ['icmpv6', 128],
      ['50', 0],
      ['0', 0],
      ['255', 0],
    ].map(([protocol, port]) => ({ direction, peer, protocol: String(protocol), port: Number(port) })),
  ]),
);

const known = new Map<string, boolean>();

/** Whether an address is in a block. */
function isIn(peer: string, block: string): boolean {
  const key = `${peer} ${block}`;
  const answer = known.get(key) ?? contains(peer, block);
  known.set(key, answer);
  return answer;
}

function contains(peer: string, block: string): boolean {
  const [address, of] = [parseCidr(`${peer}/${peer.includes(':') ? 128 : 32}`), parseCidr(block)];
  if (address.kind === 'invalid' || of.kind === 'invalid' || address.cidr.family !== of.cidr.family) return false;
  return of.cidr.first <= address.cidr.first && address.cidr.first <= of.cidr.last;
}

const carries = (protocol: string, from: number, to: number, packet: Packet): boolean =>
  protocol === '-1' ||
  (protocol === packet.protocol &&
    (protocol === 'icmp' ? packet.port === from : from <= packet.port && packet.port <= to));

const isLetThrough = (all: readonly GeneratedRule[], packet: Packet): boolean =>
  all.some(({ direction, protocol, ports, blocks, isSelf, lists }) => {
    const [from, to] = protocol === 'icmp' ? [8, 0] : ports;
    const isPeer =
      (packet.peer === 'self' && isSelf) ||
      lists.includes(packet.peer) ||
      blocks.some((block) => isIn(packet.peer, block));
    return direction === packet.direction && isPeer && carries(protocol, from, to, packet);
  });

const numberOf: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/** Whether a row is about a packet, read from its sets alone. */
function isAbout({ direction, traffic, sources }: AccessChange, packet: Packet): boolean {
  const number = numberOf[packet.protocol] ?? Number(packet.protocol);
  const value = packet.protocol.startsWith('icmp') ? packet.port * 256 : packet.port;
  const point = number * 65536 + value;
  const isPeer = sources.some(
    (source) => source === packet.peer || (source.includes('/') && isIn(packet.peer, source)),
  );
  return (
    direction === packet.direction &&
    isPeer &&
    traffic.points.some(({ first, last }) => first <= point && point <= last)
  );
}

const options = {
  configFor: () => configOf(new Map()),
  parser: 'native' as const,
  inputs: noInputs,
};

const stateOf = (text: string) => ({ fileSystem: memoryFileSystem({ 'main.tf': text }), paths: [''], below: '' });

describe('rows', () => {
  test(`of ${PAIRS} pairs are what packets say`, async () => {
    await fc.assert(
      fc.asyncProperty(rules, rules, fc.boolean(), fc.boolean(), async (old, now, isOldInline, isNowInline) => {
        const found = await changes(stateOf(textOf(old, isOldInline)), stateOf(textOf(now, isNowInline)), options, {
          base: 'before',
          unchangedDirectories: 0,
        });
        expect(found.undecided).toEqual([]);
        const wrong = packets.filter((packet) => {
          const [was, is] = [isLetThrough(old, packet), isLetThrough(now, packet)];
          const said = (kind: string) => found.changes.some((row) => row.kind === kind && isAbout(row, packet));
          return said('opened') !== (is && !was) || said('closed') !== (was && !is);
        });
        expect(wrong).toEqual([]);
        for (const { traffic } of found.changes) expect(traffic.points).toHaveLength(1);
      }),
      { numRuns: PAIRS, seed: 21, endOnFailure: true },
    );
  }, 600_000);
});
