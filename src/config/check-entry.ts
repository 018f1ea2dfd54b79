/** What a config says about one check. */

import type { Check } from '../findings/check.ts';
import type { JsonNode } from './jsonc.ts';
import type { CheckLevel } from './names.ts';

/** What a config says about a check. */
export interface CheckEntry {
  readonly check: Check;
  /** Whether it is there by another tool's id, which an entry with the check's own id goes before. */
  readonly isAlias: boolean;
  readonly level: CheckLevel;
  /** Of the level. */
  readonly node: JsonNode;
  /** Only the options that are set. */
  readonly options: Readonly<Record<string, { readonly value: unknown; readonly node: JsonNode }>>;
}
