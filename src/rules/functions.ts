/** The functions of own rules beside Terraform's, and those of Terraform's that own rules can't call. */

import { groupMatcherOf } from '../config/patterns/globs.ts';
import type { PathEnd, ServicePath } from '../exposure/exposure.ts';
import { isGroupPattern } from '../model/questions/policy.ts';
import type { FunctionDefinition, FunctionTable, Parameter } from '../terraform/functions/definition.ts';
import { mappingFunctions } from '../terraform/functions/mapping.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import { numberToJs } from '../terraform/values/number.ts';
import { anyType, boolType, numberType } from '../terraform/values/type.ts';
import {
  integerValue,
  isMapping,
  isSequence,
  mapValue,
  type UnknownReason,
  unknownFrom,
  unknownValue,
  type Value,
} from '../terraform/values/value.ts';
import {
  type AskedAnswer,
  type AskedPorts,
  arePortsWithin,
  havePortsInCommon,
  numberOfPortsIn,
  readPortTexts,
} from './port-set.ts';
import { type AskedSources, areSourcesWithin, haveSourcesInCommon, readSourceTexts, remembered } from './source-set.ts';
import { falseValue, setIn, subjectOf, TagEntries, trueValue } from './values.ts';
import type { ObjectWorld } from './world.ts';

/** What is said of a function in the reference. */
export interface FunctionText {
  readonly signature: string;
  /** Without a full stop. */
  readonly summary: string;
}

/** In the order of the reference. */
export const functionTexts: Readonly<Record<string, FunctionText>> = {
  overlaps: {
    signature: 'overlaps(set, other)',
    summary: 'Whether two sets have something in common, such as a port or an address',
  },
  within: {
    signature: 'within(set, other)',
    summary: 'Whether all of a set is in another; true for an empty set',
  },
  port_count: {
    signature: 'port_count(ports)',
    summary: 'How many ports a set has: one that is open for TCP and for UDP counts once',
  },
  like: {
    signature: 'like(text, pattern)',
    summary: 'Whether a text matches a pattern with `*` and `?`, or one of several; false for null',
  },
  reaches: {
    signature: 'reaches(from, to, ports)',
    summary:
      'Whether traffic gets from "internet", a group or service, or a pattern of their names, to others: over routes, network ACLs and services on the way; `ports` may be left out',
  },
};

const asIs = (name: string, more: Partial<Parameter> = {}): Parameter => ({
  name,
  type: anyType,
  known: 'nothing',
  sensitivity: 'own',
  ...more,
});

const forever: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    'abspath',
    'file',
    'filebase64',
    'filebase64sha256',
    'filebase64sha512',
    'fileexists',
    'filemd5',
    'fileset',
    'filesha1',
    'filesha256',
    'filesha512',
    'pathexpand',
    'templatefile',
  ].map((name) => [name, 'reads files, which own rules cannot do']),
  ...['timestamp', 'plantimestamp'].map((name) => [name, 'reads the clock, which own rules cannot do']),
  ...['uuid', 'bcrypt'].map((name) => [name, 'gives another result each time, so no answer would be the same twice']),
  ['rsadecrypt', 'needs a private key, which own rules cannot have'],
  ['nonsensitive', 'shows sensitive values, which own rules cannot do'],
]);

/** Why own rules can't call a function of Terraform's, as the end of a sentence; undefined for those that they can call. */
export function refusalOf(name: string): string | undefined {
  if (name.startsWith('provider::')) return 'is of a provider, which own rules do not have';
  return Object.hasOwn(forever, name) ? forever[name] : undefined;
}

/** What texts of conditions mean, which are the same for every object: sets and patterns, each read once. */
export class ReadTexts {
  readonly #sets = { ports: new WeakMap<Value, AskedPorts>(), sources: new WeakMap<Value, AskedSources>() };
  readonly #matchers = new WeakMap<Value, (text: string) => boolean>();

  /** The set that a value was read as before; undefined for one that was read as none. */
  known(value: Value): AskedPorts | AskedSources | undefined {
    return this.#sets.ports.get(value) ?? this.#sets.sources.get(value);
  }

