/** Configurations full of secrets, each a text that stands nowhere else, for the tests that look for them in what tfsg writes. */

import fc from 'fast-check';

/** How a value gets to its variable. */
export const routes = ['environment', '--var', '--var-file', 'terraform.tfvars', 'x.auto.tfvars.json'] as const;
export type Route = (typeof routes)[number];

/** What is wrong, or not, with a secret: what it is used for asks for other texts. */
interface Kind {
  readonly type: 'string' | 'number' | 'list(string)' | 'map(string)' | 'list(number)';
  /** @param token letters and digits that stand nowhere else; @param number from 10,000 to 49,999, that stands nowhere else */
  readonly value: (token: string, number: number) => unknown;
  /** What of it would tell. */
  readonly secretsIn: (token: string, number: number) => readonly string[];
}

const text = (prefix: string): Kind => ({
  type: 'string',
  value: (token) => `${prefix}${token}`,
  secretsIn: (token) => [token],
});
const number: Kind = { type: 'number', value: (_, given) => given, secretsIn: (_, given) => numberTexts(given) };
const block = (of: (number: number) => string): Kind => ({
  type: 'string',
  value: (_, given) => of(given),
  secretsIn: (_, given) => [of(given), of(given).replace(/\/.*/, '')],
});

/** As reports write numbers. */
const numberTexts = (given: number): string[] => [String(given), given.toLocaleString('en')];

/** Two bytes of an address. */
const bytes = (given: number): string => `${given >> 8}.${given & 255}`;

const kinds = {
  word: text('w'),
  name: text('sg-n'),
  accented: text('ü"\n'),
  described: text('d>'),
  long: { ...text(''), value: (token) => token.repeat(40) },
  group: text('sg-0'),
  list: text('pl-0'),
  protocol: text('p'),
  whole: { ...text(''), value: () => '0.0.0.0/0', secretsIn: () => [] },
  host: block((given) => `203.${bytes(given)}.7/32`),
  wide: block((given) => `${bytes(given)}.0.0/16`),
  bits: block((given) => `44.${bytes(given)}.9/20`),
  spelled: block((given) => `45.${bytes(given)}.0/024`),
  broken: block((given) => `46.${bytes(given)}.0/99`),
  six: block((given) => `2600:${given.toString(16)}:0::/40`),
  port: number,
  other: number,
  huge: { ...number, value: (_, given) => given * 100, secretsIn: (_, given) => numberTexts(given * 100) },
  fraction: { ...number, value: (_, given) => given + 0.5 },
  words: { ...text(''), type: 'list(string)', value: (token) => [`a${token}`, `b${token}`] },
  blocks: {
    ...block((given) => `47.${bytes(given)}.0/24`),
    type: 'list(string)',
    value: (_, given) => [`47.${bytes(given)}.0/24`, `48.${bytes(given)}.0/25`],
    secretsIn: (_, given) => [`47.${bytes(given)}`, `48.${bytes(given)}`],
  },
  ports: {
    ...number,
    type: 'list(number)',
    value: (_, given) => [given, given + 1],
    secretsIn: (_, given) => [given, given + 1].flatMap(numberTexts),
  },
  keys: { ...text(''), type: 'map(string)', value: (token) => ({ [`k${token}`]: `v${token}`, [`l${token}`]: 'x' }) },
} satisfies Record<string, Kind>;

type SecretName = keyof typeof kinds;
const names = Object.keys(kinds) as SecretName[];

/** Ways of a value through the configuration that leave it what it is. */
const detours: readonly ((value: string, name: SecretName) => string)[] = [
  (value) => value,
  (_, name) => `local.${name}`,
  (_, name) => `module.pass.${name}`,
  (value) => `[${value}][0]`,
  (value) => `{ a = ${value} }.a`,
  (value) => `try(${value}, null)`,
  (value) => `one([for v in [${value}] : v])`,
  (value) => `jsondecode(jsonencode(${value}))`,
  (value) => `true ? ${value} : ${value}`,
  (value) => `lookup({ a = ${value} }, "a")`,
  (value) => `coalesce(${value}, ${value})`,
];

