/** Findings in every world: what is found where inputs that nobody has given are this or that. */

import { groupBy } from '../../collections/group-by.ts';
import { containsSpan, type Span, spanKey } from '../../source/span.ts';
import type { Configuration, Domain, Switch } from '../../terraform/instances/configuration.ts';
import type { World } from '../../terraform/instances/world.ts';
import type { Check } from '../check.ts';
import type { Part } from '../finding.ts';
import type { When } from '../when.ts';
import { isOfOthers, joinDomains, openInputsOf, productOf, textOfWorld, worldAsWhen } from './inputs.ts';

/** What was found of a root in one world. */
export interface WorldRun {
  readonly configuration: Pick<Configuration, 'domains' | 'inputsBehind'>;
  readonly parts: readonly Part[];
  /** Whether something has no value there that has one in the base: Terraform rejects such a world. */
  readonly isRejected: boolean;
}

/** What is asked in worlds: a check, or something else that finds parts. */
export type AskedCheck = Pick<Check, 'id' | 'coveredBy'>;

/** What is asked in a world. */
export interface Asked {
  /** The same for the same. */
  readonly key: string;
  /** Ids of checks. */
  readonly checks: ReadonlySet<string>;
  /** Whether it is about a resource, by its address without keys. */
  isSubject(resourceAddress: string): boolean;
  /** Whether something without an instance in the base is among the subjects. */
  readonly isSwitchedOn: boolean;
}

/** @param name of the world, the same for the same */
export type RunIn = (world: World, name: string, asked: Asked) => WorldRun;

/** More worlds of one question, or of one root, are not looked at. */
const maximumOfQuestion = 64;
const maximumOfRoot = 256;

export interface Explored {
  readonly parts: readonly Part[];
  /** Whether there are more worlds than were looked at. */
  readonly isCut: boolean;
  /** Worlds of other values than are spoken of, which Terraform rejects. */
  readonly rejected: readonly World[];
}

/** What decides, beside what is found in worlds, what an exploration comes to. */
export interface Explorable {
  readonly checks: readonly AskedCheck[];
  /** What the defaults of variables that nobody gives switch off. */
  readonly switches: readonly Switch[];
  readonly domains: ReadonlyMap<string, Domain>;
  readonly questions: readonly InputQuestion[];
}

export interface Start {
  readonly base: WorldRun;
  readonly explorable: Explorable;
  /** Parts that no input decides, and those of other checks. */
  readonly settled: readonly Part[];
  /** What those say that are certain. */
  readonly certain: ReadonlySet<string>;
}

/**
 * @param base of the root with nothing but what is given
 * @param checks those that are asked in other worlds too
 */
export function startOf(base: WorldRun, switches: readonly Switch[], checks: readonly AskedCheck[]): Start {
  const domains = base.configuration.domains();
  const ids = new Set(checks.map(({ id }) => id));
  const settled: Part[] = base.parts.filter(({ check }) => !ids.has(check));
  const asked = base.parts.filter(({ check }) => ids.has(check));
  const questions = questionsOf(asked, base.configuration, domains, new Map(), settled);
  const certain = new Set(base.parts.filter(isCertain).map(keyOf));
  return { base, explorable: { checks, switches, domains, questions }, settled, certain };
}

/** What was found in worlds, and all that was asked for it. */
export interface Exploration extends Explored {
  /** None where they are not kept: each holds what was evaluated in its world. */
  readonly runs: readonly WorldQuestion[];
  /** What parts say that were found, and whether that is certain in the base. */
  readonly said: ReadonlyMap<string, boolean>;
  /** Names of the inputs of the base behind reasons. */
  readonly behind: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A question, and its answer. */
interface WorldQuestion {
  readonly world: World;
  readonly name: string;
  readonly asked: Asked;
  readonly run: WorldRun;
}

/**
 * @param runIn evaluates the root in another world, as far as something is asked there
 * @param keepsRuns whether what was asked in worlds is in the result
 */
export function explore(start: Start, runIn: RunIn, keepsRuns: boolean): Exploration {
  return new Explorer(start, runIn, keepsRuns).explore();
}

export const inputNamesBehind = ({ configuration }: WorldRun, reason: string): ReadonlySet<string> =>
  new Set(configuration.inputsBehind([reason]).map(({ name }) => name));

/** Where a question is asked. */
interface Where {
  readonly world: World;
  readonly domains: ReadonlyMap<string, Domain>;
  /** How many more worlds may be looked at for the question of the base that it comes from. */
  readonly left: { worlds: number };
  /** What the world switches on, if only that is asked about. */
  readonly off: readonly Switch[] | undefined;
}

/** What some parts depend on. */
export interface InputQuestion {
  readonly inputs: readonly string[];
  readonly parts: Part[];
}

class Explorer {
  readonly #start: Start;
  readonly #runIn: RunIn;
  readonly #keepsRuns: boolean;
  /** What some question of the base is about. */
  readonly #asked: ReadonlySet<string>;
  /** Findings by what they say, in each of their worlds. */
  readonly #found = new Map<string, { readonly part: Part; readonly worlds: Map<string, World> }>();
  /** What is still open in some world. */
  readonly #open = new Map<string, Part>();
  readonly #rejected = new Map<string, World>();
  readonly #runs: WorldQuestion[] = [];
  readonly #said = new Map<string, boolean>();
  readonly #behind = new Map<string, ReadonlySet<string>>();
  #count = 0;
  #isCut = false;

