/** A declared rule as a check. */

import type { RootExposure } from '../exposure/exposure.ts';
import type { Aliases } from '../findings/aliases.ts';
import type { Check, CheckedKind, CheckedKinds, CheckRun, Hit } from '../findings/check.ts';
import type { Expression, TemplatePart } from '../hcl/syntax.ts';
import { type Span, textOf } from '../source/span.ts';
import type { Pool } from '../terraform/values/budget.ts';
import { convert } from '../terraform/values/convert.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { stringType } from '../terraform/values/type.ts';
import { isSensitive, isSequence, isWhollyKnown, mergeReasons, type Value } from '../terraform/values/value.ts';
import { formatList } from '../text/count.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { Frame, type Ready, ready } from './condition.ts';
import type { RuleDeclaration } from './declaration.ts';
import { functionsIn, type KnownTexts, poolOfRule } from './evaluation.ts';
import { ReadTexts } from './functions.ts';
import { optionValue } from './option.ts';
import { limitText } from './read.ts';
import { hitAt, type Subject, withOneSource, worldOf } from './subjects.ts';
import { setIn } from './values.ts';
import type { ObjectWorld } from './world.ts';

interface SharedWorld extends ReturnType<typeof functionsIn> {
  readonly world: ObjectWorld;
  /** By subject, for conditions without options. */
  readonly values: Map<AskedSubject, Readonly<Record<string, Value>>>;
}

type AskedSubject = Parameters<Subject['values']>[0];

/** What the rules of all files have in common, so that an object is made once for all of them. */
export class SharedWorlds {
  readonly #worlds = new WeakMap<object, SharedWorld>();
  readonly #texts: KnownTexts = { patterns: new Map(), texts: new ReadTexts() };

