/** What a check is: declared data and a pure generator. */

import type { GroupPolicy, PolicyDeclaration } from '../model/questions/policy.ts';
import type { TrustedDeclaration, TrustedSources } from '../model/questions/trusted.ts';
import type { Addressed, Peer, Rule } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-group.ts';
import type { PortSpecs } from '../network/ports.ts';
import type { Span } from '../source/span.ts';
import type { Origin } from '../terraform/values/value.ts';
import type { Edit, Related } from './finding.ts';

/** From worst to least. `info` never fails a run. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** The least preset that has the check on: `strict` has all that `recommended` has; `off` waits for its configuration. */
export type CheckSet = 'recommended' | 'strict' | 'off';

/**
 * What a check is about.
 *
 * - `exposure`: who gets in or out
 * - `apply`: what AWS or Terraform rejects, or what applies and does something else than it says
 * - `hygiene`: how well it is explained and kept
 */
export type Topic = 'exposure' | 'apply' | 'hygiene';

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
  /** Ports and intervals of ports as written in the configuration: `80`, `"8000-8010"`, `"53/udp"`. */
  | { readonly type: 'ports'; readonly default: readonly (number | string)[]; readonly summary: string }
  /** Comes from the configuration's key `policy`, and can't be set among the options of the check. */
  | { readonly type: 'policies'; readonly default: readonly PolicyDeclaration[]; readonly summary: string }
  /** Comes from the configuration's key `trusted` in the same way. */
  | { readonly type: 'trusted'; readonly default: TrustedDeclaration; readonly summary: string };

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
  readonly policies: readonly GroupPolicy[];
  readonly trusted: TrustedSources;
}

export type OptionValues<D extends OptionDeclarations> = { readonly [K in keyof D]: OptionTypes[D[K]['type']] };

/** A rule, and those of its peers that a fault is about. */
export interface RulePeers {
  readonly rule: Rule;
  readonly peers: readonly Peer[];
}

export interface HitIdentity {
  /** Absent: that of the hit's rule, if it has one. */
  readonly direction?: Rule['direction'];
  /**
   * What of one group is at fault together, where the order of the rules decides which of them is told. Absent: the hit's rule with the
   * peer at its place, or with all of its peers where none stands there.
   */
  readonly together?: readonly RulePeers[];
}

/** What a check saw. `no` is never yielded. */
export interface Hit {
  /** `unknown`: whether it is a fault can't be decided before apply. */
  readonly answer: 'yes' | 'unknown';
  /** The resource instance that has the fault. */
  readonly subject: Addressed;
  /** The rule that has the fault, where it is one rule's: what covers it is looked for among the hits of the same rule. */
  readonly rule?: Rule;
  /** Where it stands; with `origin`, where the value there came from. */
  readonly place: {
    readonly span: Span;
    readonly origin?: Origin | undefined;
    readonly isSensitive?: boolean | undefined;
  };
  /** One sentence that names the value and the consequence. */
  readonly message: string;
  /** Other places that complete the fault; those of `place.origin` and the module calls are added by themselves. */
  readonly related?: readonly Related[];
  /** For `unknown`: what it waits for, such as `var.office_cidr`. */
  readonly because?: readonly string[];
  /** For `yes`: what decides whether the rule, or the group, exists at all; the message says what applies if it does. */
  readonly existence?: readonly string[];
  /** What the finding is known by from run to run, where the runner can't tell. It must not depend on options. */
  readonly identity?: HitIdentity;
  /** Edits that remove the fault without changing the meaning of the configuration. */
  readonly fix?: { readonly message: string; readonly edits: readonly Edit[] };
  /** Alternatives, each of which removes the fault and may change the allowed traffic: the one that allows the least first. */
  readonly suggestions?: readonly { readonly message: string; readonly edits: readonly Edit[] }[];
}

export interface Check<D extends OptionDeclarations = OptionDeclarations> {
  /** Names the fault; never changes its meaning. */
  readonly id: string;
  /** One sentence without a full stop: what is wrong where the check finds something. */
  readonly summary: string;
  readonly severity: Severity;
  readonly set: CheckSet;
  readonly topic: Topic;
  /** Other tools' and standards' ids for the same fault, and this check's earlier ids. */
  readonly aliases: readonly string[];
  /**
   * Checks whose hit says this one's fault too: then this one says nothing. Their hit has to be of the same rule, or, where
   * it is not a rule's, at the same place on the same subject.
   */
  readonly coveredBy?: readonly string[];
  /**
   * What a finding about a rule is known by from run to run. Absent: by what the rule lets through, from or to whom. `text`: by the
   * text of the place, for it is the same fault whatever the rule lets through.
   */
  readonly knownBy?: 'text';
  /** `model`: it looks at more than one group with its rules and the services that have it. Absent: at each group by itself. */
  readonly scope?: 'model';
  /** Where the facts that the check rests on are documented. */
  readonly sources: readonly string[];
  readonly options: D;
  run(model: SecurityModel, options: OptionValues<D>): Iterable<Hit>;
}

/** Declares a check; gives it back as it is, with its options typed. */
export function defineCheck<const D extends OptionDeclarations>(check: Check<D>): Check<D> {
  return check;
}
