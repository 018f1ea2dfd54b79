/** Faults of the user's security groups as reports show them, and the hits of single instances that they are merged of. */

import type { Span } from '../source/span.ts';
import type { Severity } from './check.ts';

/** How a run has places; a report that was read back has them as lines and columns. `P` below is one of the two. */
export interface Located {
  readonly span: Span;
}

/** A place that has to do with a finding, and in what way, in a few words: `default of var.office_cidr`. */
export type RelatedOf<P> = P & {
  readonly message: string;
  /** It only uses what is at fault: comments there are about something else. */
  readonly isUse?: true;
  /** The value at fault is written out there: what one edits. */
  readonly isSource?: true;
  /** What stands there is not shown. */
  readonly isSecret?: true;
};

/** Replaces the text of the place. */
export type EditOf<P> = P & { readonly text: string };

/** A safe change: it keeps what the configuration means. */
export interface FixOf<P> {
  readonly message: string;
  readonly edits: readonly EditOf<P>[];
}

/** One fault at one place; a place that several instances share is one finding. */
export type FindingOf<P> = P & {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  /** Address of the resource, without instance keys. */
  readonly subject: string;
  /** Addresses of the instances with the fault, with keys, sorted. */
  readonly instances: readonly string[];
  /** Names of the environments where it holds, sorted; empty where none are configured. */
  readonly environments: readonly string[];
  readonly related: readonly RelatedOf<P>[];
  readonly aliases: readonly string[];
  /** Path of the check's page. */
  readonly docs: string;
  /** Stays the same when lines move: 32 hexadecimal digits of check, path, subject and the text of the place. */
  readonly fingerprint: string;
  readonly fix: FixOf<P> | null;
};

/** A question that only apply can answer. */
export type UndecidedOf<P> = P & {
  readonly check: string;
  /** Address of the resource, without instance keys. */
  readonly subject: string;
  /** What the answer waits for: `var.office_cidr`, `data.aws_vpc.main`; sorted. */
  readonly because: readonly string[];
};

/** One instance's share of a finding, or for `unknown` of an undecided question. */
export type PartOf<P> = P & {
  readonly answer: 'yes' | 'unknown';
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly subject: string;
  readonly instance: string;
  /** Directory of the root module. */
  readonly root: string;
  readonly environment: string | null;
  readonly related: readonly RelatedOf<P>[];
  readonly aliases: readonly string[];
  readonly because: readonly string[];
  /** As the finding's, but the same for the same text twice in one subject. */
  readonly fingerprint: string;
  readonly fix: FixOf<P> | null;
};

export type Related = RelatedOf<Located>;
export type Edit = EditOf<Located>;
export type Fix = FixOf<Located>;
export type Finding = FindingOf<Located>;
export type Undecided = UndecidedOf<Located>;
export type Part = PartOf<Located>;
