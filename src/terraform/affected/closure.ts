/** Directories that a change touches, and all that depend on them. */

import type { FileSystem } from '../../files.ts';
import { folderOf } from '../../source/path.ts';
import { isConfigurationFile } from '../modules/configuration-files.ts';
import { joinPath } from '../modules/load.ts';
import { isTerragruntFile } from '../modules/other-files.ts';
import { submodulesIn } from '../modules/sources/submodule.ts';
import { isTestFile, testHelpers } from '../modules/test-files.ts';
import type { AffectedOptions } from './options.ts';
import { PathReaders } from './path-readers.ts';
import { decodeText, scannedFiles, scanText } from './scan.ts';
import { configurationsIn, isBelow, isIncludedFile, namesOf, type ScannedTree, sharedScan } from './tree.ts';

/** A state, for what is called in it. */
interface Side {
  readonly files: FileSystem;
  readonly scans: ScannedTree['scans'];
  /** Directories that only tests call. */
  readonly helpers: readonly string[];
}

export class Closure {
  readonly #options: AffectedOptions;
  readonly #sides: readonly (readonly [FileSystem, ScannedTree])[];
  readonly #all: ReadonlySet<string>;
  readonly #units: ReadonlySet<string>;
  readonly #references: PathReaders;
  readonly #links: ReadonlyMap<string, string>;
  readonly #submodules: ReadonlySet<string>;
  readonly #affected = new Set<string>();
  readonly #left: string[] = [];

