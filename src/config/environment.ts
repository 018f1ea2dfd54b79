/** What a config evaluates root modules with. */

import type { Span } from '../source/span.ts';

/** Inputs that root modules are evaluated with, beside those that Terraform finds by itself. */
export interface Environment {
  readonly name: string;
  /** Relative to a root module, or to the folder of the config. */
  readonly varFiles: readonly string[];
  /** Texts as `--var` takes them. */
  readonly variables: readonly { readonly name: string; readonly text: string }[];
  /** What `terraform.workspace` is; undefined for what the command line says. */
  readonly workspace: string | undefined;
  /** Folder of the config, relative to the tree's root. */
  readonly folder: string;
  /** Where it is configured. */
  readonly span: Span;
}
