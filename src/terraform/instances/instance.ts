/** One instance of a resource, and where it is made. */

import type { Span } from '../../source/span.ts';
import type { ResourceDeclaration } from '../modules/module.ts';
import type { Because } from '../values/value.ts';
import type { EvaluatedBody } from './expand.ts';

/** A call of a module on the way to an instance, outermost first. */
export interface CallSite {
  /** Name of the call. */
  readonly name: string;
  /** The call's header. */
  readonly span: Span;
  /** The whole of the call: the arguments lie in it. */
  readonly block: Span;
  /** What it says the module is. */
  readonly source: Span;
  /** Whether the module is what `terraform init` has downloaded. */
  readonly isDownloaded: boolean;
}

/** One resource as Terraform would create it. */
export interface ResourceInstance {
  /** With module path and keys, as Terraform prints it. */
  readonly address: string;
  /** The same without keys. */
  readonly subject: string;
  readonly mode: ResourceDeclaration['mode'];
  readonly type: string;
  readonly name: string;
  readonly declaration: ResourceDeclaration;
  readonly calls: readonly CallSite[];
  readonly body: EvaluatedBody;
  /** What decides whether this instance exists at all; undefined for a certain one. */
  readonly possible: readonly Because[] | undefined;
}
