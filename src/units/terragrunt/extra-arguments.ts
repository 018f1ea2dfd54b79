/** Variable files and values that Terragrunt hands to Terraform on its command line. */

import type { FileSystem } from '../../files.ts';
import type { Expression } from '../../hcl/syntax.ts';
import type { Problem } from '../../source/problem.ts';
import { pathInTree } from '../../terraform/functions/path.ts';
import type { GivenInput } from '../../terraform/instances/inputs.ts';
import { isSequence, type Value } from '../../terraform/values/value.ts';
import { argumentsOf, type PlacedBlock } from './blocks.ts';
import type { Unit } from './units.ts';

export interface ExtraArguments {
  /** In the order of the command line. */
  readonly variables: readonly GivenInput[];
  /** TF_VAR_ variables by name, without the prefix. */
  readonly environment: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** Source: https://docs.terragrunt.com/reference/hcl/blocks#terraform, `extra_arguments`. */
export function extraArguments({ file, files, module }: Unit): ExtraArguments {
  const reader = new ArgumentReader(files, module);
  const blocks = new Map<string, PlacedBlock>();
  // Those of included files come first; a block of the unit takes the place of one with its name.
  for (const { file: layer } of file.layers.toReversed()) {
    for (const terraform of layer.blocks('terraform')) {
      for (const each of layer.blocksWithin(terraform, 'extra_arguments')) {
        blocks.set(each.block.block.labels[0]?.name ?? '', each);
      }
    }
  }
  for (const block of blocks.values()) reader.add(block);
  return reader;
}

class ArgumentReader implements ExtraArguments {
  readonly variables: GivenInput[] = [];
  readonly environment: Record<string, string> = {};
  readonly problems: Problem[] = [];
  readonly #files: FileSystem;
  readonly #module: string;

  constructor(files: FileSystem, module: string) {
    this.#files = files;
    this.#module = module;
  }

  add({ file, content, block }: PlacedBlock): void {
    const argument = (name: string): Value | undefined => {
      const written = content.attributes.get(name);
      return written && file.evaluate(written.value);
    };
    const commands = textsOf(argument('commands'));
    if (commands.length > 0 && !commands.some((command) => command === 'apply' || command === 'plan')) return;
    for (const path of textsOf(argument('required_var_files'))) {
      if (this.#addFile(path)) continue;
      const message = `The variable file ${path} of extra_arguments does not exist, so the values in it are unknown.`;
      this.problems.push({ kind: 'file', severity: 'error', message, span: block.block.header });
    }
    for (const path of textsOf(argument('optional_var_files'))) this.#addFile(path);
    this.#addArguments(textsOf(argument('arguments')));
    const environment = hasVariables(content.attributes.get('env_vars')?.value) ? argument('env_vars') : undefined;
    if (environment?.kind !== 'object' && environment?.kind !== 'map') return;
    for (const [name, value] of environment.entries) {
      const [, variable] = /^TF_VAR_(.+)$/.exec(name) ?? [];
      if (variable !== undefined && value.kind === 'string') this.environment[variable] = value.value;
    }
  }

  /** `-var-file=PATH`, `-var NAME=VALUE` and their like. */
  #addArguments(words: readonly string[]): void {
    for (let index = 0; index < words.length; index++) {
      const [, option, inline] = /^--?(var|var-file)(?:=(.*))?$/s.exec(words[index]!) ?? [];
      if (option === undefined) continue;
      const value = inline ?? words[++index];
      if (value === undefined) continue;
      if (option === 'var-file') this.#addFile(value);
      else {
        const [, name, text] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
        if (name !== undefined) this.variables.push({ kind: 'var', name, text: text! });
      }
    }
  }

  #addFile(path: string): boolean {
    const place = pathInTree({ files: this.#files, basePath: this.#module }, path);
    const read = place === undefined ? undefined : this.#files.read(place);
    if (place === undefined || read?.kind !== 'file') return false;
    this.variables.push({ kind: 'var-file', path: this.#files.real(place), bytes: read.bytes });
    return true;
  }
}

/** Whether an object may set a variable: what else Terragrunt puts into the environment does not matter. */
function hasVariables(written: Expression | undefined): boolean {
  if (written?.kind !== 'object') return written !== undefined;
  const names = argumentsOf(written)!;
  return names.size < written.entries.length || [...names.keys()].some((name) => name.startsWith('TF_VAR_'));
}

const textsOf = (value: Value | undefined): readonly string[] =>
  value !== undefined && isSequence(value)
    ? value.items.flatMap((item) => (item.kind === 'string' ? item.value : []))
    : [];
