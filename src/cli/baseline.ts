/** `tfsg lint --baseline FILE`: reads the file, and with --update-baseline writes it. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileSystem } from '../files.ts';
import {
  type Baseline,
  type Entries,
  hideKnown,
  type RunFindings,
  total,
  updated,
} from '../findings/baseline/baseline.ts';
import { MAX_BASELINE_BYTES } from '../findings/baseline/configured.ts';
import { BaselineError, baselineText, readBaseline } from '../findings/baseline/document.ts';
import { type SafeText, safe, safeJson, withCarriageReturns } from '../report/escape.ts';
import type { Report } from '../report/report.ts';
import { decodeSource } from '../source/decode.ts';
import { writeTo } from './files/destination.ts';
import { CHANGED } from './files/replace-files.ts';
import { readGiven, reasonOf } from './files/tree.ts';
import { type Io, UsageError } from './io.ts';

export interface OpenBaseline {
  readonly filter: Baseline;
  /**
   * Writes the file where that is asked.
   *
   * @returns whether it could be written; why not is said on stderr
   */
  save(report: Report): boolean;
}

/**
 * @param option file as given, which need not be there, and whether it is to be brought up to date
 * @param roots of the trees out of which no link is followed
 * @throws UsageError if it can't be read, or is no baseline
 */
export function openBaseline(
  option: { readonly file: string; readonly updates: boolean; readonly quiet: boolean },
  fileSystem: FileSystem,
  io: Io,
  roots: readonly string[],
): OpenBaseline {
  const { file, updates, quiet } = option;
  const { entries: before, bytes } = readEntries(file, io);
  if (bytes === undefined && !updates && !quiet) {
    io.stderr.write(safe`tfsg: --baseline ${file}: no such file, so nothing is in it.\n`);
  }
  if (!updates) return { filter: (found) => hideKnown(before, found), save: () => true };

  let last: RunFindings | undefined;
  return {
    filter(found) {
      last = found;
      const known = found.parts.filter(({ answer }) => answer === 'yes');
      return { parts: found.parts.filter(({ answer }) => answer !== 'yes'), known };
    },
    save({ problems }) {
      const say = (text: string): void => io.stderr.write(safe`tfsg: --baseline ${file}: ${text}.\n`);
      const isWhole = !problems.some(({ severity }) => severity === 'error');
      const update = updated(before, last!, (each) => fileSystem.read(each).kind === 'file', isWhole);
      const fault = saveBaseline(resolve(io.cwd, file), safeJson(baselineText(update)), bytes, roots);
      const { added } = update;
      const gone = isWhole ? `${total(update.gone)} removed` : 'none removed because some files could not be read';
      if (fault !== undefined) say(fault);
      else if (!quiet) say(`updated: ${added} added, ${gone}, ${total([...update.entries, ...update.old])} in total`);
      return fault === undefined;
    },
  };
}

/**
 * A baseline of the command line; one that is not there is empty.
 *
 * @throws UsageError if it can't be read, or is no baseline
 */
export function readEntries(
  file: string,
  io: Io,
): { readonly entries: Entries; readonly bytes: Uint8Array | undefined } {
  if (!existsSync(resolve(io.cwd, file))) return { entries: { entries: [], old: [] }, bytes: undefined };
  const bytes = readGiven(io.cwd, file, '--baseline', MAX_BASELINE_BYTES);
  return { entries: entriesOf(file, bytes), bytes };
}

function entriesOf(file: string, bytes: Uint8Array): Entries {
  const { value, problems } = decodeSource(file, bytes, Number.POSITIVE_INFINITY);
  if (problems.length > 0) throw new UsageError(`--baseline ${file}: the file is not UTF-8 text.`);
  try {
    return readBaseline(value);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    throw new UsageError(`--baseline ${file}, ${error.message}`);
  }
}

/**
 * Writes a baseline, unless it is as it should be, and gives what went wrong. Line ends stay what they are.
 *
 * @param known what the file held when it was read; undefined where it was not there
 */
export function saveBaseline(
  path: string,
  text: SafeText,
  known: Uint8Array | undefined,
  roots: readonly string[],
): string | undefined {
  try {
    const before = existsSync(path) ? readFileSync(path) : undefined;
    const lines = before?.includes('\r\n') === true ? withCarriageReturns(text) : text;
    if (before?.equals(Buffer.from(lines)) === true) return undefined;
    const isSame = before === undefined ? known === undefined : known !== undefined && before.equals(known);
    return isSame ? writeTo(path, lines, roots) : CHANGED;
  } catch (error) {
    return reasonOf(error);
  }
}
