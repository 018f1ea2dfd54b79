/** What a block of a resource may hold. */

/** A block's arguments and nested blocks, by name. Anything else Terraform rejects. */
export interface BlockSchema {
  readonly arguments: readonly string[];
  /** Those that Terraform rejects the block without, in every version of the provider that has it. */
  readonly required: readonly string[];
  /** Types of those arguments that are texts, numbers and the like, and of collections of texts or objects. */
  readonly types: Readonly<Record<string, ArgumentType>>;
  /** Attributes that can be read and not set. */
  readonly readOnly: readonly string[];
  readonly blocks: Readonly<Record<string, BlockSchema>>;
  /** What the objects of arguments hold that can't be written as blocks; absent for none. */
  readonly objects?: Readonly<Record<string, BlockSchema>>;
}

export type ArgumentType = 'bool' | 'map' | 'number' | 'objects' | 'string' | 'strings';
