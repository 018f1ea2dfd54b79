/** The security groups of a root module with their rules, and what has them. */

import type { Rejection, Rejections } from '../terraform/instances/rejections/rejection.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import type { Attachment } from './aws/attachments.ts';
import type { ExclusiveRules } from './aws/exclusive-rules.ts';
import type { PrefixList } from './aws/prefix-list.ts';
import type { VpcLink } from './aws/vpc.ts';
import type { VpcAssociation } from './aws/vpc-associations.ts';
import { waitsFor } from './fact.ts';
import type { Around, KindModel, ModelCounts, ModelSource } from './kind-model.ts';
import { GroupNames, namesOfGroup } from './questions/group-names.ts';
import type { PeerNames } from './questions/policy.ts';
import type { Addressed, Peer, Rule } from './rule.ts';
import type { RuleSet, SecurityGroup } from './security-group.ts';

interface Contents {
  readonly groups: readonly SecurityGroup[];
  readonly rules: readonly Rule[];
  readonly prefixLists: readonly PrefixList[];
  readonly ruleSets: readonly RuleSet[];
}

/** What is computed when it is asked for. */
interface Surroundings {
  /** A group of the whole model, by its address. */
  groupAt(address: string): SecurityGroup | undefined;
  attachments(): readonly Attachment[];
  exclusiveRules(): readonly ExclusiveRules[];
  vpcAssociations(): readonly VpcAssociation[];
  vpcLink(): VpcLink;
  rejections(): Rejections;
}

export class SecurityGroupModel implements KindModel<RuleSet>, Contents {
  readonly root: string;
  readonly environment: string | undefined;
  readonly files: ModelSource['files'];
  readonly trees: ModelSource['trees'];
  /** In order of address. */
  readonly groups: readonly SecurityGroup[];
  /** In order of address, direction and place. */
  readonly rules: readonly Rule[];
  /** In order of address, with all their entries. */
  readonly prefixLists: readonly PrefixList[];
  /** Every group with its rules, a group without rules included, then the rules of other groups. */
  readonly ruleSets: readonly RuleSet[];
  readonly #source: ModelSource;
  readonly #names: GroupNames;
  readonly #surroundings: Surroundings;
  #attachments: readonly Attachment[] | undefined;
  #exclusiveRules: readonly ExclusiveRules[] | undefined;
  #vpcAssociations: readonly VpcAssociation[] | undefined;
  #uses: ReadonlyMap<string, string> | undefined;
  #rejections: Rejections | undefined;
  #units: readonly (readonly [RuleSet, ...RuleSet[]])[] | undefined;
  #setsOfAnyGroup: readonly RuleSet[] | undefined;
  readonly #once = new Map<unknown, unknown>();

  constructor(source: ModelSource, contents: Contents, surroundings: Surroundings) {
    this.#source = source;
    this.root = source.root;
    this.environment = source.environment;
    this.files = source.files;
    this.trees = source.trees;
    this.groups = contents.groups;
    this.rules = contents.rules;
    this.prefixLists = contents.prefixLists;
    this.ruleSets = contents.ruleSets;
    this.#names = new GroupNames(this.groups, this.rules);
    this.#surroundings = surroundings;
  }

  /** The services that take groups, in order of place; computed when they are first asked for. */
  get attachments(): readonly Attachment[] {
    this.#attachments ??= this.#surroundings.attachments();
    return this.#attachments;
  }

  /** The lists of the only rules that groups may have. */
  get exclusiveRules(): readonly ExclusiveRules[] {
    this.#exclusiveRules ??= this.#surroundings.exclusiveRules();
    return this.#exclusiveRules;
  }

  /** The groups that are associated with other VPCs than their own. */
  get vpcAssociations(): readonly VpcAssociation[] {
    this.#vpcAssociations ??= this.#surroundings.vpcAssociations();
    return this.#vpcAssociations;
  }

  /** How the configuration connects its VPCs; undefined where it does not. */
  get vpcLink(): VpcLink {
    return this.#surroundings.vpcLink();
  }

  /** What Terraform rejects in what makes, owns or takes groups; computed when it is first asked for. */
  get rejections(): Rejections {
    this.#rejections ??= this.#surroundings.rejections();
    return this.#rejections;
  }

  /** What several checks ask of the whole model, computed once. */
  once<T>(compute: (model: SecurityGroupModel) => T): T {
    const known = this.#once.get(compute) as T | undefined;
    if (known !== undefined) return known;
    const result = compute(this);
    this.#once.set(compute, result);
    return result;
  }

  /**
   * What kind of rejection leaves something without a value; undefined for none.
   *
   * @param reason what it waits for, by its name in messages
   * @param subject address of its resource, without keys
   */
  rejectionBehind(reason: string, subject: string): Rejection['kind'] | undefined {
    const { reasons } = this.rejections;
    return reasons.get(reason) ?? reasons.get(`${subject} ${reason}`);
  }

