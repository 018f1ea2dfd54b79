/** The security groups of a root module with their rules, and what has them. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import type { Attachment } from './aws/attachments.ts';
import type { PrefixList } from './aws/prefix-list.ts';
import type { Rule } from './rule.ts';
import type { RuleSet, SecurityGroup } from './security-group.ts';

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
  /** The services that take groups, in order of place; worked out when they are first asked for. */
  readonly attachments: readonly Attachment[];
  /** The files of the root and of the local modules that it calls. */
  readonly trees: readonly SyntaxTree[];
}
