/** What a block of a resource may hold. */

/** A block's arguments and nested blocks, by name. Anything else Terraform rejects. */
export interface BlockSchema {
  readonly arguments: readonly string[];
  /** Attributes that can be read and not set. */
  readonly readOnly: readonly string[];
  readonly blocks: Readonly<Record<string, BlockSchema>>;
}