  get counts(): ModelCounts {
    return { groups: this.groups.length, rules: this.rules.length };
  }

  /** The parts of a group's rules follow one another. */
  get units(): readonly (readonly [RuleSet, ...RuleSet[]])[] {
    if (this.#units !== undefined) return this.#units;
    const units: [RuleSet, ...RuleSet[]][] = [];
    for (const set of this.ruleSets) {
      const last = units.at(-1);
      if (last?.[0].all === set.all) last.push(set);
      else units.push([set]);
    }
    this.#units = units;
    return units;
  }

  /** A rule whose group is not known can be of any. All rules of a set have the same owner. */
  get #ofAnyGroup(): readonly RuleSet[] {
    this.#setsOfAnyGroup ??= this.ruleSets.filter(
      ({ group, rules }) => group === undefined && rules[0]?.owner.kind === 'unknown',
    );
    return this.#setsOfAnyGroup;
  }

  restrictedTo(ruleSets: readonly RuleSet[]): SecurityGroupModel {
    const contents = {
      groups: [...new Set(ruleSets.flatMap(({ group }) => group ?? []))],
      rules: ruleSets.flatMap(({ rules }) => rules),
      prefixLists: this.prefixLists,
      ruleSets,
    };
    return new SecurityGroupModel(this.#source, contents, {
      ...this.#surroundings,
      attachments: () => this.attachments,
      exclusiveRules: () => this.exclusiveRules,
      vpcAssociations: () => this.vpcAssociations,
      rejections: () => this.rejections,
    });
  }

  evaluateAll(): void {
    void [this.attachments, this.exclusiveRules, this.vpcAssociations];
  }

  around(isMeant: (resourceAddress: string) => boolean): Around<RuleSet> {
    const holds = ({ resourceAddresses }: RuleSet): boolean => {
      for (const address of resourceAddresses) if (isMeant(address)) return true;
      return false;
    };
    const parts = this.units.filter(([first]) => holds(first)).flat();
    const homeless = this.#ofAnyGroup;
    if (homeless.some((set) => parts.includes(set))) return { parts, addresses: undefined };
    const addresses = new Set<string>();
    for (const { resourceAddresses } of [...parts, ...homeless])
      for (const address of resourceAddresses) addresses.add(address);
    for (const { groupPeers } of parts) {
      for (const { peer, rule } of groupPeers) {
        const group = this.#groupOf(peer, rule);
        if (group !== undefined) addresses.add(group.resourceAddress);
      }
    }
    return { parts, addresses };
  }

  /** The services that have the group, and the names of the groups that its rules have as peers. */
  surroundingsOf({ group, groupPeers }: RuleSet): string {
    this.#uses ??= usesByGroup(this.attachments);
    const uses = (group && this.#uses.get(group.address)) ?? '';
    if (groupPeers.length === 0) return uses;
    const peers = new Set<string>();
    for (const { rule, peer } of groupPeers) {
      const { names, reasons } = this.namesOfPeer(peer, rule);
      for (const each of [...names, ...reasons]) peers.add(each);
    }
    return [uses, ...peers].join('\n');
  }

  /** The names of the group that a peer of a rule is. */
  namesOfPeer(peer: Peer, rule: Rule): PeerNames {
    const group = this.#groupOf(peer, rule);
    if (group !== undefined) {
      const { name } = group;
      return { names: namesOfGroup(group), reasons: name.kind === 'unknown' ? waitsFor(name.reasons) : [] };
    }
    if (peer.kind !== 'group') return { names: [], reasons: [] };
    const { reference, id } = peer;
    const known = id.kind === 'known' ? [id.value] : [];
    return { names: reference === undefined ? known : [...known, withoutKeys(reference.address)], reasons: [] };
  }

  #groupOf(peer: Peer, { owner }: Rule): SecurityGroup | undefined {
    if (peer.kind === 'group' && peer.reference !== undefined) {
      const { address, path } = peer.reference;
      return path.length === 1 && path[0] === 'id' ? this.#surroundings.groupAt(address) : undefined;
    }
    return peer.kind === 'self' && owner.kind === 'group' ? this.#surroundings.groupAt(owner.address) : undefined;
  }

  namesOf(subject: Addressed): readonly string[] {
    return this.#names.of(subject);
  }

  get names(): Iterable<readonly string[]> {
    return this.#names.all();
  }

  get unnamed(): number {
    return this.groups.filter(({ name }) => name.kind === 'unknown').length;
  }
}

/** The services that have each group, as text, by the group's address. */
function usesByGroup(attachments: readonly Attachment[]): ReadonlyMap<string, string> {
  const uses = new Map<string, string>();
  for (const { address, kind, groups } of attachments) {
    for (const { group, named } of groups) {
      if (group === undefined) continue;
      const { span } = named.id;
      const use = `${address} ${kind} ${span.start} ${span.end} ${span.file.path}\n`;
      uses.set(group.address, (uses.get(group.address) ?? '') + use);
    }
  }
  return uses;
}
