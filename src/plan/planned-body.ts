/** The arguments and nested blocks of a resource, as a plan has them. */

import type { Span } from '../source/span.ts';
import type { EvaluatedAttribute, EvaluatedBlock, EvaluatedBody } from '../terraform/instances/body.ts';
import { isObject } from './plan.ts';
import { isNothing, type PlannedContext, type PlannedPart, partAt, plannedValue } from './plan-values.ts';
import { type Agreement, agreement, matchAll, reconciled } from './reconcile.ts';

/** What is in no configuration: nested blocks are what is a list of objects. */
export class PlannedBody implements EvaluatedBody {
  readonly content = undefined;
  readonly #planned: PlannedPart;
  readonly #context: PlannedContext;

  constructor(planned: PlannedPart, context: PlannedContext) {
    this.#planned = planned;
    this.#context = context;
  }

  get span(): Span {
    return this.#context.origin.span;
  }

  get names(): Iterable<string> {
    return this.#keys().filter((name) => this.attribute(name) !== undefined);
  }

  attribute(name: string): EvaluatedAttribute | undefined {
    const part = partAt(this.#planned, name);
    if (part.unknown === true && !this.#context.isWritten(name)) return undefined;
    if (part.unknown !== true && ((isNothing(part.value) && !isListed(part)) || isBlocks(part))) return undefined;
    return { name, value: plannedValue(part, name, this.#context), span: this.span };
  }

  get blocks(): readonly EvaluatedBlock[] {
    return this.#keys().flatMap((type) => {
      const part = partAt(this.#planned, type);
      const context = { ...this.#context, isWritten: () => true };
      const bodies = isBlocks(part) ? (part.value as unknown[]).map((_, index) => partAt(part, index)) : [];
      return bodies.map((each) => blockOf(type, new PlannedBody(each, context), this.span));
    });
  }

  #keys(): readonly string[] {
    const { value, unknown } = this.#planned;
    return [
      ...new Set([...(isObject(value) ? Object.keys(value) : []), ...(isObject(unknown) ? Object.keys(unknown) : [])]),
    ];
  }
}

/** A list of unknown length is left out of the values. */
const isListed = ({ unknown }: PlannedPart): boolean => Array.isArray(unknown) && unknown.length > 0;

const isBlocks = ({ value }: PlannedPart): boolean => Array.isArray(value) && value.length > 0 && value.every(isObject);

const blockOf = (type: string, body: EvaluatedBody, span: Span): EvaluatedBlock => ({
  type,
  span,
  body,
  existsIf: undefined,
  indefinite: undefined,
});

/** What is written in the configuration, with the values of the plan. */
export class JoinedBody implements EvaluatedBody {
  readonly #written: EvaluatedBody;
  readonly #planned: PlannedPart;
  readonly #context: PlannedContext;

  constructor(written: EvaluatedBody, planned: PlannedPart, context: PlannedContext) {
    this.#written = written;
    this.#planned = planned;
    this.#context = context;
  }

  get span(): Span {
    return this.#written.span;
  }

  get names(): Iterable<string> {
    return this.#written.names;
  }

  get content(): EvaluatedBody['content'] {
    return this.#written.content;
  }

  attribute(name: string): EvaluatedAttribute | undefined {
    const written = this.#written.attribute(name);
    if (written === undefined || isMeta(name, this.#planned)) return written;
    return { ...written, value: reconciled(written.value, partAt(this.#planned, name), name, this.#context) };
  }

  get blocks(): readonly EvaluatedBlock[] {
    const types = new Set(this.#written.blocks.map(({ type }) => type));
    return [...types].flatMap((type) => this.#blocksOf(type));
  }

  #blocksOf(type: string): readonly EvaluatedBlock[] {
    const written = this.#written.blocks.filter((block) => block.type === type);
    const part = partAt(this.#planned, type);
    if (isMeta(type, this.#planned) || part.unknown === true) return written;
    const list = isObject(part.value) ? listOf(part) : part;
    const context = this.#context;
    const [first] = written;
    return matchAll(written, list, (block, each) => bodyAgreement(block.body, each, context)).flatMap(
      ({ item, part: each, agrees }) => {
        if (each === undefined) return [];
        if (item === undefined) return blockOf(type, new PlannedBody(each, this.#at(first!.span)), first!.span);
        const isCertain = item.existsIf === undefined && item.indefinite === undefined;
        if (agrees === 'same' && isCertain) return item;
        return blockOf(type, new JoinedBody(item.body, each, context), item.span);
      },
    );
  }

  #at(span: Span): PlannedContext {
    return { ...this.#context, origin: { span, from: this.#context.origin }, isWritten: () => true };
  }
}

/** Whether a plan has nothing of that name, as for `count`, `lifecycle` and what else is Terraform's own. */
const isMeta = (name: string, { value, unknown }: PlannedPart): boolean =>
  !(isObject(value) && name in value) && !(isObject(unknown) && name in unknown);

/** Of a type of which there can be one block. */
const listOf = ({ value, unknown, sensitive }: PlannedPart): PlannedPart => ({
  value: [value],
  unknown: [unknown],
  sensitive: [sensitive],
});

/** Whether all that is written in a body is what a plan has. */
export function bodyAgreement(body: EvaluatedBody, planned: PlannedPart, context: PlannedContext): Agreement {
  let found: Agreement = 'same';
  for (const name of body.names) {
    if (isMeta(name, planned)) continue;
    const each = agreement(body.attribute(name)!.value, partAt(planned, name), context);
    if (each === 'other') return each;
    if (each === 'open') found = 'open';
  }
  const types = new Set(body.blocks.map(({ type }) => type));
  for (const type of types) {
    const part = partAt(planned, type);
    if (isMeta(type, planned) || part.unknown === true) continue;
    const blocks = body.blocks.filter((block) => block.type === type);
    const list = isObject(part.value) ? listOf(part) : part;
    for (const { item, agrees } of matchAll(blocks, list, (block, each) => bodyAgreement(block.body, each, context))) {
      if (agrees === 'other') return agrees;
      if (agrees === 'open' || item?.existsIf !== undefined || item?.indefinite !== undefined) found = 'open';
    }
  }
  return found;
}
