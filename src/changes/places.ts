/** Which place made a change. */

import { diffLines } from 'diff';
import { type Place, sourceOf } from '../model/place.ts';
import { positionAt } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Origin } from '../terraform/values/value.ts';
import { placesBehind, type WrittenRoot } from './behind.ts';
import type { PassagePlaces } from './passage.ts';

/** Gives the file of the other state by path; undefined where there is none. */
export type OtherFile = (path: string) => SourceFile | undefined;

/** Lines that are added or removed; of a file with more, each line counts as changed. */
const MAX_EDITS = 5000;

/** A place, and whether the other state has it otherwise. */
export interface ChangedPlace extends Place {
  readonly isChanged: boolean;
}

/** The place of a passage that is not the same in the other state: a value where it is made, else a module call, else where the passage itself is. */
export class ChangedPlaces {
  readonly #otherOf: OtherFile | undefined;
  readonly #lines = new Map<SourceFile, ReadonlySet<number> | 'all'>();

  /** @param otherOf undefined where the files of the other state are not known */
  constructor(otherOf: OtherFile | undefined) {
    this.#otherOf = otherOf;
  }

  placeOf({ span, blocks, values, calls }: PassagePlaces, root: WrittenRoot | undefined): ChangedPlace {
    const changed = (places: readonly Place[]): ChangedPlace | undefined => {
      const found = places.find((place) => this.#isChanged(place.span));
      return found && { ...found, isChanged: true };
    };
    const whole = calls.find(({ block }) => this.#isChanged(block, true));
    const found =
      changed(values.map((value): Place => ({ span: sourceOf(value), isSensitive: value.isSensitive }))) ??
      (whole && { span: whole.span, isChanged: true }) ??
      changed([...values.flatMap(stepsOf), ...calls.map((call) => ({ span: call.source }))]) ??
      changed(this.#behind(blocks, calls, root)) ??
      this.#changedCall(calls);
    if (found !== undefined) return found;
    const [first] = values;
    return { ...(first ?? { span }), isChanged: false };
  }

  #changedCall(calls: PassagePlaces['calls']): ChangedPlace | undefined {
    const call = [...calls].reverse().find(({ block }) => this.#isChanged(block));
    return call && { span: call.span, isChanged: true };
  }

  #behind(blocks: readonly Span[], calls: PassagePlaces['calls'], root: WrittenRoot | undefined): readonly Place[] {
    if (root === undefined || this.#otherOf === undefined) return [];
    const names = calls.map(({ name }) => name);
    return blocks.flatMap((block) => placesBehind(root, names, block).map((span) => ({ span })));
  }

  /** @param isWhole whether every line has to be changed */
  #isChanged({ file, start, end }: Span, isWhole = false): boolean {
    if (file.isVirtual || this.#otherOf === undefined) return false;
    const lines = this.#changedLines(file);
    if (lines === 'all') return true;
    if (lines.size === 0) return false;
    const [first, last] = [lineOf(file, start), lineOf(file, Math.max(start, end - 1))];
    for (let line = first; line <= last; line++) if (lines.has(line) !== isWhole) return !isWhole;
    return isWhole;
  }

  #changedLines(file: SourceFile): ReadonlySet<number> | 'all' {
    const known = this.#lines.get(file) ?? this.#compared(file);
    this.#lines.set(file, known);
    return known;
  }

  #compared(file: SourceFile): ReadonlySet<number> | 'all' {
    const other = this.#otherOf!(file.path);
    if (other === undefined) return 'all';
    const lines = new Set<number>();
    if (other.text === file.text) return lines;
    // A file that is another altogether is not worth more time.
    const parts = diffLines(other.text, file.text, { maxEditLength: MAX_EDITS });
    if (parts === undefined) return 'all';
    let line = 0;
    for (const { added, removed, count } of parts) {
      if (removed) continue;
      if (added) for (let index = 0; index < count; index++) lines.add(line + index);
      line += count;
    }
    return lines;
  }
}

function stepsOf({ origin, isSensitive }: Place): readonly Place[] {
  const steps: Place[] = [];
  for (let at: Origin | undefined = origin; at !== undefined; at = at.from) steps.push({ span: at.span, isSensitive });
  return steps;
}

/** From 0. */
const lineOf = (file: SourceFile, offset: number): number => positionAt(file, offset).line - 1;
