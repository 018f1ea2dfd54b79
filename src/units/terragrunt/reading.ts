/** What is shared by all of Terragrunt's files that a run reads. */

import type { QueryCache } from '../../collections/query-cache.ts';
import type { FileSystem } from '../../files.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import type { ProblemSink } from '../../terraform/expressions/scope.ts';
import type { Value } from '../../terraform/values/value.ts';

/** What all files of a run share. */
export interface Reading {
  /** The tree, with what stacks make. */
  readonly files: FileSystem;
  readonly cache: QueryCache;
  readonly problems: ProblemSink;
  /** Whether a path is a file or a directory. */
  exists(path: string): boolean;
  /** The directory that holds `.git`; undefined where that is not in the tree. */
  readonly repository: string | undefined;
  /** What a unit gives to those that depend on it; undefined where its module was not read. */
  outputsOf(unit: string): Value | undefined;
  /** Takes a dependency that is evaluated with its `mock_outputs`. */
  usesMocks(dependency: Span): void;
  /** Whether outputs are not known yet: nothing that hangs on them is kept. */
  readonly isEarly: boolean;
  /** Whether it is evaluated to find out what roots make that another one looks up. */
  isLookingUp(): boolean;
  /** What files say whatever unit reads them, by path; what hangs on the unit, by the unit and the path. */
  readonly values: Map<string, ReadValue>;
  /** Of all files that were read, by path. */
  readonly trees: Map<string, SyntaxTree>;
  /** What texts say that were decoded before, by function and text. */
  readonly decoded: Map<string, Value>;
  /** Files that are being read for a unit, by the unit and the path. */
  readonly active: Set<string>;
}

/** What a file says to one that reads it. */
interface ReadValue {
  readonly value: Value;
  /** Of its text and of the files that it reads. */
  readonly length: number;
}
