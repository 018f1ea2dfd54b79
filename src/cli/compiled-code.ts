/** Cache of the program's compiled code in the user's cache directory. */

/** Of one version of Node; never an error: what can't be read is not there, what can't be written is not kept. */
export interface CompiledCode {
  read(name: string): Buffer | undefined;
  write(name: string, code: Buffer): void;
}

/** As options/environment.ts reads it, which is loaded with what is compiled. */
const VARIABLE = 'TFSG_NO_COMPILE_CACHE';

/** Milliseconds after which a file is removed: of a tfsg or Node that is gone, nothing stays. */
const LIFETIME = 30 * 24 * 60 * 60 * 1000;

/**
 * Compiled code is run as it is. So it is only taken from a folder that nobody but the user can write to. `tfsg changes` calls other
 * functions than most runs, so it has code of its own.
 *
 * @returns undefined where there is no such folder, or none is wanted
 */
export function openCompiledCode(argv: readonly string[], environment: NodeJS.ProcessEnv): CompiledCode | undefined {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const isUnwanted = options.includes('--no-compile-cache') || /^(?:1|true)$/i.test(environment[VARIABLE] ?? '');
  if (isUnwanted || environment['NODE_DISABLE_COMPILE_CACHE']) return undefined;
  const caches = cacheFolder(environment);
  return caches === undefined ? undefined : compiledCodeIn(caches, argv[2] === 'changes' ? 'changes-' : '');
}

/** Where the user's programs keep what they can make anew; absolute. */
export function cacheFolder({ XDG_CACHE_HOME, HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string | undefined {
  const { isAbsolute, join } = process.getBuiltinModule('node:path');
  const inHome = (...steps: string[]) => HOME && join(HOME, ...steps);
  const usual: Partial<Record<NodeJS.Platform, string | undefined>> = {
    win32: LOCALAPPDATA,
    darwin: inHome('Library', 'Caches'),
  };
  const ofSystem = process.platform in usual ? usual[process.platform] : inHome('.cache');
  return [XDG_CACHE_HOME, ofSystem].find((folder) => folder !== undefined && isAbsolute(folder));
}

/** @param command in front of names: what this command has compiled of a file, and not what others have */
function compiledCodeIn(caches: string, command: string): CompiledCode {
  const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } =
    process.getBuiltinModule('node:fs');
  const { join } = process.getBuiltinModule('node:path');
  const folder = join(caches, 'tfsg');
  const fileOf = (name: string) => join(folder, `${command}${name}-${process.version}-${process.arch}`);
  const isSafe = (): boolean => {
    const user = process.geteuid?.();
    // Windows: the folder is the user's alone.
    if (user === undefined) return true;
    const [above, own] = [statSync(caches), statSync(folder)];
    const isOpen = (above.mode & 0o002) !== 0 && (above.mode & 0o1000) === 0;
    return [user, 0].includes(above.uid) && !isOpen && own.uid === user && (own.mode & 0o022) === 0;
  };
  const removeOld = (): void => {
    const before = Date.now() - LIFETIME;
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name.includes('.cjs-v') && statSync(path).mtimeMs < before) rmSync(path);
    }
  };
  return {
    read(name) {
      try {
        return isSafe() ? whole(readFileSync(fileOf(name))) : undefined;
      } catch {
        return undefined;
      }
    },
    write(name, code) {
      try {
        for (const path of [caches, folder]) if (!existsSync(path)) mkdirSync(path, 0o700);
        if (!isSafe()) return;
        removeOld();
        const draft = `${fileOf(name)}.${process.pid}`;
        writeFileSync(draft, Buffer.concat([code, lengthOf(code)]), { mode: 0o600, flush: true });
        renameSync(draft, fileOf(name));
      } catch {
        // The next run compiles again.
      }
    },
  };
}

/** What a file ends with: V8 ends the process where a part of the code is missing. */
function lengthOf(code: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(code.length);
  return length;
}

function whole(contents: Buffer): Buffer | undefined {
  const code = contents.subarray(0, -4);
  return contents.length > 4 && contents.readUInt32LE(code.length) === code.length ? code : undefined;
}
