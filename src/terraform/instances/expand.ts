/** count, for_each and dynamic -> instances. */

import type { Attribute, Expression } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { evaluate, evaluateAside, unknownAfter } from '../expressions/evaluate.ts';
import { forItems } from '../expressions/for.ts';
import { bind, type Scope } from '../expressions/scope.ts';
import { type Content, type ContentBlock, contentOf, metaBlockTypes } from '../modules/content.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { isMadeByApply } from '../values/made-by-apply.ts';
import { anyType, boolType, isPrimitive, numberType, stringType } from '../values/type.ts';
import {
  asQuiet,
  integerValue,
  isMapping,
  isSensitive,
  isSequence,
  markedBy,
  memberOf,
  mergeReasons,
  type Origin,
  objectValue,
  stringValue,
  typeOf,
  type UnknownReason,
  unknownValue,
  type Value,
} from '../values/value.ts';
import type { EvaluatedAttribute, EvaluatedBlock, EvaluatedBody } from './body.ts';

/** More blocks than this of one `dynamic` block are not made: a problem says so. */
const maximumBlocks = 10_000;

/** Steps for a block, beside those for its text. */
export const stepsPerBlock = 100;

/** Says how many of the instances that something asks for are made. */
type Admit = (count: number, at: Span) => number;

type FirstPlan = (expression: Expression) => Value | undefined;

/** One instance of a repeated block, and what `count.` and `each.` mean in it. */
export interface Repeated {
  /** Index of count, key of for_each; undefined where the block is not repeated, or the keys are not known. */
  readonly key: number | string | undefined;
  /** What stands for a sensitive key in addresses, another text for each; absent for other keys. */
  readonly shownKey?: string;
  readonly repetition: ReadonlyMap<string, Value> | undefined;
  /** What decides whether this instance exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

export interface Expansion {
  /** `disabled`: OpenTofu's `lifecycle { enabled = false }`, which leaves no instance, and null where it is named. */
  readonly kind: 'single' | 'count' | 'for_each' | 'disabled';
  readonly instances: readonly Repeated[];
  /** Where the number or the collection came from. */
  readonly origin?: Origin | undefined;
}

const single: readonly Repeated[] = [{ key: undefined, repetition: undefined, existsIf: undefined }];

/**
 * The instances of a resource or module call. What can't be evaluated is a problem, and one possible instance.
 *
 * @param firstPlan what an expression is to Terraform before anything is made, where that may be less than is known here
 */
export function expand(content: Content, scope: Scope, admit: Admit, firstPlan: FirstPlan): Expansion {
  if (isAlwaysOne(content)) return { kind: 'single', instances: single.slice(0, admit(1, content.span)) };
  const count = content.attributes.get('count');
  const forEach = content.attributes.get('for_each');
  const enabled = enabledOf(content);
  try {
    if (enabled !== undefined && count === undefined && forEach === undefined) {
      return expandEnabled(enabled, scope, admit);
    }
    return count !== undefined
      ? expandCount(count, scope, admit, firstPlan)
      : expandForEach(forEach!, scope, admit, firstPlan);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const attribute = (count ?? forEach ?? enabled)!;
    const { reasons } = unknownAfter(error, attribute.value, scope);
    const instance =
      count !== undefined
        ? possibleIndex(reasons)
        : forEach !== undefined
          ? possibleEach(reasons, undefined)
          : possibleSingle(reasons);
    const kind = count !== undefined ? 'count' : forEach !== undefined ? 'for_each' : 'single';
    return { kind, instances: [instance].slice(0, admit(1, attribute.value)) };
  }
}

/** Whether there is one instance, whatever anything else is. */
export const isAlwaysOne = (content: Content): boolean =>
  !content.attributes.has('count') && !content.attributes.has('for_each') && enabledOf(content) === undefined;

/** OpenTofu's `lifecycle { enabled = ... }`: https://opentofu.org/docs/language/meta-arguments/enabled/ */
function enabledOf(content: Content): Attribute | undefined {
  const lifecycle = content.blocks.find(({ block }) => block.type.name === 'lifecycle');
  if (lifecycle === undefined) return undefined;
  return contentOf(lifecycle.block.body, lifecycle.syntax, metaBlockTypes, []).attributes.get('enabled');
}

