/** Security groups with their rules, and questions across rules. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/instances/configuration.ts';
import type { Because } from '../terraform/values/value.ts';
import type { Attachment } from './aws/attachments.ts';
import type { PrefixList } from './aws/prefix-list.ts';
import type { Fact } from './fact.ts';
import { type Exposure, exposuresOf } from './questions/exposure.ts';
import type { Addressed, Direction, Rule } from './rule.ts';

export interface SecurityGroup extends Addressed {
  readonly type: string;
  /** A VPC's default group, which Terraform adopts instead of creating it. */
  readonly isDefault: boolean;
  /** Null where it is absent. */
  readonly name: Fact<string | null>;
  /** What a generated name starts with; null where it is absent. */
  readonly namePrefix: Fact<string | null>;
  /** Null where it is absent. */
  readonly description: Fact<string | null>;
  /** The block's header. */
  readonly span: Span;
  readonly instance: ResourceInstance;
  /** What decides whether the group exists at all; undefined for a certain one. */
  readonly possible: readonly Because[] | undefined;
}

/**
 * The rules that belong to one group, wherever they are written, or a part of them where there are too many to compare. Answers are
 * kept: several checks ask the same.
 */
export class RuleSet {
  readonly #exposures = new Map<Direction, readonly Exposure[]>();

  constructor(
    /** Undefined for a group from elsewhere, or one that is not known before apply. */
    readonly group: SecurityGroup | undefined,
    readonly rules: readonly Rule[],
    /** Those of the other parts too. */
    readonly all: readonly Rule[] = rules,
  ) {}

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

/** What one root module would create. */
export interface SecurityModel {
  /** Directory of the root module. */
  readonly root: string;
  /** Name of the environment that it was evaluated for, if any. */
  readonly environment: string | undefined;
  /** In order of address. */
  readonly groups: readonly SecurityGroup[];
  /** In order of address, direction and place. */
  readonly rules: readonly Rule[];
  /** In order of address, with all their entries. */
  readonly prefixLists: readonly PrefixList[];
  /** Every group with its rules, a group without rules included, then the rules of other groups. */
  readonly ruleSets: readonly RuleSet[];
  /** The services that take groups, in order of place; computed when they are first asked for. */
  readonly attachments: readonly Attachment[];
  /** The files of the root and of the local modules that it calls. */
  readonly trees: readonly SyntaxTree[];
}
