/** The network ACLs of a root module with their entries, and the subnets that have them. */

import type { Subnet, SubnetAcl, SubnetAcls } from './aws/subnet-acls.ts';
import type { Around, KindModel, ModelSource } from './kind-model.ts';
import type { AclAssociation, EntrySet, NetworkAcl } from './network-acl.ts';
import type { Addressed, Owner } from './rule.ts';

interface Contents {
  readonly sets: readonly EntrySet[];
  /** In order of place. */
  readonly associations: readonly AclAssociation[];
}

export class NetworkAclModel implements KindModel<EntrySet>, Contents {
  readonly root: string;
  readonly environment: string | undefined;
  readonly files: ModelSource['files'];
  readonly trees: ModelSource['trees'];
  /** Nothing of network ACLs is among the groups and rules that summaries count. */
  readonly counts = {};
  /** Every ACL with its entries, one without entries included, then the entries of other ACLs. */
  readonly sets: readonly EntrySet[];
  readonly associations: readonly AclAssociation[];
  readonly #source: ModelSource;
  readonly #subnetAcls: () => SubnetAcls;
  #ofSubnets: SubnetAcls | undefined;
  #byAddress: ReadonlyMap<string, EntrySet> | undefined;

  /** @param subnetAcls is called once, if somebody asks for the ACL of a subnet */
  constructor(source: ModelSource, { sets, associations }: Contents, subnetAcls: () => SubnetAcls) {
    this.#source = source;
    this.root = source.root;
    this.environment = source.environment;
    this.files = source.files;
    this.trees = source.trees;
    this.sets = sets;
    this.associations = associations;
    this.#subnetAcls = subnetAcls;
  }

  /** @param address of a subnet of the configuration, with keys */
  aclOfSubnet(address: string): SubnetAcl {
    return this.#acls.of(address);
  }

  /** Every subnet of the configuration, with its ACL, in order of place. */
  get subnets(): readonly Subnet[] {
    return this.#acls.all();
  }

  get #acls(): SubnetAcls {
    this.#ofSubnets ??= this.#subnetAcls();
    return this.#ofSubnets;
  }

  get units(): readonly (readonly [EntrySet])[] {
    return this.sets.map((set) => [set]);
  }

  restrictedTo(sets: readonly EntrySet[]): NetworkAclModel {
    return new NetworkAclModel(this.#source, { sets, associations: this.associations }, this.#subnetAcls);
  }

  evaluateAll(): void {
    // Nobody asks for subnets where no ACL can have them.
    if (this.sets.some(({ acl }) => acl !== undefined)) void this.subnets;
  }

  around(isMeant: (resourceAddress: string) => boolean): Around<EntrySet> {
    const parts = this.sets.filter((set) => membersOf(set).some((each) => isMeant(each.resourceAddress)));
    // An entry whose ACL is not known can be of any.
    const homeless = this.sets.filter(({ entries }) => entries.some(({ owner }) => owner.kind === 'unknown'));
    if (homeless.some((set) => parts.includes(set))) return { parts, addresses: undefined };
    const members = parts.length === 0 ? [] : [...parts, ...homeless].flatMap(membersOf);
    return { parts, addresses: new Set(members.map(({ resourceAddress }) => resourceAddress)) };
  }

  /** What checks of one ACL ask is all in its entries. */
  surroundingsOf(): string {
    return '';
  }

  namesOf(subject: Addressed): readonly string[] {
    if ('owner' in subject) return this.#namesOfOwner(subject.owner as Owner);
    const set = this.#setWith(subject.address);
    return set === undefined ? [] : namesOfSet(set);
  }

  get names(): Iterable<readonly string[]> {
    return this.sets.map(namesOfSet);
  }

  /** Their names are their addresses. */
  readonly unnamed = 0;

  #namesOfOwner(owner: Owner): readonly string[] {
    if (owner.kind === 'id') return [owner.id];
    const acl = owner.kind === 'group' ? this.#setWith(owner.address)?.acl : undefined;
    return acl === undefined ? [] : [acl.resourceAddress];
  }

  #setWith(address: string): EntrySet | undefined {
    this.#byAddress ??= new Map(this.sets.flatMap((set) => membersOf(set).map((each) => [each.address, set])));
    return this.#byAddress.get(address);
  }
}

function membersOf({ acl, entries }: EntrySet): readonly (NetworkAcl | EntrySet['entries'][number])[] {
  return acl === undefined ? entries : [acl, ...entries];
}

function namesOfSet({ acl, entries }: EntrySet): readonly string[] {
  if (acl !== undefined) return [acl.resourceAddress];
  const owner = entries[0]?.owner;
  return owner?.kind === 'id' ? [owner.id] : [];
}
