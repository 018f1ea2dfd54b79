/** For expressions, and the items that `for` iterates over. */

import type { Expression, ForExpression, TemplateFor } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { madeAt } from '../functions/origin.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, boolType, stringType } from '../values/type.ts';
import {
  asDeferred,
  asQuiet,
  integerValue,
  isMapping,
  isSensitive,
  isSequence,
  knownEntriesOf,
  marked,
  memberOf,
  objectValue,
  stringValue,
  strongest,
  tupleValue,
  unknownFrom,
  unknownValue,
  type Value,
} from '../values/value.ts';
import { convertAt, evaluate } from './evaluate.ts';
import { bind, type Scope } from './scope.ts';

export interface ForItem {
  readonly key: Value;
  readonly value: Value;
}

/** What `for` goes through. `complete` is false where there may be more, or fewer, than the items that are known. */
export interface ForItems {
  readonly items: readonly ForItem[];
  readonly complete: boolean;
  /** Stands for each item that is not known, where anything is known of it. */
  readonly possible: ForItem | undefined;
}

/** @throws EvaluationError for null and for what can't be gone through */
export function forItems(collection: Value, span: Span): ForItems {
  if (isSequence(collection)) {
    const isSet = collection.kind === 'set';
    const items = collection.items.map((item, index) => {
      const value = memberOf(item, collection);
      return { key: isSet ? value : integerValue(index), value };
    });
    // A set's items that only apply knows may turn out equal: Terraform counts them all the same.
    return { items, complete: true, possible: undefined };
  }
  if (isMapping(collection)) {
    const items = [...collection.entries].map(([key, value]) => ({
      key: memberOf(stringValue(key, value.origin), collection),
      value: memberOf(value, collection),
    }));
    return { items, complete: true, possible: undefined };
  }
  if (collection.kind === 'unknown') {
    const key = unknownValue(collection.reasons);
    const item = collection.item ?? unknownValue(collection.reasons, anyType, collection.origin);
    const entries = [...knownEntriesOf(collection)];
    return {
      items: [
        ...(collection.known ?? []).map((value) => ({ key, value })),
        ...entries.map(([name, value]) => ({ key: stringValue(name, value.origin), value })),
      ],
      complete: false,
      possible: { key, value: item },
    };
  }
  const what = collection.kind === 'null' ? 'A null value' : `A ${collection.kind}`;
  throw new EvaluationError(`${what} cannot be iterated with "for".`, { span });
}

/** The items of a template's `for`, or undefined where they are not all known. */
export function templateForItems(part: TemplateFor, collection: Value, used: Value[]): readonly ForItem[] | undefined {
  used.push(collection);
  const { items, complete } = forItems(asQuiet(collection), part.collection);
  return complete ? items : undefined;
}

/** The value of an `if` clause: a bool, or unknown. */
function decisionOf(clause: Expression, scope: Scope): Value {
  const decision = convertAt(evaluate(clause, scope), boolType, clause, "The 'if' clause value is invalid");
  if (decision.kind !== 'null') return decision;
  throw new EvaluationError("The value of the 'if' clause must not be null.", { span: clause });
}

/** The value of `[for ...]` or `{for ...}`. */
export function evaluateFor(expression: ForExpression, scope: Scope): Value {
  const collection = evaluate(expression.collection, scope);
  // It makes the whole sensitive that is made of the items.
  const { items, complete, possible } = forItems(asQuiet(collection), expression.collection);
  const isEmpty = complete && items.length === 0;
  const origin = isEmpty ? madeAt(expression, [collection]) : { span: expression };
  const pending: Value[] = complete ? [] : [collection];
  // What decides which members there are makes the whole sensitive.
  let mark = collection.sensitive;
  let size = 0;
  const made = (inner: Scope): Value => {
    const value = evaluate(expression.value, inner);
    size = scope.budget.addSize(size, value);
    return value;
  };
  const finished = (result: Value): Value => {
    const value = marked(result, mark);
    return collection.deferred === true ? asDeferred(value) : value;
  };
  const inside = (item: ForItem): Scope => {
    scope.budget.spend(4, expression);
    const outer = expression.keyName === undefined ? scope : bind(scope, expression.keyName.name, item.key);
    return bind(outer, expression.valueName.name, item.value);
  };
  const isKept = (inner: Scope): boolean | undefined => {
    if (expression.condition === undefined) return true;
    const condition = decisionOf(expression.condition, inner);
    mark = strongest(mark, condition.sensitive);
    if (condition.kind === 'bool') return condition.value;
    pending.push(condition);
    return undefined;
  };

  // Of an unknown collection HCL looks at no item: a fault in what may be one is none yet.
  const perhaps = (add: () => void): void => {
    try {
      add();
    } catch (error) {
      if (collection.kind !== 'unknown' || !(error instanceof EvaluationError) || error.kind === 'limit') throw error;
    }
  };

  // As in HCL, a condition that is at fault whatever the items are counts even if none of them is known.
  const hasKnownItems = complete ? items.length > 0 : collection.kind !== 'unknown' || collection.type.kind === 'any';
  if (expression.condition !== undefined && !hasKnownItems) {
    const anything = unknownValue({ name: expression.valueName.name, span: expression.valueName });
    decisionOf(expression.condition, inside({ key: anything, value: anything }));
  }

  if (expression.form === 'tuple') {
    const kept: Value[] = [];
    let item: Value | undefined;
    for (const each of items) {
      perhaps(() => {
        const inner = inside(each);
        const keep = isKept(inner);
        if (keep === true) kept.push(made(inner));
        else if (keep === undefined) item ??= made(inner);
      });
    }
    if (possible !== undefined) {
      perhaps(() => {
        const inner = inside(possible);
        if (isKept(inner) !== false) item = made(inner);
      });
    }
    const result =
      pending.length === 0 ? tupleValue(kept, origin) : { ...unknownFrom(pending, anyType, origin), known: kept, item };
    return finished(result);
  }

  const keyExpression = expression.key ?? expression.value;
  const entries = new Map<string, Value>();
  const groups = new Map<string, Value[]>();
  let item: Value | undefined;
  const addEntry = (each: ForItem, certain: boolean): void => {
    const inner = inside(each);
    const keep = certain ? isKept(inner) : undefined;
    if (keep === false) return;
    const key = convert(evaluate(keyExpression, inner), stringType);
    scope.budget.spend(6, expression);
    const value = made(inner);
    mark = strongest(mark, key.sensitive);
    if (key.kind === 'null') {
      throw new EvaluationError('The key expression in a for expression must not produce a null value.', {
        span: keyExpression,
      });
    }
    if (keep === undefined || key.kind !== 'string') {
      if (key.kind === 'unknown') pending.push(key);
      item ??= value;
      return;
    }
    const group = groups.get(key.value);
    if (expression.grouped) {
      if (group === undefined) groups.set(key.value, [value]);
      else group.push(value);
    } else if (entries.has(key.value)) {
      throw new EvaluationError(
        `Two different items produced the key ${isSensitive(key) ? SENSITIVE : `"${key.value}"`} in this "for" expression. If duplicates are expected, use the ellipsis (...) after the value expression to enable grouping by key.`,
        { span: keyExpression },
      );
    } else entries.set(key.value, value);
  };
  for (const each of items) perhaps(() => addEntry(each, true));
  if (possible !== undefined) perhaps(() => addEntry(possible, false));
  for (const [key, group] of groups) entries.set(key, tupleValue(group, group[0]?.origin));
  const result =
    pending.length === 0
      ? objectValue(entries, origin)
      : { ...unknownFrom(pending, anyType, origin), knownEntries: entries, item };
  return finished(result);
}
