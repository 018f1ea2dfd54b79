/** Generated networks: what is said of them is what packets do, one by one. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configOf } from '../../src/config/config.ts';
import type { ServiceExposure } from '../../src/exposure/exposure.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { exposure } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

/** Blocks of the internet, and one address in each part that they cut it into. */
const blocks = ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '64.0.0.0/2', '8.8.8.0/24'];
const hosts: readonly (readonly string[])[] = [
  ['0.0.0.0/0', '0.0.0.0/1', '8.8.8.0/24'],
  ['0.0.0.0/0', '0.0.0.0/1'],
  ['0.0.0.0/0', '0.0.0.0/1', '64.0.0.0/2'],
  ['0.0.0.0/0', '128.0.0.0/1'],
];
const lengthOf = (block: string): number => Number(block.split('/')[1]);

/** Ports that rules and entries end at, and some between them. */
const ports = [22, 80, 443, 5000];
const probes = [21, 22, 50, 80, 100, 443, 1000, 5000, 6000];

interface Entry {
  readonly number: number;
  readonly isAllowed: boolean;
  readonly ports: readonly [number, number];
  readonly block: string;
}

interface SmallNetwork {
  readonly isAttached: boolean;
  /** The last is the main table of the VPC. */
  readonly tables: readonly (readonly { readonly block: string; readonly toGateway: boolean }[])[];
  readonly subnets: readonly { readonly table: number; readonly maps: boolean; readonly acl: number | null }[];
  readonly acls: readonly { readonly inwards: readonly Entry[]; readonly outwards: readonly Entry[] }[];
  /** The peer of a rule: a block of the internet, a subnet or a group. */
  readonly groups: readonly (readonly { readonly ports: readonly [number, number]; readonly peer: string }[])[];
  readonly services: readonly {
    readonly kind: 'instance' | 'balancer';
    readonly subnet: number;
    readonly groups: readonly number[];
    /** Of an instance, whether it asks for a public address; of a balancer, whether it is internet-facing. */
    readonly isPublic: boolean | null;
  }[];
}

const portRange = fc
  .tuple(fc.constantFrom(...ports), fc.constantFrom(...ports))
  .map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)]);

const block = fc.constantFrom(...blocks, '0.0.0.0/0');

const entries = fc.uniqueArray(
  fc.record({
    number: fc.integer({ min: 1, max: 4 }),
    isAllowed: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    ports: fc.oneof(portRange, fc.constant<readonly [number, number]>([0, 65535])),
    block,
  }),
  { maxLength: 3, selector: ({ number }) => number },
);

const network: fc.Arbitrary<SmallNetwork> = fc.record({
  isAttached: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  tables: fc.tuple(
    ...[0, 1, 2].map(() =>
      fc.uniqueArray(
        fc.record({ block, toGateway: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)) }),
        { maxLength: 3, selector: (route) => route.block },
      ),
    ),
  ),
  subnets: fc.tuple(
    ...[0, 1, 2].map(() =>
      fc.record({
        table: fc.integer({ min: 0, max: 2 }),
        maps: fc.boolean(),
        acl: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.integer({ min: 0, max: 1 })),
      }),
    ),
  ),
  acls: fc.tuple(...[0, 1].map(() => fc.record({ inwards: entries, outwards: entries }))),
  groups: fc.tuple(
    ...[0, 1, 2].map(() =>
      fc.array(
        fc.record({
          ports: portRange,
          peer: fc.oneof(block, fc.constantFrom('subnet 0', 'subnet 1', 'subnet 2', 'group 0', 'group 1', 'group 2')),
        }),
        { maxLength: 3 },
      ),
    ),
  ),
  services: fc.tuple(
    ...[0, 1, 2, 3].map(() =>
      fc.record({
        kind: fc.constantFrom('instance', 'balancer'),
        subnet: fc.integer({ min: 0, max: 2 }),
        groups: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 2 }),
        isPublic: fc.constantFrom(true, false, null),
      }),
    ),
  ),
});

/** What decides something that a variable can hide, and all that it can be. */
interface Hidden {
  readonly value: string;
  readonly cases: readonly SmallNetwork[];
}

const entryBlock = (direction: string, { number, isAllowed, ports: [from, to], block: cidr }: Entry): string => `
  ${direction} {
    rule_no    = ${number}
    action     = "${isAllowed ? 'allow' : 'deny'}"
    protocol   = "tcp"
    from_port  = ${from}
    to_port    = ${to}
    cidr_block = "${cidr}"
  }`;

function peerText(peer: string, isSelf: boolean): string {
  const [kind, index] = peer.split(' ');
  if (kind === 'subnet') return `cidr_blocks = [aws_subnet.s${index}.cidr_block]`;
  if (kind !== 'group') return `cidr_blocks = ["${peer}"]`;
  return isSelf ? 'self = true' : `security_groups = [aws_security_group.g${index}.id]`;
}

