/** What a format is: a report as text, for people or for programs. */

import type { Check } from '../findings/check.ts';
import type { PlaceDocument, ReportDocument } from './document.ts';
import type { SafeText } from './escape.ts';
import type { ExitCode } from './exit-code.ts';
import type { Report } from './report.ts';

/** `--sort` takes them. */
export const sorts = ['file', 'severity'] as const;

export type Sort = (typeof sorts)[number];

/** What text for people depends on. */
export interface TextOptions {
  /** Whether text for people is in colour. */
  readonly color: boolean;
  /** Columns that a source line may take; what is longer is cut. */
  readonly width: number;
  /** Whether what can't be decided before apply is listed; json always has it. */
  readonly unknown: boolean;
  /** What text for people calls a file or folder of the tree; absent: by its path from the tree's root. */
  readonly shownPath?: (path: string) => string;
  /** The order of text for people: by place, or the gravest last; absent: as the format has it. */
  readonly sort?: Sort;
  /** Whether of text for people only the table of what was found is printed. */
  readonly statistics?: boolean;
  /** Whether text for people is broken at `width`, because a terminal would break it anywhere. */
  readonly wraps?: boolean;
  /** The address of a check's page, for a terminal that can open it. */
  readonly linkOf?: (check: string) => string | undefined;
}

export interface RenderOptions extends TextOptions {
  /** The checks that the run knows. */
  readonly checks: readonly Check[];
  /** A check's page as Markdown, by the check's id; empty where it isn't installed. */
  readonly pageOf: (check: string) => string;
  /** What the run comes to; absent where that is not known. */
  readonly exitCode?: ExitCode;
  /** The source line of a place, as far as it may be shown; absent where no texts are there. */
  readonly sourceOf?: (place: PlaceDocument) => string | undefined;
  /** Where lines of a file of the tree are to be seen; absent or undefined for nowhere. */
  readonly urlOf?: (path: string, firstLine: number, lastLine: number) => string | undefined;
  /** Bytes that Markdown may have; what does not fit is left out. Undefined: what a comment on a pull request may have. */
  readonly limit?: number | undefined;
}

/** Who reads a format: in those for people, what can never fail a run is shown when it is asked for. */
export type Audience = 'people' | 'programs';

interface FormatFacts {
  /** As `--format` takes it; the name of its file. */
  readonly name: string;
  readonly audience: Audience;
  /** What is written into GitHub's summary of a step along with it. */
  readonly stepSummary?: () => Promise<DocumentFormat>;
}

/** A format that needs no source text, so that it can be made of reports that were read back. */
export interface DocumentFormat extends FormatFacts {
  readonly input: 'document';
  readonly render: RenderDocument;
}

export interface ReportFormat extends FormatFacts {
  readonly input: 'report';
  readonly render: Render;
}

/** Each is the constant `format` of its own file in src/report/formats; `npm run generate` lists them. */
export type Format = DocumentFormat | ReportFormat;

/** The name of the format that is printed where none is asked for. */
export const DEFAULT_FORMAT = 'pretty';

/** A pure function; the text ends with a newline unless it is empty. */
export type Render = (report: Report, options: RenderOptions) => SafeText;

/** The same, of a report without its source text. */
export type RenderDocument = (document: ReportDocument, options: RenderOptions) => SafeText;
