/** The baselines that configurations name: each file has the one of its own configuration. */

import { groupBy } from '../../collections/group-by.ts';
import type { Config } from '../../config/config.ts';
import type { FileSystem } from '../../files.ts';
import { decodeSource } from '../../source/decode.ts';
import type { Problem } from '../../source/problem.ts';
import type { Part } from '../finding.ts';
import type { Baseline, BaselineResult, Entries, RunFindings } from './baseline.ts';

export interface BaselineUse {
  /** Relative to the tree's root. */
  readonly path: string;
  /** How many findings in it are no longer there, in the files that were read. */
  readonly gone: () => number;
}

/** Bytes: 80,000 entries. What reads JSON takes 40 times as many. */
export const MAX_BASELINE_BYTES = 16 * 1024 * 1024;

type Read = { readonly entries: Entries } | { readonly problem: Problem };

/** One run's baselines, each read when a file with it was read. A file that is not there is an empty one. */
export class ConfiguredBaselines {
  readonly #fileSystem: FileSystem;
  readonly #configFor: (path: string) => Config;
  readonly #isShard: boolean;
  readonly #problems: Problem[] = [];
  readonly #uses: BaselineUse[] = [];

  /** @param isShard whether only a part of the roots was read: then there may be no baseline */
  constructor(fileSystem: FileSystem, configFor: (path: string) => Config, isShard: boolean) {
    this.#fileSystem = fileSystem;
    this.#configFor = configFor;
    this.#isShard = isShard;
  }

  /** What is wrong with those that were read. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Those that there are. */
  get uses(): readonly BaselineUse[] {
    return this.#uses;
  }

  readonly filter: Baseline = async (found) => {
    let result: BaselineResult = { parts: found.parts, known: [] };
    for (const [path, ofBaseline] of findingsByBaseline(found, this.#configFor)) {
      const read = path === false ? undefined : await readConfigured(this.#fileSystem, path);
      if (path === false || read === undefined) continue;
      if ('problem' in read || this.#isShard) {
        this.#problems.push('problem' in read ? read.problem : notForShards(path));
        continue;
      }
      const { hideKnown, total, updated } = await import('./baseline.ts');
      const known = new Set(hideKnown(read.entries, ofBaseline).known);
      result = { parts: result.parts.filter((part) => !known.has(part)), known: [...result.known, ...known] };
      const isThere = (file: string): boolean => this.#fileSystem.read(file).kind === 'file';
      this.#uses.push({ path, gone: () => total(updated(read.entries, ofBaseline, isThere, true).gone) });
    }
    return result;
  };
}

function notForShards(path: string): Problem {
  return {
    kind: 'configuration',
    severity: 'error',
    message: `A shard cannot use the baseline ${path}, because it does not see every occurrence of a finding.`,
    hint: 'Pass --no-baseline to report everything.',
  };
}

/** What a run found, by the baseline of the file where it is, and with the files that have this one. */
export function findingsByBaseline(
  found: RunFindings,
  configFor: (path: string) => Config,
): ReadonlyMap<string | false, RunFindings> {
  const baselineOf = (file: string): string | false => configFor(file).baseline;
  const parts: ReadonlyMap<string | false, readonly Part[]> = groupBy(found.parts, ({ span }) =>
    baselineOf(span.file.path),
  );
  const files = groupBy([...found.files], baselineOf);
  return new Map(
    [...new Set([...files.keys(), ...parts.keys()])].map((path) => [
      path,
      { ...found, parts: parts.get(path) ?? [], files: new Set(files.get(path)) },
    ]),
  );
}

/** @returns undefined where there is no such file */
export async function readConfigured(fileSystem: FileSystem, path: string): Promise<Read | undefined> {
  const read = fileSystem.read(path);
  if (read.kind === 'missing') return undefined;
  const failed = (reason: string): Read => ({
    problem: { kind: 'configuration', severity: 'error', message: `Cannot read the baseline ${path}: ${reason}.` },
  });
  if (read.kind === 'error') return failed(read.message);
  if (read.bytes.length > MAX_BASELINE_BYTES) return failed('it is larger than 16 MiB');
  const { value, problems } = decodeSource(path, read.bytes, Number.POSITIVE_INFINITY);
  if (problems.length > 0) return failed('it is not UTF-8 text');
  const { BaselineError, readBaseline } = await import('./document.ts');
  try {
    return { entries: readBaseline(value) };
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    const { reason, span } = error;
    return { problem: { kind: 'configuration', severity: 'error', message: reason, span } };
  }
}
