/** What expressions are beside the evaluation: what is asked here is not kept there, and nothing is noted of inputs. */

import type { Expression } from '../../hcl/syntax.ts';
import { visitNodes } from '../../hcl/walk.ts';
import type { Span } from '../../source/span.ts';
import { evaluateOrUnknown } from '../expressions/evaluate.ts';
import type { Scope } from '../expressions/scope.ts';
import { unnoted } from '../expressions/worlds.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { Declaration } from '../modules/module.ts';
import { Budget } from '../values/budget.ts';
import { isMadeByApply } from '../values/made-by-apply.ts';
import { type UnknownValue, unknownValue, type Value } from '../values/value.ts';
import { defaultsBehind } from './behind.ts';
import type { BesideValue } from './body.ts';
import { Entry } from './entry.ts';
import type { Evaluation } from './evaluation.ts';
import { entryKeys } from './references.ts';
import { typeOfVariable, variableValue } from './variable.ts';

/**
 * - `written`: what is written in variables and local values; resources and modules are not known
 * - `validation`: the same, and of variables only the type is known, as where Terraform validates blocks before it knows of instances
 * - `first-plan`: also what was evaluated of resources and modules, without the identifiers that they will have
 */
export type Knowledge = 'written' | 'validation' | 'first-plan';

/** An instance of a module. */
interface Home<H> {
  readonly module: LoadedModule;
  readonly evaluation: Evaluation;
  readonly address: string;
  readonly modulePath: string;
  readonly calledBy: object | undefined;
  readonly caller: { readonly instance: H; readonly call: Declaration; readonly repetition: Repetition } | undefined;
  scope(user: Entry<H>, bytes: number, repetition?: Repetition): Scope;
  asked(key: string): object | undefined;
  beside(knowledge: Knowledge): Beside<H>;
}

type Repetition = Scope['repetition'];

export class Beside<H> {
  readonly #home: H & Home<H>;
  readonly #knowledge: Knowledge;
  readonly #entries = new Map<string, Entry<H, Value>>();
  /** Of expressions that are the same for all instances of what they stand in. */
  readonly #evaluated = new Map<Expression, BesideValue>();

  constructor(home: H & Home<H>, knowledge: Knowledge) {
    this.#home = home;
    this.#knowledge = knowledge;
  }

  evaluate(expression: Expression, repetition: Repetition): BesideValue {
    const known = this.#evaluated.get(expression);
    if (known !== undefined) return known;
    const evaluated = this.#evaluate(expression, repetition);
    if (!dependsOnInstance(expression)) this.#evaluated.set(expression, evaluated);
    return evaluated;
  }

  #evaluate(expression: Expression, repetition: Repetition): BesideValue {
    const user = new Entry<H>('', this.#home);
    const value = evaluateOrUnknown(expression, this.scope(user, lengthOf(expression), repetition));
    return { value, problems: user.problems, defaults: defaultsBehind<H & Home<H>>([user as Entry<H & Home<H>>]) };
  }

  /** A scope in which one thing is computed. */
  scope(user: Entry<H>, bytes: number, repetition: Repetition): Scope {
    const own = this.#home.scope(user, 0, repetition);
    return {
      ...own,
      names: { member: (root, name, span) => this.#member(root, name, span, user, own) },
      worlds: own.worlds && unnoted(own.worlds),
      budget: new Budget(this.#home.evaluation.besidePool, 256 + 16 * bytes),
      problems: user,
    };
  }

  #member(root: string, name: string, span: Span, user: Entry<H>, own: Scope): Value {
    const { module, modulePath } = this.#home;
    switch (root) {
      case 'var': {
        const declaration = module.variables.get(name);
        if (declaration === undefined) break;
        return this.#value(entryKeys.variable(name), span, declaration.block, user, (scope, entry) =>
          this.#knowledge === 'validation' || this.#isAnything
            ? unknownValue({ name: `${modulePath}var.${name}`, span }, typeOfVariable(declaration, scope))
            : variableValue(`${modulePath}var.${name}`, declaration, this.#given(name, entry), scope),
        );
      }
      case 'local': {
        const local = module.locals.get(name);
        if (local === undefined) break;
        return this.#value(entryKeys.local(name), span, local.value, user, (scope) =>
          evaluateOrUnknown(local.value, scope),
        );
      }
      case 'each':
      case 'count':
      case 'path':
        return own.names.member(root, name, span);
      default: {
        if (this.#knowledge !== 'first-plan') break;
        const key = root === 'module' ? entryKeys.module(name) : entryKeys.resource(`${root}.${name}`);
        if (this.#home.asked(key) !== undefined) return withoutIdentifiers(own.names.member(root, name, span));
      }
    }
    return unknownValue({ name: `${modulePath}${root}.${name}`, span });
  }

  /** Whether variables of the root may have other values than they are given. */
  get #isAnything(): boolean {
    return this.#home.calledBy === undefined && this.#home.evaluation.inputs.any;
  }

  #value(
    key: string,
    span: Span,
    text: Span,
    user: Entry<H>,
    compute: (scope: Scope, entry: Entry<H>) => Value,
  ): Value {
    const entry = this.#entries.get(key) ?? new Entry<H, Value>(key, this.#home);
    this.#entries.set(key, entry);
    user.sources.add(entry);
    const { evaluation, address } = this.#home;
    entry.value ??= evaluation.enter(`${this.#knowledge} ${address}${key}`, span, () =>
      compute(this.scope(entry, lengthOf(text), undefined), entry),
    );
    return entry.value;
  }

  /** What the caller, or the user, gives for a variable. */
  #given(name: string, user: Entry<H>): Value | undefined {
    const { caller, evaluation } = this.#home;
    if (caller === undefined) return evaluation.inputs.variables.get(name);
    const expression = caller.call.content.attributes.get(name)?.value;
    if (expression === undefined) return undefined;
    const beside = (caller.instance as H & Home<H>).beside(this.#knowledge);
    return evaluateOrUnknown(expression, beside.scope(user, lengthOf(expression), caller.repetition));
  }
}

/** Whether an expression names what differs from instance to instance. */
function dependsOnInstance(expression: Expression): boolean {
  let depends = false;
  visitNodes(expression, (node) => {
    if (node.kind === 'reference' && ofInstances.has(node.name)) depends = true;
  });
  return depends;
}

const ofInstances: ReadonlySet<string> = new Set(['count', 'each', 'self']);

/** The same, as Terraform has it as long as AWS has not made anything. */
function withoutIdentifiers(value: Value): Value {
  if (value.kind !== 'unknown') return value;
  const { attribute, type, reasons, origin, sensitive } = value;
  if (value.identity !== undefined && isMadeByApply(value))
    return { kind: 'unknown', type, reasons, origin, sensitive };
  const within: Partial<UnknownValue> =
    attribute === undefined ? {} : { attribute: (name) => withoutIdentifiers(attribute(name)) };
  return { ...value, ...within };
}

const lengthOf = ({ start, end }: Span): number => end - start;
