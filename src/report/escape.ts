/** Text of users made safe to print: no control character ever reaches a terminal or breaks a line. */

/**
 * C0 and C1 controls, line and paragraph separators, characters that turn the direction of writing or take no room, and halves of
 * surrogate pairs. See "Trojan Source", https://www.trojansource.codes
 */
const unsafe =
  /[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Unsafe characters as `\n`, `\t`, `\u{1b}`; everything else as it is. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return codePointOf(character);
  });
}

/**
 * What CI servers take for a command in a line of their log: GitHub Actions `::name::` at its start, unless it is an address of
 * IPv6, and `##[name]` anywhere; Azure Pipelines `##vso[name]`, TeamCity `##teamcity[name]`.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const command = /(?<=^\s*):(?=:(?![0-9a-f]*[ :])[a-z][\w-]*(?: .*)?::)|#(?=#[a-z]*\[)/gi;

/**
 * A line without commands to CI servers.
 *
 * @param hide what stands for the first character of a command
 */
export function escapeCommands(line: string, hide: (character: string) => string = codePointOf): string {
  return line.replace(command, (character) => hide(character));
}

/** `\u{1b}`. */
function codePointOf(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`;
}
