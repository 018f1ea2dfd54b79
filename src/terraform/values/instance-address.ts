/** Addresses of instances, as Terraform prints them. */

/** Which of the instances of a block. */
interface InstanceKey {
  /** Index of count, key of for_each; undefined for neither. */
  readonly key: number | string | undefined;
  /** What stands for a sensitive key. */
  readonly shownKey?: string;
}

/** `[0]`, `["key"]` with the escapes of HCL, or nothing; a sensitive key is not shown. */
export function keyText({ key, shownKey }: InstanceKey): string {
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
  // Most have none.
  return address.includes('[') ? address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '') : address;
}
