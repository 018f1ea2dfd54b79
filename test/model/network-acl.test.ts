/** Network ACLs: their entries in every form, what they allow, and which subnets have them. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AclEntry } from '../../src/model/acl-entry.ts';
import { answersFor } from '../../src/model/questions/acl-allowed.ts';
import type { Direction } from '../../src/model/rule.ts';
import { trafficOf } from '../../src/model/rule.ts';
import { addressSet } from '../../src/network/address-set.ts';
import { parseCidr } from '../../src/network/cidr.ts';
import type { Region } from '../../src/network/first-match.ts';
import type { Family } from '../../src/network/ip-address.ts';
import { TCP } from '../../src/network/protocol.ts';
import { formatTraffic, type Traffic, trafficOfValues } from '../../src/network/traffic.ts';
import { lintFiles } from '../checks/lint-files.ts';
import { aclsOf } from './acls-of.ts';

const vpc = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n';

const tcp = (first: number, last = first): Traffic => trafficOfValues(TCP, [{ first, last }]);

const block = (text: string) => {
  const read = parseCidr(text);
  if (read.kind === 'invalid') throw new Error(text);
  return addressSet(read.cidr.family, [read.cidr]);
};

/** Whether all, and any, of some TCP ports are allowed from a block, by the only ACL. */
async function answers(text: string, ports: Traffic, cidr: string, direction: Direction = 'ingress') {
  const { sets } = await aclsOf(text);
  const addresses = block(cidr);
  const { all, any } = answersFor(sets[0]!.allowed(direction, addresses.family), { traffic: ports, addresses });
  return `${all} ${any}`;
}

describe('entries', () => {
  const written = async (text: string) =>
    (await aclsOf(text)).sets.flatMap(({ acl, entries }) =>
      entries.map((entry) => `${acl?.address ?? '?'} ${describeEntry(entry)}`),
    );

  test('of blocks, of an attribute, and of resources of their own belong to one ACL', async () => {
    const text = `${vpc}
resource "aws_network_acl" "main" {
  vpc_id = aws_vpc.main.id

  ingress {
    rule_no    = 100
    action     = "ALLOW"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }

  egress = [{
    rule_no         = 200
    action          = "deny"
    protocol        = "all"
    from_port       = 0
    to_port         = 0
    icmp_type       = null
    icmp_code       = null
    cidr_block      = null
    ipv6_cidr_block = "::/0"
  }]
}

resource "aws_network_acl_rule" "ping" {
  for_each       = { ipv6-icmp = "::/0", icmp = "0.0.0.0/0" }
  network_acl_id = aws_network_acl.main.id
  rule_number    = 300
  egress         = true
  rule_action    = "allow"
  protocol       = each.key
  icmp_type      = each.key == "icmp" ? 8 : 128
  icmp_code      = -1
  cidr_block      = each.key == "icmp" ? each.value : null
  ipv6_cidr_block = each.key == "icmp" ? null : each.value
}

resource "aws_network_acl_rule" "no_ports" {
  network_acl_id = aws_network_acl.main.id
  rule_number    = 400
  rule_action    = "allow"
  protocol       = "6"
  cidr_block     = "10.0.0.0/8"
}
`;
    expect(await written(text)).toEqual([
      'aws_network_acl.main ingress 100 allow TCP 443 0.0.0.0/0',
      'aws_network_acl.main egress 200 deny all traffic ::/0',
      'aws_network_acl.main ingress 400 allow TCP 0 10.0.0.0/8',
      'aws_network_acl.main egress 300 allow ICMP echo request 0.0.0.0/0',
      'aws_network_acl.main egress 300 allow ICMPv6 echo request ::/0',
    ]);
  });

  test('of a default ACL, by whichever name', async () => {
    const text = `${vpc}
resource "aws_default_network_acl" "main" {
  default_network_acl_id = aws_vpc.main.default_network_acl_id
}

resource "aws_network_acl_rule" "a" {
  for_each       = { a = aws_vpc.main.default_network_acl_id, b = aws_default_network_acl.main.id, c = "acl-1" }
  network_acl_id = each.value
  rule_number    = 1
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "10.0.0.0/8"
}
`;
    expect(await written(text)).toEqual([
      'aws_default_network_acl.main ingress 1 allow all traffic 10.0.0.0/8',
      'aws_default_network_acl.main ingress 1 allow all traffic 10.0.0.0/8',
      '? ingress 1 allow all traffic 10.0.0.0/8',
    ]);
  });
});

