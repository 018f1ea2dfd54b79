/** What a change opens and what it closes. */

import type { PathStep } from '../exposure/exposure.ts';
import type { Check } from '../findings/check.ts';
import type { Located, Related } from '../findings/finding.ts';
import type { Severity } from '../findings/severity.ts';
import type { ServiceKind } from '../model/aws/attachment-types.ts';
import type { Direction } from '../model/rule.ts';
import type { When } from '../model/when.ts';
import type { Family } from '../network/ip-address.ts';
import type { Traffic } from '../network/traffic.ts';
import type { Problem } from '../source/problem.ts';

/** `opened`: what only the newer state lets through; `closed`: what only the older one does. */
export type ChangeKind = 'opened' | 'closed';

/** In what something holds. */
interface HoldingIn {
  /** The worlds where it holds; absent where it always does. */
  readonly when?: readonly When[];
  /** Names of the environments where it holds, sorted; empty where none are configured. */
  readonly environments: readonly string[];
  /** Directories of the root modules where it holds, sorted; `.` for the tree's root. */
  readonly roots: readonly string[];
}

/** Where something holds. */
interface Holding extends Located, HoldingIn {
  readonly kind: ChangeKind;
}

/** What an own rule has against something that is opened. */
export interface OpenedFinding extends HoldingIn {
  /** Id of the rule. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  /** Address of the rule's page, or the path of its file. */
  readonly docs: string;
  /** Whether it fails the run. */
  readonly isFailing: boolean;
}

/** An own rule that can't be decided for something that is, or may be, opened. */
export interface OpenedQuestion extends HoldingIn {
  readonly check: string;
  readonly severity: Severity;
  /** What it waits for; sorted. */
  readonly because: readonly string[];
  /** Whether it fails a run that what is undecided fails. */
  readonly isFailing: boolean;
}

/** What own rules say of a row; nothing of one that is closed. */
export interface ToldByRules {
  readonly findings: readonly OpenedFinding[];
  readonly questions: readonly OpenedQuestion[];
}

/**
 * Traffic of one protocol, or of several whole ones, and one interval of ports that a group lets through for some sources, in one state alone.
 * `span` is what makes it so, in the newer state for `opened`, in the older one for `closed`: the default, the line of a variable file, the local value,
 * the rule.
 */
export interface AccessChange extends Holding, ToldByRules {
  /** Address of the group with instance keys, as in the newer state, or in the older where it is gone; the identifier of one from elsewhere. */
  readonly group: string;
  readonly direction: Direction;
  /** Null where the sources are groups or prefix lists alone. */
  readonly family: Family | null;
  /** One interval of points. */
  readonly traffic: Traffic;
  /** For egress the destinations: the fewest blocks, ascending, then addresses or identifiers of groups and prefix lists, `self` for the group itself. */
  readonly sources: readonly string[];
  /** The same with what is left out of it, where that is shorter; for people. */
  readonly short?: ShortSources;
  /** Whether the group lets in (or out to) all public addresses of the family with it, together with what is open anyway. */
  readonly internet: boolean;
  /** For `opened`: whether all of it is trusted or allowed by the policy of the group. */
  readonly isAllowed: boolean;
  readonly related: readonly Related[];
}

/** Sources by what rules name, and the blocks of it that are open in both states. */
export interface ShortSources {
  readonly of: readonly string[];
  readonly except: readonly string[];
}

/** The same of what is not known: the most that it can be. */
export interface UndecidedAccess extends Omit<AccessChange, 'internet' | 'isAllowed'> {
  /** What it waits for: `var.office_cidr`; sorted. */
  readonly because: readonly string[];
}

/** What only one of the states lets get from the internet to a service. `span` is the block of the service. */
export interface ReachChange extends Holding {
  /** Address of the service with instance keys. */
  readonly service: string;
  readonly serviceKind: ServiceKind;
  readonly family: Family;
  /** One interval of points. */
  readonly traffic: Traffic;
  /** Addresses of the services on the way, its own last. */
  readonly through: readonly string[];
  readonly path: readonly PathStep[];
}

/** What a change opens and closes. */
export interface Comparison {
  /** Opened first; in order of group, direction, family and traffic. */
  readonly changes: readonly AccessChange[];
  readonly undecided: readonly UndecidedAccess[];
  readonly reach: readonly ReachChange[];
  /** In the order of reports. */
  readonly problems: readonly Problem[];
  /** The own rules that were asked of what is opened. */
  readonly rules: readonly Check[];
  /** Ids of those that comments suppress findings of; sorted. */
  readonly suppressedRules: readonly string[];
  /** What the older state is called: `origin/main (3f2a1b9)`. */
  readonly base: string;
  /** Whether nothing is known of what the internet reached before, as of an `inspect` report. */
  readonly isReachUnknown: boolean;
  readonly counts: {
    /** Groups of either state that were compared. */
    readonly groups: number;
    /** Root modules that were compared. */
    readonly roots: number;
    /** Directories with configuration that no change can touch; they were not evaluated. */
    readonly unchangedDirectories: number;
    /** Findings of own rules that comments suppress. */
    readonly suppressed: number;
    /** Configuration files that were read of the newer state. */
    readonly files: number;
  };
}

/** What fails a run. */
export type NoNewAccess = 'internet' | 'any';
