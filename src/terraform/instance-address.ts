/** Addresses of instances, and paths of modules, as Terraform prints them. */

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

/** The path from one directory of the tree to another, as Terraform gives `path.module`. */
export function relativePath(from: string, to: string): string {
  if (from === to) return '.';
  const a = from === '' ? [] : from.split('/');
  const b = to === '' ? [] : to.split('/');
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return [...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/');
}
