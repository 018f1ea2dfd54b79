/** Findings as reports show them, and the hits of single instances that they are merged from. */

import type { TrafficRule } from '../model/rule.ts';
import type { Family } from '../network/ip-address.ts';
import type { Traffic } from '../network/traffic.ts';
import type { Span } from '../source/span.ts';
import type { World } from '../terraform/instances/world.ts';
import type { Severity } from './severity.ts';
import type { When } from './when.ts';

/**
 * The same for the same fault, wherever in its file it stands, however the file is laid out and whatever the calls of the module
 * are named. Addresses are as the module of the file has them, without instance keys.
 */
export interface FindingIdentity {
  /** Id of the check. */
  readonly check: string;
  /** Path of the file of the place, relative to the tree's root. */
  readonly file: string;
  /** Address of the resource; where several rules are at fault together, of their owner. */
  readonly subject: string;
  /** Where the fault is of one direction. */
  readonly direction?: TrafficRule['direction'];
  /** The text of the place, where the fault is one of how something is written; else the two below are there. */
  readonly content?: string;
  /** All that the rules at fault let through, sorted: `22/tcp`, `8000-8010/udp`, `8/icmp`, `all`. */
  readonly traffic?: string;
  /** The peers that the fault is about, sorted: `10.0.0.0/8 aws_security_group.web self`; `?` stands for one of which nothing is known. */
  readonly peers?: string;
}

/** How a run has places; a report that was read back has them as lines and columns. `P` below is one of the two. */
export interface Located {
  readonly span: Span;
}

/** A place that has to do with a finding, and in what way, in a few words: `default of var.office_cidr`. */
export type RelatedOf<P> = P & {
  readonly message: string;
  /** It only uses what is at fault: comments there are about something else. */
  readonly isUse?: true;
  /** A module is called there, and nothing that the value came through. */
  readonly isCall?: true;
  /** The value at fault is written out there: what one edits. */
  readonly isSource?: true;
  /** What stands there is not shown. */
  readonly isSecret?: true;
  /** The finding is about this place as much as about its own: the same is open there in the other address family. */
  readonly isTwin?: true;
  /** Of a step on the way from the internet to what has the group, its address: comments there are about something else. */
  readonly step?: string;
};

/** Whether the internet gets to what has the group, from the worst on. */
export const reaches = ['internet', 'unknown', 'vpc', 'unattached'] as const;

/**
 * - `internet`: to at least one service that has it
 * - `vpc`: to none of the services that have it, all of which are known
 * - `unattached`: nothing has it
 */
export type InternetReach = (typeof reaches)[number];

/** What the internet reaches of what one instance opens. */
export interface PartReach<P> {
  readonly reach: InternetReach;
  /** For `internet` empty; for `unknown` what it waits for; else why nothing gets in, in plain words. */
  readonly because: readonly string[];
  /** From the internet inwards, as far as the way is known. */
  readonly way: readonly RelatedOf<P>[];
}

/** The first of the worst; undefined for none at all. */
export function worstReachOf<T extends Pick<PartReach<unknown>, 'reach'>>(all: readonly T[]): T | undefined {
  return all.find(({ reach }) => reach === reaches.find((each) => all.some((other) => other.reach === each)));
}

/** What a fault and its twin, which differs from it by the address family alone, are as one finding. */
export interface Twin {
  /** The same for both, and for no others of one root module. */
  readonly key: string;
  /** One sentence about both. */
  readonly message: string;
  /** Of the second: how its place is told beside that of the first, `::/0, which opens the same to IPv6`. */
  readonly also?: string;
}

/** In the words of a {@link Together}: there are more in other files. */
export const IN_THIS_FILE = ' in this file';

/** How faults that repeat each other, such as rules of one group without a description, are told as one finding. */
export interface Together {
  /** The words around how many there are; the same for what is told together: `["", " rules of aws_security_group.web have no description."]` */
  readonly words: readonly [before: string, after: string];
  /** How many could have the fault: `5 of 8`. Absent: any number. */
  readonly of?: number;
  /** What they have in common, by its resource address; absent where they are of different resources. */
  readonly subject?: string;
  /** What is at one of the places: `ingress rule`, `aws_security_group_rule.ssh`. */
  readonly name: string;
}

/** Replaces the text of the place. */
export type EditOf<P> = P & { readonly text: string };

/** A change that removes a finding: a safe fix, which keeps the meaning of the configuration, or a suggestion. */
export interface FixOf<P> {
  readonly message: string;
  readonly edits: readonly EditOf<P>[];
}