export interface Secrets {
  readonly files: Readonly<Record<string, string>>;
  /** Text of the variable file that the command line names. */
  readonly variableFile: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Texts that nothing may say. */
  readonly tokens: readonly string[];
}

/** @param allowed the routes that there are */
export function secrets(allowed: readonly Route[] = routes): fc.Arbitrary<Secrets> {
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 2 ** 30 }),
      numbers: fc.shuffledSubarray(
        Array.from({ length: 150 }, (_, index) => 10_007 + index * 263),
        { minLength: names.length, maxLength: names.length },
      ),
      routes: fc.array(fc.constantFrom(...allowed), { minLength: names.length, maxLength: names.length }),
      detours: fc.infiniteStream(fc.constantFrom(...detours)),
    })
    .map(({ seed, numbers, routes: chosen, detours: ways }) => {
      const given = names.map((name, index) => {
        const token = `q${(seed + index * 7919).toString(36)}z${index}j`;
        const kind: Kind = kinds[name];
        return {
          name,
          type: kind.type,
          route: chosen[index]!,
          value: kind.value(token, numbers[index]!),
          tokens: kind.secretsIn(token, numbers[index]!),
        };
      });
      const of = (name: SecretName): string => ways.next().value(`var.${name}`, name);
      const by = (route: Route) => given.filter((each) => each.route === route);
      const assignments = (route: Route): string =>
        by(route)
          .map(({ name, value }) => `${name} = ${hcl(value)}\n`)
          .join('');
      const json = (route: Route): string =>
        JSON.stringify(Object.fromEntries(by(route).map(({ name, value }) => [name, value])));
      const textOf = ({ type, value }: (typeof given)[number]): string =>
        type === 'string' || type === 'number' ? String(value) : hcl(value);
      return {
        files: {
          'main.tf': main(of),
          'variables.tf': given
            .map(({ name, type }) => `variable "${name}" {\n  type      = ${type}\n  sensitive = true\n}\n`)
            .join('\n'),
          'pass/main.tf': given
            .map(
              ({ name }) =>
                `variable "${name}" {\n}\noutput "${name}" {\n  value     = var.${name}\n  sensitive = true\n}\n`,
            )
            .join('\n'),
          'group/main.tf': moduleText,
          'terraform.tfvars': `open = "0.0.0.0/00"\n${assignments('terraform.tfvars')}`,
          'x.auto.tfvars.json': json('x.auto.tfvars.json'),
        },
        variableFile: assignments('--var-file'),
        argv: by('--var').flatMap((each) => ['--var', `${each.name}=${textOf(each)}`]),
        environment: Object.fromEntries(by('environment').map((each) => [`TF_VAR_${each.name}`, textOf(each)])),
        tokens: given.flatMap(({ tokens }) => tokens),
      };
    });
}

const hcl = (value: unknown): string => JSON.stringify(value).replaceAll('${', '$${');

const moduleText = `variable "cidr" {
  sensitive = true
}
variable "number" {
  type      = number
  sensitive = true
}
resource "aws_security_group" "inner" {
  name = "inner"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.cidr]
  }
}
`;

