/** What a check is: declared data and a pure generator. */

import type { RootExposure } from '../exposure/exposure.ts';
import type { OpenedModel } from '../model/opened.ts';
import type { Place } from '../model/place.ts';
import type { Rejection } from '../model/rejections.ts';
import type { Addressed, Peer, TrafficRule } from '../model/rule.ts';
import type { ModelKinds } from '../model/security-model.ts';
import type { PortSpecs } from '../network/ports.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import type { Aliases } from './aliases.ts';
import type { Edit, OpenIngress, Question, Related, Together, Twin } from './finding.ts';
import type { Severity } from './severity.ts';

/** The least preset that has the check on: `strict` has all that `recommended` has; `off` waits for its config. */
export type CheckPreset = 'recommended' | 'strict' | 'off';

/**
 * What a check is about.
 *
 * - `exposure`: who gets in or out
 * - `apply`: what AWS or Terraform rejects, or what applies and does something else than it says
 * - `hygiene`: how well it is explained and kept
 */
export type Topic = 'exposure' | 'apply' | 'hygiene';

/** `unnecessary`: it could be left out; `deprecated`: it is written as one should not any more. */
export type CheckTag = 'unnecessary' | 'deprecated';

/** Declares one option: its JSON type, default, bounds and one sentence for the docs. */
export type OptionDeclaration =
  | { readonly type: 'boolean'; readonly default: boolean; readonly summary: string }
  | {
      readonly type: 'integer';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly summary: string;
    }
  | { readonly type: 'string'; readonly default: string; readonly summary: string }
  | { readonly type: 'pattern'; readonly default: string; readonly summary: string }
  | {
      readonly type: 'strings';
      readonly default: readonly string[];
      readonly summary: string;
      /** What is wrong with an item, as a sentence; undefined if nothing. */
      readonly faultOf?: (item: string) => string | undefined;
    }
  /** Ports and intervals of ports as written in the config: `80`, `"8000-8010"`, `"53/udp"`. */
  | { readonly type: 'ports'; readonly default: readonly (number | string)[]; readonly summary: string }
  | KeyOption;

/**
 * Comes from a key of the config's own, and can't be set among the options of the check: `fromKey` makes it.
 *
 * @typeParam Value what the key's file in src/config/keys makes of what is configured
 */
export interface KeyOption<Value = unknown> {
  readonly type: 'key';
  readonly key: string;
  /** In the shape of the key; holds where no config has it. */
  readonly default: unknown;
  readonly summary: string;
  /** Of types alone: no option has it. */
  readonly value?: Value;
}

/** Declares an option whose value is what the config's key says. */
export function fromKey<Value>(option: Omit<KeyOption, 'type' | 'value'>): KeyOption<Value> {
  return { type: 'key', ...option };
}

export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

/** A regular expression that is matched in time linear in the text; as text it is as it was written, between slashes. */
export interface TextPattern {
  test(text: string): boolean;
  toString(): string;
}

/** What a check's `run` is given for an option of each type. */
interface OptionTypes {
  readonly boolean: boolean;
  readonly integer: number;
  readonly string: string;
  /** Undefined for the empty pattern, which anything matches. */
  readonly pattern: TextPattern | undefined;
  readonly strings: readonly string[];
  readonly ports: PortSpecs;
}

export type OptionValues<D extends OptionDeclarations> = {
  readonly [K in keyof D]: D[K] extends KeyOption<infer Value> ? Value : OptionTypes[Exclude<D[K]['type'], 'key'>];
};

/** A rule, and those of its peers that a fault is about. */
export interface RulePeers {
  readonly rule: TrafficRule;
  readonly peers: readonly Peer[];
}

export interface HitIdentity {
  /** Absent: that of the hit's rule, if it has one. */
  readonly direction?: TrafficRule['direction'];
  /**
   * What of one owner is at fault together, where the order of the rules decides which of them is told. Absent: the hit's rule with the
   * peer at its place, or with all of its peers where none stands there.
   */
  readonly together?: readonly RulePeers[];
}