  constructor(start: Start, runIn: RunIn, keepsRuns: boolean) {
    this.#start = start;
    this.#runIn = runIn;
    this.#keepsRuns = keepsRuns;
    this.#asked = new Set(start.explorable.questions.flatMap(({ parts }) => parts.map(subjectOf)));
  }

  explore(): Exploration {
    const { questions, domains } = this.#start.explorable;
    for (const question of questions)
      this.#ask(question, { world: new Map(), domains, left: { worlds: maximumOfQuestion }, off: undefined });
    this.#askSwitches();
    return {
      parts: [...this.#open.values(), ...this.#conditional()],
      isCut: this.#isCut,
      rejected: [...this.#rejected.values()],
      runs: this.#runs,
      said: this.#said,
      behind: this.#behind,
    };
  }

  #ask({ inputs, parts: asked }: InputQuestion, { world, domains, left, off }: Where): void {
    const worlds = productOf(inputs, domains, world);
    if (worlds.length > left.worlds || this.#count + worlds.length > maximumOfRoot) {
      this.#isCut = true;
      for (const part of asked) this.#settle(part, world, off);
      return;
    }
    left.worlds -= worlds.length;
    const own = new Set(asked.map(subjectOf));
    const subjects = new Set(asked.map(({ subject }) => subject));
    const checks = withCovered(this.#start.explorable.checks, new Set(asked.map(({ check }) => check)));
    const question: Asked = {
      key: JSON.stringify([[...checks.all].sort(), [...subjects].sort()]),
      checks: checks.all,
      isSubject: (address) => subjects.has(address),
      isSwitchedOn: off !== undefined,
    };
    // What was covered by what is asked here is asked here too.
    const isOwn = (part: Part): boolean =>
      (own.has(subjectOf(part)) ||
        (subjects.has(part.subject) && checks.ids.has(part.check) && !this.#asked.has(subjectOf(part)))) &&
      off?.some((each) => isOf(part, each)) !== false;
    const named: World[] = [];
    for (const each of worlds) {
      const run = this.#run(each, question);
      if (run.isRejected && isOfOthers(each)) {
        this.#rejected.set(textOfWorld(each), each);
        continue;
      }
      named.push(each);
      const settled: Part[] = [];
      const parts = run.parts.filter(isOwn);
      const more = joinDomains(domains, run.configuration.domains());
      for (const next of run.isRejected ? [] : questionsOf(parts, run.configuration, more, each, settled)) {
        this.#ask(next, { world: each, domains: more, left, off });
      }
      if (run.isRejected) settled.push(...parts.filter(isCertain));
      for (const part of settled) if (part.answer === 'yes' || !run.isRejected) this.#settle(part, each, off);
    }
    this.#forget(inputs, named);
    for (const input of inputs) this.#forget([input], named);
  }

  /** What holds whatever some inputs are does not depend on them. */
  #forget(inputs: readonly string[], worlds: readonly World[]): void {
    const groups = groupBy(worlds, (world) => textOfWorld(without(world, inputs)));
    for (const group of groups.values()) {
      const rest = without(group[0]!, inputs);
      const all = group.map(textOfWorld);
      for (const { worlds: found } of this.#found.values()) {
        if (!all.every((world) => found.has(world))) continue;
        for (const world of all) found.delete(world);
        found.set(textOfWorld(rest), rest);
      }
    }
  }

  #askSwitches(): void {
    const { checks, domains, switches } = this.#start.explorable;
    const byWorld = new Map<string, { readonly world: World; readonly off: Switch[] }>();
    for (const each of switches) {
      const key = textOfWorld(each.world);
      const known = byWorld.get(key) ?? { world: each.world, off: [] };
      byWorld.set(key, known);
      known.off.push(each);
    }
    for (const { world, off } of byWorld.values()) {
      if (this.#count >= maximumOfRoot) {
        this.#isCut = true;
        return;
      }
      const isSubject = (subject: string): boolean => off.some((each) => isAt(subject, each));
      const key = JSON.stringify(off.map(({ kind, address }) => [kind, address]));
      const asked: Asked = { key, checks: new Set(checks.map(({ id }) => id)), isSubject, isSwitchedOn: true };
      const { configuration, parts } = this.#run(world, asked);
      const more = joinDomains(domains, configuration.domains());
      const own = parts.filter((part) => part.answer === 'yes' && off.some((each) => isOf(part, each)));
      const settled: Part[] = [];
      const left = { worlds: maximumOfQuestion };
      // Whether it exists can depend on other inputs, too.
      for (const question of questionsOf(own, configuration, more, world, settled))
        this.#ask(question, { world, domains: more, left, off });
      for (const part of settled) this.#settle(part, world, off);
    }
  }

  #run(world: World, asked: Asked): WorldRun {
    this.#count++;
    const name = textOfWorld(world);
    const run = this.#runIn(world, name, asked);
    if (this.#keepsRuns) this.#runs.push({ world, name, asked, run });
    return run;
  }

  /** Takes what no further input decides. What is switched off is not undecided. */
  #settle(part: Part, world: World, off: readonly Switch[] | undefined): void {
    if (part.answer === 'yes') this.#add(part, world);
    else if (off === undefined && !this.#open.has(keyOf(part))) this.#open.set(keyOf(part), part);
  }

  #add(each: Part, world: World): void {
    // What the world says decides it.
    const isDecided = (reason: string): boolean =>
      world.has(reason) || [...this.#inputsBehind(reason)].some((name) => world.has(name));
    const part = each.existsIf.length > 0 && each.existsIf.every(isDecided) ? { ...each, ...each.plain } : each;
    const key = keyOf(part);
    const isInBase = this.#start.certain.has(key);
    this.#said.set(key, isInBase);
    if (isInBase) return;
    const known = this.#found.get(key) ?? { part, worlds: new Map<string, World>() };
    this.#found.set(key, known);
    known.worlds.set(textOfWorld(world), world);
  }

  #inputsBehind(reason: string): ReadonlySet<string> {
    const known = this.#behind.get(reason) ?? inputNamesBehind(this.#start.base, reason);
    this.#behind.set(reason, known);
    return known;
  }

  #conditional(): readonly Part[] {
    const always = textOfWorld(new Map());
    const whens = new Map<string, When>();
    return [...this.#found.values()].flatMap(({ part, worlds }) => {
      if (worlds.has(always)) return [part];
      return [...worlds].map(([text, world]) => {
        const when = whens.get(text) ?? worldAsWhen(world);
        whens.set(text, when);
        // What a fix would do in the other worlds is not known.
        return { ...part, when, world, fix: null, suggestions: [] };
      });
    });
  }
}

