/** Sources of modules that a configuration of tfsg says where to read. */

import { cleanPath } from '../functions/path.ts';

/** Directories of the tree by source, as they are configured. */
export type MappedSources = ReadonlyMap<string, string>;

/** The directory that stands for a source; undefined where none does. */
export function mappedDirectory(mapped: MappedSources, source: string): string | undefined {
  const [address, inside] = partsOf(source);
  // The longest entry is the most exact.
  const entries = [...mapped].sort(([a], [b]) => b.length - a.length);
  for (const [entry, directory] of entries) {
    const [ofEntry, below] = partsOf(entry);
    const isSame = entry.includes('?') ? source === entry : ofEntry === address;
    if (!isSame) continue;
    const rest = below === '' ? inside : inside === below ? '' : undefined;
    if (rest === undefined) continue;
    const path = entry.includes('?') || rest === '' ? directory : `${directory || '.'}/${rest}`;
    return cleanPath(path || '.').replace(/^\.$/, '');
  }
  return undefined;
}

/**
 * The address of a package, and the directory in it, without version or ref.
 *
 * Source: https://developer.hashicorp.com/terraform/language/modules/sources#modules-in-package-sub-directories
 */
function partsOf(source: string): readonly [address: string, inside: string] {
  const plain = source.replace(/\?.*$/, '');
  const scheme = plain.indexOf('://');
  const at = plain.indexOf('//', scheme === -1 ? 0 : scheme + '://'.length);
  if (at === -1) return [plain, ''];
  return [plain.slice(0, at), plain.slice(at + '//'.length).replace(/\/$/, '')];
}
