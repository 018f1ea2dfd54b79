/** Security groups with their rules, and questions across rules. */

import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { Because } from '../terraform/values/value.ts';
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