function describeEntry(entry: AclEntry): string {
  const { direction, number, action, peers } = entry;
  const read = trafficOf(entry);
  const traffic = read.kind === 'traffic' ? formatTraffic(read.traffic) : read.kind;
  const [text, count] = [number, action].map((fact) => (fact.kind === 'known' ? fact.value : '?'));
  const blocks = peers.map((peer) => (peer.text.kind === 'known' ? peer.text.value : '?'));
  return [direction, text, count, traffic, ...blocks].join(' ');
}

describe('what is allowed', () => {
  const acl = (entries: string, more = '') => `${vpc}${more}
resource "aws_network_acl" "main" {
  vpc_id = aws_vpc.main.id
${entries}
}
`;
  const entry = (number: string, action: string, cidr: string, ports = '22', more = '') => `
  ingress {
    rule_no    = ${number}
    action     = ${action}
    protocol   = "tcp"
    from_port  = ${ports}
    to_port    = ${ports}
    cidr_block = ${cidr}
    ${more}
  }
`;
  const any = '"0.0.0.0/0"';
  const variables = ['number', 'string', 'string', 'number']
    .map((type, index) => `variable "v${index}" {\n  type = ${type}\n}\n`)
    .join('');

  test.each([
    ['nothing of an ACL without entries', '', 'no no'],
    ['what an entry allows', entry('100', '"allow"', any), 'yes yes'],
    ['not what comes after a denial', entry('100', '"deny"', any) + entry('200', '"allow"', any), 'no no'],
    ['what comes before one', entry('100', '"allow"', any) + entry('50', '"deny"', '"10.0.0.0/8"'), 'no yes'],
    [
      'what a number that is unknown may be after',
      entry('100', '"allow"', any) + entry('var.v0', '"deny"', any),
      'unknown unknown',
    ],
    ['what an unknown action says', entry('100', 'var.v1', any), 'unknown unknown'],
    ['what is allowed before it', entry('200', 'var.v1', any) + entry('100', '"allow"', any), 'yes yes'],
    ['what unknown addresses have', entry('100', '"allow"', 'var.v2'), 'unknown unknown'],
    ['what unknown ports have', entry('100', '"allow"', any, 'var.v3'), 'unknown unknown'],
    [
      'what is denied to unknown addresses',
      entry('50', '"deny"', 'var.v2') + entry('100', '"allow"', any),
      'unknown unknown',
    ],
    ['what two say whose order is unknown', entry('var.v0', '"allow"', any) + entry('100', '"allow"', any), 'yes yes'],
    ['nothing of an entry that Terraform rejects', entry('100', '"allow"', '"10.0.0.1/8"'), 'no no'],
    ['two halves', entry('100', '"allow"', '"0.0.0.0/1"') + entry('110', '"allow"', '"128.0.0.0/1"'), 'yes yes'],
  ])('%s', async (_, entries, expected) => {
    expect(await answers(acl(entries, variables), tcp(22), '0.0.0.0/0')).toBe(expected);
  });

  test('what may not be there', async () => {
    const text = `${acl('')}
variable "on" {
  type = bool
}

resource "aws_network_acl_rule" "ssh" {
  count          = var.on ? 1 : 0
  network_acl_id = aws_network_acl.main.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}
`;
    expect(await answers(text, tcp(22), '0.0.0.0/0')).toBe('unknown unknown');
    expect(await answers(text, tcp(23), '0.0.0.0/0')).toBe('no no');
  });

  test('as AWS made a default ACL, before a denial with a higher number alone', async () => {
    const text = (number: number) => `${vpc}
resource "aws_network_acl_rule" "ssh" {
  network_acl_id = aws_vpc.main.default_network_acl_id
  rule_number    = ${number}
  rule_action    = "deny"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}
`;
    expect(await answers(text(99), tcp(22), '0.0.0.0/0')).toBe('no no');
    expect(await answers(text(101), tcp(22), '0.0.0.0/0')).toBe('yes yes');
  });

  test('of an ACL from elsewhere nobody knows', async () => {
    const text = `resource "aws_network_acl_rule" "ssh" {
  network_acl_id = "acl-1"
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}
`;
    expect(await answers(text, tcp(22), '0.0.0.0/0')).toBe('unknown unknown');
  });
});

