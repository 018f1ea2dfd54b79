/** What has to be known to say what a change touches. */

import type { FileSystem } from '../../files.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { SourceFile } from '../../source/source-file.ts';

export interface AffectedOptions {
  readonly before: FileSystem;
  readonly after: FileSystem;
  /** Paths of files that differ. */
  readonly changed: readonly string[];
  /** Whether a run reads a configuration file. */
  readonly isIncluded: (path: string) => boolean;
  /** Whether a root module in a directory may be given a variable file that lies elsewhere, as a configured environment names it. */
  readonly readsVariables: (directory: string, path: string) => boolean;
  /** Whether a path was put there by a tool that downloads modules. */
  readonly isInstalled: (path: string) => boolean;
  /** Native syntax, for tests of Terraform. */
  readonly parse: (file: SourceFile) => SyntaxTree;
}
