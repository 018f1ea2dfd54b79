/** The inputs of a root module in each of its environments. */

import type { FileSystem } from '../files.ts';
import type { Problem } from '../source/problem.ts';
import type { GivenInput, Inputs } from '../terraform/instances/inputs.ts';
import { joinPath, type LoadedModule } from '../terraform/modules/load.ts';
import type { Config } from './config.ts';
import type { Environment } from './environment.ts';
import type { rootEnvironments } from './init/root-environments.ts';
import { mistake } from './mistake.ts';

/** One way to evaluate a root module; `environment` is undefined where none is configured for it. */
export interface RootCase {
  readonly environment: string | undefined;
  readonly inputs: Inputs;
}

/** Chooses environments for the roots of one run, and knows in the end which of them came to nothing. */
export class Environments {
  readonly #fileSystem: FileSystem;
  readonly #inputs: Inputs;
  readonly #only: string | undefined;
  readonly #suggest: typeof rootEnvironments | undefined;
  /** Names of environments that variable files suggest. */
  readonly #found = new Set<string>();
  readonly #declared = new Map<Environment, boolean>();
  /** Variables that environments give a value, and whether some root declares them. */
  readonly #variables = new Map<Environment, Map<string, boolean>>();
  readonly #problems: Problem[] = [];

  /**
   * @param inputs of the command line, which go before those of an environment
   * @param only the name of the only environment that counts; roots without environments are evaluated all the same
   * @param suggest finds environments of roots for which none is configured; absent: those have none
   */
  constructor(fileSystem: FileSystem, inputs: Inputs, only: string | undefined, suggest?: typeof rootEnvironments) {
    this.#suggest = suggest;
    this.#fileSystem = fileSystem;
    this.#inputs = inputs;
    this.#only = only;
  }

  /** The cases of a root: one for each environment whose variable files it has, else one without any. */
  casesOf(root: LoadedModule, { environments }: Config): readonly RootCase[] {
    const { directory, variables: known } = root;
    const wanted = environments.filter(({ name }) => this.#only === undefined || name === this.#only);
    for (const each of environments) this.#declared.set(each, this.#declared.get(each) ?? false);
    const cases = wanted.flatMap((environment) => {
      const files = environment.varFiles.map((name) => this.#find(name, directory, environment.folder));
      const found = files.filter((file) => file !== undefined);
      if (found.length === 0 && files.length > 0) return [];
      this.#declared.set(environment, true);
      for (const [index, file] of files.entries()) {
        if (file === undefined) this.#missing(environment, environment.varFiles[index]!, directory);
      }
      const given = this.#variables.get(environment) ?? new Map<string, boolean>();
      for (const { name } of environment.variables) given.set(name, known.has(name) || given.get(name) === true);
      this.#variables.set(environment, given);
      const variables = environment.variables.map(({ name, text }): GivenInput => ({ kind: 'var', name, text }));
      return {
        environment: environment.name,
        inputs: {
          ...this.#inputs,
          variables: [...found, ...variables, ...this.#inputs.variables],
          workspace: this.#inputs.workspace ?? environment.workspace,
        },
      };
    });
    const isOut = environments.length > 0 && wanted.length === 0;
    if (cases.length > 0 || isOut) return cases;
    const base: RootCase = { environment: undefined, inputs: this.#inputs };
    return environments.length > 0 ? [base] : this.#foundCases(root, base);
  }

  /** The cases of the environments that variable files suggest: beside the root without any if there is one alone. */
  #foundCases({ directory, variables, trees }: LoadedModule, base: RootCase): readonly RootCase[] {
    if (this.#suggest === undefined || this.#inputs.variables.length > 0) return [base];
    const found = this.#suggest(this.#fileSystem, directory, (name) => variables.has(name));
    if (found.length === 0) return [base];
    const usesWorkspace = trees.some(({ file }) => file.text.includes('terraform.workspace'));
    const cases = found.map(({ name, varFiles }): RootCase => {
      this.#found.add(name);
      const files = varFiles.flatMap((file) => this.#find(file, directory, directory) ?? []);
      const workspace = this.#inputs.workspace ?? (usesWorkspace ? name : undefined);
      return { environment: name, inputs: { ...this.#inputs, variables: files, workspace } };
    });
    if (this.#only !== undefined) return cases.filter(({ environment }) => environment === this.#only);
    return cases.length > 1 ? cases : [base, ...cases];
  }

  /** What is wrong with environments, known once the cases of every root were asked for. */
  get problems(): readonly Problem[] {
    const names = [...new Set([...[...this.#declared.keys()].map(({ name }) => name), ...this.#found])];
    if (this.#only !== undefined && !names.includes(this.#only)) {
      const known = names.length === 0 ? 'none is configured' : `known: ${names.join(', ')}`;
      const message = `Unknown environment ${JSON.stringify(this.#only)}; ${known}.`;
      return [...this.#problems, { kind: 'configuration', severity: 'error', message }];
    }
    const unused = [...this.#declared].flatMap(([{ name, varFiles, span }, isUsed]): Problem[] => {
      if (isUsed || (this.#only !== undefined && name !== this.#only)) return [];
      const message = `No root module has the variable files of the environment ${JSON.stringify(name)}: ${varFiles.join(', ')}.`;
      return [{ ...mistake(span, message), severity: 'warning' }];
    });
    const undeclared = [...this.#variables].flatMap(([{ name, span }, variables]) =>
      [...variables].flatMap(([variable, isDeclared]): Problem[] => {
        if (isDeclared) return [];
        const message = `No root module declares the variable ${JSON.stringify(variable)}, which the environment ${JSON.stringify(name)} sets.`;
        return [{ ...mistake(span, message), severity: 'warning' }];
      }),
    );
    return [...this.#problems, ...unused, ...undeclared];
  }

  #find(name: string, directory: string, folder: string): GivenInput | undefined {
    for (const start of [directory, folder]) {
      const path = joinPath(start, name);
      const read = path === undefined ? undefined : this.#fileSystem.read(path);
      if (path !== undefined && read?.kind === 'file') return { kind: 'var-file', path, bytes: read.bytes };
    }
    return undefined;
  }

  #missing({ name, span }: Environment, file: string, directory: string): void {
    const root = directory === '' ? 'the root module here' : `the root module ${directory}`;
    this.#problems.push(
      mistake(
        span,
        `${file} of the environment ${JSON.stringify(name)} is missing for ${root}, although its other files exist.`,
      ),
    );
  }
}
