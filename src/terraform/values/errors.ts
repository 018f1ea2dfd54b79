/** What an expression without a value throws inside src/terraform. */

import type { Span } from '../../source/span.ts';
import type { RejectionKind } from './rejection.ts';

/** Where an error stands, as far as whoever throws it knows, and whether it is tfsg that gives up. */
interface ErrorDetails {
  /** The text at fault. Absent: that of the expression under evaluation. */
  readonly span?: Span | undefined;
  /** Index of the function's argument, or of the operator's operand, at fault: from 0. */
  readonly argument?: number | undefined;
  /** `limit`: Terraform may have a value here, but it is too large or too deep for tfsg. Absent: `evaluation`. */
  readonly kind?: 'evaluation' | 'limit' | undefined;
  /** Whether there is a problem that says so already. */
  readonly isTold?: boolean | undefined;
  /** Names and indexes that lead from the value under conversion to the part at fault. */
  readonly path?: readonly (string | number)[] | undefined;
  /** What Terraform rejects; `none` where it is not certain to. Absent: an invalid expression. */
  readonly rejection?: RejectionKind | 'none' | undefined;
  /** No value that is sensitive stands in the message. Absent: it may. */
  readonly hidesValues?: boolean | undefined;
}

/**
 * An expression has no value. It never leaves src/terraform: `try`, `can` and each attribute catch it.
 * `message` has Terraform's wording.
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly span: Span | undefined;
  readonly argument: number | undefined;
  readonly kind: 'evaluation' | 'limit';
  readonly isTold: boolean;
  readonly path: readonly (string | number)[];
  readonly hidesValues: boolean;
  /** Undefined where it is not certain that Terraform rejects it. */
  readonly rejection: RejectionKind | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.span = details.span;
    this.argument = details.argument;
    this.kind = details.kind ?? 'evaluation';
    this.isTold = details.isTold ?? false;
    this.path = details.path ?? [];
    this.hidesValues = details.hidesValues ?? false;
    const rejection = this.kind === 'limit' ? 'none' : (details.rejection ?? 'expression');
    this.rejection = rejection === 'none' ? undefined : rejection;
  }

  /** The same error in what Terraform may not come to evaluate. */
  get inDoubt(): EvaluationError {
    return new EvaluationError(this.message, { ...this, rejection: 'none' });
  }
}

/**
 * What other roots make can't be told, because the root that looks it up is needed for that. No {@link EvaluationError}, as nothing on the way
 * to it is at fault: only the lookup catches it, and nothing is kept of what was evaluated for it.
 */
export class CircularLookup extends Error {
  override readonly name = 'CircularLookup';
}
