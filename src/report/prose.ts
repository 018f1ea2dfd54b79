/** Which texts may be outside code in Markdown or HTML, where services link names, issues, commits and URLs. */

/** Words, numbers and the punctuation of sentences; nothing that Markdown gives a meaning at the start of a line. */
const sentence = /^[\p{L}\p{N}"'(:][\p{L}\p{N} .,;:'"(){}/^+=?…_-]*$/u;

/** What sentences are made of, and yet something else: list items, emphasis, links, emoji, issues, commits, GitLab's differences. */
const markup =
  /^\d+[.)](?:\s|$)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:\/\/|www\.|:[\w+-]+:|\{[+-]|[+-]\}|\bgh-\d|\b[0-9a-f]{7,}\b/iu;

/** Whether a text is read as it is by whatever renders Markdown. */
export function isProse(text: string): boolean {
  return sentence.test(text) && !markup.test(text);
}
