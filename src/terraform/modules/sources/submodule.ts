/** Git submodules: directories that `git submodule update` fills. */

import type { FileSystem } from '../../../files.ts';

/** A submodule, as a .gitmodules file declares it. */
export interface Submodule {
  /** Directory of the tree. */
  readonly directory: string;
  readonly url: string | undefined;
}

/** The submodules of the repository in a directory. */
export function submodulesIn(files: FileSystem, directory: string): readonly Submodule[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  const read = files.read(`${prefix}.gitmodules`);
  if (read.kind !== 'file') return [];
  return sectionsOf(Buffer.from(read.bytes).toString()).flatMap(({ values }) => {
    const path = values.get('path');
    return path === undefined ? [] : [{ directory: prefix + path, url: values.get('url') }];
  });
}

/** Whether a directory is, or lies in, a submodule of a repository above it. */
export function isInSubmodule(files: FileSystem, directory: string): boolean {
  const parts = directory.split('/');
  return parts.some((_, depth) =>
    submodulesIn(files, parts.slice(0, depth).join('/')).some(
      (submodule) => directory === submodule.directory || directory.startsWith(`${submodule.directory}/`),
    ),
  );
}

/** A section of a file of git's. */
export interface GitSection {
  /** As written: `remote "origin"`. */
  readonly name: string;
  /** By name in lower case; of several values, the first. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * The sections of .gitmodules and .git/config.
 *
 * Source: https://git-scm.com/docs/git-config#_syntax
 */
export function sectionsOf(text: string): readonly GitSection[] {
  const sections: { readonly name: string; readonly values: Map<string, string> }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[(?<name>[^\]]*)\]/.exec(line)?.groups;
    if (header !== undefined) {
      sections.push({ name: header['name']!.trim(), values: new Map() });
      continue;
    }
    const at = line.indexOf('=');
    const values = sections.at(-1)?.values;
    if (at === -1 || values === undefined || /^\s*[#;]/.test(line)) continue;
    const key = line.slice(0, at).trim().toLowerCase();
    const written = line.slice(at + 1).trim();
    const quoted = /^"([^"]*)"/.exec(written)?.[1];
    if (!values.has(key)) values.set(key, quoted ?? written.replace(/[#;].*$/, '').trim());
  }
  return sections;
}
