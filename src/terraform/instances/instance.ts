/** One instance of a resource, and where it is made. */

import type { Expression } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import type { ResourceDeclaration } from '../modules/module.ts';
import type { StandIn } from '../stand-ins/stand-in.ts';
import type { UnknownReason, Value } from '../values/value.ts';
import type { BesideValue, EvaluatedBody } from './body.ts';
import type { Lifecycle } from './lifecycle.ts';

/** A call of a module on the way to an instance, outermost first. */
export interface CallSite {
  /** Name of the call; empty for a Terragrunt unit that applies the root module. */
  readonly name: string;
  /** The call's header. */
  readonly span: Span;
  /** The whole of the call: the arguments lie in it. */
  readonly block: Span;
  /** What it says the module is. */
  readonly source: Span;
  /** Whether the module is what `terraform init` has downloaded. */
  readonly isDownloaded: boolean;
  /** What stands for the module where it is not there. */
  readonly standIn?: StandIn | undefined;
}

/** What kind of resource it is: its mode and type. */
export type ResourceKind = Pick<ResourceDeclaration, 'mode' | 'type'>;

/** @param resourceAddress without keys */
export type IsMeant = (kind: ResourceKind, resourceAddress: string) => boolean;

/** One resource as Terraform would create it. */
export interface ResourceInstance extends ResourceKind {
  /** With module path and keys, as Terraform prints it. */
  readonly address: string;
  /** The same without keys. */
  readonly resourceAddress: string;
  readonly name: string;
  /** The block's header; the same object for all instances of one block. */
  readonly span: Span;
  /** The whole block; the same object for all instances of one block. */
  readonly block: Span;
  readonly calls: readonly CallSite[];
  readonly body: EvaluatedBody;
  /** Undefined where that is not known, as in a plan. */
  readonly lifecycle: Lifecycle | undefined;
  /** What decides whether this instance exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
  /**
   * The variables of the root with a default, which nobody gives another value, that an argument depends on; absent where that is not
   * known, as in a plan.
   *
   * @param argument its expression, or a part of it
   */
  readonly defaultsBehind?: (argument: Span) => ReadonlyMap<string, Value>;
  /**
   * The value of an argument that nothing else asks for, as far as it is written; absent for what is read from no file of
   * configuration. Nothing is noted of inputs.
   *
   * @param self the attributes of the resource, by `self.NAME`, where it may name them
   */
  readonly beside?: (argument: Expression, self?: ReadonlyMap<string, Value>) => BesideValue;
  /** What the configuration of its provider says of an argument, such as `region`; undefined where that is not known, or not certain. */
  readonly ofProvider?: (argument: string) => BesideValue | undefined;
}

/** What gives resource instances: an evaluated configuration, or anything else that knows what Terraform would create. */
export interface Resources {
  /**
   * The instances of some resources in all modules, in order of place.
   *
   * @param isWanted whether it is of a kind that is asked for
   * @param isMeant whether it is one of those that are meant; absent for all
   */
  instances(isWanted: (kind: ResourceKind) => boolean, isMeant?: IsMeant): readonly ResourceInstance[];
}