function expandEnabled(attribute: Attribute, scope: Scope, admit: Admit): Expansion {
  const span = attribute.value;
  const value = convert(evaluate(span, scope), boolType);
  if (value.kind === 'null') {
    throw new EvaluationError('The given "enabled" argument value is null. A bool is required.', { span });
  }
  if (value.kind === 'bool' && !value.value) return { kind: 'disabled', instances: [] };
  const instances = value.kind === 'unknown' ? [possibleSingle(value.reasons)] : single;
  return { kind: 'single', instances: instances.slice(0, admit(1, span)) };
}

const possibleSingle = (reasons: readonly UnknownReason[]): Repeated => ({
  key: undefined,
  repetition: undefined,
  existsIf: reasons,
});

function possibleIndex(reasons: readonly UnknownReason[]): Repeated {
  const repetition = new Map([['count.index', unknownValue(reasons, numberType)]]);
  return { key: undefined, repetition, existsIf: reasons };
}

function possibleEach(reasons: readonly UnknownReason[], item: Value | undefined): Repeated {
  const repetition = new Map<string, Value>([
    ['each.key', unknownValue(reasons, stringType)],
    ['each.value', item ?? unknownValue(reasons)],
  ]);
  return { key: undefined, repetition, existsIf: reasons };
}

function countOf({ value: span }: Attribute, scope: Scope): Value {
  const value = evaluate(span, scope);
  try {
    return convert(value, numberType);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`The given "count" argument value is unsuitable: ${error.message}.`, {
      span,
      kind: error.kind,
      rejection: 'instances',
    });
  }
}

function expandCount(attribute: Attribute, scope: Scope, admit: Admit, firstPlan: FirstPlan): Expansion {
  const value = countOf(attribute, scope);
  if (isMade(value) || isMade(firstPlan(attribute.value))) {
    const message = 'The "count" value depends on resource attributes that are not known until apply.';
    refuse(message, attribute.value, undefined, scope);
  }
  if (value.kind === 'unknown') {
    return { kind: 'count', instances: [possibleIndex(value.reasons)].slice(0, admit(1, attribute.value)) };
  }
  if (value.kind === 'null') {
    throw new EvaluationError('The given "count" argument value is null. An integer is required.', {
      rejection: 'instances',
      span: attribute.value,
    });
  }
  const count = value.kind === 'number' && typeof value.value === 'number' ? value.value : Number.NaN;
  if (!Number.isInteger(count))
    throw new EvaluationError('"count" must be a whole number.', {
      rejection: 'instances',
      span: attribute.value,
    });
  if (value.sensitive !== undefined)
    refuseSensitive('count', 'the number of instances would show it', attribute.value, scope);
  if (count < 0) {
    throw new EvaluationError(
      'The given "count" argument value is unsuitable: must be greater than or equal to zero.',
      {
        rejection: 'instances',
        span: attribute.value,
      },
    );
  }
  const instances: Repeated[] = [];
  const admitted = admit(count, attribute.value);
  for (let index = 0; index < admitted; index++) {
    const repetition = new Map([['count.index', integerValue(index, { span: attribute.value })]]);
    instances.push({ key: index, repetition, existsIf: undefined });
  }
  return { kind: 'count', instances, origin: value.origin };
}

/** Notes what Terraform rejects, where one sees all the same which instances are meant. */
function refuse(message: string, span: Expression, within: Expression | undefined, scope: Scope): void {
  const rejection = { kind: 'instances', within, reason: '' } as const;
  scope.problems?.add({ kind: 'evaluation', severity: 'warning', message, span, rejection });
}

/** What would show in the addresses of the instances. */
function refuseSensitive(argument: 'count' | 'for_each', why: string, span: Expression, scope: Scope): void {
  refuse(`The given "${argument}" argument value is sensitive, which Terraform rejects: ${why}.`, span, span, scope);
}

