/** Loads the files of dist/, from the cache of compiled code if possible. */

import type { Script } from 'node:vm';
import type { CompiledCode } from './compiled-code.ts';

export interface Scripts {
  /** What a file exports; it runs at the first call. */
  load(path: string): unknown;
  /** Keeps for runs to come what this one has compiled: the functions that were called too. */
  keepCompiled(): void;
}

/** Characters from which on it pays to keep a file compiled. */
const LARGE = 10_000;

type Wrapped = (
  exports: object,
  require: (name: string) => unknown,
  module: { readonly exports: object },
  url: string,
) => void;

/** @param folder that paths start from, with a slash at its end */
export function openScripts(folder: URL, compiled: CompiledCode | undefined): Scripts {
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  const { Script } = process.getBuiltinModule('node:vm');
  const modules = new Map<string, { readonly exports: object }>();
  const fresh = new Map<string, Script>();
  const load = (path: string): object => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const url = new URL(path, folder);
    // What esbuild writes is ASCII, which is fastest to read as this.
    const text = readFileSync(url, 'latin1');
    const isLarge = text.length >= LARGE;
    // The name has a hash of the text in it.
    const name = path.slice(path.lastIndexOf('/') + 1);
    const cachedData = isLarge ? compiled?.read(name) : undefined;
    // The program's own files are wrapped as they are built: this copies the text.
    const wrapped = path.startsWith('./') ? text : `(function(exports,require,module){${text}\n})`;
    const script = new Script(wrapped, { filename: fileURLToPath(url), cachedData });
    if (isLarge && (cachedData === undefined || script.cachedDataRejected === true)) fresh.set(name, script);
    const run: Wrapped = script.runInThisContext();
    run(module.exports, require, module, url.href);
    return module.exports;
  };
  const require = (name: string): unknown => (name.startsWith('.') ? load(name) : process.getBuiltinModule(name));
  return {
    load,
    keepCompiled: () => {
      for (const [name, script] of fresh) compiled?.write(name, script.createCachedData());
    },
  };
}
