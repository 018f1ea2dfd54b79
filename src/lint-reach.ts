/** Whether the internet gets to what findings of open ports are about. */

import type { BuiltRoot } from './build-root.ts';
import { groupBy } from './collections/group-by.ts';
import { isSameList } from './collections/same-list.ts';
import type { RootExposure } from './exposure/exposure.ts';
import { exposureOf } from './exposure/exposure-of.ts';
import type { Located, OpenIngress, Part, PartReach, Related } from './findings/finding.ts';
import { rootKey } from './findings/root-key.ts';
import type { SomeAddresses } from './model/normalize.ts';
import type { SecurityGroup } from './model/security-group.ts';
import type { SecurityGroupModel } from './model/security-group-model.ts';
import type { SecurityModel } from './model/security-model.ts';
import { GroupReferences, groupReferencesOf } from './model/written/references.ts';
import type { Resources } from './terraform/instances/instance.ts';
import type { World } from './terraform/instances/world.ts';
import { isStandIn } from './terraform/stand-ins/stand-in.ts';
import { withoutKeys } from './terraform/values/instance-address.ts';

/**
 * The parts, with what the internet reaches of what they open. Only roots with such parts are looked at.
 *
 * @param exposures of the roots, in the same order
 */
export function withReach(
  parts: readonly Part[],
  roots: readonly BuiltRoot[],
  exposures: readonly RootExposure[],
): readonly Part[] {
  if (!parts.some(({ opens }) => opens !== undefined)) return parts;
  const ofRoots = groupBy(parts, rootKey);
  const byRoot = new Map(
    roots.map((root, index) => [
      rootKey(root.model),
      new RootReach(root, exposures[index]!, ofRoots.get(rootKey(root.model)) ?? []),
    ]),
  );
  return parts.map((part) => {
    const { opens } = part;
    const reach = opens && byRoot.get(rootKey(part))?.of(part, opens);
    return reach === undefined ? part : reachedPart(part, reach);
  });
}

/** Parts with what reaches them, by those without: the same objects again where an editor's next run comes to the same. */
const reachedParts = new WeakMap<Part, Part & { readonly reach: PartReach<Located> }>();

function reachedPart(part: Part, reach: PartReach<Located>): Part {
  const known = reachedParts.get(part);
  if (known !== undefined && isSameReach(known.reach, reach)) return known;
  const reached = { ...part, reach };
  reachedParts.set(part, reached);
  return reached;
}

function isSameReach(a: PartReach<Located>, b: PartReach<Located>): boolean {
  const isSameStep = (one: Related, other: Related): boolean =>
    one.message === other.message && one.step === other.step && one.span === other.span;
  return a.reach === b.reach && isSameList(a.because, b.because) && isSameList(a.way, b.way, isSameStep);
}

const ofGroup = 'group ';

class RootReach {
  readonly #root: BuiltRoot;
  readonly #exposure: RootExposure;
  readonly #parts: readonly Part[];
  readonly #references: GroupReferences;
  #needed: SomeAddresses | undefined;
  #keys: ReadonlySet<string> | undefined;
  /** By the world's name; that of no world is empty. */
  readonly #states = new Map<string, GroupReaches>();
  readonly #known = new Map<string, PartReach<Located>>();
  readonly #ofBase = new Map<OpenIngress, PartReach<Located>>();
  readonly #open = new Map<World, boolean>();

  /** @param parts of the root */
  constructor(root: BuiltRoot, exposure: RootExposure, parts: readonly Part[]) {
    this.#root = root;
    this.#exposure = exposure;
    this.#parts = parts;
    this.#references = new GroupReferences(root.model.of('security-group'), root.cache);
  }

  of({ when, world, group }: Part, opens: OpenIngress): PartReach<Located> {
    const certain = world && this.#isOpen(world) && this.#hasGroup(opens.key) ? this.#inBase(opens, group) : undefined;
    if (certain !== undefined && certain.reach !== 'unknown') return certain;
    const name = world === undefined ? '' : JSON.stringify(when);
    const key = JSON.stringify([name, opens.key, opens.family, opens.traffic.points]);
    const known = this.#known.get(key) ?? this.#stateIn(world, name).of(opens, group);
    this.#known.set(key, known);
    return known;
  }