function expandForEach(attribute: Attribute, scope: Scope, admit: Admit, firstPlan: FirstPlan): Expansion {
  const collection = evaluate(attribute.value, scope);
  const span = attribute.value;
  if (collection.kind === 'null') {
    throw new EvaluationError('The given "for_each" argument value is null. A map, or set of strings is allowed.', {
      rejection: 'instances',
      span,
    });
  }
  if (isKnownOnlyByApply(collection) || isMade(firstPlan(span))) {
    const message = 'The "for_each" keys derive from resource attributes that are not known until apply.';
    refuse(message, span, undefined, scope);
  }
  const type = typeOf(collection);
  if (['list', 'tuple', 'string', 'number', 'bool'].includes(type.kind)) {
    const message = `The given "for_each" argument value is unsuitable: the "for_each" argument must be a map, or set of strings, and you have provided a value of type ${type.kind}.`;
    // A type that is declared holds for every value.
    refuse(message, span, collection.kind === 'unknown' || collection.kind === 'list' ? undefined : span, scope);
  }
  if (collection.sensitive === true) refuseSensitive('for_each', 'its keys would show in the addresses', span, scope);
  const instances: Repeated[] = [];
  const add = (key: Value, value: Value): void => {
    if (key.kind !== 'string') {
      throw new EvaluationError('The given "for_each" set must contain only strings that are not null.', {
        rejection: 'instances',
        span,
      });
    }
    const repetition = new Map<string, Value>([
      ['each.key', key],
      ['each.value', value],
    ]);
    instances.push({
      key: key.value,
      repetition,
      existsIf: undefined,
      ...(isSensitive(key) && {
        shownKey: instances.length === 0 ? SENSITIVE : `${SENSITIVE} ${instances.length + 1}`,
      }),
    });
  };
  if (isMapping(collection)) {
    let left = admit(collection.entries.size, span);
    for (const [key, value] of collection.entries) {
      if (left-- === 0) break;
      const at = memberOf(value, collection);
      add(markedBy(stringValue(key, at.origin), collection), at);
    }
    return { kind: 'for_each', instances, origin: collection.origin };
  }
  if (isSequence(collection)) {
    const pending = collection.items.filter((item) => item.kind === 'unknown');
    for (const item of collection.items) {
      if (item.kind !== 'unknown' && (collection.kind === 'set' || item.kind === 'string'))
        add(memberOf(item, collection), memberOf(item, collection));
    }
    if (pending.length > 0) instances.push(possibleEach(mergeReasons(pending), pending[0]));
    return { kind: 'for_each', instances: instances.slice(0, admit(instances.length, span)) };
  }
  if (collection.kind === 'unknown') {
    for (const [key, value] of collection.knownEntries ?? []) {
      add(markedBy(stringValue(key, value.origin), collection), memberOf(value, collection));
    }
    for (const item of collection.known ?? []) {
      const at = memberOf(item, collection);
      if (at.kind === 'string') add(at, at);
    }
    instances.push(possibleEach(collection.reasons, collection.item));
    return { kind: 'for_each', instances: instances.slice(0, admit(instances.length, span)) };
  }
  return {
    kind: 'for_each',
    instances: [possibleEach([{ name: 'for_each', span }], undefined)].slice(0, admit(1, span)),
  };
}

/** Whether a value waits for what AWS gives new resources, and for nothing else. */
const isMade = (value: Value | undefined): boolean => value?.kind === 'unknown' && isMadeByApply(value);

/** Whether the keys do. */
function isKnownOnlyByApply(collection: Value): boolean {
  return isMade(collection) || (collection.kind === 'set' && collection.items.some(isMade));
}

/** A block's arguments and nested blocks, evaluated when they are asked for, once each. */
export class WrittenBody implements EvaluatedBody {
  readonly content: Content;
  readonly #scope: () => Scope;
  readonly #values = new Map<string, EvaluatedAttribute>();
  #blocks: readonly EvaluatedBlock[] | undefined;

  /** @param scope that of the time when something is asked for */
  constructor(content: Content, scope: () => Scope) {
    this.content = content;
    this.#scope = scope;
  }

  get span(): Span {
    return this.content.span;
  }

  get names(): Iterable<string> {
    return this.content.attributes.keys();
  }

