/** The arguments and nested blocks of a resource, as a plan has them. */

import { groupBy } from '../collections/group-by.ts';
import type { Span } from '../source/span.ts';
import type { EvaluatedAttribute, EvaluatedBlock, EvaluatedBody } from '../terraform/instances/body.ts';
import { isNothing, type PlannedContext, type PlannedPart, partAt, plannedValue } from './plan-values.ts';
import { isObject } from './planned-change.ts';
import { type Agreement, agreement, matchAll, type PlannedMatch, reconciled, worst } from './reconcile.ts';

/** What is in no configuration: nested blocks are what is a list of objects. */
export class PlannedBody implements EvaluatedBody {
  readonly content = undefined;
  readonly #planned: PlannedPart;
  readonly #context: PlannedContext;
  #blocks: readonly EvaluatedBlock[] | undefined;

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
    this.#blocks ??= this.#keys().flatMap((type) => {
      const part = partAt(this.#planned, type);
      if (!isBlocks(part)) return [];
      const { origin } = this.#context;
      // What is at a place of the configuration stays there.
      const ranges = origin.from === undefined ? this.#planned.elementsOf?.(type) : undefined;
      return (part.value as unknown[]).map((_, index) => {
        const span = ranges === undefined ? this.span : { file: this.span.file, ...ranges[index]! };
        const context = { ...this.#context, origin: { ...origin, span }, isWritten: () => true };
        return blockOf(type, new PlannedBody(partAt(part, index), context), span);
      });
    });
    return this.#blocks;
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
  #blocks: readonly EvaluatedBlock[] | undefined;

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
    this.#blocks ??= [
      ...blockTypesOf(this.#written).flatMap(([type, written]) => this.#blocksOf(type, written)),
      ...this.unwritten,
    ];
    return this.#blocks;
  }

  /** Of types that the configuration does not write here. */
  get unwritten(): readonly EvaluatedBlock[] {
    if (!this.#context.isPast) return [];
    const written = new Set([...this.#written.blocks.map(({ type }) => type), ...this.#written.names]);
    return new PlannedBody(this.#planned, this.#at(this.span)).blocks.filter(({ type }) => !written.has(type));
  }

  #blocksOf(type: string, written: readonly [EvaluatedBlock, ...EvaluatedBlock[]]): readonly EvaluatedBlock[] {
    const context = this.#context;
    const [{ span }] = written;
    return (
      matchedBlocks(type, written, this.#planned, context)?.flatMap(({ item, part, agrees }) => {
        if (part === undefined) return [];
        if (item === undefined) return blockOf(type, new PlannedBody(part, this.#at(span)), span);
        if (agrees === 'same' && isCertain(item)) return item;
        return blockOf(type, new JoinedBody(item.body, part, context), item.span);
      }) ?? written
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

/** Nested blocks by their type. */
const blockTypesOf = ({ blocks }: EvaluatedBody) => [...groupBy(blocks, ({ type }) => type)];

const isCertain = ({ existsIf, indefinite }: EvaluatedBlock): boolean =>
  existsIf === undefined && indefinite === undefined;

/** Blocks of a type with those of a plan; undefined where it says nothing of them. */
function matchedBlocks(
  type: string,
  written: readonly EvaluatedBlock[],
  planned: PlannedPart,
  context: PlannedContext,
): readonly PlannedMatch<EvaluatedBlock>[] | undefined {
  const part = partAt(planned, type);
  if (isMeta(type, planned) || part.unknown === true) return undefined;
  const list = isObject(part.value) ? listOf(part) : part;
  return matchAll(
    written,
    list,
    (block, each) => bodyAgreement(block.body, each, context),
    ({ body }) => [...body.names].map((name) => [name, body.attribute(name)!.value]),
  );
}

/** Whether all that is written in a body is what a plan has. */
export function bodyAgreement(body: EvaluatedBody, planned: PlannedPart, context: PlannedContext): Agreement {
  return worst(agreementsIn(body, planned, context));
}

function* agreementsIn(body: EvaluatedBody, planned: PlannedPart, context: PlannedContext): Iterable<Agreement> {
  for (const name of body.names) {
    if (!isMeta(name, planned)) yield agreement(body.attribute(name)!.value, partAt(planned, name), context);
  }
  for (const [type, written] of blockTypesOf(body)) {
    for (const { item, agrees } of matchedBlocks(type, written, planned, context) ?? []) {
      yield agrees === 'same' && item !== undefined && !isCertain(item) ? 'open' : agrees;
    }
  }
}
