/** Edits of texts: which go together, and what they make. */

import type { Finding, Fix } from '../findings/finding.ts';

/** The fix of one finding: all of its edits or none. */
export interface FixCandidate {
  readonly finding: Finding;
  /** The finding's fix, or one of its suggestions. */
  readonly fix: Fix;
  readonly edits: readonly TargetEdit[];
}

/** An edit of the file that its path leads to. */
export interface TargetEdit {
  /** The same for the same file, however its path goes through links. */
  readonly target: string;
  /** Offsets in the text before all edits, in UTF-16 code units; `end` is excluded. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Those that change no text that an earlier one changes in another way. The same edit twice is one. */
export function withoutConflicts(candidates: readonly FixCandidate[]): FixCandidate[] {
  const taken = new Map<string, TargetEdit[]>();
  return candidates.filter(({ edits }) => {
    const isFree = edits.every((edit) => (taken.get(edit.target) ?? []).every((other) => !conflict(edit, other)));
    if (!isFree) return false;
    for (const edit of edits) taken.set(edit.target, [...(taken.get(edit.target) ?? []), edit]);
    return true;
  });
}

/** Where text is put in at the end of another edit, which of the two comes first would be chance. */
function conflict(a: TargetEdit, b: TargetEdit): boolean {
  if (isSame(a, b)) return false;
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return a.start < b.end && b.start < a.end;
}

const isSame = (a: TargetEdit, b: TargetEdit): boolean => a.start === b.start && a.end === b.end && a.text === b.text;

/**
 * The texts after edits.
 *
 * @param candidates without conflicts
 * @param textOf the text of a target before
 * @returns the text of each target that has an edit
 */
export function applyAll(candidates: readonly FixCandidate[], textOf: (target: string) => string): Map<string, string> {
  const byTarget = new Map<string, TargetEdit[]>();
  for (const edit of candidates.flatMap(({ edits }) => edits)) {
    const others = byTarget.get(edit.target) ?? [];
    byTarget.set(edit.target, others);
    if (!others.some((other) => isSame(edit, other))) others.push(edit);
  }
  return new Map([...byTarget].map(([target, edits]) => [target, applyEdits(textOf(target), edits)]));
}

function applyEdits(text: string, edits: readonly TargetEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