  attribute(name: string): EvaluatedAttribute | undefined {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const attribute = this.content.attributes.get(name);
    if (attribute === undefined) return undefined;
    const evaluated = { name, value: evaluateAttribute(attribute.value, this.#scope()), span: attribute.value };
    this.#values.set(name, evaluated);
    return evaluated;
  }

  flawless(name: string): EvaluatedAttribute | undefined {
    const known = this.#values.get(name);
    return known === undefined || this.#scope().problems?.isEmpty === false ? undefined : known;
  }

  /** The value of an expression as if it were one of the arguments; undefined if it has none. */
  aside(expression: Expression): Value | undefined {
    return evaluateAside(expression, this.#scope());
  }

  get blocks(): readonly EvaluatedBlock[] {
    this.#blocks ??= this.content.blocks.flatMap((block) => this.#expandBlock(block));
    return this.#blocks;
  }

  #expandBlock({ block, syntax }: ContentBlock): readonly EvaluatedBlock[] {
    if (block.type.name !== 'dynamic') {
      const content = contentOf(block.body, syntax, metaBlockTypes, []);
      const body = new WrittenBody(content, this.#scope);
      return [{ type: block.type.name, span: block.header, body, existsIf: undefined, indefinite: undefined }];
    }
    const dynamic = contentOf(block.body, syntax, { __proto__: null as never, content: 0 }, []);
    const type = block.labels[0]?.name;
    const inner = dynamic.blocks.find((candidate) => candidate.block.type.name === 'content');
    const forEach = dynamic.attributes.get('for_each');
    if (type === undefined || inner === undefined || forEach === undefined) return [];
    const content = contentOf(inner.block.body, syntax, metaBlockTypes, []);
    const iterator = iteratorName(dynamic.attributes.get('iterator')?.value) ?? type;
    let indefinite: Span | undefined;
    const make = (key: Value, value: Value, existsIf: readonly UnknownReason[] | undefined): EvaluatedBlock => {
      const each = objectValue([
        ['key', key],
        ['value', value],
      ]);
      const body = new WrittenBody(content, () => {
        const scope = bind(this.#scope(), iterator, each);
        return existsIf === undefined ? scope : { ...scope, isInDoubt: true };
      });
      return { type, span: inner.block.header, body, existsIf, indefinite };
    };
    const scope = this.#scope();
    try {
      // The blocks show how many there are, so that the collection as a whole is sensitive says nothing of its members to Terraform.
      const collection = asQuiet(evaluate(forEach.value, scope));
      if (collection.kind === 'null') {
        throw new EvaluationError('Cannot use a null value in for_each.', {
          rejection: 'instances',
          span: forEach.value,
        });
      }
      const kind = typeOf(collection).kind;
      if (isPrimitive(typeOf(collection))) {
        throw new EvaluationError(`Cannot use a ${kind} value in for_each. An iterable collection is required.`, {
          rejection: 'instances',
          span: forEach.value,
        });
      }
      const { items, complete, possible } = forItems(collection, forEach.value);
      if (collection.kind === 'unknown' || collection.deferred === true) indefinite = block.header;
      const taken = items.slice(0, admitBlocks(items.length, inner.block, forEach.value, scope));
      const certain = taken.map(({ key, value }) => make(key, value, undefined));
      if (complete && certain.length === 0) this.#scope().problems?.addAbsent(block);
      if (complete) return certain;
      const reasons = mergeReasons([collection]);
      if (possible !== undefined) certain.push(make(possible.key, possible.value, reasons));
      return certain;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const { reasons } = unknownAfter(error, forEach.value, scope);
      indefinite = block.header;
      return [make(unknownValue(reasons), unknownValue(reasons, anyType), reasons)];
    }
  }
}

/** Each member of an argument becomes a peer, a port or the like of a rule. */
const stepsPerMember = 40;

function evaluateAttribute(expression: Expression, scope: Scope): Value {
  try {
    const value = evaluate(expression, scope);
    scope.budget.spend(stepsPerMember * scope.budget.addSize(-1, value), expression);
    return value;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return unknownAfter(error, expression, scope);
  }
}

/** How many of the blocks that a `dynamic` block asks for are made. */
function admitBlocks(count: number, content: Span, at: Span, scope: Scope): number {
  const most = Math.min(count, maximumBlocks);
  if (most < count) {
    const message = `This generates ${count.toLocaleString('en')} blocks; only the first ${most.toLocaleString('en')} are checked.`;
    scope.problems?.add({ kind: 'limit', severity: 'error', message, span: at });
  }
  return scope.budget.payFor(most, stepsPerBlock + content.end - content.start, at);
}

function iteratorName(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'reference') return expression.name;
  return expression?.kind === 'string' ? expression.value : undefined;
}
