/** Expressions of a wanted type: each is right in its types, but may fail or be unknown when it is evaluated. */

import type { Random } from './random.ts';

export type ValueType =
  | 'number'
  | 'string'
  | 'bool'
  | 'list(number)'
  | 'list(string)'
  | 'set(string)'
  | 'map(number)'
  | 'map(string)'
  | 'list(object)'
  | 'object';

export const valueTypes: readonly ValueType[] = [
  'number',
  'string',
  'bool',
  'list(number)',
  'list(string)',
  'set(string)',
  'map(number)',
  'map(string)',
  'list(object)',
  'object',
];

/** Terraform's type constraint for a type; the object is the same everywhere. */
export const constraintOf = (type: ValueType): string => {
  const object =
    'object({ port = number, name = optional(string, "unnamed"), on = optional(bool), nets = list(string) })';
  return type.replace('object', object);
};

/** A name that stands for a value where an expression is written. */
export interface Name {
  readonly text: string;
  readonly type: ValueType;
}

/** Makes one expression; the numbers of operands that it asks for get smaller as it goes deeper. */
export class Expressions {
  readonly #random: Random;
  #names: readonly Name[] = [];
  #bound = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param names what the expression may refer to */
  make(type: ValueType, depth: number, names: readonly Name[]): string {
    this.#names = names;
    this.#bound = 0;
    return this.#make(type, depth);
  }