/** @param of a secret, on some way */
function main(of: (name: SecretName) => string): string {
  const rule = (port: string, source: string, rest = ''): string => `
  ingress {
    description = ${of('described')}
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    ${source}
    ${rest}
  }`;
  const blocks = (['whole', 'host', 'wide', 'bits', 'spelled', 'broken', 'word'] as const).map((name) =>
    rule('22', `cidr_blocks = [${of(name)}]`),
  );
  return `variable "open" {
  type = string
}

locals {
${names.map((name) => `  ${name} = var.${name}`).join('\n')}
  same    = { for v in [${of('word')}, ${of('word')}] : v => v }
  faults  = [cidrsubnet(${of('word')}, 8, 1), parseint(${of('word')}, 10), file("\${${of('word')}}.txt"), yamldecode("\${${of('word')}}: ["), tobool(${of('word')})]
  missing = [{ a = 1 }[${of('word')}], lookup({ a = 1 }, ${of('word')}), data.aws_vpc.main.tags[${of('word')}], [for c in ${of('words')} : cidrhost(c, 1)]]
  outside = file("/\${${of('word')}}")
  text    = templatestring("\${${of('word')}} {", {})
  format  = format("%d", ${of('word')})
}

module "pass" {
  source = "./pass"
${names.map((name) => `  ${name} = var.${name}`).join('\n')}
}

module "group" {
  source   = "./group"
  for_each = toset(${of('words')})
  cidr     = ${of('host')}
  number   = ${of('word')}
}

data "aws_vpc" "main" {}

resource "aws_security_group" "web" {
  name        = ${of('name')}
  description = ${of('accented')}
  tags        = { (${of('word')}) = ${of('word')} }
${blocks.join('')}
${rule(of('port'), 'cidr_blocks = ["0.0.0.0/0"]')}
${rule(of('huge'), 'cidr_blocks = ["10.0.0.0/8"]')}
${rule(of('fraction'), 'cidr_blocks = ["10.0.0.0/8"]')}
${rule(of('word'), 'cidr_blocks = ["10.0.0.0/8"]')}
${rule('22', `ipv6_cidr_blocks = [${of('six')}]`)}
${rule('443', `security_groups = [${of('group')}]`, `prefix_list_ids = [${of('list')}]`)}
${rule('22', 'cidr_blocks = [var.open]')}
${rule('80', `cidr_blocks = concat(${of('blocks')}, ${of('blocks')})`)}
${rule('81', `cidr_blocks = [for f in local.faults : "\${f}"]`)}
${rule('82', 'cidr_blocks = [for m in local.missing : m]')}
${rule('83', 'cidr_blocks = [local.outside, local.text, local.format, local.same["x"]]')}

  dynamic "ingress" {
    for_each = ${of('ports')}
    content {
      description = "\${ingress.value}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    from_port   = ${of('port')}
    to_port     = ${of('other')}
    protocol    = "-1"
    cidr_blocks = [data.aws_vpc.main.cidr_block]
  }
}

resource "aws_security_group" "long" {
  name_prefix = ${of('long')}
  description = ${of('long')}
  ingress     = [{ from_port = ${of('other')}, to_port = ${of('port')}, protocol = ${of('protocol')}, cidr_blocks = [${of('wide')}, ${of('host')}] }]
}

resource "aws_security_group" "each" {
  for_each    = ${of('keys')}
  name        = each.key
  description = each.value
  ingress {
    from_port   = 0
    to_port     = ${of('port')}
    protocol    = "udp"
    cidr_blocks = [${of('wide')}, "0.0.0.0/0"]
  }
}

resource "aws_security_group" "count" {
  count = ${of('other')} > 1 ? 2 : 1
}

resource "aws_security_group_rule" "a" {
  type                     = "ingress"
  security_group_id        = ${of('group')}
  from_port                = ${of('port')}
  to_port                  = ${of('port')}
  protocol                 = "icmp"
  source_security_group_id = ${of('group')}
  self                     = ${of('word')}
}

resource "aws_vpc_security_group_ingress_rule" "b" {
  for_each          = toset(${of('words')})
  security_group_id = aws_security_group.each[${of('word')}].id
  from_port         = ${of('port')}
  to_port           = ${of('other')}
  ip_protocol       = ${of('protocol')}
  prefix_list_id    = aws_ec2_managed_prefix_list.l.id
}

resource "aws_ec2_managed_prefix_list" "l" {
  name           = ${of('word')}
  address_family = "IPv4"
  max_entries    = ${of('other')}
  entry {
    cidr        = ${of('wide')}
    description = ${of('word')}
  }
}

resource "aws_vpc_security_group_ingress_rule" "c" {
  security_group_id = aws_security_group.web.id
  from_port         = 1
  to_port           = ${of('other')}
  ip_protocol       = "tcp"
  cidr_ipv4         = ${of('wide')}
}

resource "aws_vpc_security_group_ingress_rule" "d" {
  security_group_id = aws_security_group.web.id
  from_port         = ${of('port')}
  to_port           = 49999
  ip_protocol       = "tcp"
  cidr_ipv4         = ${of('wide')}
  description       = ${of('word')}
}

resource "aws_instance" "i" {
  vpc_security_group_ids = [aws_security_group.web.id, ${of('group')}]
}
`;
}
