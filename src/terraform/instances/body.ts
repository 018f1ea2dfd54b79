/** The arguments and nested blocks of a resource as values, wherever they were read from. */

import type { Span } from '../../source/span.ts';
import type { EvaluationProblem } from '../expressions/scope.ts';
import type { Content } from '../modules/content.ts';
import type { UnknownReason, Value } from '../values/value.ts';

/** An argument of a block, with its value. */
export interface EvaluatedAttribute {
  readonly name: string;
  readonly value: Value;
  /** The expression, or whatever the value is read from. */
  readonly span: Span;
}

/** A value, and what is known of how it came about. */
export interface BesideValue {
  readonly value: Value;
  /** Of the expression itself. */
  readonly problems: readonly EvaluationProblem[];
  /** The variables of the root with a default, which nobody gives another value, that it depends on. */
  readonly defaults: ReadonlyMap<string, Value>;
}

/** A nested block, after `dynamic`. */
export interface EvaluatedBlock {
  readonly type: string;
  /** The block's header; for a dynamic block that of its `content`, or its own where there is none. */
  readonly span: Span;
  readonly body: EvaluatedBody;
  /** What decides whether this block exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
  /** The header of the `dynamic` block that it comes from, where only apply knows how many blocks that makes. */
  readonly indefinite: Span | undefined;
}

/** A block's arguments and nested blocks. */
export interface EvaluatedBody {
  /** All that it is read from. */
  readonly span: Span;
  /** Names of the arguments that are there, meta-arguments included. */
  readonly names: Iterable<string>;
  /** The argument of that name; undefined where it is absent. */
  attribute(name: string): EvaluatedAttribute | undefined;
  /** The same, if it was asked for until now and nothing came up in anything that was. */
  flawless?(name: string): EvaluatedAttribute | undefined;
  /** All nested blocks, in order of place. */
  readonly blocks: readonly EvaluatedBlock[];
  /** What it is written as; undefined where it comes from no file of configuration, as in a plan. */
  readonly content: Content | undefined;
}

/** A missing argument and one that is null are the same to Terraform. */
export function argument(body: EvaluatedBody, name: string): EvaluatedAttribute | undefined {
  const found = body.attribute(name);
  return found === undefined || found.value.kind === 'null' ? undefined : found;
}
