/** Which resource of a plan an argument names, as far as the plan's own copy of the configuration says: it has references, and no local values. */

import { groupBy } from '../collections/group-by.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import type { Identity } from '../terraform/values/value.ts';
import type { PlanConfiguration } from './plan-configuration.ts';
import { isObject, type PlannedResource } from './planned-change.ts';

/** Longer chains of variables and outputs are not followed. */
const MAX_STEPS = 50;

/** Of one resource in one module instance. */
type Instances = readonly [PlannedResource, ...PlannedResource[]];

interface InstanceIndex {
  readonly byAddress: ReadonlyMap<string, Instances>;
  readonly byIndex: ReadonlyMap<PlannedResource['index'], Instances>;
}

export class PlanReferences {
  readonly #configuration: PlanConfiguration;
  readonly #changes: readonly PlannedResource[];
  /** By module with its keys, and address without. */
  #resources: ReadonlyMap<string, Instances> | undefined;
  readonly #indexes = new Map<Instances, InstanceIndex>();

  constructor(configuration: PlanConfiguration, changes: readonly PlannedResource[]) {
    this.#configuration = configuration;
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
    return this.#configuration.argumentsOf(moduleAddress, type, name);
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
    this.#resources ??= groupBy(this.#changes, (each) => `${each.moduleAddress}\n${each.resourceAddress}`);
    const instances = this.#resources.get(`${from.moduleAddress}\n${withoutKeys(address)}`);
    if (instances === undefined) return undefined;
    const key = rest[0]?.startsWith('[') === true ? rest[0] : undefined;
    const attribute = rest.filter((each) => !each.startsWith('['))[0] ?? 'id';
    const meant =
      key !== undefined
        ? this.#instancesOf(instances).byAddress.get(address + key)
        : isRepeated && instances.length > 1
          ? this.#instancesOf(instances).byIndex.get(from.index)
          : instances;
    return meant?.length === 1 ? { address: meant[0].address, path: [attribute] } : undefined;
  }

  #instancesOf(all: Instances): InstanceIndex {
    const index = this.#indexes.get(all) ?? {
      byAddress: groupBy(all, ({ address }) => address),
      byIndex: groupBy(all, (each) => each.index),
    };
    this.#indexes.set(all, index);
    return index;
  }

  #resolveOutput(parts: readonly string[], from: From): Identity | undefined {
    const [, name = '', ...rest] = parts;
    const key = rest[0]?.startsWith('[') === true ? rest[0] : '';
    const output = rest.filter((each) => !each.startsWith('['))[0];
    const own = `module.${name}${key}`;
    const moduleAddress = from.moduleAddress === '' ? own : `${from.moduleAddress}.${own}`;
    const declared = output === undefined ? undefined : this.#configuration.outputOf(moduleAddress, output);
    return this.#resolve(referencesIn(memberOf(declared, 'expression')), { ...from, moduleAddress, index: undefined });
  }

  #resolveVariable(variable: string, from: From): Identity | undefined {
    const [, outer = '', name = '', key] =
      /^(?:(.*)\.)?module\.([^.[]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?$/.exec(from.moduleAddress) ?? [];
    const expressions = this.#configuration.inputsOf(outer, name);
    const index = key === undefined ? undefined : instanceKey(key.slice(1, -1));
    return this.#resolve(referencesIn(memberOf(expressions, variable)), { ...from, moduleAddress: outer, index });
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
