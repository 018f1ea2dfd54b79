/** Security groups with their rules, and questions across rules. */

import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { Lifecycle } from '../terraform/instances/lifecycle.ts';
import type { UnknownReason } from '../terraform/values/value.ts';
import type { Vpc } from './aws/vpc.ts';
import type { Fact } from './fact.ts';
import { type Duplicates, duplicatesIn } from './questions/duplicates.ts';
import { type Exposure, exposuresOf } from './questions/exposure.ts';
import type { Addressed, Direction, GroupPeer, Rule } from './rule.ts';
import type { GroupForm } from './rule-form.ts';

/** Where an attribute lists rules. */
export interface RuleList {
  readonly span: Span;
  /** What decides whether the attribute is null; undefined where it is not. */
  readonly reasons: readonly UnknownReason[] | undefined;
}

export interface SecurityGroup extends Addressed {
  readonly noun: 'group';
  readonly type: string;
  readonly form: GroupForm;
  /** Null where it is absent. */
  readonly name: Fact<string | null>;
  /** What a generated name starts with; null where it is absent. */
  readonly namePrefix: Fact<string | null>;
  /** Null where it is absent. */
  readonly description: Fact<string | null>;
  /** The attributes that list rules of the group, an empty list included, by direction; undefined where there is none. */
  readonly ruleLists: Readonly<Record<Direction, RuleList | undefined>>;
  readonly vpc: Vpc;
  /** Null where its provider decides. */
  readonly region: Fact<string | null>;
  /** Undefined where that is not known. */
  readonly lifecycle: Lifecycle | undefined;
  /** The block's header. */
  readonly span: Span;
  /** The resource that it is written in. Checks ask the facts instead. */
  readonly instance: ResourceInstance;
  /** What decides whether the group exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

export interface NamedGroup {
  readonly rule: Rule;
  readonly peer: GroupPeer;
}

/**
 * The rules that belong to one group, wherever they are written, or a part of them where there are too many to compare. Answers are
 * kept: several checks ask the same.
 */
export class RuleSet {
  readonly #exposures = new Map<Direction, readonly Exposure[]>();
  #duplicates: readonly Duplicates[] | undefined;
  #groupPeers: readonly NamedGroup[] | undefined;
  #standalone: readonly Rule[] | undefined;
  #resourceAddresses: ReadonlySet<string> | undefined;

  constructor(
    /** Undefined for a group from elsewhere, or one that is not known before apply. */
    readonly group: SecurityGroup | undefined,
    readonly rules: readonly Rule[],
    /** Those of the other parts too. */
    readonly all: readonly Rule[] = rules,
  ) {}

  /** The rules that are resources of their own. */
  get standalone(): readonly Rule[] {
    this.#standalone ??= this.rules.filter(({ form }) => form.kind === 'standalone');
    return this.#standalone;
  }

  /** Without keys, of all resources that it is made of, those of the other parts too. */
  get resourceAddresses(): ReadonlySet<string> {
    this.#resourceAddresses ??= new Set(
      [...(this.group === undefined ? [] : [this.group]), ...this.all].map(({ resourceAddress }) => resourceAddress),
    );
    return this.#resourceAddresses;
  }

  /** The groups that rules have as peers, as they are named. */
  get groupPeers(): readonly NamedGroup[] {
    this.#groupPeers ??= this.rules.flatMap((rule) =>
      rule.peers.flatMap((peer) => (peer.kind === 'group' ? { rule, peer } : [])),
    );
    return this.#groupPeers;
  }

  /** What its rules repeat. */
  get duplicates(): readonly Duplicates[] {
    this.#duplicates ??= duplicatesIn(this.rules);
    return this.#duplicates;
  }

  /** What the internet reaches of the group (for egress: what of the internet the group reaches), by the peers that opened it. */
  exposures(direction: Direction): readonly Exposure[] {
    let exposures = this.#exposures.get(direction);
    if (exposures === undefined) {
      exposures = exposuresOf(this.rules, direction);
      this.#exposures.set(direction, exposures);
    }
    return exposures;
  }
}
