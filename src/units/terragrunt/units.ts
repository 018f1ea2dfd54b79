/** Terragrunt's units: root modules whose source and inputs lie in terragrunt.hcl. */

import { groupBy } from '../../collections/group-by.ts';
import type { QueryCache } from '../../collections/query-cache.ts';
import type { FileSystem } from '../../files.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import { folderOf } from '../../source/path.ts';
import { compareProblems, type Problem } from '../../source/problem.ts';
import { SourceFile } from '../../source/source-file.ts';
import { type Span, spanKey } from '../../source/span.ts';
import { ProblemSink } from '../../terraform/expressions/scope.ts';
import { pathInTree, withoutTreeRoot } from '../../terraform/functions/path.ts';
import type { MappedSources } from '../../terraform/modules/mapped.ts';
import { holdsConfiguration } from '../../terraform/modules/sources/elsewhere.ts';
import type { ModuleFinder } from '../../terraform/modules/sources/resolve.ts';
import { objectValue, type Value } from '../../terraform/values/value.ts';
import { formatCount } from '../../text/count.ts';
import { type FoundDirectory, type FoundSource, findSource, type UnreadUnit } from '../source.ts';
import { cachedModule } from './cache.ts';
import { TerragruntFile, valuesFileBeside } from './file.ts';
import { inDirectoriesAbove } from './functions.ts';
import { generatedFiles } from './generated.ts';
import type { Reading } from './reading.ts';
import { Mounts, unitFileSystem } from './unit-files.ts';

export interface Unit {
  /** Where its terragrunt.hcl lies, in the tree or in what a stack makes. */
  readonly directory: string;
  /** Directory of its module. */
  readonly module: string;
  /** The tree as the module sees it. */
  readonly files: FileSystem;
  readonly file: TerragruntFile;
  /** What its source names; undefined where it has none. */
  readonly source: (FoundDirectory & { readonly span: Span }) | undefined;
}

/** Stacks make stacks no deeper than this. */
const MAX_DEPTH = 20;

/** Stacks of a run make no more units and stacks than these: those of a few small files could be any number. */
const MAX_MADE = 10_000;

export class Units {
  readonly #base: FileSystem;
  readonly #mounts: Mounts;
  readonly #finder: ModuleFinder;
  readonly #mappedFor: (path: string) => MappedSources;
  readonly #problems = new ProblemSink();
  readonly #existing = new Map<string, boolean>();
  readonly #reading: Reading;
  readonly #units = new Map<string, Unit>();
  readonly #unread: (UnreadUnit & { readonly file?: TerragruntFile })[] = [];
  /** Paths of files that units include. */
  readonly #included = new Set<string>();
  /** Sources that are no directories. */
  readonly sources = new Set<string>();
  /** Units and stacks that stacks make. */
  #made = 0;
  readonly #mocked = new Map<string, Span>();
  #outputsOf: ((unit: string) => Value | undefined) | undefined;
  #isLookingUp = (): boolean => false;

