/** `tfsg lsp --stdio`: the language server over stdin and stdout. */

import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { rememberingFileSystem } from '../../files.ts';
import type { Host } from '../../lsp/host.ts';
import { serve } from '../../lsp/server.ts';
import { locateTree, readGiven, reasonOf } from '../files/tree.ts';
import { isRunning } from '../files/whole-file.ts';
import { Frames } from '../frames.ts';
import type { Io } from '../io.ts';
import type { ServerArguments } from '../options/arguments.ts';
import { pageAddress } from '../package.ts';
import { startWatchdog } from '../watchdog.ts';

/** Milliseconds between two looks at whether the editor is still there. */
const WATCH = 3_000;

/**
 * Serves until the editor says `exit`, hangs up or is gone, and ends the process.
 *
 * @throws UsageError if the file of --base-config can't be read
 */
export async function runLsp({ baseConfig }: ServerArguments, io: Io): Promise<never> {
  const { stdin, stdout, stderr } = process;
  if (baseConfig !== undefined) readGiven(io.cwd, baseConfig, '--base-config');
  const watchdog = startWatchdog();
  let isBroken = false;
  const frames = new Frames();
  frames.on('error', ({ message }) => {
    isBroken = true;
    stderr.write(`tfsg: The language server stopped: ${message}.\n`);
  });
  const host: Host = {
    ...diskHost(() => io.now()),
    baseConfig: baseConfig && resolve(io.cwd, baseConfig),
    onProgress: watchdog.beat,
    onShown: idleCollector(),
  };
  const code = await serve(host, {
    reader: new StreamMessageReader(stdin.pipe(frames)),
    writer: new StreamMessageWriter(stdout),
    onParent(processId) {
      if (processId === null) return;
      watchdog.guard(processId);
      setInterval(() => {
        if (isRunning(processId)) return;
        stdin.destroy();
        frames.destroy();
      }, WATCH);
    },
  });
  // What is left, such as the library's own look after --clientProcessId, would keep the process alive.
  process.exit(isBroken ? 1 : code);
}

/** Milliseconds after which an editor that has been shown something is taken to wait for nothing else. */
const IDLE = 20;

/**
 * Collects what a run has left behind while the editor waits for nothing: otherwise every other edit waits 3 ms for that. The flag is one of
 * those that Node documents: https://nodejs.org/api/cli.html#--expose-gc
 */
function idleCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('globalThis.gc') as ((options: { readonly type: 'minor' }) => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => collect?.({ type: 'minor' }), IDLE);
  };
}

/** The disk. */
export function diskHost(now: () => number): Host {
  const pages = new Map<string, string | undefined>();
  return {
    treeOf(file, folder) {
      const tree = locateTree(existing(folder ?? dirname(file)), [file]);
      const fileSystem = rememberingFileSystem(tree.root, now, tree.admits);
      return {
        root: tree.root,
        fileSystem,
        refresh: () => fileSystem.refresh(),
        pathOf: tree.pathOf,
        uriOf: (path) => uriOf(isAbsolute(path) ? path : join(tree.root, path)),
      };
    },
    pathOf(uri) {
      try {
        return fileURLToPath(uri);
      } catch {
        return undefined;
      }
    },
    uriOf,
    resolve,
    read(path) {
      try {
        return readFileSync(path);
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : reasonOf(error);
      }
    },
    pageOf(check) {
      if (!pages.has(check)) {
        pages.set(check, pageAddress(check));
      }
      return pages.get(check);
    },
    now,
  };
}

const uriOf = (path: string): string => pathToFileURL(path).href;

/** The folder, or the nearest one upwards that exists: documents can be of files that are not saved yet. */
function existing(folder: string): string {
  try {
    locateTree(folder, []);
    return folder;
  } catch {
    return existing(dirname(folder));
  }
}
