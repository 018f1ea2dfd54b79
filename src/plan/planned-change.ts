/** Changes of resources in the text of a plan. */

import type { TextRange } from '../source/source-file.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import {
  elementRanges,
  given,
  JsonFault,
  memberRanges,
  type ObjectRange,
  objectRanges,
  parsed,
} from './json-ranges.ts';

/** One state of a resource as JSON, and the parts of it that are unknown or sensitive: true, or of the same shape with true in it. */
export interface PlannedObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly unknown: unknown;
  readonly sensitive: unknown;
  /** Where the elements of a list are in the text of the plan. */
  readonly elementsOf: (name: string) => readonly TextRange[];
}

/** A change of one resource instance. Its states are read when they are first asked for. */
export interface PlannedResource {
  /** With module path and instance keys, as Terraform prints it. */
  readonly address: string;
  /** The same without keys. */
  readonly resourceAddress: string;
  /** Of the module, with instance keys; empty for the root. */
  readonly moduleAddress: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Of count or for_each; undefined where it has none, or it is not known. */
  readonly index: number | string | undefined;
  readonly isIndexUnknown: boolean;
  /** Where a `moved` block says that it was before. */
  readonly previousAddress: string | undefined;
  /** The key of an object of an earlier apply that is still to be deleted; undefined for the current one. */
  readonly deposed: string | undefined;
  /** `no-op`, `create`, `read`, `update`, `delete`, `forget`; two of them for a replacement. */
  readonly actions: readonly string[];
  /** Why a later plan decides about it; undefined for what this one does. */
  readonly deferredBecause: string | undefined;
  /** Of its address in the text of the plan. */
  readonly range: TextRange;
  readonly before: PlannedObject | undefined;
  readonly after: PlannedObject | undefined;
}

/** Those of a list; none where there is no list. */
export function changesOf(text: string, range: TextRange | undefined): readonly PlannedResource[] {
  // Thousands have the same few types.
  const types = new Map<string, string>();
  return changesIn(text, range).map(({ start, members }) => new PlannedChange(text, start, members, undefined, types));
}

/** The same of changes that a later plan decides about. */
export function deferredOf(text: string, range: TextRange | undefined): readonly PlannedResource[] {
  return changesIn(text, range).map(({ start, members }) => {
    const change = members.get('resource_change');
    if (change === undefined) throw new JsonFault(start, 'shape');
    const reason = members.get('reason');
    const because = String((reason && parsed(reason, text)) ?? 'unknown').replaceAll('_', ' ');
    return new PlannedChange(text, change.start, memberRanges(text, change.start), because, new Map());
  });
}

/** A change under another address. */
export function renamed(change: PlannedResource, address: string): PlannedResource {
  const { actions, before, after } = change;
  return { ...change, address, resourceAddress: withoutKeys(address), actions, before, after };
}

/** Actions after which there is the resource. */
const making = new Set(['create', 'update', 'no-op', 'read']);

function partsOf(text: string, start: number): ChangeParts {
  const members = memberRanges(text, start);
  const rangeOf = (name: string): TextRange | undefined => given(members, name, text);
  const range = rangeOf('actions');
  const actions = range && parsed(range, text);
  return {
    actions: Array.isArray(actions) ? actions.map(String) : [],
    before: rangeOf('before'),
    after: rangeOf('after'),
    unknownAfter: rangeOf('after_unknown'),
    sensitive: { before: rangeOf('before_sensitive'), after: rangeOf('after_sensitive') },
  };
}

const elementsIn =
  (text: string, start: number): PlannedObject['elementsOf'] =>
  (list) => {
    const elements = given(memberRanges(text, start), list, text);
    return elements === undefined ? [] : [...elementRanges(text, elements.start)];
  };

/** All of a list: what has no place for them all is not JSON. */
const changesIn = (text: string, range: TextRange | undefined): readonly ObjectRange[] =>
  range === undefined ? [] : [...objectRanges(text, range.start)];

/** What a change says of the resource, in the text. */
interface ChangeParts extends Readonly<Record<'before' | 'after', TextRange | undefined>> {
  readonly actions: readonly string[];
  readonly unknownAfter: TextRange | undefined;
  readonly sensitive: Readonly<Record<'before' | 'after', TextRange | undefined>>;
}

/** Its states are read when they are asked for: most are of resources that nobody asks for, and long. */
class PlannedChange implements PlannedResource {
  readonly address: string;
  readonly resourceAddress: string;
  readonly moduleAddress: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index: number | string | undefined;
  readonly isIndexUnknown: boolean;
  readonly previousAddress: string | undefined;
  readonly deposed: string | undefined;
  readonly deferredBecause: string | undefined;
  readonly range: TextRange;
  readonly #text: string;
  readonly #start: number;
  #parts: ChangeParts | undefined;
  /** Null for none. */
  #before: PlannedObject | null | undefined;
  #after: PlannedObject | null | undefined;

  constructor(
    text: string,
    start: number,
    members: ReadonlyMap<string, TextRange>,
    deferredBecause: string | undefined,
    types: Map<string, string>,
  ) {
    const read = (name: string): unknown => {
      const found = members.get(name);
      return found && parsed(found, text);
    };
    const textOf = (name: string): string => {
      const found = read(name);
      if (typeof found !== 'string') throw new JsonFault(members.get(name)?.start ?? start, 'shape');
      return found;
    };
    const optional = (name: string): string | undefined =>
      given(members, name, text) === undefined ? undefined : textOf(name);
    const index = read('index');
    const change = members.get('change');
    if (change === undefined) throw new JsonFault(start, 'shape');
    this.#text = text;
    this.#start = change.start;
    this.address = textOf('address');
    this.resourceAddress = withoutKeys(this.address);
    this.moduleAddress = optional('module_address') ?? '';
    this.mode = read('mode') === 'data' ? 'data' : 'managed';
    const type = textOf('type');
    this.type = types.get(type) ?? type;
    types.set(type, this.type);
    this.name = textOf('name');
    this.index = typeof index === 'number' || typeof index === 'string' ? index : undefined;
    this.isIndexUnknown = read('index_unknown') === true;
    this.previousAddress = optional('previous_address');
    this.deposed = optional('deposed');
    this.deferredBecause = deferredBecause;
    this.range = members.get('address')!;
  }

  get actions(): readonly string[] {
    return this.#change.actions;
  }

  get before(): PlannedObject | undefined {
    if (this.#before === undefined) this.#before = this.#stateOf('before') ?? null;
    return this.#before ?? undefined;
  }

  get after(): PlannedObject | undefined {
    if (this.#after === undefined) this.#after = this.#stateOf('after') ?? null;
    return this.#after ?? undefined;
  }

  #stateOf(name: 'before' | 'after'): PlannedObject | undefined {
    const { actions, [name]: range, unknownAfter, sensitive } = this.#change;
    const unknown = name === 'after' && this.#read(unknownAfter);
    const parts = { unknown, sensitive: this.#read(sensitive[name]) };
    if (range === undefined) {
      // Of what is made and not said, nothing is known.
      const isMade = name === 'after' && actions.some((action) => making.has(action));
      return isMade ? { value: {}, ...parts, unknown: true, elementsOf: () => [] } : undefined;
    }
    const value = parsed(range, this.#text);
    if (!isObject(value)) throw new JsonFault(range.start, 'shape');
    return { value, ...parts, elementsOf: elementsIn(this.#text, range.start) };
  }

  #read(range: TextRange | undefined): unknown {
    return range && parsed(range, this.#text);
  }

  get #change(): ChangeParts {
    this.#parts ??= partsOf(this.#text, this.#start);
    return this.#parts;
  }
}
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
