/** Whole configurations: variables, locals, resources, modules, and groups whose rules show what expressions mean. */

import { constraintOf, Expressions, type Name, type ValueType, valueTypes } from './expressions.ts';
import { Random } from './random.ts';

/** One block of a file; others may refer to it by what it declares. */
export interface Item {
  readonly path: string;
  readonly text: string;
}

/** Things that only apply knows, of each type that has one. */
const unknowns: readonly Name[] = [
  { text: 'aws_instance.host.private_ip', type: 'string' },
  { text: 'aws_eip.nat[1].public_ip', type: 'string' },
  { text: 'aws_db_instance.main.port', type: 'number' },
  { text: 'aws_instance.host.monitoring', type: 'bool' },
  { text: 'data.aws_vpcs.all.ids', type: 'list(string)' },
  { text: 'aws_instance.host.tags_all', type: 'map(string)' },
  { text: 'toset(data.aws_vpcs.all.ids)', type: 'set(string)' },
  { text: '[for e in aws_eip.nat : e.public_ip]', type: 'list(string)' },
];

const sources: readonly Item[] = [
  { path: 'main.tf', text: 'resource "aws_instance" "host" {\n  instance_type = "t3.micro"\n}' },
  { path: 'main.tf', text: 'resource "aws_eip" "nat" {\n  count = 2\n}' },
  { path: 'main.tf', text: 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}' },
  { path: 'main.tf', text: 'data "aws_vpcs" "all" {\n}' },
  { path: 'main.tf', text: 'resource "aws_security_group" "one" {\n  name = "one"\n}' },
  { path: 'main.tf', text: 'resource "aws_security_group" "many" {\n  count = 2\n  name  = "many"\n}' },
  {
    path: 'main.tf',
    text: 'resource "aws_security_group" "keyed" {\n  for_each = toset(["a", "b"])\n  name     = each.key\n}',
  },
];

const groupIds = [
  'aws_security_group.one.id',
  'aws_security_group.many[0].id',
  'aws_security_group.many.1.id',
  'aws_security_group.keyed["a"].id',
  'one(aws_security_group.many[*].id)',
  'join("", [aws_security_group.one.id])',
  'element(aws_security_group.many.*.id, 3)',
  'values(aws_security_group.keyed)[0].id',
  'coalesce("", aws_security_group.one.id)',
  'try(aws_security_group.many[7].id, aws_security_group.one.id)',
  '{ for k, g in aws_security_group.keyed : k => g.id }["b"]',
  'split(",", "${aws_security_group.one.id},${aws_security_group.many[0].id}")[1]',
  'concat([for g in aws_security_group.keyed : g.id], ["sg-00000000"])[1]',
  '"sg-00000001"',
];

/** The configuration of a seed. Its rules are in resources of their own, so that a rule's address names what it needs. */
export function makeProgram(seed: number): readonly Item[] {
  return new ProgramMaker(new Random(seed)).make();
}

class ProgramMaker {
  readonly #random: Random;
  readonly #expressions: Expressions;
  readonly #items: Item[] = [...sources];
  #names: readonly Name[] = [];

  constructor(random: Random) {
    this.#random = random;
    this.#expressions = new Expressions(random);
  }

  make(): readonly Item[] {
    this.#variables();
    for (let i = 0; i < 12; i++) this.#local(`l${i}`, this.#random.pick(valueTypes));
    this.#module();
    for (let i = 0; i < 40; i++) this.#group(i);
    for (let i = 0; i < 14; i++) this.#standalone(i);
    return this.#items;
  }

