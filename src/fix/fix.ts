/** Findings with fixes -> texts without the findings, which allow the same traffic. */

import { append } from '../collections/append.ts';
import type { FileSystem } from '../files.ts';
import type { Finding, Fix } from '../findings/finding.ts';
import { membersOf } from '../findings/gather.ts';
import { spans } from '../findings/places.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { applyAll, type FixCandidate, type TargetEdit, withoutConflicts } from './edits.ts';
import { differenceOf, type EvaluatedState, type Meaning, meaningOf } from './meaning.ts';

/** What a path of the tree leads to. */
export interface Target {
  /** The same for the same file, however its path goes through links. */
  readonly path: string;
  /** Why the file must not be changed, such as `it is read-only`; undefined where it may be. */
  readonly fault?: string | undefined;
}

/** What fixing has to know of the run. */
export interface FixOptions<R extends { readonly findings: readonly Finding[] }> {
  /** The report of a state of the tree. */
  readonly report: (fileSystem: FileSystem) => Promise<R>;
  /** Whether to fix a finding, if possible. */
  readonly isWanted: (finding: Finding) => boolean;
  /** Which of a finding's suggestions to apply, although it may change the traffic that groups allow; absent: none. */
  readonly suggestionOf?: (finding: Finding) => Fix | undefined;
  /** What a state of the tree means. */
  readonly state: (fileSystem: FileSystem) => Promise<EvaluatedState>;
  readonly targetOf: (path: string) => Target;
}

/** A fix that was not made. */
export interface Refusal {
  readonly finding: Finding;
  /** Completes "not fixed: ". */
  readonly reason: string;
}

export interface Fixed<R> {
  /** Text before and after of each file that changes, by the path of its target, sorted. */
  readonly files: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
  /** How many findings were fixed. */
  readonly count: number;
  /** The suggestions among what was made. */
  readonly suggestions: readonly Pick<FixCandidate, 'finding' | 'fix'>[];
  readonly refusals: readonly Refusal[];
  /** Of the tree with the changes. */
  readonly report: R;
}

/** More rounds than these are not gone: each starts from a new report of what the one before has left. */
const MAX_ROUNDS = 10;

/** More states than these are not tried, whatever their fixes would be. */
const MAX_TRIALS = 200;

/**
 * Makes the fixes of a report, round by round until none is left, then the suggestions that are asked for. Fixes that meet wait for
 * the next round. What is made is parsed and evaluated again: a fix is rejected after which the configurations mean something else,
 * or any group allows more or less than before, where what Terraform rejects counts as nothing. A suggestion is rejected
 * after which anything else than that is other. Nothing is written.
 */
export function fixFindings<R extends { readonly findings: readonly Finding[] }>(
  fileSystem: FileSystem,
  options: FixOptions<R>,
): Promise<Fixed<R>> {
  return new Fixer(fileSystem, options).run();
}

class Fixer<R extends { readonly findings: readonly Finding[] }> {
  readonly #base: FileSystem;
  readonly #options: FixOptions<R>;
  /** Texts of the files with edits, by target: as they were, and as they are now. */
  readonly #originals = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  /** Why a fix was rejected, by its key. */
  readonly #refusals = new Map<string, string>();
  #trials = 0;

  constructor(base: FileSystem, options: FixOptions<R>) {
    this.#base = base;
    this.#options = options;
  }

  async run(): Promise<Fixed<R>> {
    let count = 0;
    const suggestions: FixCandidate[] = [];
    let meaning: Meaning | undefined;
    let report = await this.#options.report(this.#base);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const safe = this.#candidatesIn(report, ({ fix }) => fix ?? undefined);
      const isSafe = safe.length > 0;
      const candidates = isSafe ? safe : this.#candidatesIn(report, this.#options.suggestionOf ?? (() => undefined));
      if (candidates.length === 0) break;
      meaning ??= await this.#meaningOf(this.#base);
      const made = await this.#make(candidates, meaning, !isSafe);
      count += made.length;
      if (made.length === 0) continue;
      report = await this.#options.report(this.#tree());
      if (isSafe) continue;
      suggestions.push(...made);
      meaning = await this.#meaningOf(this.#tree());
    }
    // Their places are those of the last report: other fixes may have moved them.
    const refusals = membersOf(report.findings, spans).flatMap((finding) => {
      const fix = finding.fix ?? this.#options.suggestionOf?.(finding);
      const reason = fix && this.#refusals.get(refusalKey({ finding, fix }));
      return reason === undefined ? [] : { finding, reason };
    });
    return { files: this.#changes(), count, suggestions, refusals, report };
  }

