/** What a function is: its parameters, and its result for known arguments. */

import type { FileSystem } from '../../files.ts';
import type { Span } from '../../source/span.ts';
import type { Budget } from '../values/budget.ts';
import type { Type } from '../values/type.ts';
import type { UnknownValue, Value } from '../values/value.ts';
import type { Pattern } from './pattern.ts';

/** What functions can reach beyond their arguments. */
export interface FunctionWorld {
  /** The tree that was given: nothing outside of it is known to exist. */
  readonly files: FileSystem;
  /** What relative paths start from: the root module's directory, as a path of `files`. */
  readonly basePath: string;
  /**
   * The value of a template whose names are `variables` alone. The template's functions get a context whose `inside` is the
   * request's `caller`.
   *
   * @param worlds those of the context of the call
   * @throws EvaluationError for a syntax fault, a name that is not among the variables, and what evaluation throws
   */
  renderTemplate(request: TemplateRequest, budget: Budget, worlds: object | undefined): Value;
  /**
   * What a text in the syntax of variable files says, as an object. No member of it has an origin.
   *
   * @throws EvaluationError for a syntax fault, a block, and an expression with a name or a call
   */
  decodeVariables(text: string, span: Span, budget: Budget): Value;
  /** Where compiled patterns are kept; absent, each call compiles its own. */
  readonly patterns?: Map<string, Pattern> | undefined;
  /** Functions beside Terraform's own, which go before those of the same name. */
  readonly added?: FunctionTable | undefined;
  /** The template function whose template calls: Terraform rejects to nest them. */
  readonly inside?: TemplateFunction | undefined;
}

/** The same, for one call. */
export interface FunctionContext extends FunctionWorld {
  /** What the call may take. */
  readonly budget: Budget;
  /** What the evaluation of the call knows of inputs that nobody has given: only handed on. */
  readonly worlds?: object | undefined;
}

export type TemplateFunction = 'templatefile' | 'templatestring';

export interface TemplateRequest {
  readonly caller: TemplateFunction;
  readonly text: string;
  /** The file that the text was read from, as a path of `files`; absent for `templatestring`. */
  readonly path?: string;
  /** Whether the text or a variable is: then no message shows anything of the text. */
  readonly isSensitive: boolean;
  readonly variables: ReadonlyMap<string, Value>;
  /** The call: what the result's origin names. */
  readonly span: Span;
}

/** One call, for what an implementation needs beside its arguments. */
export interface Invocation {
  /** Without `core::`. */
  readonly name: string;
  readonly span: Span;
  readonly context: FunctionContext;
  /** Indexes of the arguments that were sensitive before the call took that from them: no message shows them. */
  readonly sensitive: ReadonlySet<number>;
}

export interface Parameter {
  /** As Terraform's messages name it. */
  readonly name: string;
  /** Arguments are converted to it; `any` takes every value as it is. */
  readonly type: Type;
  /** Whether null is an argument like any other. Otherwise it is rejected. */
  readonly allowNull?: boolean;
  /**
   * How much of the argument must be known before the implementation is asked: `itself` (its members may be unknown, and a
   * set may hold unknown items), `wholly`, or `nothing`. Where it is not, the result is unknown.
   */
  readonly known?: 'itself' | 'wholly' | 'nothing';
  /**
   * What becomes of the argument's sensitivity. `deep`: a sensitive part makes the whole result sensitive, and the
   * implementation sees none. `shallow`: the same for the argument itself; its members keep theirs. `own`: the
   * implementation sees to it.
   */
  readonly sensitivity?: 'deep' | 'shallow' | 'own';
}

/** What is sure of a result that is not known as a whole; as in UnknownValue. */
export interface Sure {
  readonly within?: UnknownValue | undefined;
  readonly known?: readonly Value[] | undefined;
  readonly knownEntries?: ReadonlyMap<string, Value> | undefined;
  readonly item?: Value | undefined;
  readonly identity?: UnknownValue['identity'];
  readonly pieces?: UnknownValue['pieces'];
}

export interface FunctionDefinition {
  readonly parameters: readonly Parameter[];
  readonly variadic?: Parameter;
  /**
   * The type of an unknown result. As a function it gets the converted arguments, unknown ones too, and throws
   * EvaluationError for types that no value could satisfy.
   */
  readonly returns: Type | ((args: readonly Value[]) => Type);
  /** Whether the result may be null. */
  readonly nullable?: boolean;
  /** What is known of an unknown result. Gets the converted arguments. */
  readonly sure?: (args: readonly Value[]) => Sure | undefined;
  /**
   * The result for converted arguments that are as known as their parameters ask. A result, or a member of one, that has no
   * origin was made here.
   *
   * @throws EvaluationError with Terraform's words for the fault alone; `argument` where one argument is at fault
   */
  readonly call: (args: readonly Value[], invocation: Invocation) => Value;
}

export type FunctionTable = Readonly<Record<string, FunctionDefinition>>;
