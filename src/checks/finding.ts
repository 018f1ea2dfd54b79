/** A fault of the user's security groups, as reports show it. */

import type { Span } from '../source/span.ts';
import type { Severity } from './check.ts';

/** A place that has to do with a finding, and in what way. */
export interface Related {
  /** A few words: `default of var.office_cidr`. */
  readonly message: string;
  readonly span: Span;
}

/** Replaces the text of the span. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A safe change: it keeps what the configuration means. */
export interface Fix {
  readonly message: string;
  readonly edits: readonly Edit[];
}

/** One fault at one place; a place that several instances share is one finding. */
export interface Finding {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Address of the resource, without instance keys. */
  readonly subject: string;
  /** Addresses of the instances with the fault, with keys, sorted. */
  readonly instances: readonly string[];
  /** Names of the environments where it holds; empty where none are configured. */
  readonly environments: readonly string[];
  readonly related: readonly Related[];
  readonly aliases: readonly string[];
  /** Path of the check's page. */
  readonly docs: string;
  /** Stays the same when lines move: 32 hexadecimal digits of check, path, subject and the text of the place. */
  readonly fingerprint: string;
  readonly fix: Fix | null;
}

/** A question that only apply can answer. */
export interface Undecided {
  readonly check: string;
  /** Address of the resource, without instance keys. */
  readonly subject: string;
  readonly span: Span;
  /** What the answer waits for: `var.office_cidr`, `data.aws_vpc.main`; sorted. */
  readonly because: readonly string[];
}