  constructor(options: AffectedOptions, first: ScannedTree, second: ScannedTree) {
    this.#options = options;
    this.#sides = [
      [options.before, first],
      [options.after, second],
    ];
    const trees = [first, second];
    this.#all = new Set(trees.flatMap(({ scans }) => [...scans.keys()]));
    this.#units = new Set(trees.flatMap(({ units }) => [...units]));
    this.#links = new Map([...first.links, ...second.links]);
    this.#submodules = new Set(
      this.#sides.flatMap(([files]) => submodulesIn(files, '').map(({ directory }) => directory)),
    );
    this.#references = new PathReaders();
    for (const [files, tree] of this.#sides) {
      for (const [directory, scan] of tree.scans) {
        if (tree === first || first.scans.get(directory) !== scan) this.#references.add(directory, scan);
      }
      const shared = sharedScan(files, tree);
      for (const unit of tree.units) this.#references.addShared(unit, shared);
    }
    this.#addSettings();
  }

  directories(): ReadonlySet<string> {
    const changed = this.#withTemplates(this.#options.changed.flatMap((path) => namesOf(path, this.#links)));
    for (const path of changed) this.#addChanged(path);
    this.#addNewRoots();
    for (;;) {
      this.#close();
      const sole = this.#calledByAffectedAlone();
      if (sole.length === 0) break;
      for (const directory of sole) this.#add(directory);
    }
    this.#addDependencies();
    return this.#affected;
  }

  /** Units have the outputs of those that they depend on in a run that has these too. */
  #addDependencies(): void {
    for (let found = true; found; ) {
      const others = [...this.#units].filter((unit) => !this.#affected.has(unit) && this.#all.has(unit));
      const needed = others.filter((unit) => [...this.#callersOf(unit)].some((each) => this.#affected.has(each)));
      for (const unit of needed) this.#affected.add(unit);
      found = needed.length > 0;
    }
  }

  #callersOf(directory: string): ReadonlySet<string> {
    const file = directory === '' ? 'terragrunt.hcl' : `${directory}/terragrunt.hcl`;
    const names = [
      ...namesOf(directory, this.#links),
      ...(this.#submodules.has(directory) ? [''] : []),
      ...(this.#units.has(directory) ? [file] : []),
    ];
    return new Set(names.flatMap((name) => [...this.#references.callersOf(name)]));
  }

  #add(directory: string): void {
    if (!this.#all.has(directory) || this.#affected.has(directory)) return;
    this.#affected.add(directory);
    this.#left.push(directory);
  }

  #addBelow(folder: string): void {
    for (const each of this.#all)
      if (folder === '' || each === folder || each.startsWith(`${folder}/`)) this.#add(each);
  }

  #addChanged(path: string): void {
    const folder = folderOf(path);
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    if (name === '.tfsgrc.json') this.#addBelow(folder);
    if (isTestFile(name)) this.#addTested(path);
    else if (scannedFiles([name]).length > 0) this.#add(folder);
    if (isTerragruntFile(name) && [...this.#units].some((unit) => unit !== folder && isBelow(folder, unit)))
      this.#addBelow(folder);
    if (isIncludedFile(name)) for (const unit of this.#units) this.#add(unit);
    // Terragrunt reads files beside it, and copies them to the module.
    for (const unit of this.#units) if (isBelow(unit, path)) this.#add(unit);
    if (/\.tfvars(?:\.json)?$/.test(name)) this.#addGiven(path);
    for (const directory of this.#references.readersOf(path, isConfigurationFile(name))) this.#add(directory);
  }

  /** What a variable file is given to: the root beside it or above it, or what the caller says. */
  #addGiven(path: string): void {
    for (let folder = folderOf(path), level = 0; level <= 3; level++) {
      this.#add(folder);
      if (folder === '') break;
      folder = folderOf(folder);
    }
    for (const directory of this.#all) if (this.#options.readsVariables(directory, path)) this.#add(directory);
  }

  /** What a test calls may be a helper on one side alone. */
  #addTested(path: string): void {
    for (const [files] of this.#sides) {
      for (const helper of testHelpers(files, [path], this.#options.parse)) this.#addBelow(helper);
    }
  }

  /** Templates that read changed files count as changed. */
  #withTemplates(changed: readonly string[]): ReadonlySet<string> {
    const all = new Set(changed);
    if (changed.every(isConfigurationFile)) return all;
    const templates = new PathReaders();
    for (const [files, tree] of this.#sides) {
      for (const path of tree.templates) {
        const read = files.read(path);
        if (read.kind === 'file') templates.add(path, scanText(decodeText(read.bytes), folderOf(path), path));
      }
    }
    for (const path of all)
      for (const template of templates.readersOf(path, isConfigurationFile(path))) all.add(template);
    return all;
  }

  /** A configuration of tfsg names variable files, configurations that it extends, and directories of modules. */
  #addSettings(): void {
    for (const [files, tree] of this.#sides) {
      for (const path of tree.settings) {
        const read = files.read(path);
        if (read.kind !== 'file') continue;
        const folder = folderOf(path);
        const named = [
          ...Buffer.from(read.bytes)
            .toString()
            .matchAll(/"([^"\n]*[./][^"\n]*)"/g),
        ].flatMap(([, text]) => joinPath(folder, text!) ?? []);
        for (const each of this.#all) {
          if (isBelow(folder, each)) for (const name of named) this.#references.addSetting(each, name);
        }
      }
    }
  }

  /** Modules that are called on one side alone, and so are root modules on the other. */
  #addNewRoots(): void {
    const [before, after] = this.#sides.map(
      ([files, { scans, tests }]): Side => ({
        files,
        scans,
        helpers: [...testHelpers(files, tests, this.#options.parse)],
      }),
    ) as [Side, Side];
    const isHelper = (directory: string, { helpers }: Side): boolean =>
      helpers.some((helper) => isBelow(helper, directory));
    const isSame = (directory: string): boolean =>
      before.scans.get(directory) === after.scans.get(directory) &&
      isHelper(directory, before) === isHelper(directory, after);
    const same = [...this.#all].filter(isSame);
    const others = [...this.#all].filter((directory) => !isSame(directory));
    const calledBy = (callers: readonly string[], side: Side): ReadonlySet<string> =>
      new Set(
        callers.flatMap((caller) => {
          const calls = side.scans.get(caller)?.calls ?? [];
          if (calls.length === 0 || isHelper(caller, side) || !this.#isIncluded(side.files, caller)) return [];
          return calls.filter((each) => each !== caller).map((each) => this.#links.get(each) ?? each);
        }),
      );
    const [was, is] = [calledBy(others, before), calledBy(others, after)];
    const changed = [...new Set([...was, ...is])].filter((called) => was.has(called) !== is.has(called));
    if (changed.length === 0) return;
    const still = calledBy(same, after);
    for (const called of changed) if (!still.has(called)) this.#add(called);
  }

  #isIncluded(files: FileSystem, directory: string): boolean {
    return configurationsIn(files, directory).some(this.#options.isIncluded);
  }

  #close(): void {
    for (let directory = this.#left.pop(); directory !== undefined; directory = this.#left.pop()) {
      for (const caller of this.#callersOf(directory)) this.#add(caller);
      for (const reader of this.#references.readersOfState(directory, this.#units.has(directory))) this.#add(reader);
    }
  }

  /** They are evaluated by themselves if their callers make no instance of them any more. */
  #calledByAffectedAlone(): readonly string[] {
    // What units call can be said in files that they include.
    const called = [...this.#affected].some((directory) => this.#units.has(directory))
      ? [...this.#all]
      : [...this.#affected].flatMap((directory) =>
          this.#sides.flatMap(([, { scans }]) => scans.get(directory)?.calls ?? []),
        );
    return [...new Set(called)].filter((directory) => {
      if (!this.#all.has(directory) || this.#affected.has(directory)) return false;
      const callers = [...this.#callersOf(directory)];
      return callers.length > 0 && callers.every((caller) => this.#affected.has(caller));
    });
  }
}
