/** What a check is: declared data and one pure generator. */

import type { GroupPolicy, PolicyDeclaration } from '../model/policy.ts';
import type { PortSpecs } from '../model/ports.ts';
import type { Addressed, Rule } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-group.ts';
import type { TrustedDeclaration, TrustedSources } from '../model/trusted.ts';
import type { Span } from '../source/span.ts';
import type { Origin } from '../terraform/value.ts';
import type { Edit, Related } from './finding.ts';

/** From worst to least. `info` never fails a run. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** The least preset that has the check on: `strict` has all that `recommended` has; `off` waits for its configuration. */
export type CheckSet = 'recommended' | 'strict' | 'off';

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
  | { readonly type: 'strings'; readonly default: readonly string[]; readonly summary: string }
  /** Ports and intervals of ports as written in the configuration: `80`, `"8000-8010"`, `"53/udp"`. */
  | { readonly type: 'ports'; readonly default: readonly (number | string)[]; readonly summary: string }
  /** Comes from the configuration's key `policy`, and can't be set among the options of the check. */
  | { readonly type: 'policies'; readonly default: readonly PolicyDeclaration[]; readonly summary: string }
  /** Comes from the configuration's key `trusted` in the same way. */
  | { readonly type: 'trusted'; readonly default: TrustedDeclaration; readonly summary: string };

export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

/** What a check's `run` is given for an option of each type. */
interface OptionTypes {
  readonly boolean: boolean;
  readonly integer: number;
  readonly string: string;
  /** Undefined for the empty pattern, which anything matches. */
  readonly pattern: RegExp | undefined;
  readonly strings: readonly string[];
  readonly ports: PortSpecs;
  readonly policies: readonly GroupPolicy[];
  readonly trusted: TrustedSources;
}

export type OptionValues<D extends OptionDeclarations> = { readonly [K in keyof D]: OptionTypes[D[K]['type']] };

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
  /** Edits that mend the fault without changing what the configuration means. */
  readonly fix?: { readonly message: string; readonly edits: readonly Edit[] };
}

export interface Check<D extends OptionDeclarations = OptionDeclarations> {
  /** Names the fault; never changes its meaning. */
  readonly id: string;
  /** One sentence without a full stop: what is wrong where the check finds something. */
  readonly summary: string;
  readonly severity: Severity;
  readonly set: CheckSet;
  /** Other tools' and standards' ids for the same fault, and this check's earlier ids. */
  readonly aliases: readonly string[];
  /**
   * Checks whose hit says this one's fault too: then this one says nothing. Their hit has to be of the same rule, or, where
   * it is not a rule's, at the same place on the same subject.
   */
  readonly coveredBy?: readonly string[];
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
