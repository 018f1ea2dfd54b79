/** What inputs are in the roots that were evaluated, as far as nobody tries their values. */

import type { Configuration } from '../../terraform/instances/configuration.ts';
import { isMapping, type Value } from '../../terraform/values/value.ts';
import type { Part } from '../finding.ts';
import { rootKey } from '../root-key.ts';
import { type InputState, type InputValue, inputValue } from '../when.ts';

/** A root module in one environment. */
export interface EvaluatedRoot {
  readonly model: { readonly root: string; readonly environment?: string | undefined };
  readonly configuration: Pick<Configuration, 'root' | 'valuesOf' | 'domains'>;
  /** What `terraform.workspace` is; undefined where it is left open. */
  readonly workspace: string | undefined;
}

export class GivenInputs {
  readonly #roots = new Map<string, EvaluatedRoot>();
  readonly #states = new Map<string, Map<string, InputState | undefined>>();

  /** Names of the variables of all roots, as conditions have them. */
  readonly variables: ReadonlySet<string>;

  constructor(roots: readonly EvaluatedRoot[]) {
    for (const each of roots) this.#roots.set(rootKey(each.model), each);
    const modules = roots.map(({ configuration }) => configuration.root);
    this.variables = new Set(modules.flatMap(({ variables }) => [...variables.keys()].map((name) => `var.${name}`)));
  }

  /** What an input is in the root of a part; undefined for what is none there. */
  stateOf(part: Pick<Part, 'root' | 'environment'>, name: string): InputState | undefined {
    const key = rootKey(part);
    const states = this.#states.get(key) ?? new Map<string, InputState | undefined>();
    this.#states.set(key, states);
    if (!states.has(name)) states.set(name, this.#find(this.#roots.get(key), name));
    return states.get(name);
  }

  #find(root: EvaluatedRoot | undefined, name: string): InputState | undefined {
    if (root === undefined) return undefined;
    const { configuration, workspace } = root;
    if (name === 'terraform.workspace' && workspace !== undefined) return { kind: 'given', value: workspace };
    const [, kind, member = '', path = ''] = /^(var|local)\.([\w-]+)((?:\.[\w-]+)*)$/.exec(name) ?? [];
    const { directory } = configuration.root;
    const [whole] = kind === undefined ? [] : configuration.valuesOf(directory, kind as 'var' | 'local', member);
    const value = path.split('.').slice(1).reduce(attributeOf, whole);
    if (value !== undefined && value.kind !== 'unknown') return { kind: 'given', value: inputValue(value) };
    const domain = configuration.domains().get(name);
    if (domain === undefined) return value === undefined && name !== 'terraform.workspace' ? undefined : anything;
    const values = domain.candidates.map(inputValue);
    const isWhole = !domain.isOpen && values.every((each) => each !== undefined);
    return isWhole ? { kind: 'open', values: values as readonly InputValue[] } : anything;
  }
}

const anything: InputState = { kind: 'open', values: undefined };

function attributeOf(value: Value | undefined, name: string): Value | undefined {
  if (value === undefined || value.kind === 'unknown') return value;
  return isMapping(value) ? value.entries.get(name) : undefined;
}
