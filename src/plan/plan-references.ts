/** Which resource of a plan an argument names, as far as the plan's own copy of the configuration says: it has references, and no local values. */

import { groupBy } from '../collections/group-by.ts';
import type { TextRange } from '../source/source-file.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import type { Identity } from '../terraform/values/value.ts';
import { elementRanges, memberRanges, parsed } from './json-ranges.ts';
import { isObject, type PlannedResource } from './planned-change.ts';

/** A module of the configuration: text ranges, read when they are asked for. */
type ModuleRange = ReadonlyMap<string, TextRange>;

/** Longer chains of variables and outputs are not followed. */
const MAX_STEPS = 50;

export class PlanReferences {
  readonly #text: string;
  readonly #root: ModuleRange;
  readonly #changes: readonly PlannedResource[];
  #byResource: ReadonlyMap<string, readonly PlannedResource[]> | undefined;
  readonly #modules = new Map<string, ModuleRange | undefined>();
  readonly #expressions = new Map<ModuleRange, ReadonlyMap<string, unknown>>();

  /** @param root the root module of the configuration, as a plan has it; undefined where it has none */
  constructor(text: string, root: TextRange | undefined, changes: readonly PlannedResource[]) {
    this.#text = text;
    this.#root = root === undefined ? new Map() : memberRanges(text, root.start);
    this.#changes = changes;
  }

  /** Whether the configuration writes an argument that can be unknown; true where the plan has no configuration. Blocks of `dynamic` are not in it. */
  isWritten(change: PlannedResource, argument: string): boolean {
    const resource = this.#resourceOf(change);
    const expression = memberOf(resource, argument);
    return !isObject(resource) || Array.isArray(expression) || referencesIn(expression).length > 0;
  }

