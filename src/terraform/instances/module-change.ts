/** What of a module is not the same object as before. */

import type { CalledModule, LoadedModule } from '../modules/load.ts';

export class ModuleChange {
  readonly #before: LoadedModule;
  readonly #after: LoadedModule;

  constructor(before: LoadedModule, after: LoadedModule) {
    this.#before = before;
    this.#after = after;
  }

  /** @param key `local.x`, `var.x` or `output.x` */
  isOtherValue(key: string): boolean {
    const kind = key.slice(0, key.indexOf('.'));
    const name = key.slice(kind.length + 1);
    const of = ({ locals, variables, outputs }: LoadedModule): unknown =>
      (kind === 'local' ? locals : kind === 'var' ? variables : outputs).get(name);
    return of(this.#before) !== of(this.#after);
  }

  isOtherResource(key: string): boolean {
    return this.#before.resources.get(key) !== this.#after.resources.get(key);
  }

  /** Whether a call is another, or leads to something else than a module that may itself have changed. */
  isOtherCall(name: string): boolean {
    const [before, after] = [this.#before.calls.get(name), this.#after.calls.get(name)];
    return (
      this.#before.moduleCalls.get(name) !== this.#after.moduleCalls.get(name) ||
      before?.kind !== after?.kind ||
      isDownload(before) !== isDownload(after) ||
      calledModule(this.#before, name)?.directory !== calledModule(this.#after, name)?.directory
    );
  }

  /** Whether the module of a call has outputs of other names. */
  hasOtherOutputs(name: string): boolean {
    const [before, after] = [calledModule(this.#before, name)?.outputs, calledModule(this.#after, name)?.outputs];
    return before?.size !== after?.size || [...(before?.keys() ?? [])].some((output) => after?.has(output) !== true);
  }
}

/** The module that a call leads to; undefined where it is not to be had. */
export function calledModule({ calls }: LoadedModule, name: string): LoadedModule | undefined {
  const called = calls.get(name);
  return called?.kind === 'module' ? called.module : undefined;
}

const isDownload = (called: CalledModule | undefined): boolean => called?.kind === 'module' && called.isDownloaded;