  /**
   * @param mappedFor directories that stand for sources, for a configuration by its path
   * @param finder of modules that are not local
   */
  constructor(base: FileSystem, mappedFor: (path: string) => MappedSources, finder: ModuleFinder, cache: QueryCache) {
    this.#base = base;
    this.#finder = finder;
    this.#mounts = new Mounts(base);
    this.#mappedFor = mappedFor;
    const units = this;
    this.#reading = {
      files: this.#mounts.files,
      cache,
      problems: this.#problems,
      exists: (path) => this.#exists(path),
      repository: repositoryIn(base),
      outputsOf: (unit) => this.#outputsOf?.(unit),
      isLookingUp: () => this.#isLookingUp(),
      usesMocks: (dependency) => this.#mocked.set(spanKey(dependency), dependency),
      get isEarly() {
        return units.#outputsOf === undefined;
      },
      values: new Map(),
      decoded: new Map(),
      active: new Set(),
      trees: new Map(),
    };
  }

  /**
   * Finds the units.
   *
   * @param paths of terragrunt.hcl and terragrunt.stack.hcl files
   */
  add(paths: readonly string[]): void {
    for (const path of paths) {
      const read = this.#base.read(path);
      if (read.kind === 'file') continue;
      const message = `Cannot read ${path}: ${read.kind === 'missing' ? 'broken symbolic link' : read.message}.`;
      const span = { file: new SourceFile(path, ''), start: 0, end: 0 };
      this.#problems.add({ kind: 'file', severity: 'error', message, span });
    }
    const stacks = paths.filter(isStackConfig);
    for (const path of stacks) this.#addStack(path, undefined, [folderOf(path)]);
    for (const path of paths) {
      if (!isStackConfig(path) && !this.#units.has(folderOf(path))) this.#addUnit(path, this.#valuesBeside(path));
    }
  }

  /** In the order of their directories. */
  get units(): readonly Unit[] {
    return [...this.#units.values()].sort((a, b) => (a.directory < b.directory ? -1 : 1));
  }

  /**
   * `file` is that of a unit, and absent for what a stack makes. What a file that units include has for a source is meant for these: where
   * that leads nowhere from the file itself, it is no unit.
   */
  get unread(): readonly (UnreadUnit & { readonly file?: TerragruntFile })[] {
    return this.#unread.filter(({ file }) => file === undefined || !this.#included.has(file.place.path));
  }

  /** Of the files that were read until now. */
  get trees(): readonly SyntaxTree[] {
    return [...this.#reading.trees.values()];
  }

  get problems(): readonly Problem[] {
    const all = this.#problems.problems.map((each) => ({ ...each, message: withoutTreeRoot(each.message) }));
    const problems = joinMissing(all);
    const mocked = [...this.#mocked.values()];
    const [first] = mocked;
    if (first === undefined) return problems;
    const message =
      mocked.length === 1
        ? 'This dependency is evaluated with its mock_outputs, because the outputs of its unit are not known.'
        : `${mocked.length} dependencies are evaluated with their mock_outputs, because the outputs of their units are not known. This is the first.`;
    return [...problems, { kind: 'module', severity: 'warning', message, span: first }];
  }

  /** From now on units can be evaluated: what they give to those that depend on them. */
  resolve(outputsOf: (unit: string) => Value | undefined, isLookingUp: () => boolean): void {
    this.#outputsOf = outputsOf;
    this.#isLookingUp = isLookingUp;
  }

  #addUnit(path: string, values: Value | undefined): void {
    const directory = folderOf(path);
    const file = TerragruntFile.open(this.#reading, { path, about: path, original: path, values, depth: 0 });
    if (file === undefined || (values === undefined && file.needsValues)) return;
    const rendered = this.#rendered(directory);
    const { source } = rendered ?? file;
    const found = source === undefined ? undefined : this.#find(source.file.candidates(source.expression), path);
    for (const { file: included } of file.includes) this.#included.add(included.place.path);
    if (found?.kind === 'unread') {
      if (isExcluded(file)) return;
      const unread = { directory, source: found, span: source!.expression };
      this.#unread.push({ ...unread, file: rendered ?? file });
      return;
    }
    const module = found?.directory ?? directory;
    // A file that others include is no unit.
    const isUnit =
      found !== undefined || holdsConfiguration(this.#reading.files, directory) || file.includes.length > 0;
    if (!isUnit || isExcluded(file)) return;
    const generated = generatedFiles(file, this.#reading.files, module, this.#problems);
    const files = unitFileSystem(this.#reading.files, { unit: directory, module, generated });
    if (holdsConfiguration(files, module)) {
      const named = found && { ...found, span: source!.expression };
      this.#units.set(directory, { directory, module, files, file: rendered ?? file, source: named });
    } else if (found !== undefined) {
      const missing = { kind: 'unread', reason: 'missing', source: found.directory } as const;
      this.#unread.push({ directory, source: missing, span: source!.expression, file });
    }
  }

  /** What Terragrunt has rendered of a unit goes before what tfsg works out. */
  #rendered(directory: string): TerragruntFile | undefined {
    const path = `${directory === '' ? '' : `${directory}/`}terragrunt.rendered.json`;
    if (!this.#exists(path)) return undefined;
    return TerragruntFile.open(this.#reading, { path, about: path, original: path, depth: 0 });
  }

  #find(sources: readonly Value[], path: string): FoundSource {
    const { files } = this.#reading;
    return findSource(sources, {
      files,
      directory: folderOf(path),
      finder: this.#finder,
      mapped: this.#mappedFor(path),
      onRemote: (source) => this.sources.add(source),
      downloaded: (source) => cachedModule(files, folderOf(path), source),
    });
  }

  #valuesBeside(path: string): Value | undefined {
    const place = valuesFileBeside(path);
    if (!this.#exists(place)) return undefined;
    return TerragruntFile.open(this.#reading, {
      path: place,
      about: path,
      original: path,
      depth: 0,
    })?.attributeValues();
  }

  /** @param above where it and the stacks lie that make it, before they are copied: the outermost first */
  #addStack(path: string, given: Value | undefined, above: readonly string[]): void {
    const values = given ?? this.#valuesBeside(path);
    const file = TerragruntFile.open(this.#reading, { path, about: path, original: path, values, depth: 0 });
    if (file === undefined || (values === undefined && file.needsValues)) return;
    const directory = folderOf(path);
    for (const kind of ['unit', 'stack'] as const) {
      for (const { content, block } of file.blocks(kind)) {
        const attribute = (name: string): Value | undefined => {
          const written = content.attributes.get(name);
          return written && file.evaluate(written.value);
        };
        const enabled = attribute('enabled');
        const target = attribute('path');
        const source = content.attributes.get('source');
        if (source === undefined || (enabled?.kind === 'bool' && !enabled.value)) continue;
        const span = source.value;
        const found = this.#find(file.candidates(span), path);
        const name = target?.kind === 'string' ? target.value : block.block.labels[0]?.name;
        const isBeside = attribute('no_dot_terragrunt_stack');
        const within = isBeside?.kind === 'bool' && isBeside.value ? '' : '.terragrunt-stack/';
        const place = pathInTree({ files: this.#base, basePath: directory }, `${within}${name ?? ''}`);
        const { header } = block.block;
        if (place === undefined) {
          this.#warn(
            'module',
            `The path of this ${kind} leads out of the directories that tfsg reads, so its rules were not checked.`,
            header,
          );
          continue;
        }
        if (found.kind === 'unread') {
          this.#unread.push({ directory: place, source: found, span });
          continue;
        }
        // What Terragrunt has made of it is read where it lies.
        if (this.#mounts.isTaken(place)) continue;
        if (kind === 'stack' && above.includes(found.directory)) {
          this.#warn(
            'module',
            'This stack makes itself, directly or through others, so what it makes there was not checked.',
            header,
          );
          continue;
        }
        this.#made += 1;
        if (this.#made > MAX_MADE || above.length > MAX_DEPTH) {
          const limit =
            this.#made > MAX_MADE
              ? `make more than ${MAX_MADE.toLocaleString('en')} units and stacks`
              : `make one another more than ${MAX_DEPTH} levels deep`;
          this.#warn('limit', `Stacks ${limit}, so what this ${kind} makes was not checked.`, header);
          continue;
        }
        this.#mounts.add(place, found.directory);
        this.#existing.clear();
        const given = attribute('values') ?? objectValue([]);
        if (kind === 'unit') this.#addUnit(`${place}/terragrunt.hcl`, given);
        else this.#addStack(`${place}/terragrunt.stack.hcl`, given, [...above, found.directory]);
      }
    }
  }

  #warn(kind: Problem['kind'], message: string, span: Span): void {
    this.#problems.add({ kind, severity: 'warning', message, span });
  }

  #exists(path: string): boolean {
    const known = this.#existing.get(path);
    if (known !== undefined) return known;
    const { files } = this.#reading;
    const listed = files.list(folderOf(path));
    const name = path.slice(path.lastIndexOf('/') + 1);
    const exists = listed.kind === 'directory' && listed.entries.some((entry) => entry.name === name);
    this.#existing.set(path, exists);
    return exists;
  }
}

/** A file that many units miss is one problem, where it is first. */
function joinMissing(problems: readonly Problem[]): readonly Problem[] {
  const missing = groupBy(
    problems.toSorted(compareProblems),
    ({ message }) => message.split(inDirectoriesAbove, 1)[0]!,
  );
  return [...missing.values()].flatMap((same) => {
    const [first, ...others] = same;
    if (!first!.message.includes(inDirectoriesAbove) || others.length === 0) return same;
    const directories = new Set(same.map(({ message }) => message));
    const more = directories.size - 1;
    return [
      more === 0
        ? first!
        : { ...first!, message: `${first!.message} and ${formatCount(more, 'other directory', 'other directories')}` },
    ];
  });
}

const isStackConfig = (path: string): boolean => path.endsWith('terragrunt.stack.hcl');

/** The tree's root, if it is a repository's. */
function repositoryIn(files: FileSystem): string | undefined {
  const listed = files.list('');
  return listed.kind === 'directory' && listed.entries.some(({ name }) => name === '.git') ? '' : undefined;
}

/** Whether Terragrunt is told not to apply it. */
function isExcluded(file: TerragruntFile): boolean {
  const { content } = file;
  const skip = content.attributes.get('skip');
  if (skip !== undefined && isTrue(file.evaluate(skip.value))) return true;
  for (const { file: layer } of file.layers) {
    for (const { content: exclude } of layer.blocks('exclude')) {
      const condition = exclude.attributes.get('if');
      const actions = exclude.attributes.get('actions');
      const of = actions === undefined ? undefined : layer.evaluate(actions.value);
      const isOfApply =
        of === undefined ||
        ((of.kind === 'tuple' || of.kind === 'list') &&
          of.items.some((item) => item.kind === 'string' && /^(?:all|all_except_output|apply)$/.test(item.value)));
      if (condition !== undefined && isTrue(layer.evaluate(condition.value)) && isOfApply) return true;
    }
  }
  return false;
}

const isTrue = (value: Value): boolean =>
  (value.kind === 'bool' && value.value) || (value.kind === 'string' && value.value === 'true');
