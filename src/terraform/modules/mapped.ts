/** Sources of modules that a configuration of tfsg says where to read. */

import { cleanPath } from '../functions/path.ts';
import { partsOfSource } from './sources/address.ts';

/** Directories of the tree by source, as they are configured. */
export type MappedSources = ReadonlyMap<string, string>;

/** The directory that stands for a source; undefined where none does. */
export function mappedDirectory(mapped: MappedSources, source: string): string | undefined {
  const [address, inside] = partsOfSource(source);
  // The longest entry is the most exact.
  const entries = [...mapped].sort(([a], [b]) => b.length - a.length);
  for (const [entry, directory] of entries) {
    const [ofEntry, below] = partsOfSource(entry);
    const isSame = entry.includes('?') ? source === entry : ofEntry === address;
    if (!isSame) continue;
    const rest = below === '' ? inside : inside === below ? '' : undefined;
    if (rest === undefined) continue;
    const path = entry.includes('?') || rest === '' ? directory : `${directory || '.'}/${rest}`;
    return cleanPath(path || '.').replace(/^\.$/, '');
  }
  return undefined;
}
