/** What another tool's custom check demands, and own rules that demand the same. */

/** Some demand on a resource; the resource is as it should be where it holds. */
export type Demand =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Demand[] }
  | { readonly kind: 'not'; readonly part: Demand }
  | {
      readonly kind: 'attribute';
      readonly path: readonly string[];
      readonly operator: Operator;
      readonly value: unknown;
    };

/** With `negated` in front of it, the opposite; what only some tools have is made of these. */
export type Operator =
  | 'equals'
  | 'contains'
  | 'exists'
  | 'is empty'
  | 'starts with'
  | 'ends with'
  | 'matches'
  | 'is one of'
  | 'has only'
  | 'is less than'
  | 'is at most'
  | 'is greater than'
  | 'is at least';

/** A custom check of another tool. */
export interface Policy {
  readonly id: string;
  readonly types: readonly string[];
  readonly message: string;
  readonly severity: string | undefined;
  readonly help: string | undefined;
  readonly demand: Demand;
}

/** An own rule without examples. */
export interface ImportedRule {
  readonly id: string;
  readonly alias: string;
  readonly for: 'rule' | 'group' | 'acl' | 'entry';
  readonly when: string;
  readonly severity: string;
  readonly message: string;
  readonly help: string | undefined;
  /** What it is about, for examples. */
  readonly types: readonly string[];
  /** Texts and numbers of its conditions. */
  readonly values: readonly (string | number)[];
}

/** Why something has no counterpart, as a sentence. */
export class NoCounterpart extends Error {
  override readonly name = 'NoCounterpart';
}

type Home = 'rule' | 'group' | 'acl' | 'entry';

const homes: Readonly<Record<string, Home>> = {
  aws_security_group: 'group',
  aws_default_security_group: 'group',
  aws_security_group_rule: 'rule',
  aws_vpc_security_group_ingress_rule: 'rule',
  aws_vpc_security_group_egress_rule: 'rule',
  aws_network_acl: 'acl',
  aws_default_network_acl: 'acl',
  aws_network_acl_rule: 'entry',
};

type Kind = 'text' | 'number' | 'texts' | 'tags' | 'direction';

const ofTraffic: Readonly<Record<string, readonly [attribute: string, kind: Kind]>> = {
  type: ['direction', 'text'],
  protocol: ['protocol', 'text'],
  ip_protocol: ['protocol', 'text'],
  from_port: ['from_port', 'number'],
  to_port: ['to_port', 'number'],
  cidr_blocks: ['cidrs', 'texts'],
  ipv6_cidr_blocks: ['cidrs', 'texts'],
  cidr_ipv4: ['cidrs', 'texts'],
  cidr_ipv6: ['cidrs', 'texts'],
  cidr_block: ['cidrs', 'texts'],
  ipv6_cidr_block: ['cidrs', 'texts'],
};

const attributes: Readonly<Record<Home, Readonly<Record<string, readonly [attribute: string, kind: Kind]>>>> = {
  rule: { ...ofTraffic, description: ['description', 'text'], tags: ['tags', 'tags'] },
  group: {
    name: ['name', 'text'],
    name_prefix: ['name_prefix', 'text'],
    description: ['description', 'text'],
    tags: ['tags', 'tags'],
  },
  acl: { tags: ['tags', 'tags'] },
  entry: {
    ...ofTraffic,
    rule_number: ['number', 'number'],
    rule_no: ['number', 'number'],
    rule_action: ['action', 'text'],
    action: ['action', 'text'],
    egress: ['direction', 'direction'],
  },
};

/** Whether own rules have something to say of a resource type. */
export const isOfRules = (type: string): boolean => Object.hasOwn(homes, type);

/**
 * The own rule that finds what does not meet the demand.
 *
 * @throws NoCounterpart if there is none
 */
