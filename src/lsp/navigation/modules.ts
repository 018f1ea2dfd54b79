/** The modules of what was linted, by their directories, with the calls that lead to them. */

import type { Configuration } from '../../terraform/instances/configuration.ts';
import type { LoadedModule } from '../../terraform/modules/load.ts';
import type { Declaration } from '../../terraform/modules/module.ts';

/** A call of a module. */
export interface Caller {
  readonly module: LoadedModule;
  readonly call: Declaration;
}

export class Modules {
  readonly #byDirectory = new Map<string, LoadedModule>();
  readonly #callers = new Map<string, Map<Declaration, Caller>>();

  constructor(configurations: readonly Configuration[]) {
    const seen = new Set<LoadedModule>();
    const pending = configurations.map(({ root }) => root);
    for (let module = pending.pop(); module !== undefined; module = pending.pop()) {
      if (seen.has(module)) continue;
      seen.add(module);
      if (!this.#byDirectory.has(module.directory)) this.#byDirectory.set(module.directory, module);
      for (const [name, called] of module.calls) {
        // A stand-in is in no file.
        if (called.kind !== 'module' || called.standIn !== undefined) continue;
        pending.push(called.module);
        const { directory } = called.module;
        const callers = this.#callers.get(directory) ?? new Map<Declaration, Caller>();
        this.#callers.set(directory, callers);
        const call = module.moduleCalls.get(name);
        if (call !== undefined) callers.set(call, { module, call });
      }
    }
  }

  at(directory: string): LoadedModule | undefined {
    return this.#byDirectory.get(directory);
  }

  /** Each once, however many roots lead there. */
  callersOf(directory: string): readonly Caller[] {
    return [...(this.#callers.get(directory)?.values() ?? [])];
  }

  /** The module that a call leads to; undefined where it was not read, so that there is at most a stand-in. */
  calledBy(directory: string, name: string): LoadedModule | undefined {
    const called = this.at(directory)?.calls.get(name);
    return called?.kind === 'module' && called.standIn === undefined ? called.module : undefined;
  }
}
