/** What a file of own rules declares. */

import type { OptionDeclaration } from '../findings/check.ts';
import type { Severity } from '../findings/severity.ts';
import type { Expression } from '../hcl/syntax.ts';
import type { Span } from '../source/span.ts';
import type { Subject } from './subjects.ts';

/** A configuration in which a rule finds something, or nothing. */
export interface Example {
  readonly kind: 'fails' | 'passes';
  readonly text: string;
  /** Of a rule about what is opened: what it is opened in; absent for nothing. */
  readonly before?: string;
  /** Where its `main.tf` lies; absent for the root of the tree. */
  readonly folder?: string;
  /** Of a rule about what is opened: the environment that it is evaluated for; absent for none. */
  readonly environment?: string;
  /** The text with its marks. */
  readonly span: Span;
}

export interface RuleDeclaration {
  readonly id: string;
  /** The block's header. */
  readonly span: Span;
  /** Name and kind of what it is asked of. */
  readonly for: string;
  readonly subject: Subject;
  readonly when: Expression;
  readonly severity: Severity;
  readonly message: Expression;
  readonly help: string;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly options: Readonly<Record<string, OptionDeclaration>>;
  /** At least one of each kind. */
  readonly examples: readonly Example[];
  /** Whether it asks for more than one unit of a model holds. */
  readonly isOfModel: boolean;
  /** Whether its condition asks for the sources of what it is about. */
  readonly asksSources: boolean;
}
