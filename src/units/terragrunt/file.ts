/** A file of Terragrunt's, evaluated for the unit that reads it. */

import { append } from '../../collections/append.ts';
import type { FileSystem } from '../../files.ts';
import type { Attribute, Expression, SyntaxTree } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { folderOf } from '../../source/path.ts';
import type { Span } from '../../source/span.ts';
import { evaluateOrUnknown } from '../../terraform/expressions/evaluate.ts';
import { createFunctionContext } from '../../terraform/expressions/function-context.ts';
import type { Scope } from '../../terraform/expressions/scope.ts';
import { pathInTree } from '../../terraform/functions/path.ts';
import type { Content } from '../../terraform/modules/content.ts';
import { WatchedFiles } from '../../terraform/modules/watched-files.ts';
import { Budget, Pool, rootSteps } from '../../terraform/values/budget.ts';
import { CircularLookup, EvaluationError } from '../../terraform/values/errors.ts';
import { objectValue, unknownValue, type Value } from '../../terraform/values/value.ts';
import { argumentsOf, contentWithin, onlyPart, type PlacedBlock } from './blocks.ts';
import { type CallingFile, terragruntFunctions } from './functions.ts';
import { deepMerge, shallowMerge } from './merge.ts';
import { FileNames } from './names.ts';
import { type ParsedFile, parseTerragruntFile } from './parsed.ts';
import type { Reading } from './reading.ts';

/** A file that is included, with how it is merged. */
export interface Include {
  readonly label: string;
  readonly file: TerragruntFile;
  readonly strategy: 'no_merge' | 'shallow' | 'deep';
}

/** More files than these are not read one from another: they may read themselves. */
const MAX_DEPTH = 20;

interface FilePlace {
  /** Path of the file, in the tree or in what stacks make. */
  readonly path: string;
  /** The configuration that it is read for: for an included file the one that includes it. */
  readonly about: string;
  /** Of the unit for which all is read. */
  readonly original: string;
  /** What a stack gives the unit. */
  readonly values?: Value | undefined;
  /** The file that includes it. */
  readonly includer?: TerragruntFile | undefined;
  /** Files that are read one from another to get here. */
  readonly depth: number;
}

export class TerragruntFile {
  readonly place: FilePlace;
  readonly content: Content;
  readonly #reading: Reading;
  readonly #pool: Pool;
  /** Of its text and of the files that it reads. */
  #length: number;
  readonly #names: FileNames;
  readonly #scope: Scope;
  readonly #tree: SyntaxTree;
  readonly #blocks = new Map<string, readonly PlacedBlock[]>();
  readonly #evaluating = new Set<Expression>();
  #includes: readonly Include[] | undefined;
  #inputs: Value | undefined;

  /** The file at a place; undefined where there is none. */
  static open(reading: Reading, place: FilePlace): TerragruntFile | undefined {
    const parsed = parseTerragruntFile(reading.files, place.path, reading.cache);
    return parsed && new TerragruntFile(reading, place, parsed);
  }