test('more entries than AWS takes by far are not put in order, which is told', async () => {
  const text = `resource "aws_network_acl" "main" {\n  vpc_id = "vpc-1"\n}
resource "aws_network_acl_rule" "many" {
  count          = 201
  network_acl_id = aws_network_acl.main.id
  rule_number    = 1 + count.index
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}
`;
  expect(await answers(text, tcp(22), '0.0.0.0/0')).toBe('unknown unknown');
  const { problems } = await lintFiles({ 'main.tf': text });
  expect(problems.map(({ message }) => message)).toEqual([
    'aws_network_acl.main has 201 entries in one direction, too many to put in order: what it allows is not checked.',
  ]);
});

describe('the ACL of a subnet', () => {
  const subnet = 'resource "aws_subnet" "a" {\n  vpc_id = aws_vpc.main.id\n}\n';
  const acl = (more: string) => `resource "aws_network_acl" "own" {\n  vpc_id = aws_vpc.main.id\n  ${more}\n}\n`;
  const adopted =
    'resource "aws_default_network_acl" "d" {\n  default_network_acl_id = aws_vpc.main.default_network_acl_id\n}\n';
  const association = (id: string, more = '') =>
    `resource "aws_network_acl_association" "a" {\n  ${more}\n  network_acl_id = ${id}\n  subnet_id = aws_subnet.a.id\n}\n`;
  const variable = (name: string, type: string) => `variable "${name}" {\n  type = ${type}\n}\n`;

  test.each([
    ['the default one as AWS made it', '', 'as made'],
    ['the default one that is adopted', adopted, 'aws_default_network_acl.d'],
    ['the one that lists it', adopted + acl('subnet_ids = [aws_subnet.a.id]'), 'aws_network_acl.own'],
    ['the one that it is associated with', acl('') + association('aws_network_acl.own.id'), 'aws_network_acl.own'],
    ['not the one of other subnets', acl('subnet_ids = ["subnet-1"]'), 'as made'],
    ['unknown where a list is', variable('ids', 'list(string)') + acl('subnet_ids = var.ids'), 'unknown var.ids'],
    [
      'its own whatever others list',
      variable('ids', 'list(string)') + acl('subnet_ids = concat([aws_subnet.a.id], var.ids)'),
      'aws_network_acl.own',
    ],
    [
      'unknown where an association may not be there',
      variable('on', 'bool') + acl('') + association('aws_network_acl.own.id', 'count = var.on ? 1 : 0'),
      'unknown var.on',
    ],
    ['unknown where it is from elsewhere', association('"acl-1"'), 'unknown aws_subnet.a network_acl_id'],
    [
      'unknown where two have it',
      acl('subnet_ids = [aws_subnet.a.id]') + adopted.replace('\n}', '\n  subnet_ids = [aws_subnet.a.id]\n}'),
      'unknown ',
    ],
  ])('%s', async (_, more, expected) => {
    const found = (await aclsOf(vpc + subnet + more)).aclOfSubnet('aws_subnet.a');
    const told =
      found.kind === 'unknown' ? `unknown ${found.reasons.join(' ')}` : (found.set.acl?.address ?? found.set.others);
    expect(told).toBe(expected);
  });

  test('is not known in a VPC from elsewhere', async () => {
    const model = await aclsOf('resource "aws_subnet" "a" {\n  vpc_id = "vpc-1"\n}\n');
    expect(model.aclOfSubnet('aws_subnet.a')).toEqual({ kind: 'unknown', reasons: ['vpc-1'] });
    expect(model.aclOfSubnet('aws_subnet.none')).toEqual({ kind: 'unknown', reasons: ['aws_subnet.none'] });
  });
});