  /** @param argument index of the argument that the value is */
  set(value: Value, kind: 'ports' | 'sources', argument: number): AskedPorts | AskedSources {
    const known = setIn(value) ?? this.#sets[kind].get(value);
    if (known !== undefined) return known;
    const texts = textsIn(value, argument);
    const read = kind === 'ports' ? readPortTexts(texts) : readSourceTexts(texts.map(String));
    if (read.kind === 'invalid') throw new EvaluationError(read.message.replace(/\.$/, ''), { argument });
    if (read.kind === 'ports') this.#sets.ports.set(value, read);
    else this.#sets.sources.set(value, read);
    return read;
  }

  matcher(patterns: Value, argument: number): (text: string) => boolean {
    const known = this.#matchers.get(patterns);
    if (known !== undefined) return known;
    const matches = remembered(matcherOf(textsIn(patterns, argument).map(String)));
    this.#matchers.set(patterns, matches);
    return matches;
  }
}

/** Functions of values that need not be known, with as many of them as they want. Throws EvaluationError without a place. */
export type OwnFunctions = Readonly<Record<string, (values: readonly Value[]) => Value>>;

export const ownFunctionNames: ReadonlySet<string> = new Set(Object.keys(functionTexts));

/** @param world that conditions are asked of */
export function ownFunctions(world: ObjectWorld, texts: ReadTexts): OwnFunctions {
  return {
    overlaps: ofSets('overlaps', havePortsInCommon, haveSourcesInCommon, texts),
    within: ofSets('within', arePortsWithin, areSourcesWithin, texts),
    port_count(values) {
      const [ports] = expect('port_count', values, 1);
      const open = unknownIn(ports!);
      if (open !== undefined) return unknownFrom([open], numberType);
      const set = texts.set(ports!, 'ports', 0);
      if (set.kind !== 'ports') throw new EvaluationError('a set of ports is required', { argument: 0 });
      return set.reasons.length > 0 ? unknownValue(set.reasons, numberType) : integerValue(numberOfPortsIn(set));
    },
    like(values) {
      const [text, pattern] = expect('like', values, 2);
      if (text!.kind === 'null') return falseValue;
      const open = unknownIn(text!) ?? unknownIn(pattern!);
      if (open !== undefined) return unknownFrom([open], boolType);
      if (text!.kind !== 'string') throw new EvaluationError('a string is required', { argument: 0 });
      return texts.matcher(pattern!, 1)(text!.value) ? trueValue : falseValue;
    },
    reaches(values) {
      const [from, to, ports] = expect('reaches', values, 2, 3);
      const open = values.map(unknownIn).find((each) => each !== undefined);
      if (open !== undefined) return unknownFrom([open], boolType);
      return asValue(reaches(from!, to!, ports === undefined ? undefined : texts.set(ports, 'ports', 2), world));
    },
  };
}

function expect(name: string, values: readonly Value[], least: number, most = least): readonly Value[] {
  if (values.length >= least && values.length <= most) return values;
  const wanted = least === most ? `${least}` : `${least} or ${most}`;
  throw new EvaluationError(`${name} takes ${wanted} argument(s), not ${values.length}`);
}

/** The same for Terraform's evaluator, with what is different of its own. */
export function ownFunctionTable(own: OwnFunctions): FunctionTable {
  const any = asIs('value', { allowNull: true });
  const table = Object.entries(own).map(([name, call]): readonly [string, FunctionDefinition] => [
    name,
    { parameters: [], variadic: any, returns: anyType, call },
  ]);
  const lookup = mappingFunctions['lookup']!;
  return {
    ...Object.fromEntries(table),
    // What is not among the tags is null there, and not the default.
    lookup: {
      ...lookup,
      call: ([tags, ...others], invocation) => lookup.call([plainTags(tags!), ...others], invocation),
    },
  };
}

function plainTags(value: Value): Value {
  if (value.kind !== 'map' || !(value.entries instanceof TagEntries)) return value;
  return { ...mapValue([...value.entries], value.element), sensitive: value.sensitive };
}

