/** What is kept of stand-ins. */

/** One stand-in as it is kept: data/stand-ins. */
export interface StandInData {
  readonly module: string;
  /** The first numbers of the versions that it stands for: `5`, `0.25`. */
  readonly lines: readonly string[];
  /** Configurations by directory inside of the module; empty for the module itself. `local.line` is which of the lines is meant. */
  readonly texts: Readonly<Record<string, string>>;
  /** What `local.preset` is in `modules/_`, which stands for all of these directories below `modules`. */
  readonly presets?: Readonly<Record<string, unknown>>;
}