  /** What holds without anything being known of inputs. Of one finding it is asked in many worlds. */
  #inBase(opens: OpenIngress, group: string | undefined): PartReach<Located> {
    const known = this.#ofBase.get(opens) ?? this.#stateIn(undefined, '').of(opens, group);
    this.#ofBase.set(opens, known);
    return known;
  }

  /** Whether the inputs of a world are open without it: then what is certain without it holds there too. */
  #isOpen(world: World): boolean {
    const known = this.#open.get(world);
    if (known !== undefined) return known;
    const { root } = this.#root.configuration;
    const isOpen = [...world.keys()].every((input) => {
      const variable = /^var\.([^.[]+)$/.exec(input)?.[1];
      if (variable === undefined) return input === 'terraform.workspace';
      return root.variables.get(variable)?.content.attributes.has('default') === false;
    });
    this.#open.set(world, isOpen);
    return isOpen;
  }

  /** Whether it is a group that there is without anything being known of inputs. */
  #hasGroup(key: string): boolean {
    this.#keys ??= new Set(this.#root.model.of('security-group').groups.map(({ address }) => ofGroup + address));
    return this.#keys.has(key);
  }

  /** The groups of what is asked in worlds, and whatever else decides what gets into subnets. */
  #neededInWorlds(): SomeAddresses {
    if (this.#needed !== undefined) return this.#needed;
    const groups = new Set(
      this.#parts.flatMap(({ world, opens }) =>
        world === undefined || opens?.key.startsWith(ofGroup) !== true
          ? []
          : withoutKeys(opens.key.slice(ofGroup.length)),
      ),
    );
    this.#needed = { has: (address) => groups.has(address) || ofAcl.test(address) };
    return this.#needed;
  }

  #inWorld(model: SecurityModel, resources: Resources): GroupReaches {
    return new GroupReaches(model.of('security-group'), exposureOf(model, resources), this.#references);
  }

  #stateIn(world: World | undefined, name: string): GroupReaches {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const { model, inWorld } = this.#root;
    const other = world && inWorld(world, `reach ${name}`, this.#neededInWorlds());
    const state =
      other === undefined
        ? new GroupReaches(model.of('security-group'), this.#exposure, this.#references)
        : this.#inWorld(other.model(), other.configuration);
    this.#states.set(name, state);
    return state;
  }
}

/** Addresses without keys of network ACLs, their entries and associations. */
const ofAcl = /(?:^|\.)aws_(?:default_)?network_acl(?:_\w+)?\.[\w-]+$/;

/** Whether the internet gets to what has a group of one model. */
export class GroupReaches {
  readonly #model: SecurityGroupModel;
  readonly #exposure: RootExposure;
  readonly #references: GroupReferences;
  #groups: ReadonlyMap<string, SecurityGroup> | undefined;

  /** @param references of the configuration, which are the same in all worlds */
  constructor(model: SecurityGroupModel, exposure: RootExposure, references = model.once(groupReferencesOf)) {
    this.#model = model;
    this.#exposure = exposure;
    this.#references = references;
  }

  /** @param name of the group, in words; undefined where it is not known, or not shown */
  of({ key, family, traffic }: OpenIngress, name = 'the group'): PartReach<Located> {
    const address = key.startsWith(ofGroup) ? key.slice(ofGroup.length) : key;
    const { reach, path, because } = this.#exposure.reachOf(address, family, traffic);
    if (reach === 'unattached') return this.#unattached(address, name);
    const way = path
      .filter(({ span: { file } }) => !file.isVirtual && !isStandIn(file.path))
      .map(({ address: step, text, span }): Related => ({ message: `${step} ${text}`, span, step }));
    // Others may have one from elsewhere, too.
    const waits = reach === 'unknown' && because.length === 0 ? [`what else ${name} is attached to`] : because;
    return { reach, because: waits, way };
  }

  /** Nothing that was read has the group: whether anything else can. */
  #unattached(address: string, name: string): PartReach<Located> {
    this.#groups ??= new Map(this.#model.groups.map((each) => [each.address, each]));
    const group = this.#groups.get(address);
    const others = group === undefined ? [] : this.#references.othersOf(group);
    const waits = group?.form.isDefault === true ? ['what in its VPC names no group'] : others;
    if (waits.length > 0) return { reach: 'unknown', because: waits, way: [] };
    return { reach: 'unattached', because: [`${name} is not attached to anything`], way: [] };
  }
}
