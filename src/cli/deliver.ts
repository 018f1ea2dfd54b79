/** Writes reports to stdout and to files. */

import type { SafeText } from '../report/escape.ts';
import type { DocumentFormat, Format, RenderOptions, Sort } from '../report/format.ts';
import { writeOutput } from './files/destination.ts';
import { lateUrlsOfFiles } from './hosted-files.ts';
import { DEFAULT_COLUMNS, type Io, isColored } from './io.ts';
import { pageAddress, readPage } from './package.ts';
import { appendStepSummary } from './step-summary.ts';

export interface Delivery<F> {
  /** Of stdout. */
  readonly format: F;
  readonly outputs: readonly { readonly format: F; readonly file: string }[];
  readonly color: 'auto' | 'always' | 'never';
  readonly unknown: boolean;
  /** Of text for people; undefined as the format has it. */
  readonly sort?: Sort | undefined;
  /** Whether of text for people only the table of what was found is printed. */
  readonly statistics?: boolean;
}

/** A delivery by names of formats as one by the formats. */
export async function loadFormats<N extends string, F extends Format, D extends Delivery<N>>(
  delivery: D,
  load: (name: N) => Promise<F>,
): Promise<Omit<D, keyof Delivery<N>> & Delivery<F>> {
  const format = await load(delivery.format);
  const outputs: { readonly format: F; readonly file: string }[] = [];
  for (const each of delivery.outputs) outputs.push({ format: await load(each.format), file: each.file });
  return { ...delivery, format, outputs };
}

/**
 * Prints a report and writes it to files; folders are made. With a format goes the summary of GitHub's step that it names.
 *
 * @param render a report as text, for stdout or for a file
 * @param roots of the trees out of which no link is followed; the first has the files of the report
 * @returns whether every file could be written, and what was printed; why one could not is said on stderr
 */
export async function deliver<F extends Format>(
  { format, outputs, color, unknown, sort, statistics }: Delivery<F>,
  io: Io,
  render: (format: F | DocumentFormat, options: RenderOptions, target: 'stdout' | 'file') => Promise<SafeText>,
  {
    checks,
    roots,
    shownPath,
    exitCode,
  }: Pick<RenderOptions, 'checks' | 'shownPath' | 'exitCode'> & { readonly roots: readonly [string, ...string[]] },
): Promise<{ readonly isComplete: boolean; readonly printed: SafeText }> {
  const own = new Map(checks.flatMap((check) => (check.own ? [[check.id, check.own]] : [])));
  const inFile: RenderOptions = {
    color: false,
    width: DEFAULT_COLUMNS,
    unknown,
    ...(shownPath && { shownPath }),
    ...(sort && { sort }),
    ...(exitCode !== undefined && { exitCode }),
    urlOf: lateUrlsOfFiles(io, roots[0]),
    checks,
    pageOf: (check) => own.get(check)?.page ?? readPage(check) ?? '',
  };
  const isInColor = isColored(io, io.stdout, color);
  const onTerminal: RenderOptions = {
    ...inFile,
    color: isInColor,
    width: io.stdout.columns ?? DEFAULT_COLUMNS,
    wraps: io.stdout.columns !== undefined,
    ...(statistics && { statistics }),
    ...(isInColor && (await io.stdout.hasLinks()) && { linkOf: pageAddress }),
  };
  const text = await render(format, onTerminal, 'stdout');
  if (text !== '') io.stdout.write(text);
  let isComplete = true;
  for (const output of outputs) {
    const written = await render(output.format, inFile, 'file');
    if (writeOutput(output.file, written, io, roots)) io.onWritten?.(output.file, written);
    else isComplete = false;
  }
  const { stepSummary } = format;
  if (stepSummary !== undefined) {
    await appendStepSummary(io, async (limit) => render(await stepSummary(), { ...inFile, limit }, 'file'));
  }
  return { isComplete, printed: text };
}
