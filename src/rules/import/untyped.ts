/** Values of documents of which nothing is known. */

export type Untyped = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Untyped | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Untyped) : undefined;
}

/** Undefined for what is no text and no number, and for an empty text. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Several, or one. */
export function allTextsIn(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((each) => textIn(each) ?? []);
}
