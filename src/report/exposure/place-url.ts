/** Addresses of lines of files, by a template. */

import type { ExposureLook } from './shown.ts';

/** What a browser would run. */
const scripts = /^\s*(?:javascript|data|vbscript):/i;

/**
 * `https://git.example.com/infra/blob/main/{path}#L{line}-L{endLine}`, `vscode://file/home/me/infra/{path}:{line}`; paths are relative to
 * the tree's root.
 *
 * @returns undefined where the template has no {path}, no scheme, or one of scripts
 */
export function linksByTemplate(template: string): NonNullable<ExposureLook['urlOf']> | undefined {
  if (!template.includes('{path}') || !/^[a-z][a-z0-9+.-]*:/i.test(template) || scripts.test(template))
    return undefined;
  return (path, first, last) => {
    const values: Readonly<Record<string, string>> = {
      path: path
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .split('/')
        .map(encodeURIComponent)
        .join('/'),
      line: String(first),
      endLine: String(last),
    };
    return template.replace(/\{(path|line|endLine)\}/g, (_, name: string) => values[name]!);
  };
}