export function ownRuleOf(policy: Policy): ImportedRule {
  const known = policy.types.filter(isOfRules);
  if (known.length === 0) throw new NoCounterpart(`It is about ${policy.types.join(', ') || 'no resource type'}.`);
  const kinds = [...new Set(known.map((type) => homes[type]!))];
  if (kinds.length > 1)
    throw new NoCounterpart(`It is about ${known.join(' and ')} at once: own rules ask one kind of thing.`);
  const direction = directionOf(policy.demand);
  const outer = kinds[0]!;
  const home = direction === undefined ? outer : outer === 'group' ? 'rule' : 'entry';
  const values: (string | number)[] = [];
  const demand = new Writer(home, direction, values).write(policy.demand);
  const types = known.map((type) => literal(type)).join(', ');
  const conditions = [
    known.length === 1 ? `${home}.type == ${types}` : `contains([${types}], ${home}.type)`,
    ...(direction === undefined ? [] : [`${home}.direction == ${literal(direction)}`]),
    `!(${demand})`,
  ];
  return {
    id: idOf(policy.id),
    alias: policy.id,
    for: home,
    when: conditions.join(' && '),
    severity: severityOf(policy.severity),
    message: policy.message,
    help: policy.help,
    types: known,
    values,
  };
}

/** The block that all of the demand is about; undefined for the resource itself. */
function directionOf(demand: Demand): 'ingress' | 'egress' | undefined {
  const found = new Set(
    pathsOf(demand).map(([first]) => (first === 'ingress' || first === 'egress' ? first : undefined)),
  );
  if (found.size < 2) return [...found][0];
  throw new NoCounterpart('It asks for blocks and for other arguments at once.');
}

function pathsOf(demand: Demand): readonly (readonly string[])[] {
  if (demand.kind === 'attribute') return [demand.path];
  return demand.kind === 'not' ? pathsOf(demand.part) : demand.parts.flatMap(pathsOf);
}

class Writer {
  readonly #home: Home;
  readonly #direction: string | undefined;
  readonly #values: (string | number)[];

  constructor(home: Home, direction: string | undefined, values: (string | number)[]) {
    this.#home = home;
    this.#direction = direction;
    this.#values = values;
  }

  write(demand: Demand): string {
    switch (demand.kind) {
      case 'and':
      case 'or': {
        const parts = demand.parts.map((part) => `(${this.write(part)})`);
        return parts.join(demand.kind === 'and' ? ' && ' : ' || ');
      }
      case 'not':
        return `!(${this.write(demand.part)})`;
      case 'attribute':
        return this.#attribute(demand.path, demand.operator, demand.value);
    }
  }

  #attribute(path: readonly string[], operator: Operator, value: unknown): string {
    const steps = (this.#direction === undefined ? path : path.slice(1)).filter((step) => step !== '*');
    const [name = '', key, ...more] = steps;
    // Whether there is such a block says nothing of it.
    if (name === '' && operator === 'exists') return 'true';
    const found = Object.hasOwn(attributes[this.#home], name) ? attributes[this.#home][name] : undefined;
    if (found === undefined || more.length > 0)
      throw new NoCounterpart(
        `It asks for ${path.join('.') || 'the resource as a whole'}, which own rules do not have.`,
      );
    const [attribute, kind] = found;
    const asked = `${this.#home}.${attribute}`;
    this.#note(value);
    if (kind === 'tags') return this.#ofTags(asked, key, operator, value);
    if (key !== undefined && kind !== 'texts')
      throw new NoCounterpart(`It asks for ${path.join('.')}, which own rules do not have.`);
    if (kind === 'texts') return ofTexts(asked, operator, value);
    if (kind === 'number') return ofNumber(asked, operator, value);
    if (kind === 'direction') return `${asked} ${String(value) === 'true' ? '==' : '!='} "egress"`;
    const isProtocol = attribute === 'protocol';
    return ofText(asked, operator, isProtocol ? asProtocol(value) : value);
  }

  #ofTags(tags: string, key: string | undefined, operator: Operator, value: unknown): string {
    if (key !== undefined) return ofText(`${tags}[${literal(key)}]`, operator, value);
    if (operator === 'exists') return `length(${tags}) > 0`;
    if (operator === 'is empty') return `length(${tags}) == 0`;
    if (operator !== 'contains') throw new NoCounterpart(`It asks whether tags ${operator} something.`);
    return listOf(value)
      .map((each) => `${tags}[${literal(each)}] != null`)
      .join(' && ');
  }

  #note(value: unknown): void {
    for (const each of Array.isArray(value) ? value : [value])
      if (typeof each === 'string' || typeof each === 'number') this.#values.push(each);
  }
}

