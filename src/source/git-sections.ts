/** Files in the form of git's configuration. */

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
