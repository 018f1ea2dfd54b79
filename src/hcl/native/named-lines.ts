/** The lines that can end a heredoc. */

/** What lines could be the end of a heredoc. */
export interface NamedLines {
  /** For each word in lower case, where the last line starts that begins or ends with it, brackets and signs left out. */
  readonly near: ReadonlyMap<string, number>;
  /** For each word, where the last line starts that is nothing else. */
  readonly alone: ReadonlyMap<string, number>;
}