function ofTexts(list: string, operator: Operator, value: unknown): string {
  const any = (test: string): string => `anytrue([for x in ${list} : ${test}])`;
  switch (operator) {
    case 'equals':
      return Array.isArray(value)
        ? `toset(${list}) == toset(${literal(value)})`
        : `contains(${list}, ${literal(value)})`;
    case 'contains':
      return listOf(value)
        .map((each) => `contains(${list}, ${literal(each)})`)
        .join(' && ');
    case 'is one of':
    case 'has only':
      return `alltrue([for x in ${list} : contains(${literal(listOf(value))}, x)])`;
    case 'exists':
      return `length(${list}) > 0`;
    case 'is empty':
      return `length(${list}) == 0`;
    case 'starts with':
      return any(`startswith(x, ${literal(String(value))})`);
    case 'ends with':
      return any(`endswith(x, ${literal(String(value))})`);
    case 'matches':
      return any(`can(regex(${literal(String(value))}, x))`);
    default:
      throw new NoCounterpart(`It asks whether a list of blocks ${operator} a number.`);
  }
}

function ofNumber(number: string, operator: Operator, value: unknown): string {
  const compared = (sign: string): string => `(${number} != null && ${number} ${sign} ${numberOf(value)})`;
  switch (operator) {
    case 'equals':
      return `${number} == ${numberOf(value)}`;
    case 'is one of':
    case 'has only':
      return `(${number} != null && contains([${listOf(value).map(numberOf).join(', ')}], ${number}))`;
    case 'exists':
      return `${number} != null`;
    case 'is empty':
      return `${number} == null`;
    case 'is less than':
      return compared('<');
    case 'is at most':
      return compared('<=');
    case 'is greater than':
      return compared('>');
    case 'is at least':
      return compared('>=');
    default:
      throw new NoCounterpart(`It asks whether a number ${operator} something.`);
  }
}

function ofText(text: string, operator: Operator, value: unknown): string {
  const there = (test: string): string => `(${text} != null && ${test})`;
  switch (operator) {
    case 'equals':
      return `${text} == ${literal(String(value))}`;
    case 'contains':
      return there(
        listOf(value)
          .map((each) => `strcontains(${text}, ${literal(String(each))})`)
          .join(' && '),
      );
    case 'is one of':
    case 'has only':
      return there(`contains(${literal(listOf(value).map(String))}, ${text})`);
    case 'exists':
      return `${text} != null`;
    case 'is empty':
      return `(${text} == null || ${text} == "")`;
    case 'starts with':
      return there(`startswith(${text}, ${literal(String(value))})`);
    case 'ends with':
      return there(`endswith(${text}, ${literal(String(value))})`);
    case 'matches':
      return there(`can(regex(${literal(String(value))}, ${text}))`);
    default:
      throw new NoCounterpart(`It asks whether a text ${operator} a number.`);
  }
}

const asProtocol = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(asProtocol) : String(value) === '-1' ? 'all' : value;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function numberOf(value: unknown): number {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number))
    throw new NoCounterpart(`It compares a number with ${JSON.stringify(value)}.`);
  return number;
}

/** In HCL, where `${` begins a template. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = JSON.stringify(String(value)).replace(/[\u2028\u2029]/g, ' ');
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

function idOf(id: string): string {
  const plain = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return /^[a-z]/.test(plain) ? plain.slice(0, 100) : `imported-${plain}`.slice(0, 100);
}

const severityNames: Readonly<Record<string, string>> = {
  critical: 'critical',
  high: 'high',
  error: 'high',
  medium: 'medium',
  warning: 'medium',
  low: 'low',
  info: 'info',
  none: 'info',
};

const severityOf = (severity: string | undefined): string => severityNames[severity?.toLowerCase() ?? ''] ?? 'medium';
