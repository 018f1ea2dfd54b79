/** Something that Terraform rejects, and what it is in. */

import type { Span } from '../../../source/span.ts';
import type { EvaluationProblem } from '../../expressions/scope.ts';
import type { ResourceDeclaration } from '../../modules/module.ts';
import type { ReferencePlace } from '../../modules/reference-faults.ts';
import type { RejectionKind } from '../../values/rejection.ts';
import {
  isEmptyCollection,
  isMapping,
  isSequence,
  type Origin,
  type UnknownReason,
  type Value,
} from '../../values/value.ts';
import type { CallSite, ResourceInstance, ResourceKind } from '../instance.ts';

export interface Rejection {
  readonly kind: RejectionKind;
  /** Of the resource, variable or the like, with module path and instance keys. */
  readonly address: string;
  /** The same without keys. */
  readonly resourceAddress: string;
  readonly calls: readonly CallSite[];
  readonly span: Span;
  readonly origin?: Origin | undefined;
  readonly isSensitive?: boolean | undefined;
  /** One sentence, mostly in Terraform's words: what is wrong. */
  readonly message: string;
  /** What is probably meant. */
  readonly hint?: string | undefined;
  /** What decides whether the resource exists at all; undefined where Terraform rejects it whether it does or not. */
  readonly existsIf?: readonly UnknownReason[] | undefined;
  /** What has no value because of it, as reasons of what waits for that name it. */
  readonly reason?: string | undefined;
}

/** Which resources it is about, and what is known of their types. */
export interface RejectionQuery {
  /** Those in which all counts. */
  readonly isWanted: (kind: ResourceKind) => boolean;
  /** Those of which what was evaluated counts. */
  readonly isAttached: (declaration: ResourceDeclaration) => boolean;
  readonly hasAttribute: ReferencePlace['hasAttribute'];
}

export interface Rejections {
  readonly all: readonly Rejection[];
  /** The kind of what says the same as a problem, by `problemKey`. */
  readonly told: ReadonlyMap<string, RejectionKind>;
  /** The kind of what leaves something without a value, by the name that reasons of what waits for it have. */
  readonly reasons: ReadonlyMap<string, RejectionKind>;
  /** Whether the root is for a Terraform before 0.12 alone, which takes what newer ones reject. */
  readonly isOld: boolean;
}

/** A resource without instances, as Terraform validates its block before it knows of instances and of values of variables. */
export interface Uncreated {
  readonly instance: ResourceInstance;
  /** What has no meaning in what was asked of it until now. */
  readonly problems: readonly EvaluationProblem[];
}

/** What knows its rejections; absent for what somebody else has evaluated, such as a plan. */
export interface Rejecting {
  rejections?(query: RejectionQuery): Rejections;
  uncreated?(isWanted: (kind: ResourceKind) => boolean): Iterable<Uncreated>;
}

/** Whether the defaults that a value depends on, which nobody has given another value, leave the fault as it is. */
export function isSettled(kind: Rejection['kind'], defaults: ReadonlyMap<string, Value>): boolean {
  if (defaults.size === 0) return true;
  // A default of the wrong type is wrong, but an empty one waits for somebody to give another.
  return (kind === 'type' || kind === 'value' || kind === 'rule-object') && ![...defaults.values()].some(hasEmpty);
}

function hasEmpty(value: Value): boolean {
  if (value.kind === 'null' || (value.kind === 'string' && value.value === '') || isEmptyCollection(value)) return true;
  if (isSequence(value)) return value.items.some(hasEmpty);
  return isMapping(value) && [...value.entries.values()].some(hasEmpty);
}
