/** A tree on the disk to run the program in: the named one, or one of 400 root modules that call a module. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rootsOf } from './growth.ts';

const ROOTS = 400;

/** @param use gets the folder of the tree, and one for what the runs write */
export function inEstate<T>(named: string | undefined, use: (tree: string, scratch: string) => T): T {
  const scratch = mkdtempSync(join(tmpdir(), 'tfsg-bench-'));
  try {
    if (named !== undefined) return use(named, scratch);
    const tree = join(scratch, 'tree');
    for (const [path, text] of Object.entries(rootsOf(ROOTS))) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    return use(tree, scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
