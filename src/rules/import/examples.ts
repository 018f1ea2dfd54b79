/** Configurations among which an imported rule finds one that fails and one that passes. */

import type { ImportedRule } from './policy.ts';
import { literal } from './policy.ts';

/** In the order in which they are tried: plain ones first. */
export function candidates({ types, values }: ImportedRule): readonly string[] {
  const found = types.flatMap((type) => of[type]?.(new Choices(values)) ?? []);
  return [...new Set(found)];
}

/** What arguments can be: common values, and those of the rule's own conditions. */
class Choices {
  readonly #values: readonly (string | number)[];

  constructor(values: readonly (string | number)[]) {
    this.#values = values;
  }

  get texts(): readonly (string | undefined)[] {
    const own = this.#values.filter((value) => !/^[\d./:]+$/.test(String(value))).map(String);
    return [
      undefined,
      'example',
      'An example for a rule',
      ...own,
      ...own.map((text) => `${text}-1`),
      ...own.map((text) => `1-${text}`),
    ];
  }

  get cidrs(): readonly string[] {
    const own = this.#values.map(String).filter((value) => /^[\d.]+\/\d+$/.test(value));
    return [...new Set(['10.0.0.0/8', '0.0.0.0/0', ...own, '192.168.0.0/16'])];
  }

  get ports(): readonly number[] {
    const own = this.#values.map(Number).filter((value) => Number.isInteger(value) && value >= 0 && value <= 65535);
    const near = own.flatMap((port) => [port, port + 1, Math.max(0, port - 1)]);
    return [...new Set([443, 22, ...near])].filter((port) => port <= 65535);
  }

  get protocols(): readonly string[] {
    return ['tcp', 'udp', '-1'];
  }

  get tags(): readonly (string | undefined)[] {
    const keys = this.#values.map(String).filter((value) => value !== '' && value.length <= 100);
    const all = keys.map((key) => `${literal(key)} = ${literal(keys.at(-1)!)}`);
    return [
      undefined,
      ...(keys.length === 0 ? [] : [`{ ${[...new Set(all)].join(', ')} }`]),
      '{ Example = "example" }',
    ];
  }
}

interface Traffic {
  readonly port: number;
  readonly protocol: string;
  readonly cidr: string;
  readonly description: string | undefined;
}

/** One thing is changed at a time, and then the port with the block. */
function* traffics(choices: Choices): Iterable<Traffic> {
  const base: Traffic = { port: 443, protocol: 'tcp', cidr: '10.0.0.0/8', description: 'An example for a rule' };
  yield base;
  for (const port of choices.ports)
    for (const cidr of choices.cidrs) for (const protocol of choices.protocols) yield { ...base, port, cidr, protocol };
  for (const description of choices.texts) yield { ...base, description };
}

const line = (name: string, value: string | undefined): string => (value === undefined ? '' : `  ${name} = ${value}\n`);

const quoted = (text: string | undefined): string | undefined => (text === undefined ? undefined : literal(text));

function resource(type: string, lines: readonly string[]): string {
  return `resource "${type}" "example" {\n${aligned(lines)}}`;
}

const group = (type: string) => (choices: Choices) => {
  const isNamed = type === 'aws_security_group';
  const plain = choices.texts.flatMap((name) =>
    choices.texts.map((description) =>
      resource(
        type,
        isNamed ? [line('name', quoted(name ?? 'example')), line('description', quoted(description))] : [],
      ),
    ),
  );
  const tagged = choices.tags.map((tags) =>
    resource(type, [...(isNamed ? [line('name', '"example"')] : []), line('tags', tags)]),
  );
  const blocks = [...traffics(choices)].flatMap((traffic) =>
    ['ingress', 'egress'].map((direction) =>
      resource(type, [
        ...(isNamed ? [line('name', '"example"')] : []),
        `\n  ${direction} {\n${indented([
          line('description', quoted(traffic.description)),
          line('from_port', traffic.protocol === '-1' ? '0' : String(traffic.port)),
          line('to_port', traffic.protocol === '-1' ? '0' : String(traffic.port)),
          line('protocol', literal(traffic.protocol)),
          line('cidr_blocks', `[${literal(traffic.cidr)}]`),
        ])}  }\n`,
      ]),
    ),
  );
  return [...tagged, ...plain, ...blocks];
};

