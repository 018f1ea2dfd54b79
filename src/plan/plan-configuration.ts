/** The copy of the configuration that is inside a plan: modules, their calls and the expressions of their resources, read when they are asked for. */

import type { TextRange } from '../source/source-file.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import { given, memberRanges, objectRanges, parsed } from './json-ranges.ts';

/** The members of an object, in the text. */
type Members = ReadonlyMap<string, TextRange>;

/** Where the arguments of each resource are, by its address in the module. */
type ResourceRanges = ReadonlyMap<string, TextRange | undefined>;

const nothing: Members = new Map();

export class PlanConfiguration {
  /** What the root module declares: addresses of resources, and `module.NAME` for calls. */
  readonly declared: ReadonlySet<string>;
  readonly #text: string;
  readonly #root: Members;
  /** By path without keys. */
  readonly #modules = new Map<string, Members>();
  /** By module. */
  readonly #resources = new Map<Members, ResourceRanges>();
  /** Of the calls and outputs that were asked for. */
  readonly #members = new Map<TextRange, Members>();
  readonly #values = new Map<TextRange, unknown>();
  /** Arguments of one resource are asked for one after the other, and those of all are as long as the configuration. */
  #latest: { readonly range: TextRange; readonly value: unknown } | undefined;

  /** @param root the root module in the text; undefined where the plan has none */
  constructor(text: string, root: TextRange | undefined) {
    this.#text = text;
    this.#root = root === undefined ? nothing : memberRanges(text, root.start);
    const calls = [...this.#membersIn(this.#root, 'module_calls').keys()];
    this.declared = new Set([...this.#resourcesOf(this.#root).keys(), ...calls.map((name) => `module.${name}`)]);
  }

  /**
   * The arguments of a managed resource, as JSON; undefined where it is not there.
   *
   * @param moduleAddress with or without instance keys; empty for the root
   */
  argumentsOf(moduleAddress: string, type: string, name: string): unknown {
    const range = this.#resourcesOf(this.#moduleAt(moduleAddress)).get(`${type}.${name}`);
    if (range === undefined) return undefined;
    if (this.#latest?.range !== range) this.#latest = { range, value: parsed(range, this.#text) };
    return this.#latest.value;
  }

  /** An output of a module, as JSON. */
  outputOf(moduleAddress: string, name: string): unknown {
    return this.#valueOf(this.#membersIn(this.#moduleAt(moduleAddress), 'outputs').get(name));
  }

  /** What a call gives to the variables of its module, as JSON. */
  inputsOf(moduleAddress: string, call: string): unknown {
    return this.#valueOf(this.#callOf(moduleAddress, call).get('expressions'));
  }

  #valueOf(range: TextRange | undefined): unknown {
    if (range === undefined) return undefined;
    if (!this.#values.has(range)) this.#values.set(range, parsed(range, this.#text));
    return this.#values.get(range);
  }

  #membersIn(object: Members, name: string): Members {
    const range = given(object, name, this.#text);
    if (range === undefined) return nothing;
    const members = this.#members.get(range) ?? memberRanges(this.#text, range.start);
    this.#members.set(range, members);
    return members;
  }

  #callOf(moduleAddress: string, name: string): Members {
    return this.#membersIn(this.#membersIn(this.#moduleAt(moduleAddress), 'module_calls'), name);
  }

  #moduleAt(moduleAddress: string): Members {
    const path = withoutKeys(moduleAddress);
    const module = this.#modules.get(path) ?? this.#findModule(path);
    this.#modules.set(path, module);
    return module;
  }

  #findModule(path: string): Members {
    if (path === '') return this.#root;
    const [, outer = '', name = ''] = /^(?:(.*)\.)?module\.([^.]+)$/.exec(path) ?? [];
    return this.#membersIn(this.#callOf(outer, name), 'module');
  }

  #resourcesOf(module: Members): ResourceRanges {
    const known = this.#resources.get(module);
    if (known !== undefined) return known;
    const found = new Map<string, TextRange | undefined>();
    const resources = given(module, 'resources', this.#text);
    for (const { members } of resources === undefined ? [] : objectRanges(this.#text, resources.start)) {
      const address = members.get('address');
      if (address !== undefined) found.set(String(parsed(address, this.#text)), members.get('expressions'));
    }
    this.#resources.set(module, found);
    return found;
  }
}