/** The configuration; `hidden` is written in the place of what it is a case of. */
function written(small: SmallNetwork, hide: Readonly<Record<string, string>> = {}): string {
  const of = (key: string, text: string): string => hide[key] ?? text;
  const routes = (table: SmallNetwork['tables'][number]): string =>
    table
      .map(
        ({ block: cidr, toGateway }) => `
  route {
    cidr_block = "${cidr}"
    ${toGateway ? 'gateway_id = aws_internet_gateway.main.id' : 'nat_gateway_id = "nat-1"'}
  }`,
      )
      .join('');
  return [
    'variable "hidden" {}',
    'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}',
    `resource "aws_internet_gateway" "main" {\n${small.isAttached ? '  vpc_id = aws_vpc.main.id\n' : ''}}`,
    ...small.tables.map((table, index) =>
      index === 2
        ? `resource "aws_default_route_table" "main" {\n  default_route_table_id = aws_vpc.main.default_route_table_id${routes(table)}\n}`
        : `resource "aws_route_table" "t${index}" {\n  vpc_id = aws_vpc.main.id${routes(table)}\n}`,
    ),
    ...small.subnets.flatMap(({ table, maps }, index) => [
      `resource "aws_subnet" "s${index}" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.${index}.0/24"
  map_public_ip_on_launch = ${of(`maps ${index}`, String(maps))}
}`,
      ...(table === 2
        ? []
        : [
            `resource "aws_route_table_association" "s${index}" {\n  subnet_id      = aws_subnet.s${index}.id\n  route_table_id = aws_route_table.t${table}.id\n}`,
          ]),
    ]),
    ...small.acls.map(({ inwards, outwards }, index) => {
      const subnets = small.subnets.flatMap(({ acl }, of) => (acl === index ? [`aws_subnet.s${of}.id`] : []));
      return `resource "aws_network_acl" "a${index}" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [${subnets.join(', ')}]${inwards.map((each) => entryBlock('ingress', each)).join('')}${outwards.map((each) => entryBlock('egress', each)).join('')}
}`;
    }),
    ...small.groups.flatMap((rules, index) => [
      `resource "aws_security_group" "g${index}" {\n  vpc_id = aws_vpc.main.id\n}`,
      ...rules.map(({ ports: [from, to], peer }, rule) => {
        const isSelf = peer === `group ${index}`;
        return `resource "aws_security_group_rule" "g${index}_${rule}" {
  type              = "ingress"
  security_group_id = aws_security_group.g${index}.id
  protocol          = "tcp"
  from_port         = ${from}
  to_port           = ${to}
  ${peerText(peer, isSelf).replace('security_groups = [', 'source_security_group_id = ').replace('.id]', '.id')}
}`;
      }),
    ]),
    ...small.services.map(({ kind, subnet, groups, isPublic }, index) => {
      const ids = groups.map((group) => `aws_security_group.g${group}.id`).join(', ');
      if (kind === 'balancer') {
        const internal = of(`public ${index}`, String(isPublic === false));
        return `resource "aws_lb" "x${index}" {\n  internal        = ${internal}\n  subnets         = [aws_subnet.s${subnet}.id]\n  security_groups = [${ids}]\n}`;
      }
      const asks = of(`public ${index}`, String(isPublic));
      return `resource "aws_instance" "x${index}" {\n  associate_public_ip_address = ${asks}\n  subnet_id                   = aws_subnet.s${subnet}.id\n  vpc_security_group_ids      = [${ids}]\n}`;
    }),
  ].join('\n\n');
}

const isIn = (port: number, [from, to]: readonly [number, number]): boolean => port >= from && port <= to;

/** Whether a packet gets through a network ACL: the first entry that matches decides. */
function isLetThrough(some: readonly Entry[], port: number, host: readonly string[]): boolean {
  const matching = some.filter((each) => isIn(port, each.ports) && host.includes(each.block));
  return matching.toSorted((a, b) => a.number - b.number)[0]?.isAllowed === true;
}

/** Whether a packet from a host of the internet gets to a service, and an answer back, before its groups are asked. */
function arrives(small: SmallNetwork, service: number, port: number, host: readonly string[]): boolean {
  const { kind, subnet, isPublic } = small.services[service]!;
  const { table, maps, acl } = small.subnets[subnet]!;
  const hasAddress = kind === 'balancer' ? isPublic !== false : (isPublic ?? maps);
  const routes = small.tables[table]!.filter((route) => host.includes(route.block));
  const route = routes.toSorted((a, b) => lengthOf(b.block) - lengthOf(a.block))[0];
  if (!hasAddress || !small.isAttached || route?.toGateway !== true) return false;
  if (acl === null) return true;
  const { inwards, outwards } = small.acls[acl]!;
  const answersTo = [1024, 5000, 5001, 65535];
  return isLetThrough(inwards, port, host) && answersTo.some((each) => isLetThrough(outwards, each, host));
}

const rulesOn = (small: SmallNetwork, service: number, port: number) =>
  small.services[service]!.groups.flatMap((group) => small.groups[group]!.filter((rule) => isIn(port, rule.ports)));

/** Whether the groups of a service let in every host of the internet. */
const isOpen = (small: SmallNetwork, service: number, port: number): boolean =>
  hosts.every((host) => rulesOn(small, service, port).some(({ peer }) => host.includes(peer)));