/**
 * Checks of which something is asked, and those that they cover.
 *
 * @returns ids, and all: with those of the checks that cover them
 */
function withCovered(
  checks: readonly AskedCheck[],
  asked: ReadonlySet<string>,
): { readonly ids: ReadonlySet<string>; readonly all: ReadonlySet<string> } {
  const covers = (ids: ReadonlySet<string>, { coveredBy = [] }: AskedCheck): boolean =>
    coveredBy.some(({ id }) => ids.has(id));
  const counted = checks.filter((check) => asked.has(check.id) || covers(asked, check));
  const all = new Set(counted.flatMap(({ id, coveredBy = [] }) => [id, ...coveredBy.map((other) => other.id)]));
  return { ids: new Set(counted.map(({ id }) => id)), all };
}

/** A finding whatever the inputs are. */
const isCertain = ({ answer, existsIf }: Part): boolean => answer === 'yes' && existsIf.length === 0;

/** @param settled gets the parts that no input decides */
function questionsOf(
  parts: readonly Part[],
  configuration: WorldRun['configuration'],
  domains: ReadonlyMap<string, Domain>,
  world: World,
  settled: Part[],
): readonly InputQuestion[] {
  const questions = new Map<string, InputQuestion>();
  for (const part of parts) {
    const reasons = isCertain(part) ? [] : [...part.because, ...part.existsIf];
    const inputs = openInputsOf(configuration.inputsBehind(reasons), domains, world);
    if (inputs.length === 0) {
      settled.push(part);
      continue;
    }
    const key = inputs.join('\n');
    const question = questions.get(key) ?? { inputs, parts: [] };
    questions.set(key, question);
    question.parts.push(part);
  }
  return [...questions.values()].sort((a, b) => a.inputs.length - b.inputs.length);
}

const without = (world: World, inputs: readonly string[]): World =>
  new Map([...world].filter(([name]) => !inputs.includes(name)));

/** Whether a part is about something that is switched off. */
function isOf(part: Part, off: Switch): boolean {
  if (!isAt(part.subject, off)) return false;
  const isInside = (span: Span): boolean => containsSpan(off.block!, span);
  return off.kind !== 'block' || isInside(part.span) || part.related.some(({ span }) => isInside(span));
}

/** Whether a resource, by its address without keys, is something that is switched off or holds it. */
const isAt = (subject: string, { kind, address }: Switch): boolean =>
  kind === 'module' ? subject.startsWith(`${address}.`) : subject === address;

/** What a part says. */
const keyOf = ({ answer, check, span, instance, message }: Part): string =>
  `${answer} ${check} ${spanKey(span)} ${instance}\n${message}`;

const subjectOf = ({ check, subject }: Pick<Part, 'check' | 'subject'>): string => `${check} ${subject}`;