  of(about: Subject['about'], model: Model, exposure: RootExposure | undefined): SharedWorld {
    const known = this.#worlds.get(model);
    if (known !== undefined && known.world.exposure === exposure) return known;
    const world = worldOf(about, model, exposure);
    const made: SharedWorld = { world, values: new Map(), ...functionsIn(world, this.#texts) };
    this.#worlds.set(model, made);
    return made;
  }
}

/** @param page what `tfsg explain` prints of it */
export function checkOf(declaration: RuleDeclaration, worlds: SharedWorlds, page: string): Check {
  const { id, severity, help, aliases, tags, options, subject, isOfModel, span } = declaration;
  const asking = new Asking(declaration, worlds);
  const address = /^https?:\/\/\S+$/.exec(help)?.[0];
  return {
    id,
    summary: summaryOf(declaration.message),
    label: `against ${id}`,
    help: address === undefined ? help : `See ${address}.`,
    severity,
    preset: 'recommended',
    topic: 'exposure',
    aliases: aliasesOf(aliases),
    ...(isOfModel && { scope: 'model' as const }),
    sources: address === undefined ? [] : [address],
    about: subject.about,
    options,
    own: { span, docs: address ?? span.file.path, page, tags },
    run: (model, given, exposure, run) => asking.run(model, given, exposure, run),
  };
}

/** Ids that are names of the check, as they are written. */
function aliasesOf(ids: readonly string[]): Aliases {
  return ids.length === 0 ? {} : { checkov: ids };
}

/** The message without a full stop, its values as they are written. */
function summaryOf(message: Expression): string {
  const text =
    message.kind === 'string'
      ? message.value
      : message.kind === 'template'
        ? message.parts.map((part) => (part.kind === 'text' ? part.value : textOf(part))).join('')
        : textOf(message);
  return text.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
}

type Model = CheckedKinds[CheckedKind];

class Asking {
  readonly #declaration: RuleDeclaration;
  readonly #worlds: SharedWorlds;
  /** By the options that the condition is made ready with. */
  readonly #when = new WeakMap<object, Ready>();
  readonly #undecidedMessage: string;
  readonly #pools = new WeakMap<object, Pool>();
  readonly #options = new WeakMap<object, Value>();

  constructor(declaration: RuleDeclaration, worlds: SharedWorlds) {
    this.#declaration = declaration;
    this.#worlds = worlds;
    this.#undecidedMessage = `${declaration.id} is not decided: ${summaryOf(declaration.message)}.`;
  }

  *run(
    model: Model,
    given: Readonly<Record<string, unknown>>,
    exposure: RootExposure | undefined,
    run: CheckRun,
  ): Iterable<Hit> {
    const { subject: kind, isOfModel, options } = this.#declaration;
    const shared = this.#worlds.of(kind.about, model, isOfModel ? exposure : undefined);
    const { world, values: known } = shared;
    const option = this.#options.get(given) ?? optionValue(given);
    this.#options.set(given, option);
    const when = this.#when.get(given) ?? ready(this.#declaration.when, { option });
    this.#when.set(given, when);
    const pool = this.#pools.get(run.work) ?? poolOfRule();
    this.#pools.set(run.work, pool);
    const hasOptions = Object.keys(options).length > 0;
    const valuesOf = (subject: AskedSubject): Readonly<Record<string, Value>> => {
      const own = known.get(subject) ?? kind.values(subject, world);
      known.set(subject, own);
      return hasOptions ? { ...own, option } : own;
    };
    const frame = new Frame({}, shared, pool);
    for (const subject of kind.all(world)) {
      const answer = this.#ask(when, frame.ask(valuesOf(subject)), subject, run);
      if (answer === false) continue;
      if (answer === true)
        yield* this.#hits(when, subject, (each) => frame.ask({ ...kind.values(each, world), option }));
      else yield this.#undecided(subject, answer);
    }
  }

  /** Yes, no, or what it waits for. */
  #ask(
    isTrue: Ready,
    frame: Frame,
    { address }: { readonly address: string },
    run: CheckRun,
  ): boolean | readonly string[] {
    const { id, when } = this.#declaration;
    try {
      const value = isTrue(frame);
      if (value.kind === 'bool') return value.value;
      if (value.kind === 'unknown') return [...new Set(value.reasons.map(({ name }) => name))].sort();
      const converted = value.kind === 'string' ? value.value : undefined;
      if (converted === 'true' || converted === 'false') return converted === 'true';
      run.tell(
        this.#fault(when, `The condition of ${id} is ${describeKind(value)} for ${address}, not true or false.`),
      );
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      run.tell(
        error.kind === 'limit'
          ? { ...this.#fault(error.span ?? when, `${id}: ${limitText(error)}`), kind: 'limit' as const }
          : this.#fault(error.span ?? when, `${id} has no answer for ${address}: ${lowerFirst(error.message)}`),
      );
    }
    return [`an error in ${id}`];
  }

  #fault(span: Span, message: string) {
    const { file, start, end } = span;
    return {
      kind: 'evaluation' as const,
      severity: 'error' as const,
      message: message.replace(/([^.!?])$/, '$1.'),
      span: { file, start, end },
    };
  }

  /** At the sources for which it is true alone, where there are such. */
  *#hits(when: Ready, subject: AskedSubject, frameOf: (subject: AskedSubject) => Frame): Iterable<Hit> {
    const whole = hitAt(subject);
    const alone = this.#declaration.asksSources
      ? withOneSource(subject).filter(({ subject: one }) => isTrueIn(when, frameOf(one)))
      : [];
    if (alone.length === 0) {
      yield { ...whole, answer: 'yes', message: this.#message(frameOf(subject)) };
      return;
    }
    for (const { subject: one, place } of alone)
      yield { ...whole, place, answer: 'yes', message: this.#message(frameOf(one)) };
  }

  #undecided(subject: AskedSubject, reasons: readonly string[]): Hit {
    const { existsIf: _, ...whole } = hitAt(subject);
    return { ...whole, answer: 'unknown', message: this.#undecidedMessage, reasons };
  }

  /** What cannot be shown is named by its text. */
  #message(frame: Frame): string {
    const { message } = this.#declaration;
    const text =
      message.kind === 'template'
        ? message.parts.map((part) => partText(part, frame)).join('')
        : expressionText(message, frame);
    const line = text.trim().replace(/\s+/g, ' ');
    return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE - 1)}…` : line;
  }
}

function isTrueIn(when: Ready, frame: Frame): boolean {
  try {
    const value = when(frame);
    return value.kind === 'bool' && value.value;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return false;
  }
}

/** The longest message that a report shows. */
const MAX_MESSAGE = 1000;

function partText(part: TemplatePart, frame: Frame): string {
  if (part.kind === 'text') return part.value;
  if (part.kind === 'interpolation') return expressionText(part.expression, frame);
  const { file, start, end } = part;
  return expressionText({ kind: 'template', form: 'quoted', parts: [part], file, start, end }, frame);
}

function expressionText(expression: Expression, frame: Frame): string {
  try {
    return textOfValue(ready(expression)(frame));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return textOf(expression);
  }
}

function textOfValue(value: Value): string {
  if (value.sensitive !== undefined) return SENSITIVE;
  if (value.kind === 'null') return 'null';
  const set = setIn(value);
  if (set?.kind === 'sources' && set.shown !== undefined) return set.shown;
  if (isSequence(value)) return value.items.length === 0 ? 'nothing' : formatList(value.items.map(textOfValue));
  if (isSensitive(value)) return SENSITIVE;
  if (!isWhollyKnown(value)) return formatList(mergeReasons([value]).map(({ name }) => name));
  const text = value.kind === 'map' || value.kind === 'object' ? value : convert(value, stringType);
  return text.kind === 'string' ? text.value : `an object`;
}

const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text);

const describeKind = ({ kind }: Value): string => (kind === 'null' ? 'null' : `of type ${kind}`);
