/** JSON with comments after values. */

import { escapeControls, type SafeText, safeJson } from '../report/escape.ts';

/** A value as text, or as entries of which each has lines of its own. */
export type Printed = string | { readonly open: '{' | '['; readonly entries: readonly PrintedEntry[] };

export interface PrintedEntry {
  /** The key; absent in arrays. */
  readonly name?: string;
  readonly value: Printed;
  /** Stands behind the value, or behind the bracket that opens it. */
  readonly note?: string | undefined;
  /** Lines above. */
  readonly above?: readonly string[];
}

/** With a final newline. */
export function commentedJson(value: Printed, above: readonly string[] = []): SafeText {
  return safeJson(`${linesOf({ value, above }, '', '').join('\n')}\n`);
}

function linesOf({ name, value, note, above = [] }: PrintedEntry, indent: string, comma: string): string[] {
  const comments = above.map((line) => `${indent}// ${escapeControls(line)}`);
  const key = name === undefined ? '' : `${oneLineJson(name)}: `;
  const behind = note === undefined ? '' : ` // ${escapeControls(note)}`;
  if (typeof value === 'string') return [...comments, `${indent}${key}${value}${comma}${behind}`];
  const close = value.open === '{' ? '}' : ']';
  const { entries } = value;
  if (entries.length === 0) return [...comments, `${indent}${key}${value.open}${close}${comma}${behind}`];
  return [
    ...comments,
    `${indent}${key}${value.open}${behind}`,
    ...entries.flatMap((entry, index) => linesOf(entry, `${indent}  `, index < entries.length - 1 ? ',' : '')),
    `${indent}${close}${comma}`,
  ];
}

/** A JSON value in one line, with a space behind colons and commas. */
export function oneLineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLineJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, each]) => `${oneLineJson(name)}: ${oneLineJson(each)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return safeJson(JSON.stringify(value));
}
