/** The effective configuration of a linted file: defaults, presets, .tfsgrc.json and the files that it extends. */

import type { FileChecks, Setting } from '../findings/run.ts';
import type { FailOn } from '../report/report.ts';
import type { Span } from '../source/span.ts';
import type { ConfigFile } from './decode.ts';

/** Inputs that root modules are evaluated with, beside those that Terraform finds by itself. */
export interface Environment {
  readonly name: string;
  /** Relative to a root module, or to the folder of the configuration. */
  readonly varFiles: readonly string[];
  /** Texts as `--var` takes them. */
  readonly variables: readonly { readonly name: string; readonly text: string }[];
  /** What `terraform.workspace` is; undefined for what the command line says. */
  readonly workspace: string | undefined;
  /** Folder of the configuration, relative to the tree's root. */
  readonly folder: string;
  /** Where it is configured. */
  readonly span: Span;
}

/** The tools whose comments can suppress findings, beside tfsg's own. */
export const honoredTools = ['checkov', 'tfsec', 'trivy', 'kics'] as const;
export type HonoredTool = (typeof honoredTools)[number];

/** Which comments suppress findings. */
export interface SuppressionSettings {
  /** Whether comments suppress anything. */
  readonly inline: boolean;
  /** Whether a comment without a reason suppresses nothing. */
  readonly requireReason: boolean;
  readonly honor: readonly HonoredTool[];
  /** Ids of checks that no comment suppresses. */
  readonly locked: ReadonlySet<string>;
}

export interface Config {
  /** Whether a file is linted: it matches `include` and not `exclude`. The path is relative to the tree's root. */
  readonly isIncluded: (path: string) => boolean;
  readonly failOn: FailOn;
  /** Whether modules that were not read, and undecided questions of exposure, fail a run. */
  readonly failOnUnresolved: boolean;
  /** The checks that are on where no override says otherwise, by id. */
  readonly checks: ReadonlyMap<string, Setting>;
  /** The same for a file, with the overrides that hold in it; the same object for the same settings. */
  readonly checksFor: (path: string) => FileChecks;
  /** By name, in the order of the file; empty where a root module is evaluated once, with what Terraform finds. */
  readonly environments: readonly Environment[];
  readonly suppressions: SuppressionSettings;
  /** The file itself, without what it extends, and its folder; undefined where there is none. */
  readonly own: { readonly file: ConfigFile; readonly folder: string } | undefined;
}

export const defaultSuppressions: SuppressionSettings = {
  inline: true,
  requireReason: false,
  honor: honoredTools,
  locked: new Set(),
};

/** A configuration of these checks alone. */
export function configOf(checks: ReadonlyMap<string, Setting>): Config {
  const fileChecks = { checks };
  return {
    isIncluded: () => true,
    failOn: 'low',
    failOnUnresolved: false,
    checks,
    checksFor: () => fileChecks,
    environments: [],
    suppressions: defaultSuppressions,
    own: undefined,
  };
}
