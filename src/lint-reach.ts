/** Whether the internet gets to what findings of open ports are about. */

import type { BuiltRoot } from './build-root.ts';
import { groupBy } from './collections/group-by.ts';
import type { RootExposure } from './exposure/exposure.ts';
import { exposureOf } from './exposure/exposure-of.ts';
import type { Located, OpenIngress, Part, PartReach, Related } from './findings/finding.ts';
import { rootKey } from './findings/root-key.ts';
import type { SomeAddresses } from './model/normalize.ts';
import type { SecurityGroup } from './model/security-group.ts';
import type { SecurityGroupModel } from './model/security-group-model.ts';
import type { SecurityModel } from './model/security-model.ts';
import { GroupReferences } from './model/written/references.ts';
import type { Resources } from './terraform/instances/instance.ts';
import { isStandIn } from './terraform/stand-ins/stand-in.ts';
import { withoutKeys } from './terraform/values/instance-address.ts';

/** The parts, with what the internet reaches of what they open. Only roots with such parts are looked at. */
export function withReach(parts: readonly Part[], roots: readonly BuiltRoot[]): readonly Part[] {
  const ofRoots = groupBy(parts, rootKey);
  const byRoot = new Map(
    roots.map((root) => [rootKey(root.model), new RootReach(root, ofRoots.get(rootKey(root.model)) ?? [])]),
  );
  return parts.map((part) => {
    const { opens } = part;
    const reach = opens && byRoot.get(rootKey(part))?.of(part, opens);
    return reach === undefined ? part : withMember(part, reach);
  });
}

/** The other members stay as they are: to work out a fingerprint takes long. */
function withMember(part: Part, reach: PartReach<Located>): Part {
  const members = { ...Object.getOwnPropertyDescriptors(part), reach: { value: reach, enumerable: true } };
  return Object.create(Object.prototype, members) as Part;
}

const ofGroup = 'group ';

/** A root as something was found in it: with what is given, or in one world. */
interface RootState {
  readonly groups: SecurityGroupModel;
  readonly exposure: RootExposure;
}

class RootReach {
  readonly #root: BuiltRoot;
  readonly #parts: readonly Part[];
  readonly #references: GroupReferences;
  #needed: SomeAddresses | undefined;
  /** By the world's name; that of no world is empty. */
  readonly #states = new Map<string, RootState>();
  readonly #known = new Map<string, PartReach<Located>>();

  /** @param parts of the root */
  constructor(root: BuiltRoot, parts: readonly Part[]) {
    this.#root = root;
    this.#parts = parts;
    this.#references = new GroupReferences(root.model.of('security-group'));
  }

  of({ when, world, group }: Part, opens: OpenIngress): PartReach<Located> {
    const name = world === undefined ? '' : JSON.stringify(when);
    const key = JSON.stringify([name, opens.key, opens.family, opens.traffic.points]);
    const known = this.#known.get(key) ?? reachIn(this.#stateIn(world, name), this.#references, opens, group);
    this.#known.set(key, known);
    return known;
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

  #stateIn(world: Part['world'], name: string): RootState {
    const known = this.#states.get(name);
    if (known !== undefined) return known;
    const { model, resources, inWorld } = this.#root;
    const other = world && inWorld(world, `reach ${name}`, this.#neededInWorlds());
    const state = other === undefined ? stateOf(model, resources) : stateOf(other.model(), other.configuration);
    this.#states.set(name, state);
    return state;
  }
}

/** Addresses without keys of network ACLs, their entries and associations. */
const ofAcl = /(?:^|\.)aws_(?:default_)?network_acl(?:_\w+)?\.[\w-]+$/;

function stateOf(model: SecurityModel, resources: Resources): RootState {
  const groups = model.of('security-group');
  return { groups, exposure: exposureOf(model, resources) };
}

function reachIn(
  { groups, exposure }: RootState,
  references: GroupReferences,
  opens: OpenIngress,
  name = 'the group',
): PartReach<Located> {
  const { key, family, traffic } = opens;
  const address = key.startsWith(ofGroup) ? key.slice(ofGroup.length) : key;
  const { reach, path, because } = exposure.reachOf(address, family, traffic);
  if (reach === 'unattached')
    return unattached(
      groups.groups.find((group) => group.address === address),
      references,
      name,
    );
  const way = path
    .filter(({ span: { file } }) => !file.isVirtual && !isStandIn(file.path))
    .map(({ address: step, text, span }): Related => ({ message: `${step} ${text}`, span, step }));
  // Others may have one from elsewhere, too.
  const waits = reach === 'unknown' && because.length === 0 ? [`what else ${name} is attached to`] : because;
  return { reach, because: waits, way };
}

/** Nothing that was read has the group: whether anything else can. */
function unattached(group: SecurityGroup | undefined, references: GroupReferences, name: string): PartReach<Located> {
  const others = group === undefined ? [] : references.othersOf(group);
  if (others.length > 0) return { reach: 'unknown', because: others, way: [] };
  if (group?.form.isDefault === true) return { reach: 'unknown', because: [`what in its VPC names no group`], way: [] };
  return { reach: 'unattached', because: [`${name} is not attached to anything`], way: [] };
}