  #add(text: string, path = 'main.tf'): void {
    this.#items.push({ path, text });
  }

  #expression(type: ValueType, depth = 3): string {
    const withUnknown = this.#random.chance(0.15) ? [...this.#names, ...unknowns] : this.#names;
    return this.#expressions.make(type, this.#random.between(1, depth), withUnknown);
  }

  #variables(): void {
    const expressions = this.#expressions;
    for (const [index, type] of valueTypes.entries()) {
      const name = `v${index}`;
      const sensitive = this.#random.chance(0.1) ? '\n  sensitive = true' : '';
      const nullable = this.#random.chance(0.2) ? '\n  nullable  = false' : '';
      const value = expressions.make(type, 0, []).replace(/^toset\((.*)\)$/s, '$1');
      this.#add(
        `variable "${name}" {\n  type    = ${constraintOf(type)}\n  default = ${value}${sensitive}${nullable}\n}`,
      );
      if (this.#random.chance(0.4)) {
        const given = expressions.make(type, 0, []).replace(/^toset\((.*)\)$/s, '$1');
        this.#add(`${name} = ${given}`, 'terraform.tfvars');
      }
      this.#names = [...this.#names, { text: `var.${name}`, type }];
    }
  }

  #local(name: string, type: ValueType): void {
    const value = this.#expression(type);
    const fallback = this.#expressions.make(type, 0, []);
    this.#add(`locals {\n  ${name} = ${this.#random.chance(0.6) ? `try(${value}, ${fallback})` : value}\n}`);
    this.#names = [...this.#names, { text: `local.${name}`, type }];
  }

  #module(): void {
    const random = this.#random;
    const types = [random.pick(valueTypes), random.pick(valueTypes)] as const;
    const inner: readonly Name[] = types.map((type, i) => ({ text: `var.i${i}`, type }));
    const variables = types.map((type, i) => `variable "i${i}" {\n  type = ${constraintOf(type)}\n}`).join('\n');
    const out = random.pick(valueTypes);
    const output = `output "out" {\n  value = ${this.#expressions.make(out, 2, inner)}\n}`;
    const group = `resource "aws_security_group" "inner" {\n  name = "inner"\n${this.#closedBlock(inner)}\n}`;
    const shown = `resource "aws_security_group" "shown" {\n  name = "shown"\n  ingress {\n    from_port = 1\n    to_port = 1\n    protocol = "tcp"\n    self = true\n    description = md5(jsonencode([var.i0, var.i1]))\n  }\n}`;
    for (const text of [variables, output, group, shown]) this.#add(text, 'inner/main.tf');
    const calls = [
      ['single', '', 'module.single'],
      ['counted', '\n  count  = 2', 'module.counted[1]'],
      ['keyed', '\n  for_each = { x = 1, "y z" = 2 }', 'module.keyed["y z"]'],
    ] as const;
    for (const [name, expansion, reference] of calls) {
      const given = types.map((type, i) => `  i${i} = ${this.#expression(type, 2)}`).join('\n');
      this.#add(`module "${name}" {\n  source = "./inner"${expansion}\n${given}\n}`);
      this.#names = [...this.#names, { text: `${reference}.out`, type: out }];
    }
  }

  #port(names: readonly Name[]): string {
    const port = `abs(floor(${this.#in('number', names)})) % 65536`;
    return this.#random.chance(0.7) ? `try(${port}, 7)` : port;
  }

  #in(type: ValueType, names: readonly Name[], depth = 2): string {
    const withUnknown = this.#random.chance(0.1) ? [...names, ...unknowns] : names;
    return this.#expressions.make(type, this.#random.between(0, depth), withUnknown);
  }

  #description(names: readonly Name[]): string {
    const any = this.#expressions.make(
      this.#random.pick(valueTypes),
      this.#random.between(1, 4),
      this.#random.chance(0.15) ? [...names, ...unknowns] : names,
    );
    const shown = this.#random.chance(0.6) ? `try(${any}, "fault")` : any;
    return `substr(replace(jsonencode(${shown}), "/[^a-zA-Z0-9._:,\\\\[\\\\]{}=-]/", "!"), 0, 250)`;
  }

  #ranges(names: readonly Name[]): string {
    const one = (): string =>
      this.#random.pick([
        () => '"10.0.0.0/8"',
        () => `cidrsubnet("10.0.0.0/8", 8, abs(floor(${this.#in('number', names, 1)})) % 256)`,
        () => `"\${aws_eip.nat[0].public_ip}/32"`,
        () => `{ a = "172.16.0.0/12" }["a"]`,
      ])();
    return this.#random.pick([
      () => `[${one()}]`,
      () => `[${one()}, ${one()}]`,
      () => `concat([${one()}], [for i in ${this.#in('list(string)', names, 1)} : "10.1.0.0/16"])`,
      () => `toset([${one()}, "0.0.0.0/0"])`,
      () => `${this.#in('bool', names, 1)} ? [${one()}] : []`,
      () => `compact([${one()}, ""])`,
      () => 'null',
    ])();
  }

  /** The body of a rule. */
  #rule(names: readonly Name[]): string {
    const random = this.#random;
    return [
      `from_port   = ${this.#port(names)}`,
      `to_port     = ${this.#port(names)}`,
      `protocol    = ${random.pick(['"tcp"', '"-1"', '6', '"UDP"', `${this.#in('bool', names)} ? "tcp" : "udp"`])}`,
      `cidr_blocks = ${this.#ranges(names)}`,
      `description = ${this.#description(names)}`,
      ...(random.chance(0.2) ? [`self = ${this.#in('bool', names)}`] : []),
      ...(random.chance(0.3) ? [`security_groups = [${random.pick(groupIds)}, ${random.pick(groupIds)}]`] : []),
    ]
      .map((line) => `    ${line}\n`)
      .join('');
  }

  /** A rule of a module that has no resources to refer to. */
  #closedBlock(names: readonly Name[]): string {
    for (;;) {
      const block = this.#block('ingress', names);
      if (!/aws_|data\./.test(block)) return block;
    }
  }

  #block(direction: string, names: readonly Name[]): string {
    return `  ${direction} {\n${this.#rule(names)}  }`;
  }

  #dynamic(direction: string): string {
    const from = this.#random.pick([
      'list(string)',
      'map(number)',
      'list(object)',
      'list(number)',
      'set(string)',
      'map(string)',
    ] as const);
    const element = (/\((.*)\)/.exec(from)![1] ?? 'string') as ValueType;
    const iterator = this.#random.chance(0.3) ? 'it' : direction;
    const names: readonly Name[] = [
      ...this.#names,
      { text: `${iterator}.value`, type: element },
      { text: `${iterator}.value`, type: element },
      { text: `${iterator}.key`, type: from.startsWith('list') ? 'number' : 'string' },
    ];
    const named = iterator === 'it' ? '    iterator = it\n' : '';
    return `  dynamic "${direction}" {\n    for_each = ${this.#expression(from)}\n${named}    content {\n${this.#rule(names)}    }\n  }`;
  }

  #group(index: number): void {
    const random = this.#random;
    const direction = random.pick(['ingress', 'egress']);
    const repeated = random.pick(['', '', 'count', 'for_each'] as const);
    const names: readonly Name[] =
      repeated === ''
        ? this.#names
        : repeated === 'count'
          ? [...this.#names, { text: 'count.index', type: 'number' }]
          : [...this.#names, { text: 'each.key', type: 'string' }, { text: 'each.value', type: 'number' }];
    const expansion =
      repeated === ''
        ? ''
        : repeated === 'count'
          ? `  count = abs(floor(${this.#expressions.make('number', 1, this.#names)})) % 2 + 1\n`
          : `  for_each = merge({ z = 1 }, ${this.#expressions.make('map(number)', 2, this.#names)})\n`;
    const body = random.chance(0.35) ? this.#dynamic(direction) : this.#block(direction, names);
    this.#add(`resource "aws_security_group" "g${index}" {\n${expansion}  name = "g${index}"\n${body}\n}`);
  }

  #standalone(index: number): void {
    const random = this.#random;
    const owner = random.pick(groupIds);
    if (random.chance(0.5)) {
      this.#add(`resource "aws_security_group_rule" "r${index}" {
  type = ${random.pick(['"ingress"', '"egress"', `${this.#expressions.make('bool', 1, this.#names)} ? "ingress" : "egress"`])}
  from_port = ${this.#port(this.#names)}
  to_port = ${this.#port(this.#names)}
  protocol = "tcp"
  ${random.pick(['cidr_blocks = ["10.0.0.0/8"]', 'self = true', `source_security_group_id = ${random.pick(groupIds)}`])}
  description = ${this.#description(this.#names)}
  security_group_id = ${owner}
}`);
      return;
    }
    const names: readonly Name[] = [
      ...this.#names,
      { text: 'each.value', type: 'string' },
      { text: 'each.key', type: 'string' },
    ];
    this.#add(`resource "aws_vpc_security_group_ingress_rule" "r${index}" {
  for_each = ${random.pick([() => `merge({ z = "1" }, ${this.#expressions.make('map(string)', 2, this.#names)})`, () => `setunion(["z"], ${this.#expressions.make('set(string)', 2, this.#names)})`])()}
  ip_protocol = "tcp"
  from_port = ${this.#port(names)}
  to_port = ${this.#port(names)}
  ${random.pick(['cidr_ipv4 = "10.0.0.0/8"', 'cidr_ipv6 = "::/0"', `referenced_security_group_id = ${random.pick(groupIds)}`])}
  description = ${this.#description(names)}
  security_group_id = ${owner}
}`);
  }
}