interface SmallEntry {
  readonly number: number;
  readonly action: 'allow' | 'deny';
  readonly protocol: 'tcp' | 'udp' | '-1' | 'icmp';
  readonly ports: readonly [number, number];
  readonly cidr: string;
  readonly egress: boolean;
}

const cidrs = ['0.0.0.0/0', '0.0.0.0/1', '10.0.0.0/8', '10.1.0.0/16', '10.1.2.3/32', '::/0', '2001:db8::/32', '::/1'];
const ports = [0, 1, 22, 80, 1023, 1024, 65534, 65535];

const smallEntry: fc.Arbitrary<SmallEntry> = fc
  .record({
    number: fc.integer({ min: 1, max: 32766 }),
    action: fc.constantFrom('allow', 'deny'),
    protocol: fc.constantFrom('tcp', 'udp', '-1', 'icmp'),
    ports: fc.tuple(fc.constantFrom(...ports), fc.constantFrom(...ports)),
    cidr: fc.constantFrom(...cidrs),
    egress: fc.boolean(),
  })
  .map((each) => ({ ...each, ports: each.ports[0] <= each.ports[1] ? each.ports : [each.ports[1], each.ports[0]] }));

interface Packet {
  readonly address: number | bigint;
  readonly family: Family;
  /** A point of the axis of traffic. */
  readonly point: number;
  readonly direction: Direction;
}

/** As AWS does it: lowest number first, the first that matches decides. */
function isAllowed(entries: readonly SmallEntry[], { address, family, point, direction }: Packet): boolean {
  const protocol = Math.floor(point / 65536);
  for (const each of [...entries].sort((a, b) => a.number - b.number)) {
    const read = parseCidr(each.cidr);
    if (read.kind === 'invalid' || read.cidr.family !== family || each.egress !== (direction === 'egress')) continue;
    if (address < read.cidr.first || address > read.cidr.last) continue;
    const number = { tcp: 6, udp: 17, icmp: 1, '-1': protocol }[each.protocol];
    if (number !== protocol) continue;
    const port = point % 65536;
    const hasPorts = each.protocol === 'tcp' || each.protocol === 'udp';
    if (hasPorts && (port < each.ports[0] || port > each.ports[1])) continue;
    return each.action === 'allow';
  }
  return false;
}

const packets: readonly Packet[] = cidrs.flatMap((text) => {
  const read = parseCidr(text);
  if (read.kind === 'invalid') return [];
  const { family, first, last } = read.cidr;
  const most = family === 4 ? 2 ** 32 - 1 : (1n << 128n) - 1n;
  const next = (address: number | bigint, by: number) =>
    typeof address === 'bigint' ? address + BigInt(by) : address + by;
  const addresses = [first, last, next(first, -1), next(last, 1)].filter((each) => each >= 0 && each <= most);
  const points = [6, 17, 1, 50].flatMap((protocol) =>
    ports
      .flatMap((port) => [port - 1, port, port + 1])
      .flatMap((port) => (port < 0 || port > 65535 ? [] : protocol * 65536 + port)),
  );
  return addresses.flatMap((address) =>
    points.flatMap((point) =>
      (['ingress', 'egress'] as const).map((direction) => ({ address, family, point, direction })),
    ),
  );
});

