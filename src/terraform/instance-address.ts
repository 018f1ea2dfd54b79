/** Addresses of instances, as Terraform prints them. */

/** `[0]`, `["key"]` with the escapes of HCL, or nothing. */
export function keyText(key: number | string | undefined): string {
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
