/** What attributes and blocks look like, for whoever looks for the next one. */

/** Whether an attribute or a block starts at an offset, as far as its line tells. */
export function startsItem(text: string, offset: number): boolean {
  // `name =` or the header of a block up to its brace.
  const item =
    /[\p{ID_Start}_][\p{ID_Continue}-]*(?:[ \t]*=(?![=>])|(?:[ \t]*"[^"\n]*"|[ \t]+[\p{ID_Start}_][\p{ID_Continue}-]*)*[ \t]*\{)/uy;
  item.lastIndex = offset;
  return item.test(text);
}
