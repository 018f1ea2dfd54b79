/** Which tfsg runs. */

import { isAbsolute, join } from 'node:path';

/** What the choice hangs on. */
export interface Surroundings {
  /** The setting `tfsg.path`; empty for none. */
  readonly path: string;
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  /** Whether programs of the workspace may run. */
  readonly isTrusted: boolean;
  /** Absolute path of the program that comes with the extension. */
  readonly bundled: string;
  readonly exists: (path: string) => boolean;
}

export interface Program {
  /** `script`: JavaScript, which the editor's own Node runs. `missing`: the setting names a file that isn't there. */
  readonly kind: 'script' | 'command' | 'missing';
  /** Absolute; of a command also a name on the path; of what is missing, the setting. */
  readonly path: string;
  readonly origin: 'setting' | 'workspace' | 'extension';
}

/** What npm installs in a folder. */
const INSTALLED = 'node_modules/tfsg/dist/cli.js';

/**
 * The program that the setting names; else the one that a workspace folder has installed, so that the editor finds what the project's other
 * runs find; else the one that comes with the extension. A setting that leads nowhere is a mistake to be told, not a reason to run another.
 */
export function findProgram({ path, folders, isTrusted, bundled, exists }: Surroundings): Program {
  if (path === '') {
    const installed = isTrusted ? folders.map((folder) => join(folder, INSTALLED)).find(exists) : undefined;
    if (installed !== undefined) return { kind: 'script', path: installed, origin: 'workspace' };
    return { kind: 'script', path: bundled, origin: 'extension' };
  }
  const origin = 'setting';
  const isScript = /\.[cm]?js$/.test(path);
  if (!isScript && !/[\\/]/.test(path)) return { kind: 'command', path, origin };
  const found = (isAbsolute(path) ? [path] : folders.map((folder) => join(folder, path))).find(exists);
  if (found === undefined) return { kind: 'missing', path, origin };
  return { kind: isScript ? 'script' : 'command', path: found, origin };
}
