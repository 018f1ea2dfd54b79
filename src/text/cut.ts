/** Code in messages. */

/** The longest code that a message has as a whole. */
const maximumLength = 60;

/** The start of a text that is longer than messages have it. */
export function cutText(text: string): string {
  return text.length > maximumLength ? `${text.slice(0, maximumLength - 3)}...` : text;
}
