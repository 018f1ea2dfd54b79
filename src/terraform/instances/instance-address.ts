/** Addresses of instances, as Terraform prints them. */

import type { Repeated } from './expand.ts';

/** `[0]`, `["key"]` with the escapes of HCL, or nothing; a sensitive key is not shown. */
export function keyText({ key, shownKey }: Pick<Repeated, 'key' | 'shownKey'>): string {
  if (shownKey !== undefined) return `[${shownKey}]`;
  if (key === undefined) return '';
  return typeof key === 'number' ? `[${key}]` : `[${quoted(key)}]`;
}

function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/[$%](?=\{)/g, (mark) => mark + mark)}"`;
}

/** An address without the keys of its instances, and any text with addresses in it. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '');
}