/** Whether the groups of a service let in another one: by its group or its address, which only the whole of IPv4 holds of the blocks above. */
function isLetIn(small: SmallNetwork, service: number, port: number, from: number): boolean {
  const { subnet, groups } = small.services[from]!;
  // 10.0.0.0/16 is in the lower half.
  const own = ['0.0.0.0/0', '0.0.0.0/1', `subnet ${subnet}`, ...groups.map((group) => `group ${group}`)];
  return rulesOn(small, service, port).some(({ peer }) => own.includes(peer));
}

/** What holds of a port of each service: how many hops it is away, `no`, or nothing where no group opens it. */
function simulated(small: SmallNetwork): readonly string[] {
  const all = small.services.map((_, index) => index);
  const direct = (service: number, port: number): boolean =>
    isOpen(small, service, port) && hosts.some((host) => arrives(small, service, port, host));
  // Ports that are not probed are like a neighbour that is.
  const distances = new Map<number, number>();
  for (const service of all) if (probes.some((port) => direct(service, port))) distances.set(service, 1);
  for (let hops = 2; hops <= all.length; hops++) {
    const before = [...distances].filter(([, each]) => each < hops).map(([each]) => each);
    for (const service of all) {
      if (distances.has(service)) continue;
      const isNext = before.some((from) => probes.some((port) => isLetIn(small, service, port, from)));
      if (isNext) distances.set(service, hops);
    }
  }
  return all.flatMap((service) =>
    probes.map((port) => {
      if (direct(service, port)) return `${service} ${port} yes 1`;
      const over = [...distances].filter(([from]) => from !== service && isLetIn(small, service, port, from));
      if (over.length > 0) return `${service} ${port} yes ${Math.min(...over.map(([, hops]) => hops)) + 1}`;
      return `${service} ${port} ${isOpen(small, service, port) ? 'no' : 'nothing'}`;
    }),
  );
}

const tcp = 6 * 65536;

async function said(text: string): Promise<readonly string[]> {
  const options = { configFor: () => configOf(new Map()), parser: 'native', inputs: noInputs } as const;
  const { roots } = await exposure(memoryFileSystem({ 'main.tf': text }), [''], options);
  const services = roots.flatMap((root) => root.exposure.services);
  const byIndex = [0, 1, 2, 3].map((index) => services.find(({ address }) => address.endsWith(`.x${index}`))!);
  const textOf = ({ answer, hops }: ServiceExposure): string => [answer, ...(hops === null ? [] : [hops])].join(' ');
  return byIndex.flatMap(({ exposures }, index) =>
    probes.map((port) => {
      const found = exposures.filter(({ traffic }) =>
        traffic.points.some(({ first, last }) => first <= tcp + port && tcp + port <= last),
      );
      expect(found.length).toBeLessThanOrEqual(1);
      return `${index} ${port} ${found[0] === undefined ? 'nothing' : textOf(found[0])}`;
    }),
  );
}

const runs = Number(process.env['EXPOSURE_RUNS'] ?? 60);
const seed = Number(process.env['EXPOSURE_SEED'] ?? 20);

test('answers are those of packets', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(network, async (small) => {
      const answers = simulated(small);
      for (const line of answers) seen.add(line.split(' ').slice(2).join(' '));
      expect(await said(written(small))).toEqual(answers);
    }),
    { numRuns: runs, seed },
  );
  expect([...seen].sort()).toEqual(expect.arrayContaining(['no', 'nothing', 'yes 1', 'yes 2', 'yes 3']));
});

/** Everything that a variable can decide, with the networks that come of it. */
function hidden(small: SmallNetwork): readonly Hidden[] {
  const services = small.services.map(
    (_, index): Hidden => ({
      value: `public ${index}`,
      cases: [true, false, null].map((isPublic) => ({
        ...small,
        services: small.services.map((each, at) => (at === index ? { ...each, isPublic } : each)),
      })),
    }),
  );
  const subnets = small.subnets.map(
    (_, index): Hidden => ({
      value: `maps ${index}`,
      cases: [true, false].map((maps) => ({
        ...small,
        subnets: small.subnets.map((each, at) => (at === index ? { ...each, maps } : each)),
      })),
    }),
  );
  return [...services, ...subnets];
}

test('where a variable decides, only what holds in each of its cases is said', async () => {
  await fc.assert(
    fc.asyncProperty(network, fc.nat(), async (small, choice) => {
      const all = hidden(small);
      const { value, cases } = all[choice % all.length]!;
      const answers = await said(written(small, { [value]: 'var.hidden' }));
      const each = cases.map(simulated);
      const answerIn = (line: string): string => line.split(' ')[2]!;
      for (const [index, line] of answers.entries()) {
        const possible = new Set(each.map((lines) => answerIn(lines[index]!)));
        // A service is no further away than in the case where it is nearest.
        if (answerIn(line) === 'unknown') continue;
        expect([line, ...possible]).toEqual([line, answerIn(line)]);
      }
    }),
    { numRuns: runs, seed },
  );
});
