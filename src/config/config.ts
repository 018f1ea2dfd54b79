/** The effective config of a linted file: defaults, presets, .tfsgrc.json and the files that it extends. */

import type { Check } from '../findings/check.ts';
import type { FileChecks, Setting } from '../findings/setting.ts';
import type { GroupPolicy } from '../model/questions/policy.ts';
import { type TrustedSources, trustedSources } from '../model/questions/trusted.ts';
import type { FailOn } from '../report/report.ts';
import type { MappedSources } from '../terraform/modules/mapped.ts';
import type { Environment } from './environment.ts';
import type { ConfigFile } from './layer.ts';
import type { NewAccessLevel } from './names.ts';
import { defaultSuppressions, type SuppressionSettings } from './suppression-settings.ts';

export interface Config {
  /** Whether a file is linted: it matches `include` and not `exclude`. The path is relative to the tree's root. */
  readonly isIncluded: (path: string) => boolean;
  readonly failOn: FailOn;
  /** Whether modules that were not read, and undecided questions of exposure, fail a run. */
  readonly failOnUnresolved: boolean;
  /** What new access fails a run of `tfsg changes`. */
  readonly noNewAccess: NewAccessLevel;
  readonly trusted: TrustedSources;
  /** Allowed ingress of groups; of several that are for a group, each adds to the others. */
  readonly policies: readonly GroupPolicy[];
  /** The checks that are on where no override says otherwise, by id. */
  readonly checks: ReadonlyMap<string, Setting>;
  /** The same for a file, with the overrides that hold in it; the same object for the same settings. */
  readonly checksFor: (path: string) => FileChecks;
  /** By name, in the order of the file; empty where a root module is evaluated once, with what Terraform finds. */
  readonly environments: readonly Environment[];
  readonly suppressions: SuppressionSettings;
  /** Directories of the tree that stand for sources of modules; the same object for the same. */
  readonly modules: MappedSources;
  /** Whether modules that are not there are what tfsg knows of them. */
  readonly standIns: boolean;
  /** Path of the baseline, relative to the tree's root; it need not be there. False for none. */
  readonly baseline: string | false;
  /** Own rules of all its files, whether they are on or off. */
  readonly ownChecks: readonly Check[];
  /** The file itself, without what it extends, and its folder; undefined where there is none. */
  readonly own: { readonly file: ConfigFile; readonly folder: string } | undefined;
}

/** A config of these checks alone. @param ownChecks the own rules among them */
export function configOf(checks: ReadonlyMap<string, Setting>, ownChecks: readonly Check[] = []): Config {
  const fileChecks = { checks };
  return {
    isIncluded: () => true,
    failOn: 'low',
    failOnUnresolved: false,
    noNewAccess: 'off',
    trusted: trustedSources({ cidrs: [], prefixLists: [], groups: [] }),
    policies: [],
    checks,
    checksFor: () => fileChecks,
    environments: [],
    suppressions: defaultSuppressions,
    modules: new Map(),
    standIns: false,
    baseline: false,
    ownChecks,
    own: undefined,
  };
}