const indented = (lines: readonly string[]): string => aligned(lines.map((each) => each.replace(/^ {2}/, '    ')));

/** As `terraform fmt` has arguments that follow one another. */
function aligned(lines: readonly string[]): string {
  const width = Math.max(0, ...lines.map((each) => /^ +(\w+) = /.exec(each)?.[1]?.length ?? 0));
  return lines
    .map((each) => each.replace(/^( +)(\w+) = /, (_, space, name) => `${space}${name.padEnd(width)} = `))
    .join('');
}

const standalone = (type: string) => (choices: Choices) => {
  const isOld = type === 'aws_security_group_rule';
  const directions = isOld ? ['ingress', 'egress'] : [undefined];
  const of = (traffic: Traffic, direction: string | undefined, tags?: string): string => {
    const isAll = traffic.protocol === '-1';
    return resource(type, [
      line('type', quoted(direction)),
      line('security_group_id', '"sg-0123456789abcdef0"'),
      line('description', quoted(traffic.description)),
      line(isOld ? 'protocol' : 'ip_protocol', literal(traffic.protocol)),
      isAll && !isOld ? '' : line('from_port', isAll ? '0' : String(traffic.port)),
      isAll && !isOld ? '' : line('to_port', isAll ? '0' : String(traffic.port)),
      isOld ? line('cidr_blocks', `[${literal(traffic.cidr)}]`) : line('cidr_ipv4', literal(traffic.cidr)),
      line('tags', isOld ? undefined : tags),
    ]);
  };
  const [base] = traffics(choices);
  return [
    ...directions.flatMap((direction) => [...traffics(choices)].map((traffic) => of(traffic, direction))),
    ...choices.tags.map((tags) => of(base!, directions[0], tags)),
  ];
};

const entry = (choices: Choices): readonly string[] =>
  [...traffics(choices)].flatMap((traffic) =>
    ['allow', 'deny'].flatMap((action) =>
      ['false', 'true'].flatMap((egress) =>
        [100, ...choices.ports].map((number) =>
          resource('aws_network_acl_rule', [
            line('network_acl_id', '"acl-0123456789abcdef0"'),
            line('rule_number', String(number)),
            line('egress', egress),
            line('rule_action', literal(action)),
            line('protocol', literal(traffic.protocol)),
            line('cidr_block', literal(traffic.cidr)),
            line('from_port', String(traffic.protocol === '-1' ? 0 : traffic.port)),
            line('to_port', String(traffic.protocol === '-1' ? 0 : traffic.port)),
          ]),
        ),
      ),
    ),
  );

const acl = (type: string) => (choices: Choices) => {
  const head =
    type === 'aws_network_acl'
      ? line('vpc_id', '"vpc-0123456789abcdef0"')
      : line('default_network_acl_id', '"acl-0123456789abcdef0"');
  const tagged = choices.tags.map((tags) => resource(type, [head, line('tags', tags)]));
  const blocks = [...traffics(choices)].flatMap((traffic) =>
    ['allow', 'deny'].flatMap((action) =>
      ['ingress', 'egress'].map((direction) =>
        resource(type, [
          head,
          `\n  ${direction} {\n${indented([
            line('rule_no', '100'),
            line('action', literal(action)),
            line('protocol', literal(traffic.protocol)),
            line('cidr_block', literal(traffic.cidr)),
            line('from_port', String(traffic.protocol === '-1' ? 0 : traffic.port)),
            line('to_port', String(traffic.protocol === '-1' ? 0 : traffic.port)),
          ])}  }\n`,
        ]),
      ),
    ),
  );
  return [...tagged, ...blocks];
};

const of: Readonly<Record<string, (choices: Choices) => readonly string[]>> = {
  aws_security_group: group('aws_security_group'),
  aws_default_security_group: group('aws_default_security_group'),
  aws_security_group_rule: standalone('aws_security_group_rule'),
  aws_vpc_security_group_ingress_rule: standalone('aws_vpc_security_group_ingress_rule'),
  aws_vpc_security_group_egress_rule: standalone('aws_vpc_security_group_egress_rule'),
  aws_network_acl: acl('aws_network_acl'),
  aws_default_network_acl: acl('aws_default_network_acl'),
  aws_network_acl_rule: entry,
};