function ofSets(
  name: string,
  ofPorts: (a: AskedPorts, b: AskedPorts) => AskedAnswer,
  ofSources: (a: AskedSources, b: AskedSources) => AskedAnswer,
  texts: ReadTexts,
): (values: readonly Value[]) => Value {
  return (values) => {
    const [a, b] = expect(name, values, 2) as readonly [Value, Value];
    const [asked, read] = [setIn(a), texts.known(b)];
    if (asked?.kind === 'ports' && read?.kind === 'ports') return asValue(ofPorts(asked, read));
    if (asked?.kind === 'sources' && read?.kind === 'sources') return asValue(ofSources(asked, read));
    const open = unknownIn(a) ?? unknownIn(b);
    if (open !== undefined) return unknownFrom([open], boolType);
    const kind = setIn(a)?.kind ?? setIn(b)?.kind ?? kindOfTexts([...textsIn(a, 0), ...textsIn(b, 1)]);
    const [one, other] = [texts.set(a, kind, 0), texts.set(b, kind, 1)];
    if (one.kind === 'ports' && other.kind === 'ports') return asValue(ofPorts(one, other));
    if (one.kind === 'sources' && other.kind === 'sources') return asValue(ofSources(one, other));
    throw new EvaluationError('ports and sources have nothing in common: compare ports with ports', { argument: 1 });
  };
}

/** The value, or a member of it, that is not known and is no part of a set of the model's. */
function unknownIn(value: Value): Value | undefined {
  if (value.kind === 'unknown') return value;
  if (!isSequence(value) || setIn(value) !== undefined) return undefined;
  return value.items.find((item) => item.kind === 'unknown');
}

function asValue(answer: AskedAnswer): Value {
  return typeof answer === 'boolean' ? (answer ? trueValue : falseValue) : unknownValue(eachOnce(answer), boolType);
}

function eachOnce(reasons: readonly UnknownReason[]): readonly UnknownReason[] {
  const byName = new Map(reasons.map((reason) => [reason.name, reason]));
  return byName.size === 0 ? [{ name: 'apply' }] : [...byName.values()];
}

/** What texts without a context are about. */
function kindOfTexts(texts: readonly (string | number)[]): 'ports' | 'sources' {
  return texts.every((text) => readPortTexts([text]).kind === 'ports') ? 'ports' : 'sources';
}

/** A text or number, or several. */
export function textsIn(value: Value, argument: number): readonly (string | number)[] {
  const items = isSequence(value) ? value.items : [value];
  return items.map((item) => {
    if (item.kind === 'string') return item.value;
    const number = item.kind === 'number' ? numberToJs(item.value) : undefined;
    if (number !== undefined) return number;
    throw new EvaluationError(
      isMapping(item) ? 'a set of texts is required, not an object' : 'a text, a number or a list of them is required',
      { argument },
    );
  });
}

function matcherOf(patterns: readonly string[]): (text: string) => boolean {
  const matches = groupMatcherOf(patterns.filter(isGroupPattern));
  return (text) => patterns.includes(text) || matches(text);
}

function reaches(from: Value, to: Value, set: AskedPorts | AskedSources | undefined, world: ObjectWorld): AskedAnswer {
  const { exposure } = world;
  if (exposure === undefined) return [{ name: 'what the internet reaches' }];
  if (set?.kind === 'sources') throw new EvaluationError('a set of ports is required', { argument: 2 });
  const start = endsOf(from, 0);
  const target = endsOf(to, 1);
  const isInternet = from.kind === 'string' && from.value === 'internet';
  const paths = world.once<readonly ServicePath[]>(`paths from ${start.key}`, () =>
    exposure.pathsFrom(isInternet ? 'internet' : start.isMeant, false),
  );
  const found = paths.filter((path) => target.isMeant(path.to));
  const open: UnknownReason[] = [];
  for (const { answer, traffic, because } of found) {
    const asked =
      set === undefined || havePortsInCommon(set, { kind: 'ports', certain: traffic, possible: traffic, reasons: [] });
    if (asked === false) continue;
    if (answer === 'yes' && asked === true) return true;
    open.push(...(asked === true ? [] : asked), ...because.map((name) => ({ name })));
  }
  return open.length > 0 ? open : false;
}

/** Services and groups that a value means: an object, or names and patterns of them. */
function endsOf(value: Value, argument: number): { readonly key: string; readonly isMeant: (end: PathEnd) => boolean } {
  const subject = subjectOf(value);
  if (subject !== undefined) {
    const { address } = subject as { readonly address?: string };
    if (address === undefined) throw new EvaluationError('a group or a service is required', { argument });
    const isMeant = (end: PathEnd): boolean =>
      end.address === address || end.groups.some((group) => group.address === address);
    return { key: `object ${address}`, isMeant };
  }
  const texts = textsIn(value, argument).map(String);
  const matches = matcherOf(texts.map(withoutKeys));
  return { key: JSON.stringify(texts), isMeant: ({ names }) => names.some(matches) };
}
