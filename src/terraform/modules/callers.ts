/** Which modules are called, and which of them have no instances. */

import { type LoadedModule, modulesOf, rootDirectory } from './load.ts';

export class Callers {
  /** Those that no other module calls and no unit applies, in the order given, then those of the units. */
  readonly roots: readonly LoadedModule[];
  /** All that were read, each directory once. */
  readonly modules: readonly LoadedModule[];
  readonly #given: readonly LoadedModule[];

  /**
   * @param given the modules of the linted directories, with what they call
   * @param helpers directories of modules that tests call: neither they nor what lies below them is evaluated, unless something else
   * calls it
   * @param applied the root modules of Terragrunt units
   */
  constructor(
    given: readonly LoadedModule[],
    helpers: ReadonlySet<string> = new Set(),
    applied: readonly LoadedModule[] = [],
  ) {
    const modules = new Map<string, LoadedModule>();
    const called = new Set<string>();
    const isHelper = ({ directory }: LoadedModule): boolean =>
      [...helpers].some((helper) => directory === helper || directory.startsWith(`${helper}/`));
    this.#given = given.filter((module) => !isHelper(module));
    for (const module of given) {
      for (const each of modulesOf(module)) {
        modules.set(each.directory, each);
        if (each !== module && !isHelper(module)) called.add(each.directory);
      }
    }
    for (const unit of applied) {
      for (const each of modulesOf(unit)) {
        if (!modules.has(each.directory)) modules.set(each.directory, each);
        called.add(each.directory);
      }
      // Its files are copied into the module.
      called.add(rootDirectory(unit));
    }
    this.modules = [...modules.values()];
    this.roots = [...this.#given.filter(({ directory }) => !called.has(directory)), ...applied];
  }

  /**
   * The modules that callers have no instance of, as `for_each = {}` or `count = 0` makes it, outermost first: they are judged as if
   * nobody called them. Each is given only if no earlier one has come to an instance of it meanwhile.
   *
   * @param isWanted whether a module is one of this run's
   * @param made directories of modules with an instance; the caller adds those that come with a module that was given
   * @param directoriesOf of the modules that another root has instances of; none for a root that is in `made` already
   */
  *withoutInstance(
    isWanted: (module: LoadedModule) => boolean,
    made: Set<string>,
    directoriesOf: (root: LoadedModule) => readonly string[],
  ): Iterable<LoadedModule> {
    const left = this.#given.filter((module) => isWanted(module) && !made.has(module.directory));
    if (left.length === 0) return;
    const directories = new Set(left.map(({ directory }) => directory));
    for (const root of this.roots) {
      if (!modulesOf(root).some(({ directory }) => directories.has(directory))) continue;
      for (const directory of directoriesOf(root)) made.add(directory);
    }
    const callers = new Map<string, number>();
    for (const module of left) {
      for (const { directory } of modulesOf(module)) callers.set(directory, (callers.get(directory) ?? 0) + 1);
    }
    const ordered = left.toSorted((a, b) => callers.get(a.directory)! - callers.get(b.directory)!);
    for (const module of ordered) if (!made.has(module.directory)) yield module;
  }
}
