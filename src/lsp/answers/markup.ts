/** Text with code and links, in Markdown or plain. */

import { MarkupKind } from 'vscode-languageserver';
import { escapeControls } from '../../report/escape.ts';

export interface Markup {
  readonly kind: MarkupKind;
  /** A text as it is. */
  code(text: string): string;
  /** Prose of which nothing is to be read as markup. */
  plain(text: string): string;
  strong(text: string): string;
  link(text: string, uri: string): string;
  list(items: readonly string[]): string;
}

const markdown: Markup = {
  kind: MarkupKind.Markdown,
  code(text) {
    const line = escapeControls(text.replace(/\s+/g, ' '));
    const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
    const fence = '`'.repeat(longest + 1);
    const space = /^`|`$/.test(line) ? ' ' : '';
    return `${fence}${space}${line}${space}${fence}`;
  },
  plain: (text) => escapeControls(text).replace(/[\\`*_{}[\]<>#|!~&]/g, '\\$&'),
  strong: (text) => `**${text}**`,
  link: (text, uri) => `[${markdown.plain(text)}](<${uri.replaceAll('<', '%3C').replaceAll('>', '%3E')}>)`,
  list: (items) => items.map((item) => `- ${item}`).join('\n'),
};

const plainText: Markup = {
  kind: MarkupKind.PlainText,
  code: (text) => escapeControls(text.replace(/\s+/g, ' ')),
  plain: escapeControls,
  strong: (text) => text,
  link: escapeControls,
  list: (items) => items.map((item) => `  ${item}`).join('\n'),
};

/** @param formats those that the editor takes, in the order of its preference; undefined where it doesn't say */
export function markupFor(formats: readonly MarkupKind[] | undefined): Markup {
  return formats?.includes(MarkupKind.Markdown) === true ? markdown : plainText;
}