  #make(type: ValueType, depth: number): string {
    const random = this.#random;
    const named = this.#names.filter((name) => name.type === type);
    if (named.length > 0 && random.chance(depth <= 0 ? 0.6 : 0.25)) return random.pick(named).text;
    if (depth <= 0) return this.#literal(type);
    if (random.chance(0.2)) return this.#general(type, depth - 1);
    const forms = this.#forms(depth - 1)[type];
    return random.pick(forms)();
  }

  #literal(type: ValueType): string {
    const random = this.#random;
    switch (type) {
      case 'number':
        return random.pick([
          '0',
          '1',
          '2',
          '3',
          '7',
          '22',
          '443',
          '65535',
          '-1',
          '-4',
          '0.5',
          '2.75',
          '1e3',
          '9007199254740993',
          '123456789012345678901234567890',
        ]);
      case 'string':
        return random.pick([
          '""',
          '"a"',
          '"tcp"',
          '"10"',
          '"007"',
          '"true"',
          '"Hello World"',
          '"ä-ö"',
          '"a,b,,c"',
          '"x  "',
          '"10.0.0.0/8"',
          '"$${x}"',
          '"tab\\tend"',
          '"e\\u0301"',
          '"1.50"',
          '"-3"',
        ]);
      case 'bool':
        return random.pick(['true', 'false']);
      default:
        return this.#emptyOrSmall(type);
    }
  }

  #emptyOrSmall(type: ValueType): string {
    const random = this.#random;
    const several = (one: () => string): string => Array.from({ length: random.between(0, 3) }, one).join(', ');
    const entries = (one: () => string): string =>
      ['a', 'b', 'c', '"x y"']
        .filter(() => random.chance(0.5))
        .map((key) => `${key} = ${one()}`)
        .join(', ');
    switch (type) {
      case 'list(number)':
        return `[${several(() => this.#literal('number'))}]`;
      case 'list(string)':
        return `[${several(() => this.#literal('string'))}]`;
      case 'set(string)':
        return `toset([${several(() => this.#literal('string'))}])`;
      case 'map(number)':
        return `{ ${entries(() => this.#literal('number'))} }`;
      case 'map(string)':
        return `{ ${entries(() => this.#literal('string'))} }`;
      case 'list(object)':
        return `[${several(() => this.#literal('object'))}]`;
      default:
        return `{ port = ${this.#literal('number')}, name = ${this.#literal('string')}, on = ${random.pick(['true', 'false', 'null'])}, nets = ["10.${random.between(0, 9)}.0.0/16"] }`;
    }
  }

  /** What makes a value of any type. */
  #general(type: ValueType, depth: number): string {
    const make = (wanted: ValueType): string => this.#make(wanted, depth);
    return this.#random.pick([
      () => `(${make('bool')} ? ${make(type)} : ${make(type)})`,
      () => `try(${make(type)}, ${make(type)})`,
      () => `(${make(type)})`,
      () => `[${make(type)}, ${make(type)}][${this.#random.between(0, 1)}]`,
      () => `{ k = ${make(type)}, l = ${make(type)} }["k"]`,
      () => `{ k = ${make(type)} }.k`,
      () => `one([${make(type)}])`,
      () => `element([${make(type)}, ${make(type)}], ${this.#random.between(0, 5)})`,
      () => `nonsensitive(sensitive(${make(type)}))`,
      () => `[for i in range(2) : ${make(type)}][1]`,
      () => `coalesce(null, ${make(type)})`,
      () => `lookup({ k = ${make(type)} }, "${this.#random.pick(['k', 'z'])}", ${make(type)})`,
    ])();
  }

  /** An expression that may refer to the variable of a `for`. */
  #inside(variable: string, variableType: ValueType, type: ValueType, depth: number): string {
    const outer = this.#names;
    this.#names = [...outer, { text: variable, type: variableType }, { text: variable, type: variableType }];
    const made = this.#make(type, depth);
    this.#names = outer;
    return made;
  }

  #forms(depth: number): Readonly<Record<ValueType, readonly (() => string)[]>> {
    const random = this.#random;
    const make = (type: ValueType): string => this.#make(type, depth);
    const [number, string, bool] = [() => make('number'), () => make('string'), () => make('bool')];
    const index = (): string => String(random.between(0, 2));
    const key = (): string => random.pick(['"a"', '"b"', '"c"', '"x y"']);
    const variable = (): string => `v${++this.#bound}`;
    const forList = (from: ValueType, element: ValueType, to: ValueType): string => {
      const name = variable();
      const condition = random.chance(0.3) ? ` if ${this.#inside(name, element, 'bool', depth)}` : '';
      return `[for ${name} in ${make(from)} : ${this.#inside(name, element, to, depth)}${condition}]`;
    };
    const forMap = (from: ValueType, element: ValueType, to: ValueType): string => {
      const name = variable();
      const value = this.#inside(name, element, to, depth);
      return `{ for i, ${name} in ${make(from)} : "k\${i}" => ${value} }`;
    };
    return {
      number: [
        () => `${number()} ${random.pick(['+', '-', '*'])} ${number()}`,
        () => `(${number()} ${random.pick(['/', '%'])} ${number()})`,
        () => `-${make('number')}`.replace('--', '- -'),
        () => `${random.pick(['max', 'min'])}(${number()}, ${number()})`,
        () => `${random.pick(['ceil', 'floor', 'abs', 'signum'])}(${number()})`,
        () => `pow(${number()}, ${random.between(0, 4)})`,
        () => `length(${make(random.pick(['list(string)', 'map(number)', 'set(string)', 'string', 'list(object)']))})`,
        () => `sum(concat([0], ${make('list(number)')}))`,
        () => `parseint("${random.pick(['ff', '10', '-7', 'zz'])}", ${random.pick([16, 36, 10])})`,
        () => `tonumber(${random.pick(['"12"', '"0.5"', '"1e2"', 'null'])})`,
        () => `tonumber(${string()})`,
        () => `index(${make('list(string)')}, ${string()})`,
        () => `${make('list(number)')}[${index()}]`,
        () => `${make('map(number)')}[${key()}]`,
        () => `${make('object')}.port`,
        () => `${make('list(object)')}[${index()}].port`,
        () => `max(${make('list(number)')}...)`,
        () => `"${random.between(0, 99)}" + ${number()}`,
      ],
      string: [
        () => `"\${${string()}}-\${${number()}}"`,
        () => `"%{ if ${bool()} }\${${string()}}%{ else }no%{ endif }"`,
        () => `"%{ for x in ${make('list(string)')} }[\${x}]%{ endfor }"`,
        () =>
          `format("${random.pick(['%s/%v', '%q %s', '%5s|%-4v', '%v%%%v'])}", ${string()}, ${random.pick([string, number, bool])()})`,
        () => `format("${random.pick(['%d', '%05d', '%x', '%.2f', '%e', '%g', '%+d', '%b', '%v'])}", ${number()})`,
        () => `join("${random.pick([',', '', '-'])}", ${make('list(string)')})`,
        () =>
          `${random.pick(['upper', 'lower', 'title', 'trimspace', 'strrev', 'chomp', 'md5', 'sha1', 'sha256', 'base64encode', 'urlencode', 'tostring', 'jsonencode', 'base64sha256'])}(${string()})`,
        () => `jsonencode(${make(random.pick(valueTypes))})`,
        () => `yamlencode(${make(random.pick(valueTypes))})`,
        () => `substr(${string()}, ${random.between(-3, 4)}, ${random.between(-1, 5)})`,
        () =>
          `replace(${string()}, ${random.pick(['"a"', '"/[a-c]+/"', '""', '"/(.)b/"'])}, ${random.pick(['"z"', '"<$1>"', '""'])})`,
        () => `regex("${random.pick(['[a-z]+', '^.', '[0-9]*', '\\\\w+$'])}", ${string()})`,
        () =>
          `${random.pick(['trim', 'trimprefix', 'trimsuffix'])}(${string()}, ${random.pick(['"a"', '"x "', '"0"', '""'])})`,
        () => `element(${make('list(string)')}, abs(${number()}))`,
        () => `lookup(${make('map(string)')}, ${key()}, ${string()})`,
        () => `${make('map(string)')}[${key()}]`,
        () => `${make('object')}.name`,
        () => `split(",", ${string()})[0]`,
        () =>
          `cidrsubnet("${random.pick(['10.0.0.0/8', 'fd00::/48', '192.168.4.0/22'])}", ${random.between(0, 9)}, ${number()})`,
        () => `cidrhost("10.1.0.0/16", ${number()})`,
        () => `coalesce(${string()}, "fallback")`,
        () => `tostring(${random.pick([number, bool])()})`,
        () => `indent(2, "a\\n\${${string()}}")`,
        () => `element(keys(${make('map(number)')}), 0)`,
      ],
      bool: [
        () => `${number()} ${random.pick(['<', '<=', '>', '>=', '==', '!='])} ${number()}`,
        () => `${string()} ${random.pick(['==', '!='])} ${string()}`,
        () => `(${bool()} ${random.pick(['&&', '||', '==', '!='])} ${bool()})`,
        () => `!${this.#make('bool', 0)}`,
        () => `contains(${make('list(string)')}, ${string()})`,
        () => `contains(keys(${make('map(string)')}), ${key()})`,
        () => `can(${make(random.pick(valueTypes))})`,
        () => `${random.pick(['alltrue', 'anytrue'])}([${bool()}, ${bool()}])`,
        () => `${random.pick(['startswith', 'endswith', 'strcontains'])}(${string()}, ${string()})`,
        () => `tobool("${random.pick(['true', 'false'])}")`,
        () => `${make('list(number)')} ${random.pick(['==', '!='])} ${make('list(number)')}`,
        () => `${make('object')} == ${make('object')}`,
        () => `${make(random.pick(valueTypes))} ${random.pick(['==', '!='])} null`,
        () => `issensitive(${string()})`,
      ],
      'list(number)': [
        () => `[${number()}, ${number()}]`,
        () => `range(${random.between(-3, 4)}, ${random.between(0, 9)}, ${random.pick([1, 2, 3])})`,
        () => forList('list(string)', 'string', 'number'),
        () => forList('map(number)', 'number', 'number'),
        () => `concat(${make('list(number)')}, ${make('list(number)')})`,
        () => `values(${make('map(number)')})`,
        () => `distinct(${make('list(number)')})`,
        () => `${make('list(object)')}[*].port`,
        () => `reverse(${make('list(number)')})`,
        () => `flatten([${make('list(number)')}, [${number()}, []]])`,
        () => `tolist([${string()}, ${number()}])[*] == [] ? [1] : ${make('list(number)')}`,
      ],
      'list(string)': [
        () => `[${string()}, ${string()}]`,
        () => forList('list(string)', 'string', 'string'),
        () => forList('set(string)', 'string', 'string'),
        () => forList('list(object)', 'object', 'string'),
        () => `concat(${make('list(string)')}, ${make('list(string)')})`,
        () =>
          `${random.pick(['sort', 'distinct', 'reverse', 'compact', 'flatten', 'tolist'])}(${make('list(string)')})`,
        () => `slice(${make('list(string)')}, 0, ${random.between(0, 2)})`,
        () => `split("${random.pick([',', ' ', ''])}", ${string()})`,
        () => `keys(${make(random.pick(['map(number)', 'map(string)', 'object']))})`,
        () => `values(${make('map(string)')})`,
        () => `tolist(${make('set(string)')})`,
        () => `formatlist("%s-%s", ${make('list(string)')}, ${string()})`,
        () => `regexall("[a-z]", ${string()})`,
        () => `chunklist(${make('list(string)')}, 2)[0]`,
        () => `matchkeys(${make('list(string)')}, ["a", "b"], ["b"])`,
        () => `cidrsubnets("10.0.0.0/16", ${random.between(0, 4)}, ${random.between(0, 8)})`,
        () => `[for pair in setproduct(${make('list(string)')}, ["p", "q"]) : join("", pair)]`,
        () => `${make('list(object)')}[*].name`,
        () => `flatten(${make('list(object)')}[*].nets)`,
        () => `coalescelist(${make('list(string)')}, ["z"])`,
        () => `[for k, v in ${make('map(string)')} : "\${k}\${v}"]`,
        () => `jsondecode(jsonencode(${make('list(string)')}))`,
        () => `yamldecode(yamlencode(${make('list(string)')}))`,
        () => `tolist([${number()}, ${string()}])`,
      ],
      'set(string)': [
        () => `toset(${make('list(string)')})`,
        () => `toset([for x in ${make('list(number)')} : tostring(x)])`,
        () =>
          `${random.pick(['setunion', 'setintersection', 'setsubtract'])}(${make('set(string)')}, ${make('set(string)')})`,
        () => `toset(keys(${make('map(string)')}))`,
      ],
      'map(number)': [
        () => `{ a = ${number()}, (${string()}) = ${number()} }`,
        () => forMap('list(number)', 'number', 'number'),
        () => `merge(${make('map(number)')}, ${make('map(number)')})`,
        () => `zipmap(["a", "b"], [${number()}, ${number()}])`,
        () => `tomap(${make('map(number)')})`,
        () => `{ for k, v in ${make('map(number)')} : upper(k) => v if ${bool()} }`,
      ],
      'map(string)': [
        () => `{ a = ${string()}, b = ${string()} }`,
        () => forMap('list(string)', 'string', 'string'),
        () => `merge(${make('map(string)')}, ${make('map(string)')})`,
        () => `tomap(${make('map(string)')})`,
        () => `tomap({ a = ${number()}, b = ${string()} })`,
        () => `{ for k, v in ${make('map(string)')} : v => k... }["a"][0] == "" ? {} : ${make('map(string)')}`,
        () => `jsondecode(jsonencode(${make('map(string)')}))`,
        () => `{ for o in ${make('list(object)')} : "\${o.name}\${o.port}" => join(",", o.nets) }`,
      ],
      'list(object)': [
        () => `[${make('object')}, ${make('object')}]`,
        () => `concat(${make('list(object)')}, ${make('list(object)')})`,
        () => forList('list(object)', 'object', 'object'),
        () => `[for p in ${make('list(number)')} : { port = p, name = "p\${p}", on = null, nets = [] }]`,
        () => `[for o in ${make('list(object)')} : merge(o, { port = ${number()} })]`,
      ],
      object: [
        () => `{ port = ${number()}, name = ${string()}, on = ${bool()}, nets = ${make('list(string)')} }`,
        () => `merge(${make('object')}, { name = ${string()} })`,
        () => `${make('list(object)')}[${index()}]`,
        () => `{ for k, v in ${make('object')} : k => v }`,
      ],
    };
  }
}
