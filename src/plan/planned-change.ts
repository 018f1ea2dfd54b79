/** Changes of resources in the text of a plan. */

import type { TextRange } from '../source/source-file.ts';
import { elementRanges, given, JsonFault, memberRanges, parsed } from './json-ranges.ts';

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
  if (range === undefined) return [];
  return [...elementRanges(text, range.start)].map((element) => changeOf(text, element, undefined));
}

/** The same of changes that a later plan decides about. */
export function deferredOf(text: string, range: TextRange | undefined): readonly PlannedResource[] {
  if (range === undefined) return [];
  return [...elementRanges(text, range.start)].map((element) => {
    const members = memberRanges(text, element.start);
    const change = members.get('resource_change');
    if (change === undefined) throw new JsonFault(element.start, 'shape');
    const reason = members.get('reason');
    return changeOf(text, change, String((reason && parsed(reason, text)) ?? 'unknown').replaceAll('_', ' '));
  });
}

/** Members of a change of one resource, read when they are asked for: most are of resources that nobody asks for, and long. */
class ChangeText {
  readonly #text: string;
  readonly #start: number;
  readonly #states = new Map<string, PlannedObject | undefined>();
  #parts: ReadonlyMap<string, TextRange> | undefined;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
  }

  get actions(): readonly string[] {
    const actions = this.#read('actions');
    return Array.isArray(actions) ? actions.map(String) : [];
  }

  state(name: 'before' | 'after'): PlannedObject | undefined {
    if (!this.#states.has(name)) this.#states.set(name, this.#stateOf(name));
    return this.#states.get(name);
  }

  #stateOf(name: 'before' | 'after'): PlannedObject | undefined {
    const range = this.#range(name);
    const unknown = name === 'after' && this.#read('after_unknown');
    const sensitive = this.#read(`${name}_sensitive`);
    if (range === undefined) {
      // Of what is made and not said, nothing is known.
      const isMade = name === 'after' && this.actions.some((action) => making.has(action));
      return isMade ? { value: {}, unknown: true, sensitive, elementsOf: () => [] } : undefined;
    }
    const value = parsed(range, this.#text);
    if (!isObject(value)) throw new JsonFault(range.start, 'shape');
    const elementsOf = (list: string): readonly TextRange[] => {
      const elements = given(memberRanges(this.#text, range.start), list, this.#text);
      return elements === undefined ? [] : [...elementRanges(this.#text, elements.start)];
    };
    return { value, unknown, sensitive, elementsOf };
  }

  #read(name: string): unknown {
    const range = this.#range(name);
    return range && parsed(range, this.#text);
  }

  #range(name: string): TextRange | undefined {
    this.#parts ??= memberRanges(this.#text, this.#start);
    return given(this.#parts, name, this.#text);
  }
}

/** Actions after which there is the resource. */
const making = new Set(['create', 'update', 'no-op', 'read']);

function changeOf(text: string, range: TextRange, deferredBecause: string | undefined): PlannedResource {
  const members = memberRanges(text, range.start);
  const read = (name: string): unknown => {
    const found = members.get(name);
    return found && parsed(found, text);
  };
  const textOf = (name: string): string => {
    const found = read(name);
    if (typeof found !== 'string') throw new JsonFault(members.get(name)?.start ?? range.start, 'shape');
    return found;
  };
  const optional = (name: string): string | undefined =>
    given(members, name, text) === undefined ? undefined : textOf(name);
  const index = read('index');
  const start = members.get('change')?.start;
  if (start === undefined) throw new JsonFault(range.start, 'shape');
  const change = new ChangeText(text, start);
  return {
    address: textOf('address'),
    moduleAddress: optional('module_address') ?? '',
    mode: read('mode') === 'data' ? 'data' : 'managed',
    type: textOf('type'),
    name: textOf('name'),
    index: typeof index === 'number' || typeof index === 'string' ? index : undefined,
    isIndexUnknown: read('index_unknown') === true,
    previousAddress: optional('previous_address'),
    deposed: optional('deposed'),
    deferredBecause,
    range: members.get('address')!,
    get actions() {
      return change.actions;
    },
    get before() {
      return change.state('before');
    },
    get after() {
      return change.state('after');
    },
  };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
