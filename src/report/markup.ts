/** Text of users in XML and HTML. */

import { escapeCommands, escapeControls } from './escape.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as content or as the value of an attribute, in one line, without commands to CI servers. */
export function escapeMarkup(text: string): string {
  const line = escapeControls(text).replace(/[&<>"']/g, (character) => entities[character]!);
  return escapeCommands(line, (character) => `&#${character.charCodeAt(0)};`);
}

/** ` name="value"` for each value that is there. */
export function attributesOf(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeMarkup(String(value))}"`))
    .join('');
}
