/** Parsed arguments of a command line, as the commands use them. */

import type { OptionSetting } from '../../config/layer.ts';
import type { Preset } from '../../config/presets.ts';
import type { Severity } from '../../findings/severity.ts';
import type { ChangesFormatName } from '../../report/changes/index.ts';
import type { ExposureFormatName } from '../../report/exposure/index.ts';
import type { ExposureLook } from '../../report/exposure/shown.ts';
import type { Sort } from '../../report/format.ts';
import type { DocumentFormatName, FormatName } from '../../report/render.ts';
import type { FailOn } from '../../report/report.ts';
import type { Shard } from '../../terraform/modules/shard.ts';
import type { AcceptedArguments } from '../accepted.ts';

export const colors = ['auto', 'always', 'never'] as const;
export const parsers = ['native', 'hcl2json'] as const;
export const worldChoices = ['all', 'one'] as const;
export const planScopes = ['changes', 'all'] as const;
export const tableFormats = ['pretty', 'json'] as const;

/** Of every command. */
export interface Common {
  readonly color: (typeof colors)[number];
  readonly quiet: boolean;
}

/** Which config holds, and what the command line changes of it. */
export interface ConfigArguments {
  /** Path as given; undefined for discovery. */
  readonly config: string | undefined;
  /** Path as given of a config below all others. */
  readonly baseConfig: string | undefined;
  /** Defaults instead of any file. */
  readonly noConfig: boolean;
  /** In the place of the presets that the config starts from. */
  readonly preset: Preset | undefined;
  /** Ids, of tfsg or other tools; empty for all checks. */
  readonly check: readonly string[];
  readonly disable: readonly string[];
  /** Options that say what keys of the config say. */
  readonly settings: readonly OptionSetting[];
}

/** A --var or --var-file, in the order given. */
export interface VariableArgument {
  readonly kind: 'var' | 'var-file';
  readonly text: string;
}

/** What is read, and how. */
export interface InputArguments {
  /** As given; at least one, unless standard input alone is linted. */
  readonly paths: readonly string[];
  readonly parser: (typeof parsers)[number];
  readonly variables: readonly VariableArgument[];
  /** Whether TF_VAR_ variables of the environment are read. */
  readonly readsEnvironment: boolean;
  readonly workspace: string | undefined;
  readonly worlds: (typeof worldChoices)[number];
  readonly anyInput: boolean;
  /** The only environment of the config that counts. */
  readonly environment: string | undefined;
  /** The file whose text comes from standard input. */
  readonly stdinFilename: string | undefined;
  /** Whether that text is all that is read, and not laid over a directory. */
  readonly isStdinAlone: boolean;
  /** Plans as given, `-` for standard input. */
  readonly plans: readonly string[];
  readonly planScope: (typeof planScopes)[number];
}

export interface LintArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'lint';
  readonly format: FormatName;
  readonly outputs: readonly { readonly format: FormatName; readonly file: string }[];
  /** Undefined: `info` for programs; for people `low`, unless checks are named. */
  readonly minSeverity: Severity | undefined;
  readonly unknown: boolean;
  /** Undefined: as the format has it. */
  readonly sort: Sort | undefined;
  /** Whether only the table of what was found is printed. */
  readonly statistics: boolean;
  readonly failsOnEmpty: boolean;
  /** Whether named files that are no files of Terraform's are skipped. */
  readonly allowsEmpty: boolean;
  /** Whether to lint again after each change. */
  readonly watch: boolean;
  /** Whether only what is in the paths is reported. */
  readonly onlyGiven: boolean;
  readonly shard: Shard | undefined;
  /** `write` the safe fixes, or `print` them as a diff. */
  readonly fix: 'write' | 'print' | undefined;
  /** With `fix`: suggestions too. */
  readonly unsafeFixes: boolean;
  /** A unified diff as given, `-` for standard input: only what it touches is reported. */
  readonly diff: string | undefined;
  /** The file whose config is printed instead of linting. */
  readonly printConfig: string | undefined;
  readonly accepted: AcceptedArguments;
  readonly hasCache: boolean;
  /** The directory of the cache as given; undefined for the usual one. */
  readonly cacheLocation: string | undefined;
}