/** One fault at one place; a place that several instances share is one finding. */
export type FindingOf<P> = P & {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  /** What to do, in one sentence. */
  readonly help: string;
  /** Address of the resource, without instance keys. */
  readonly subject: string;
  /** The group that it is about: its address without instance keys, or its id; absent where it is about none, or that is not known. */
  readonly group?: string;
  /** Addresses of the instances with the fault, with keys, sorted. */
  readonly instances: readonly string[];
  /** Names of the environments where it holds, sorted; empty where none are configured. */
  readonly environments: readonly string[];
  /** Directories of the root modules where it holds, relative to the tree's root, sorted; `.` for that itself. */
  readonly roots: readonly string[];
  /** The worlds where it holds; absent where it always does. */
  readonly when?: readonly When[];
  /** Of ingress that the internet may use: whether it gets there; of several instances the worst. The way is among the related places. */
  readonly reach?: InternetReach;
  /** What a reach other than `internet` is because of. */
  readonly reachBecause?: readonly string[];
  readonly related: readonly RelatedOf<P>[];
  readonly aliases: readonly string[];
  /** Address of the check's page, or its path in the package if it has none. */
  readonly docs: string;
  /** Stays the same when lines move, words change or options do: 32 hexadecimal digits of what the finding is known by. */
  readonly fingerprint: string;
  /** The safe one. */
  readonly fix: FixOf<P> | null;
  /** Alternatives that may change the allowed traffic: the one that allows the least first. Empty where there are none. */
  readonly suggestions: readonly FixOf<P>[];
  /** Absent where nothing else is told with it. */
  readonly together?: Together;
  /** Of a finding that gathers others, which have the same fault in the same file: each of them, in order of place. It stands at the first. */
  readonly members?: readonly FindingOf<P>[];
};

/** What of some traffic is not decided: `SSH (22/tcp)` is `open to the internet`. */
export interface Question {
  readonly traffic: string;
  readonly state: string;
  /** Whether a variable that is the source, or a part of it, decides, and nothing else. */
  readonly isOfSource: boolean;
}

/** A question that only apply can answer. */
export type UndecidedOf<P> = P & {
  readonly check: string;
  /** That of the finding that it may be. */
  readonly severity: Severity;
  /** Address of the resource, without instance keys. */
  readonly subject: string;
  /** What the answer waits for: `var.office_cidr`, `data.aws_vpc.main`; sorted. */
  readonly because: readonly string[];
  /** What is asked; null where the check has no words for it. */
  readonly question: Question | null;
  /** Directories of the root modules where it is asked, sorted; `.` for the tree's root. */
  readonly roots: readonly string[];
  /** `caller`: everywhere it is the source of a module that nobody calls here, so whoever calls it decides. */
  readonly decidedBy: 'caller' | 'unknown';
};

/** One instance's share of a finding, or for `unknown` of an undecided question. */
export type PartOf<P> = P & {
  readonly answer: 'yes' | 'unknown';
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  /** Of an own rule; absent for the page of a check of tfsg's. */
  readonly docs?: string;
  readonly subject: string;
  readonly group?: string;
  readonly instance: string;
  /** Directory of the root module. */
  readonly root: string;
  readonly environment: string | null;
  readonly related: readonly RelatedOf<P>[];
  readonly aliases: readonly string[];
  readonly because: readonly string[];
  /** For `unknown`: what is asked; absent where the check has no words for it. */
  readonly question?: Question;
  /** For `unknown`: that whoever calls the root module decides. */
  readonly isCallers?: true;
  /** The world where it holds; absent where it always does. */
  readonly when?: When;
  /** Absent where the internet is not asked for, or nobody has asked. */
  readonly reach?: PartReach<P>;
  /** What the severity is where the internet gets to nothing; absent where that makes no difference. */
  readonly insideSeverity?: Severity;
  /** Absent where the same is not open in the other address family. */
  readonly twin?: Twin;
  /** Absent where nothing else is told with it. */
  readonly together?: Together;
  /** Of its identity; empty for `unknown`. The finding's is that of all its parts. Few formats show it, and to work it out takes long. */
  readonly fingerprint: () => string;
  readonly fix: FixOf<P> | null;
  readonly suggestions: readonly FixOf<P>[];
};

/** Ingress of a group from all of the internet or a large part of it. */
export interface OpenIngress {
  /** Of the group, as `ownerKey` has it. */
  readonly key: string;
  readonly family: Family;
  readonly traffic: Traffic;
}

export type Related = RelatedOf<Located>;
export type Edit = EditOf<Located>;
export type Fix = FixOf<Located>;
export type Finding = FindingOf<Located>;
export type Undecided = UndecidedOf<Located>;
export type Part = PartOf<Located> & {
  /** What the finding is known by from run to run; undefined for `unknown`. */
  readonly identity: FindingIdentity | undefined;
  /** For `yes`: what decides whether what has the fault exists at all; empty where it certainly does. */
  readonly existsIf: readonly string[];
  /** What the internet may use; absent where it is about something else. */
  readonly opens?: OpenIngress;
  /** That of `when`. */
  readonly world?: World;
  /** What is said without a word about whether that exists. */
  readonly plain: Pick<Part, 'message' | 'twin' | 'together'>;
};