/** What a check saw. `no` is never yielded. */
export interface Hit {
  /** `unknown`: whether it is a fault can't be decided before apply. */
  readonly answer: 'yes' | 'unknown';
  /** The resource instance, or the rule, that has the fault. */
  readonly subject: Addressed;
  /** The rule that has the fault, where it is one rule's: what covers it is looked for among the hits of the same rule. */
  readonly rule?: TrafficRule;
  /** Where it stands; with `origin`, where the value there came from. */
  readonly place: Place;
  /** One sentence that names the value and the consequence. */
  readonly message: string;
  /** Other places that complete the fault; those of `place.origin` and the module calls are added by themselves. */
  readonly related?: readonly Related[];
  /** For `unknown`: what it waits for, such as `var.office_cidr`. */
  readonly reasons?: readonly string[];
  /** For `unknown`: what is asked; absent where the check has no words for it. */
  readonly question?: Question;
  /** For `yes`: what decides whether the subject exists at all; the message says what applies if it does. */
  readonly existsIf?: readonly string[];
  /** Where the same is open in the other address family, too: both become one finding, unless one of them is accepted. */
  readonly twin?: Twin;
  /** Of its rule, where that lets in all of the internet or a large part of it: then it says whether the internet gets there. */
  readonly opens?: Omit<OpenIngress, 'key'>;
  /** For `yes`: how it is told with others of the check in the file. */
  readonly together?: Together;
  /** What the finding is known by from run to run, where the runner can't tell. It must not depend on options. */
  readonly identity?: HitIdentity;
  /** Edits that remove the fault without changing the meaning of the configuration. */
  readonly fix?: { readonly message: string; readonly edits: readonly Edit[] };
  /** Alternatives, each of which removes the fault and may change the allowed traffic: the one that allows the least first. */
  readonly suggestions?: readonly { readonly message: string; readonly edits: readonly Edit[] }[];
}

/** Of a check that is none of tfsg's: where a file of own rules declares it. */
export interface OwnRule {
  /** The block's header. */
  readonly span: Span;
  /** Address of its documentation, or the path of its file. */
  readonly docs: string;
  /** What there is to say of it, as Markdown. */
  readonly page: string;
  /** Words of its author's, which reports hand on. */
  readonly tags: readonly string[];
}

/** What a check that runs can tell beside what it finds. */
export interface CheckRun {
  /** The same object in all that one report is made of: what is limited is limited in all of it together. */
  readonly work: object;
  /** Takes what is wrong with the check itself. */
  readonly tell: (problem: Problem) => void;
}

/** What checks look at, by kind: the models of a configuration, and what a change opens, which `tfsg changes` alone has. */
export interface CheckedKinds extends ModelKinds {
  readonly opened: OpenedModel;
}

export type CheckedKind = keyof CheckedKinds;

export interface Check<D extends OptionDeclarations = OptionDeclarations, K extends CheckedKind = CheckedKind> {
  /** Names the fault; never changes its meaning. */
  readonly id: string;
  /** One sentence without a full stop: what is wrong where the check finds something. */
  readonly summary: string;
  /** What is wrong with the text of the place, in a few words that can stand beside it: `open to the internet`. */
  readonly label: string;
  /** What to do, in one sentence; what depends on values is in the messages. The check's page begins its remedy with it. */
  readonly help: string;
  readonly severity: Severity;
  readonly preset: CheckPreset;
  readonly topic: Topic;
  /** Other tools' and standards' ids for the same fault: names of the check wherever one is named. */
  readonly aliases: Aliases;
  /** Ids of narrower faults that what it finds is as well, though they are no names of it. */
  readonly alsoFails?: Pick<Aliases, 'securityHub' | 'cis'>;
  /** Ids that meant this fault too in earlier versions of a tool: comments that were written then suppress it, and that is all. */
  readonly earlierAliases?: Aliases;
  /** How editors show what has the fault. */
  readonly tags?: readonly CheckTag[];
  /** The kind of what Terraform rejects that it reports: where it is on, the problems and undecided results that follow are left out. */
  readonly rejection?: Rejection['kind'];
  /**
   * Checks whose hit says this one's fault too: then this one says nothing. Their hit has to be of the same rule, or, where
   * it is not a rule's, at the same place on the same subject.
   */
  readonly coveredBy?: readonly { readonly id: string }[];
  /**
   * What a finding about a rule is known by from run to run. Absent: by what the rule lets through, from or to whom. `text`: by the
   * text of the place, for it is the same fault whatever the rule lets through.
   */
  readonly knownBy?: 'text';
  /** `model`: it looks at more than one unit of its model, such as a group with its rules. Absent: at each unit by itself. */
  readonly scope?: 'model';
  /** Where the facts that the check rests on are documented. */
  readonly sources: readonly string[];
  /** What it looks at. */
  readonly about: K;
  readonly options: D;
  /** Absent for tfsg's own. */
  readonly own?: OwnRule;
  /** @param exposure of the root module; undefined where only its model is there, such as before a plan */
  run(
    model: CheckedKinds[K],
    options: OptionValues<D>,
    exposure: RootExposure | undefined,
    run: CheckRun,
  ): Iterable<Hit>;
}

/** Declares a check; gives it back as it is, with its options typed. */
export function defineCheck<const D extends OptionDeclarations, K extends CheckedKind>(
  check: Check<D, K>,
): Check<D, K> {
  return check;
}