function textOf(entries: readonly SmallEntry[]): string {
  const blocks = entries.map(({ number, action, protocol, ports: [from, to], cidr, egress }, index) => {
    const hasPorts = protocol === 'tcp' || protocol === 'udp';
    const more = protocol === 'icmp' ? 'icmp_type = -1\n  icmp_code = -1' : '';
    return `resource "aws_network_acl_rule" "r${index}" {
  network_acl_id = aws_network_acl.main.id
  rule_number = ${number}
  rule_action = "${action}"
  egress = ${egress}
  protocol = "${protocol}"
  from_port = ${hasPorts ? from : 0}
  to_port = ${hasPorts ? to : 0}
  ${more}
  ${cidr.includes(':') ? 'ipv6_cidr_block' : 'cidr_block'} = "${cidr}"
}
`;
  });
  return `resource "aws_network_acl" "main" {\n  vpc_id = "vpc-1"\n}\n${blocks.join('')}`;
}

const isIn = (regions: readonly Region[], { address, point }: Packet): boolean =>
  regions.some(
    ({ traffic, addresses }) =>
      traffic.points.some(({ first, last }) => first <= point && point <= last) &&
      addresses.intervals.some(({ first, last }) => first <= address && address <= last),
  );

test('what is allowed is what entry by entry says of each packet', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(smallEntry, { maxLength: 12, selector: ({ number }) => number }),
      async (entries) => {
        const set = (await aclsOf(textOf(entries))).sets[0]!;
        const wrong = packets.filter((packet) => {
          const { certain, possible } = set.allowed(packet.direction, packet.family);
          const expected = isAllowed(entries, packet);
          if (expected) seen++;
          return isIn(certain, packet) !== expected || isIn(possible, packet) !== expected;
        });
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(0);
});

/** Which of an entry is a variable without a value. */
const hidden = fc.record({
  number: fc.boolean(),
  action: fc.boolean(),
  ports: fc.boolean(),
  cidr: fc.boolean(),
  egress: fc.boolean(),
  isThere: fc.boolean(),
});

test('whatever an unknown value will be, what is certain is allowed and what is not possible is not', async () => {
  let open = 0;
  const some = fc.array(fc.tuple(smallEntry, hidden, fc.constantFrom(0, 0, 1)), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(some, async (drawn) => {
      const entries = drawn.filter(
        ([{ number }], index) => drawn.findIndex(([each]) => each.number === number) === index,
      );
      let text = textOf(entries.map(([entry]) => entry));
      for (const [index, [, hide, isHidden]] of entries.entries()) {
        if (isHidden === 0) continue;
        const start = text.indexOf(`"r${index}"`);
        const end = text.indexOf('\n}\n', start);
        let block = text.slice(start, end);
        for (const [name, ofName] of [
          ['number', 'rule_number'],
          ['action', 'rule_action'],
          ['ports', 'from_port'],
          ['cidr', '(?:ipv6_)?cidr_block'],
          ['egress', 'egress'],
        ] as const) {
          if (hide[name]) block = block.replace(new RegExp(`(\\n  ${ofName}) = .*`), `$1 = var.v${index}_${name}`);
        }
        if (hide.isThere) block = block.replace('{', `{\n  count = var.v${index}_there ? 1 : 0`);
        text = text.slice(0, start) + block + text.slice(end);
      }
      for (const name of new Set(text.match(/var\.(v\w+)/g) ?? [])) text += `variable "${name.slice(4)}" {}\n`;
      const set = (await aclsOf(text)).sets[0]!;
      for (const packet of packets.filter((_, index) => index % 7 === 0)) {
        const { certain, possible } = set.allowed(packet.direction, packet.family);
        const truth = isAllowed(
          entries.map(([entry]) => entry),
          packet,
        );
        if (isIn(certain, packet)) expect(truth).toBe(true);
        else if (isIn(possible, packet)) open++;
        else expect(truth).toBe(false);
      }
    }),
    { numRuns: 80 },
  );
  expect(open).toBeGreaterThan(0);
});
