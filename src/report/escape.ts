/** Makes users' text safe to print: the only way to a terminal, a log or a report. */

declare const plainText: unique symbol;
declare const safeText: unique symbol;

/** A piece of a line: no control character is in it but those that paint it. Only this file and style.ts make one. */
export type PlainText = string & { readonly [plainText]: true };

/** What may be written out: lines in which nothing that users write is a control character or a command. Only this file makes one. */
export type SafeText = string & { readonly [safeText]: true };

/**
 * C0 and C1 controls, separators of lines and paragraphs, halves of surrogate pairs, what is no character, and characters that nobody
 * sees: directions of writing, no width, tags. What chooses the look of an emoji, or joins two, is none of these. See "Trojan Source",
 * https://www.trojansource.codes, and Default_Ignorable_Code_Point in https://www.unicode.org/reports/tr44/
 */
const unsafe = (): RegExp =>
  /[\0-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\p{Surrogate}\p{Noncharacter_Code_Point}]|(?![\ufe00-\ufe0f]|\u200d\p{Extended_Pictographic})\p{Default_Ignorable_Code_Point}/gu;

/** Unsafe characters as `\n`, `\t`, `\u{1b}`; everything else as it is. */
export function escapeControls(text: string): PlainText {
  // Most text is this, and V8 takes long to make the other expression.
  if (/^[ -~]*$/.test(text)) return text as PlainText;
  const escaped = text.replace(unsafe(), (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return codePointOf(character);
  });
  return escaped as PlainText;
}

/**
 * What CI servers take for a command in a line of their log: GitHub Actions `::name::` at its start, unless it is an address of
 * IPv6, and `##[name]` anywhere; Azure Pipelines `##vso[name]`, TeamCity `##teamcity[name]`.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const command = /:(?<=^\s*:)(?=:(?![0-9a-f]*[ :])[a-z][\w-]*(?: .*)?::)|#(?=#[a-z]*\[)/gi;

/**
 * A line without commands to CI servers.
 *
 * @param hide what stands for the first character of a command
 */
export function escapeCommands(line: string, hide: (character: string) => string = codePointOf): string {
  return line.replace(command, (character) => hide(character));
}

/** A piece of a line put together of others. What stands between them is ours; any text is no value, but a few known words are. */
export function plain<const T extends readonly (string | number)[]>(
  texts: TemplateStringsArray,
  ...values: { readonly [K in keyof T]: Plain<T[K]> }
): PlainText {
  return String.raw({ raw: texts }, ...values) as PlainText;
}

/** Numbers, plain text and words that the type names; never for a text of which nothing is known. */
type Plain<T> = string extends T ? PlainText : T;

export function joinPlain(pieces: readonly PlainText[], separator: ', ' | ' ' | ''): PlainText {
  return pieces.join(separator) as PlainText;
}

/** Lines without commands to CI servers, each with its end. */
export function safeLines(lines: readonly PlainText[]): SafeText {
  return lines.map((line) => `${escapeCommands(line)}\n`).join('') as SafeText;
}

/** Lines that are commands to a CI server, each with its end: what users write is in them as the server wants it. */
export function commandLines(lines: readonly PlainText[]): SafeText {
  return lines.map((line) => `${line}\n`).join('') as SafeText;
}

/** The same lines with the line ends of Windows. */
export function withCarriageReturns(text: SafeText): SafeText {
  return text.replaceAll('\n', '\r\n') as SafeText;
}

export function joinSafe(texts: readonly SafeText[]): SafeText {
  return texts.join('') as SafeText;
}

/** A text for people, of any lines. What stands between the values is ours and stays; the values, and what they make together, are made safe. */
export function safe(texts: TemplateStringsArray, ...values: readonly (string | number)[]): SafeText {
  const text = String.raw({ raw: texts }, ...values.map((value) => escapeControls(String(value))));
  return text.replace(/[^\n]+/g, (line) => escapeCommands(line)) as SafeText;
}

/** A document of lines, such as XML, Markdown or help, with what was not escaped where it was put in. */
export function safeDocument(text: string): SafeText {
  return text.replace(/[^\n]+/g, (line) => escapeCommands(escapeControls(line))) as SafeText;
}

/** JSON, with comments or without, in which unsafe characters and the first one of a command are escaped as JSON does it. */
export function safeJson(json: string): SafeText {
  const escaped = json.replace(unsafe(), (character) => (character === '\n' ? '\n' : unicodeEscape(character)));
  return escapeCommands(escaped, unicodeEscape) as SafeText;
}

/** A text that is the answer itself, to the last character, and goes to whoever asked for it: the document of --stdin-filename, fixed. */
export function verbatim(text: string): SafeText {
  return text as SafeText;
}

/** A patch as it is, since others apply it; undefined where something in it is not safe to print. Tabs and ends of lines are no danger. */
export function safePatch(patch: string): SafeText | undefined {
  const isSafe = patch.split(/\r?\n/).every((line) => {
    const text = line.replace(/^([ +-])\ufeff/, '$1').replaceAll('\t', ' ');
    return escapeCommands(escapeControls(text)) === text;
  });
  return isSafe ? (patch as SafeText) : undefined;
}

/** What paints a piece of a line, or makes a link of it, as style.ts writes it. */
const paint = /\u001b\[\d{1,2}m|\u001b\]8;;[!-~]*\u001b\\/g;

/** A text that tfsg has written before, read back from a file; undefined where it has a character that tfsg never writes. */
export function keptText(text: string): SafeText | undefined {
  const isSafe = text
    .replace(paint, '')
    .split('\n')
    .every((line) => escapeControls(line) === line);
  return isSafe ? (text as SafeText) : undefined;
}

/** `\u{1b}`. */
function codePointOf(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

/** `\u001b`, of a character beyond the basic plane both halves. */
function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