  /** Whether it writes an argument at all; false where the plan has no configuration. */
  isConfigured(change: PlannedResource, argument: string): boolean {
    return memberOf(this.#resourceOf(change), argument) !== undefined;
  }

  /** Undefined where it is not one resource, or which one is not known. */
  identityOf(change: PlannedResource, argument: string): Identity | undefined {
    const { moduleAddress, index } = change;
    return this.#resolve(referencesIn(memberOf(this.#resourceOf(change), argument)), {
      moduleAddress,
      index,
      steps: 0,
    });
  }

  #resourceOf({ moduleAddress, type, name }: PlannedResource): unknown {
    const module = this.#moduleAt(moduleAddress);
    return module && this.#resources(module).get(`${type}.${name}`);
  }

  #resolve(references: readonly string[], from: From): Identity | undefined {
    if (from.steps > MAX_STEPS) return undefined;
    const heads = references.filter((each, at) => at === 0 || !isPrefix(each, references[at - 1]!));
    const [head, ...others] = heads.filter((each) => !/^(?:each|count|path|terraform)\b/.test(each));
    if (head === undefined || others.length > 0) return undefined;
    const isRepeated = heads.length > 1;
    const parts = partsOf(head);
    const next = { ...from, steps: from.steps + 1 };
    switch (parts[0]) {
      case 'var':
        return this.#resolveVariable(parts[1] ?? '', next);
      case 'module':
        return this.#resolveOutput(parts, next);
      case 'local':
      case 'data':
        return undefined;
      default:
        return this.#resolveResource(parts, isRepeated, from);
    }
  }

  #resolveResource([type, name, ...rest]: readonly string[], isRepeated: boolean, from: From): Identity | undefined {
    const prefix = from.moduleAddress === '' ? '' : `${from.moduleAddress}.`;
    const address = `${prefix}${type}.${name}`;
    this.#byResource ??= groupBy(this.#changes, (each) => withoutKeys(each.address));
    const instances = (this.#byResource.get(withoutKeys(address)) ?? []).filter(
      (each) => each.moduleAddress === from.moduleAddress,
    );
    const key = rest[0]?.startsWith('[') === true ? rest[0] : undefined;
    const attribute = rest.filter((each) => !each.startsWith('['))[0] ?? 'id';
    const meant = instances.filter((each) =>
      key !== undefined
        ? each.address === address + key
        : isRepeated && instances.length > 1
          ? each.index === from.index
          : true,
    );
    return meant.length === 1 ? { address: meant[0]!.address, path: [attribute] } : undefined;
  }

  #resolveOutput(parts: readonly string[], from: From): Identity | undefined {
    const [, name = '', ...rest] = parts;
    const key = rest[0]?.startsWith('[') === true ? rest[0] : '';
    const output = rest.filter((each) => !each.startsWith('['))[0];
    const own = `module.${name}${key}`;
    const moduleAddress = from.moduleAddress === '' ? own : `${from.moduleAddress}.${own}`;
    const module = this.#moduleAt(moduleAddress);
    const outputs = module?.get('outputs');
    const range =
      output === undefined || outputs === undefined ? undefined : memberRanges(this.#text, outputs.start).get(output);
    const declared = range && parsed(range, this.#text);
    return this.#resolve(referencesIn(memberOf(declared, 'expression')), { ...from, moduleAddress, index: undefined });
  }

  #resolveVariable(variable: string, from: From): Identity | undefined {
    const [, outer = '', name = '', key] =
      /^(?:(.*)\.)?module\.([^.[]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?$/.exec(from.moduleAddress) ?? [];
    const call = this.#callOf(outer, name);
    if (call === undefined) return undefined;
    const range = memberRanges(this.#text, call.start).get('expressions');
    const expressions = range && parsed(range, this.#text);
    const index = key === undefined ? undefined : instanceKey(key.slice(1, -1));
    return this.#resolve(referencesIn(memberOf(expressions, variable)), { ...from, moduleAddress: outer, index });
  }

  #callOf(moduleAddress: string, name: string): TextRange | undefined {
    const calls = this.#moduleAt(moduleAddress)?.get('module_calls');
    return calls && memberRanges(this.#text, calls.start).get(name);
  }

  #moduleAt(moduleAddress: string): ModuleRange | undefined {
    const path = withoutKeys(moduleAddress);
    if (!this.#modules.has(path)) this.#modules.set(path, this.#findModule(path));
    return this.#modules.get(path);
  }

  #findModule(path: string): ModuleRange | undefined {
    if (path === '') return this.#root;
    const [, outer = '', name = ''] = /^(?:(.*)\.)?module\.([^.]+)$/.exec(path) ?? [];
    const call = this.#callOf(outer, name);
    const module = call && memberRanges(this.#text, call.start).get('module');
    return module && memberRanges(this.#text, module.start);
  }

  /** The expressions of the managed resources of a module, by their addresses in it. */
  #resources(module: ModuleRange): ReadonlyMap<string, unknown> {
    const known = this.#expressions.get(module);
    if (known !== undefined) return known;
    const found = new Map<string, unknown>();
    const resources = module.get('resources');
    for (const { start } of resources === undefined ? [] : elementRanges(this.#text, resources.start)) {
      const members = memberRanges(this.#text, start);
      const [address, expressions] = [members.get('address'), members.get('expressions')];
      if (address !== undefined && expressions !== undefined)
        found.set(String(parsed(address, this.#text)), parsed(expressions, this.#text));
    }
    this.#expressions.set(module, found);
    return found;
  }
}

/** Where a reference stands. */
interface From {
  readonly moduleAddress: string;
  /** Of the resource or module instance. */
  readonly index: number | string | undefined;
  readonly steps: number;
}

/** Undefined for what JSON writes in another way. */
function instanceKey(text: string): number | string | undefined {
  try {
    return JSON.parse(text) as number | string;
  } catch {
    return undefined;
  }
}

const memberOf = (object: unknown, name: string): unknown => (isObject(object) ? object[name] : undefined);

function referencesIn(expression: unknown): readonly string[] {
  const references = memberOf(expression, 'references');
  return Array.isArray(references) ? references.map(String) : [];
}

/** Terraform names what a reference is in after the reference itself. */
const isPrefix = (outer: string, inner: string): boolean =>
  inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length));

/** `aws_x.y["a"].id` in parts, keys with their brackets. */
const partsOf = (reference: string): readonly string[] =>
  reference.match(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]|[^.[]+/g) ?? [];
