/** Where the resource of a finding is declared, and the module calls that lead to it. */

import type { Span } from '../../source/span.ts';
import { type LoadedModule, rootDirectory } from '../../terraform/modules/load.ts';
import type { PartOf } from '../finding.ts';

/** A step from a root module to a resource. */
export interface Step {
  /** Directory of the module that holds the declaration. */
  readonly directory: string;
  /** The header of the module call or, as the last step, of the resource. */
  readonly header: Span;
}

/** Finds the declarations behind resource addresses: `module.edge.aws_security_group.web` of a root. */
export class DeclarationFinder {
  readonly #roots: ReadonlyMap<string, LoadedModule>;
  readonly #known = new Map<string, readonly Step[]>();

  constructor(roots: readonly LoadedModule[]) {
    this.#roots = new Map(roots.map((root) => [rootDirectory(root), root]));
  }

  /** The module calls, outermost first, then the resource. Shorter where a declaration is not available. */
  stepsTo({ root, subject }: Pick<PartOf<unknown>, 'root' | 'subject'>): readonly Step[] {
    const key = `${root}\n${subject}`;
    let steps = this.#known.get(key);
    if (steps === undefined) {
      steps = this.#find(root, subject);
      this.#known.set(key, steps);
    }
    return steps;
  }

  #find(root: string, address: string): Step[] {
    const steps: Step[] = [];
    let module = this.#roots.get(root);
    let rest = address;
    for (;;) {
      if (module === undefined) return steps;
      const [, name, below] = /^module\.([^.]+)\.(.+)$/s.exec(rest) ?? [];
      const { directory } = module;
      const declaration = name === undefined ? module.resources.get(rest) : module.moduleCalls.get(name);
      if (declaration !== undefined) steps.push({ directory, header: declaration.span });
      if (name === undefined || below === undefined) return steps;
      const called = module.calls.get(name);
      module = called?.kind === 'module' ? called.module : undefined;
      rest = below;
    }
  }
}