/** Reports of shards, or of repositories, as one. */
export interface MergeArguments extends Common {
  readonly command: 'merge';
  /** As given; at least one. */
  readonly files: readonly string[];
  /** Whether each is of a repository, which has the name of the file. */
  readonly ofRepositories: boolean;
  /** Undefined: that of the first file. */
  readonly format: DocumentFormatName | undefined;
  readonly outputs: readonly { readonly format: DocumentFormatName; readonly file: string }[];
  readonly failOn: FailOn;
  /** Undefined: `info` for programs; for people `low`, unless checks are named. */
  readonly minSeverity: Severity | undefined;
  readonly unknown: boolean;
  /** Undefined: as the format has it. */
  readonly sort: Sort | undefined;
  readonly failsOnUnresolved: boolean;
}

export interface InspectArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'inspect';
  readonly format: (typeof tableFormats)[number];
}

export interface ExposureArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'exposure';
  readonly format: ExposureFormatName;
  /** Where lines of files are to be seen; undefined for what the environment says. */
  readonly links: ExposureLook['urlOf'];
}

export interface ChangesArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'changes';
  /** A revision, a directory or an `inspect` report as given; undefined for what plans say of before. */
  readonly base: string | undefined;
  /** Whether the newer state is git's index, and not the working tree. */
  readonly isStaged: boolean;
  readonly format: ChangesFormatName;
  readonly outputs: readonly { readonly format: ChangesFormatName; readonly file: string }[];
  /** Where lines of files are to be seen; undefined for what the environment says. */
  readonly links: ExposureLook['urlOf'];
}

export interface ModulesArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'modules';
  readonly format: (typeof tableFormats)[number];
  /** Whether calls of local modules that were read are listed too. */
  readonly all: boolean;
}

export interface BaselineArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'baseline';
  /** As given; undefined for those of the configuration. */
  readonly file: string | undefined;
  readonly mode: 'update' | 'prune' | 'show';
  readonly dryRun: boolean;
}

export interface ParseArguments extends Common {
  readonly command: 'parse';
  readonly paths: readonly string[];
  readonly parser: (typeof parsers)[number];
}

export interface ChecksArguments extends Common, ConfigArguments {
  readonly command: 'checks';
  readonly format: (typeof tableFormats)[number];
}

export interface ExplainArguments extends Common {
  readonly command: 'explain';
  /** Ids, of tfsg or other tools; at least one. */
  readonly checks: readonly string[];
  readonly examples: boolean;
  readonly format: (typeof tableFormats)[number];
}

/** What `tfsg rules` can do. */
export const ruleActions = ['test', 'explain', 'new', 'import'] as const;

export interface RulesArguments extends Common {
  readonly command: 'rules';
  /** An action, and what it is for. */
  readonly words: readonly string[];
  readonly format: (typeof tableFormats)[number];
}

export interface InitArguments extends Common {
  readonly command: 'init';
}

/** The language server, which takes its settings from the editor. */
export interface ServerArguments {
  readonly command: 'lsp';
  /** Path as given of a config below all others. */
  readonly baseConfig: string | undefined;
}

export type CommandArguments =
  | LintArguments
  | MergeArguments
  | InspectArguments
  | ExposureArguments
  | ChangesArguments
  | ModulesArguments
  | BaselineArguments
  | ParseArguments
  | ChecksArguments
  | ExplainArguments
  | RulesArguments
  | ServerArguments
  | InitArguments;

/** `text`: help, the version or a script, for stdout. */
export type ParsedArguments =
  | {
      readonly kind: 'command';
      readonly arguments: CommandArguments;
      /** In the place of the working directory, and relative to it. */
      readonly directory: string | undefined;
      /** Whether no command is named. */
      readonly isDefault: boolean;
      /** Sentences about variables of the environment. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'text'; readonly text: string };
