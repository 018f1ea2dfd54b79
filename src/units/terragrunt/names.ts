/** What names mean in a file of Terragrunt's. */

import { folderOf } from '../../source/path.ts';
import type { Span } from '../../source/span.ts';
import type { ContentBlock } from '../../terraform/modules/content.ts';
import { EvaluationError } from '../../terraform/values/errors.ts';
import { objectValue, unknownValue, type Value } from '../../terraform/values/value.ts';
import { argumentOf, type Evaluating, type PlacedBlock } from './blocks.ts';
import { outputsOfDependency } from './dependency.ts';
import type { Reading } from './reading.ts';

/** A file whose names are asked for. */
export interface NamingFile extends Evaluating {
  readonly place: { readonly path: string; readonly includer?: NamingFile | undefined };
  readonly includes: readonly { readonly label: string; readonly file: IncludedFile }[];
  blocks(type: string): readonly PlacedBlock[];
  layered(type: string): ReadonlyMap<string, readonly PlacedBlock[]>;
  pathOf(text: string): string | undefined;
}

/** A file, as the one that includes it sees it. */
interface IncludedFile {
  readonly members: ReadonlyMap<string, () => Value>;
  asIncluded(): Value;
}

export class FileNames {
  /** Whether something hangs on the unit that reads the file, as far as it was evaluated. */
  isOfUnit = false;
  readonly #file: NamingFile;
  readonly #reading: Reading;
  readonly #locals = new Map<string, Value>();
  /** Of dependencies, by the block that overrides others. */
  readonly #outputs = new Map<ContentBlock, Value>();

  constructor(file: NamingFile, reading: Reading) {
    this.#file = file;
    this.#reading = reading;
  }

  /** All local values of the file, as an object. */
  localsValue(): Value {
    const names = this.#file.blocks('locals').flatMap(({ content }) => [...content.attributes.values()]);
    return objectValue(names.map(({ name }) => [name.name, this.#local(name.name, name)]));
  }

  #local(name: string, span: Span): Value {
    const known = this.#locals.get(name);
    if (known !== undefined) return known;
    const written = this.#file.blocks('locals').flatMap(({ content }) => content.attributes.get(name) ?? [])[0];
    if (written === undefined)
      throw new EvaluationError(`The local value "${name}" is not declared in ${this.#file.place.path}.`, { span });
    const value = this.#file.evaluate(written.value);
    this.#locals.set(name, value);
    return value;
  }

  /** @throws EvaluationError if there is no such thing */
  member(root: string, name: string, span: Span): Value {
    switch (root) {
      case 'local':
        return this.#local(name, span);
      case 'include':
        return this.#included(name, span);
      case 'dependency':
        return this.#dependency(name, span);
      case 'feature':
        return this.feature(name, span);
      case 'values':
        return unknownValue({ name: `values.${name}`, span });
      case 'stack':
      case 'unit':
        return unknownValue({ name: `${root}.${name}`, span });
      default:
        throw new EvaluationError(`"${root}.${name}" is not known in a Terragrunt file.`, { span });
    }
  }

  #included(name: string, span: Span): Value {
    const labelled = this.#file.includes.find(({ label }) => label === name);
    if (labelled !== undefined) return labelled.file.asIncluded();
    const bare = this.#file.includes.find(({ label }) => label === '')?.file;
    const member = bare === undefined ? undefined : bare.members.get(name);
    if (member !== undefined) return member();
    const isWritten = this.#file
      .blocks('include')
      .some(({ block: { block } }) => (block.labels[0]?.name ?? '') === name);
    // That it could not be read is a problem already.
    if (isWritten) return unknownValue({ name: `include.${name}`, span });
    throw new EvaluationError(`There is no include "${name}" in ${this.#file.place.path}.`, { span });
  }

  /** Dependencies and features are those of the file that includes it, with its own. */
  get #ofIncluder(): NamingFile {
    return this.#file.place.includer ?? this.#file;
  }

  feature(name: string, span?: Span): Value {
    const blocks = this.#ofIncluder.layered('feature').get(name);
    const written = blocks?.find(({ content }) => content.attributes.has('default'));
    const value = written?.file.evaluate(written.content.attributes.get('default')!.value);
    if (value !== undefined) return objectValue([['value', value]]);
    throw new EvaluationError(`There is no feature "${name}" in ${this.#file.place.path}.`, { span });
  }

  #dependency(name: string, span?: Span): Value {
    const blocks = this.#ofIncluder.layered('dependency').get(name);
    if (blocks === undefined) {
      throw new EvaluationError(`There is no dependency "${name}" in ${this.#file.place.path}.`, { span });
    }
    return this.dependencyOf(name, blocks);
  }

  /** @param blocks of the dependency, the one first that overrides the others */
  dependencyOf(name: string, blocks: readonly PlacedBlock[]): Value {
    const unknown = unknownValue({ name: `dependency.${name}`, span: blocks[0]!.block.block.header });
    const outputs = (): Value => this.#outputsOf(name, blocks);
    return {
      ...unknown,
      notNull: true,
      attribute: (member) => (member === 'outputs' ? outputs() : (argumentOf(blocks, member) ?? unknown)),
      whole: () => objectValue([['outputs', outputs()]]),
    };
  }

  #outputsOf(name: string, blocks: readonly PlacedBlock[]): Value {
    this.isOfUnit = true;
    const reading = this.#reading;
    const { block } = blocks[0]!;
    const { header } = block.block;
    if (reading.isEarly) return unknownValue({ name: `dependency.${name}.outputs`, span: header });
    const known = this.#outputs.get(block);
    if (known !== undefined) return known;
    const outputs = outputsOfDependency({
      name,
      header,
      argument: (wanted) => argumentOf(blocks, wanted),
      outputsAt: (path) => {
        const place = this.#file.pathOf(path);
        return place === undefined ? undefined : reading.outputsOf(folderOf(place));
      },
      usesMocks: () => reading.usesMocks(header),
    });
    this.#outputs.set(block, outputs);
    return outputs;
  }
}