  #candidatesIn({ findings }: R, fixOf: (finding: Finding) => Fix | undefined): FixCandidate[] {
    return withoutConflicts(
      membersOf(findings, spans).flatMap((finding) => {
        const fix = fixOf(finding);
        if (fix === undefined || !this.#options.isWanted(finding)) return [];
        return this.#candidateOf(finding, fix) ?? [];
      }),
    );
  }

  /** Undefined for a fix that was or is rejected. */
  #candidateOf(finding: Finding, fix: Fix): FixCandidate | undefined {
    if (this.#refusals.has(refusalKey({ finding, fix }))) return undefined;
    const edits: TargetEdit[] = [];
    for (const edit of fix.edits) {
      const { file } = edit.span;
      const { path, fault } = this.#options.targetOf(file.path);
      const reason =
        fault ??
        (file.isDownloaded ? 'it belongs to a downloaded module' : undefined) ??
        (this.#textOf(path, file.path) === file.text
          ? undefined
          : 'it changed since it was read, or is not UTF-8 text');
      if (reason !== undefined) {
        this.#refuse({ finding, fix }, `cannot change ${file.path}: ${reason}`);
        return undefined;
      }
      edits.push({ target: path, start: edit.span.start, end: edit.span.end, text: edit.text });
    }
    return { finding, fix, edits };
  }

  /**
   * Makes as many as keep the meaning.
   *
   * @param mayAdmitOther whether they may change the traffic that groups allow
   * @returns those that were made
   */
  async #make(
    all: readonly FixCandidate[],
    meaning: Meaning,
    mayAdmitOther: boolean,
  ): Promise<readonly FixCandidate[]> {
    const accepted: FixCandidate[] = [];
    const attempt = async (candidates: readonly FixCandidate[]): Promise<void> => {
      const difference = await this.#differenceWith([...accepted, ...candidates], meaning, mayAdmitOther);
      if (difference === undefined) {
        append(accepted, candidates);
      } else if (candidates.length === 1) {
        this.#refuse(candidates[0]!, difference);
      } else {
        const middle = candidates.length >> 1;
        await attempt(candidates.slice(0, middle));
        await attempt(candidates.slice(middle));
      }
    };
    await attempt(all);
    for (const [target, text] of this.#apply(accepted)) this.#texts.set(target, text);
    return accepted;
  }

  async #differenceWith(
    candidates: readonly FixCandidate[],
    meaning: Meaning,
    mayAdmitOther: boolean,
  ): Promise<string | undefined> {
    if (this.#trials++ >= MAX_TRIALS) return 'too many fixes in this run would change the meaning of the configuration';
    return differenceOf(meaning, await this.#meaningOf(this.#tree(this.#apply(candidates))), mayAdmitOther);
  }

  async #meaningOf(fileSystem: FileSystem): Promise<Meaning> {
    return meaningOf(await this.#options.state(fileSystem));
  }

  #apply(candidates: readonly FixCandidate[]): Map<string, string> {
    return applyAll(candidates, (target) => this.#texts.get(target) ?? this.#originals.get(target)!);
  }

  /** The text that a target has now; undefined where its bytes are no text. */
  #textOf(target: string, path: string): string | undefined {
    if (!this.#originals.has(target)) {
      const text = textAt(this.#base, path);
      if (text !== undefined) this.#originals.set(target, text);
    }
    return this.#texts.get(target) ?? this.#originals.get(target);
  }

  /** The tree with what was made, and some texts more. */
  #tree(more: ReadonlyMap<string, string> = new Map()): FileSystem {
    const texts = new Map([...this.#texts, ...more]);
    return {
      read: (path) => {
        const text = texts.get(this.#options.targetOf(path).path);
        return text === undefined ? this.#base.read(path) : { kind: 'file', bytes: new TextEncoder().encode(text) };
      },
      list: (path) => this.#base.list(path),
      real: (path) => this.#base.real(path),
      outside: this.#base.outside,
    };
  }

  #refuse(change: Pick<FixCandidate, 'finding' | 'fix'>, reason: string): void {
    this.#refusals.set(refusalKey(change), reason);
  }

  #changes(): Fixed<R>['files'] {
    const changed = [...this.#texts].filter(([target, after]) => after !== this.#originals.get(target));
    return new Map(
      changed
        .sort(([a], [b]) => compareStrings(a, b))
        .map(([target, after]) => [target, { before: this.#originals.get(target)!, after }]),
    );
  }
}

/** Stays the same while other fixes move the finding. */
function refusalKey({ finding, fix }: Pick<FixCandidate, 'finding' | 'fix'>): string {
  return [finding.fingerprint, ...fix.edits.map(({ text }) => text)].join('\n');
}

/** The text that a file's bytes are, all of them; undefined where they are no text. */
function textAt(fileSystem: FileSystem, path: string): string | undefined {
  const read = fileSystem.read(path);
  if (read.kind !== 'file') return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(read.bytes);
  } catch {
    return undefined;
  }
}
