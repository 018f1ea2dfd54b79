/** What a format is: a report as text, for people or for programs. */

import type { Report } from './report.ts';

export interface RenderOptions {
  /** Whether text for people is in colour. */
  readonly color: boolean;
  /** Columns that a source line may take; what is longer is cut. */
  readonly width: number;
  /** Whether text for people lists what can't be decided before apply; formats for programs always do. */
  readonly unknown: boolean;
}

/** A pure function; the text ends with a newline unless it is empty. */
export type Render = (report: Report, options: RenderOptions) => string;
