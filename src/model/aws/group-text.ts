/** What AWS accepts as the name or description of a group, and as the description of a rule. */

import { formatList } from '../../text/count.ts';

/**
 * The most characters of a name or description.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html and
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
 */
export const MAX_TEXT_LENGTH = 255;

const accepted = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;

/** The characters of a text that AWS rejects in names and descriptions alike, each once, in order. Sources as above. */
export function refusedCharacters(text: string): readonly string[] {
  if (accepted.test(text)) return [];
  return [...new Set(text)].filter((character) => !accepted.test(character));
}

/** `"'" and ">"`; of more than three, the first two and a count. */
export function describeCharacters(characters: readonly string[]): string {
  const shown = characters.map((character) => (character === '"' ? "'\"'" : JSON.stringify(character)));
  if (shown.length > 3) return `${shown.slice(0, 2).join(', ')} and ${shown.length - 2} more characters`;
  return formatList(shown);
}