  private constructor(reading: Reading, place: FilePlace, { content, problems, tree }: ParsedFile) {
    this.#reading = reading;
    this.place = place;
    this.content = content;
    this.#tree = tree;
    this.#length = tree.file.text.length;
    reading.trees.set(tree.file.path, tree);
    for (const problem of problems) reading.problems.add(problem);
    const files = new WatchedFiles(reading.files, (bytes) => this.#addLength(bytes));
    this.#pool = new Pool(rootSteps('called', Number.POSITIVE_INFINITY, 1, 1024 + tree.file.text.length));
    this.#names = new FileNames(this, reading);
    this.#scope = {
      names: { member: (root, name, span) => this.#names.member(root, name, span) },
      functions: createFunctionContext(files, folderOf(place.path), terragruntFunctions(this.#callingFile())),
      budget: new Budget(this.#pool, 0),
      problems: reading.problems,
      // Handed on as a whole too.
      ...(place.values && { bindings: { name: 'values', value: place.values, outer: undefined } }),
    };
  }

  /** Whether it speaks of what a stack gives. */
  get needsValues(): boolean {
    const { body } = this.#tree;
    return [...nodesIn(body)].some(({ node }) => node.kind === 'reference' && node.name === 'values');
  }

  /** Whether something in it hangs on the unit that reads it, and not on the file alone, as far as it was evaluated. */
  get isOfUnit(): boolean {
    return this.#names.isOfUnit || (this.#includes ?? []).some(({ file }) => file.isOfUnit);
  }

  /** @throws EvaluationError where its value is asked for to find its value */
  evaluate(expression: Expression): Value {
    if (this.#evaluating.has(expression)) {
      if (this.#reading.isLookingUp()) throw new CircularLookup();
      throw new EvaluationError('This refers to itself, directly or through others.', { span: expression });
    }
    this.#evaluating.add(expression);
    try {
      return evaluateOrUnknown(expression, this.#scope);
    } finally {
      this.#evaluating.delete(expression);
      if (this.#pool.problem !== undefined) this.#reading.problems.add(this.#pool.problem);
    }
  }

  /** What an expression may be: where its value is not known because a condition is not, what either branch is. */
  candidates(expression: Expression): readonly Value[] {
    const value = this.evaluate(expression);
    if (value.kind !== 'unknown') return [value];
    const only = onlyPart(expression);
    if (only.kind !== 'conditional') return [value];
    return [...this.candidates(only.whenTrue), ...this.candidates(only.whenFalse)];
  }

  /** The text that an attribute is; undefined where it is missing or not known. */
  textOf(attribute: Attribute | undefined): string | undefined {
    const value = attribute && this.evaluate(attribute.value);
    return value?.kind === 'string' ? value.value : undefined;
  }

  /** Its own blocks of a type, in order of place. */
  blocks(type: string): readonly PlacedBlock[] {
    const known = this.#blocks.get(type);
    if (known !== undefined) return known;
    const blocks = this.blocksWithin(this, type);
    this.#blocks.set(type, blocks);
    return blocks;
  }

  /** The same, of blocks in one of its own. */
  blocksWithin({ content }: Pick<PlacedBlock, 'content'>, type: string): readonly PlacedBlock[] {
    return content.blocks.flatMap((block) =>
      block.block.type.name === type ? [{ file: this, block, content: contentWithin(block) }] : [],
    );
  }

  /** In order of place. */
  get includes(): readonly Include[] {
    if (this.#includes !== undefined) return this.#includes;
    // The path of one may hang on those before it.
    const found: Include[] = [];
    this.#includes = found;
    for (const each of this.blocks('include')) append(found, this.#include(each));
    return found;
  }

  /** The file and those that it includes, the one first that overrides the others; without those that are not merged. */
  get layers(): readonly { readonly file: TerragruntFile; readonly strategy: Include['strategy'] }[] {
    const merged = this.includes.filter(({ strategy }) => strategy !== 'no_merge');
    return [{ file: this, strategy: 'shallow' }, ...merged.toReversed()];
  }

  /** `inputs` of the file and of those that it includes, merged; undefined where there are none. */
  inputs(): Value | undefined {
    let merged: Value | undefined;
    const { layers } = this;
    for (const [index, { file, strategy }] of layers.entries()) {
      const below = file.#ownInputs();
      if (merged === undefined || below === undefined) merged ??= below;
      else merged = strategy === 'deep' && index > 0 ? deepMerge(below, merged) : shallowMerge(below, merged);
    }
    return merged;
  }

  /** `backend` and `config` of `remote_state`, in the file or in one that it includes; undefined where there is none. */
  remoteState(): { readonly backend: Value; readonly config: Value } | undefined {
    for (const { file } of this.layers) {
      const state =
        file.blocks('remote_state')[0]?.content.attributes ??
        argumentsOf(file.content.attributes.get('remote_state')?.value);
      const [backend, config] = [state?.get('backend'), state?.get('config')];
      if (backend !== undefined && config !== undefined)
        return { backend: file.evaluate(backend.value), config: file.evaluate(config.value) };
    }
    return undefined;
  }

  /** `terraform.source` of the file or of one that it includes, with where it stands. */
  get source(): { readonly file: TerragruntFile; readonly expression: Expression } | undefined {
    for (const { file } of this.layers) {
      for (const { content } of file.blocks('terraform')) {
        const attribute = content.attributes.get('source');
        if (attribute !== undefined) return { file, expression: attribute.value };
      }
      // What Terragrunt has rendered holds no blocks.
      const rendered = argumentsOf(file.content.attributes.get('terraform')?.value)?.get('source');
      if (rendered !== undefined) return { file, expression: rendered.value };
    }
    return undefined;
  }

  /**
   * Blocks of a type of the file and of those that it includes, by label: the first one overrides the others, which are those of a deep
   * merge.
   */
  layered(type: string): ReadonlyMap<string, readonly PlacedBlock[]> {
    const found = new Map<string, PlacedBlock[]>();
    for (const { file, strategy } of this.layers) {
      for (const each of file.blocks(type)) {
        const label = each.block.block.labels[0]?.name ?? '';
        const known = found.get(label);
        if (known === undefined) found.set(label, [each]);
        else if (strategy === 'deep') known.push(each);
      }
    }
    return found;
  }

  /** What others see of it by `read_terragrunt_config`. */
  asValue(): Value {
    return objectValue([...this.members].map(([name, evaluated]) => [name, evaluated()]));
  }

  /** The same by `include.NAME`: what is not asked for is not evaluated, as it may hang on the file that includes it. */
  asIncluded(): Value {
    const { members } = this;
    return {
      ...unknownValue({ name: this.place.path }),
      notNull: true,
      attribute: (name) => {
        const member = members.get(name);
        if (member !== undefined) return member();
        throw new EvaluationError(`This object does not have an attribute named ${JSON.stringify(name)}.`);
      },
      whole: () => this.asValue(),
    };
  }

  /** What others can ask of it, by name. */
  get members(): ReadonlyMap<string, () => Value> {
    const members = new Map<string, () => Value>([['locals', () => this.#names.localsValue()]]);
    const { attributes } = this.content;
    for (const [name, { value }] of attributes) members.set(name, () => this.evaluate(value));
    if (this.layers.some(({ file }) => file.content.attributes.has('inputs'))) {
      members.set('inputs', () => this.inputs() ?? unknownValue({ name: 'inputs' }));
    }
    const { source } = this;
    if (source !== undefined) {
      members.set('terraform', () => objectValue([['source', source.file.evaluate(source.expression)]]));
    }
    for (const type of ['dependency', 'feature'] as const) {
      const names = [...this.layered(type).keys()];
      if (names.length === 0) continue;
      const valueOfBlock = (name: string): Value =>
        type === 'dependency'
          ? this.#names.dependencyOf(name, this.layered(type).get(name)!)
          : this.#names.feature(name);
      members.set(type, () => objectValue(names.map((name) => [name, valueOfBlock(name)])));
    }
    for (const type of ['exclude', 'remote_state']) {
      const [block] = this.blocks(type);
      if (block === undefined) continue;
      const written = [...block.content.attributes];
      members.set(type, () => objectValue(written.map(([name, { value }]) => [name, this.evaluate(value)])));
    }
    return members;
  }

  /** The attributes of a file that holds values alone, as an object. */
  attributeValues(): Value {
    return objectValue([...this.content.attributes].map(([name, { value }]) => [name, this.evaluate(value)]));
  }

  /** The path of the tree that a text means for the configuration that the file is read for; undefined where it leads out. */
  pathOf(text: string): string | undefined {
    const { files } = this.#reading;
    const place = pathInTree({ files, basePath: folderOf(this.place.about) }, text);
    return place === undefined || !this.#isDirectory(place) ? place : this.#configIn(place);
  }

  #isDirectory(path: string): boolean {
    return this.#reading.files.list(path).kind === 'directory';
  }

  #configIn(directory: string): string {
    const within = (name: string): string => (directory === '' ? name : `${directory}/${name}`);
    const json = within('terragrunt.hcl.json');
    return this.#reading.exists(json) && !this.#reading.exists(within('terragrunt.hcl'))
      ? json
      : within('terragrunt.hcl');
  }

  #include({ block: { block }, content }: PlacedBlock): Include[] {
    const span = block.header;
    const { includer, about, original, values, depth } = this.place;
    const fault = (message: string): Include[] => {
      this.#reading.problems.add({ kind: 'evaluation', severity: 'warning', message, span });
      return [];
    };
    if (includer !== undefined) {
      return fault(
        `${this.place.path} is included by ${includer.place.path}: Terragrunt rejects an include in an included file.`,
      );
    }
    const written = content.attributes.get('path');
    const text = this.textOf(written);
    // Why it is not known is a problem already.
    if (written === undefined || text === undefined) return [];
    const path = this.pathOf(text);
    const place = { about, original, values, includer: this, depth: depth + 1 };
    if (path === undefined)
      return fault(`The included file ${text} is outside the directories that tfsg reads, so its inputs are unknown.`);
    const file = TerragruntFile.open(this.#reading, { ...place, path });
    if (file === undefined) {
      const why = whyUnreadable(this.#reading.files, path);
      return fault(
        `The included file ${text} ${why === undefined ? 'does not exist' : `can't be read: ${why}`}, so its inputs are unknown.`,
      );
    }
    const strategy = this.textOf(content.attributes.get('merge_strategy'));
    const label = block.labels[0]?.name ?? '';
    const isKnown = strategy === 'deep' || strategy === 'no_merge';
    return [{ label, file, strategy: isKnown ? strategy : 'shallow' }];
  }

  #ownInputs(): Value | undefined {
    if (this.#inputs !== undefined) return this.#inputs;
    const written = this.content.attributes.get('inputs')?.value;
    if (written === undefined) return undefined;
    const value = this.evaluate(written);
    if (!this.#reading.isEarly) this.#inputs = value;
    return value;
  }

  #callingFile(): CallingFile {
    const { about, original, includer, path } = this.place;
    const reading = this.#reading;
    return {
      about,
      original,
      decoded: reading.decoded,
      isCutOff: reading.repository === undefined,
      repository: reading.repository,
      exists: (each) => reading.exists(each),
      includedPath: (label) => {
        if (includer !== undefined) return path;
        const { includes } = this;
        return (label === undefined ? includes[0] : includes.find((each) => each.label === label))?.file.place.path;
      },
      read: (place, span) => this.#read(place, span),
      usesOriginal: () => {
        this.#names.isOfUnit = true;
      },
    };
  }

  /** Allows the steps that what it reads may take. */
  #addLength(length: number): void {
    this.#length += length;
    this.#pool.addFile(length);
  }

  #read(path: string, span: Span): Value | undefined {
    const reading = this.#reading;
    const { original, depth } = this.place;
    const key = `${reading.isEarly ? 'early ' : ''}${original}\n${path}`;
    const shared = reading.values.get(path);
    const known = shared ?? reading.values.get(key);
    if (known !== undefined) {
      if (shared === undefined) this.#names.isOfUnit = true;
      this.#addLength(known.length);
      return known.value;
    }
    if (depth >= MAX_DEPTH)
      throw new EvaluationError(`Files read one another more than ${MAX_DEPTH} levels deep here.`, { span });
    const place = this.#isDirectory(path) ? this.#configIn(path) : path;
    const { values } = this.place;
    if (values !== undefined && place === valuesFileBeside(original)) return values;
    const file = TerragruntFile.open(reading, { path: place, about: place, original, depth: depth + 1 });
    if (file === undefined) {
      const why = whyUnreadable(reading.files, place);
      if (why === undefined) return undefined;
      throw new EvaluationError(`cannot read ${place}: ${why}`, { span });
    }
    if (reading.active.has(key)) {
      if (reading.isLookingUp()) throw new CircularLookup();
      throw new EvaluationError(`${place} reads itself, directly or through others.`, { span });
    }
    reading.active.add(key);
    try {
      const value = isValuesFile(place) ? file.attributeValues() : file.asValue();
      if (file.isOfUnit) this.#names.isOfUnit = true;
      reading.values.set(file.isOfUnit ? key : path, { value, length: file.#length });
      this.#addLength(file.#length);
      return value;
    } finally {
      reading.active.delete(key);
    }
  }
}

/** Why a file that is there can't be read; undefined for one that is not there. */
function whyUnreadable(files: FileSystem, path: string): string | undefined {
  const read = files.read(path);
  return read.kind === 'error' ? read.message : undefined;
}

const valuesFile = 'terragrunt.values.hcl';

const isValuesFile = (path: string): boolean => path.endsWith(valuesFile);

/** Where the values lie that a stack gives a unit. */
export function valuesFileBeside(config: string): string {
  const directory = folderOf(config);
  return directory === '' ? valuesFile : `${directory}/${valuesFile}`;
}
