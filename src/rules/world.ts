/** The models that conditions of own rules ask, and what their objects are made of. */

import { groupBy } from '../collections/group-by.ts';
import type { RootExposure } from '../exposure/exposure.ts';
import type { Attachment } from '../model/aws/attachments.ts';
import type { EntrySet } from '../model/network-acl.ts';
import type { NetworkAclModel } from '../model/network-acl-model.ts';
import type { OpenedAccess } from '../model/opened.ts';
import type { Owner, Rule } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import {
  boolType,
  listType,
  mapType,
  numberType,
  objectType,
  stringType,
  type Type,
} from '../terraform/values/type.ts';
import { type ObjectValue, tupleValue, type UnknownReason, type Value } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';

/** What an attribute is, as far as names and functions depend on it. */
export type AskedType =
  | 'string'
  | 'number'
  | 'bool'
  | 'ports'
  | 'sources'
  | 'texts'
  | 'tags'
  /** A string that is one of a few. */
  | { readonly words: readonly string[] }
  | { readonly object: ObjectName }
  | { readonly listOf: ObjectName };

export type ObjectName = 'rule' | 'group' | 'attachment' | 'service' | 'exposure' | 'acl' | 'entry' | 'opened';

/** What an object is. */
export interface ObjectDefinition {
  /** For the reference, without a full stop. */
  readonly summary: string;
  readonly attributes: AskedAttributes<never>;
}

/** @typeParam Of what the object stands for */
export interface AskedAttribute<Of> {
  readonly type: AskedType;
  /** For the reference, without a full stop. */
  readonly summary: string;
  /** Whether it tells more than what one unit of a model holds. */
  readonly isOfModel?: true;
  get(of: Of, world: ObjectWorld): Value;
}

export type AskedAttributes<Of> = Readonly<Record<string, AskedAttribute<Of>>>;

/** What there is to ask; undefined where it is of another kind. */
export interface AskedModels {
  readonly groups?: SecurityGroupModel | undefined;
  readonly acls?: NetworkAclModel | undefined;
  readonly exposure?: RootExposure | undefined;
  readonly opened?: readonly OpenedAccess[] | undefined;
}

type MakeObject = (name: ObjectName, subject: object, world: ObjectWorld) => ObjectValue;

/** The models that objects are of, each of which makes its values once. */
export class ObjectWorld {
  readonly groups: SecurityGroupModel | undefined;
  readonly acls: NetworkAclModel | undefined;
  readonly exposure: RootExposure | undefined;
  readonly opened: readonly OpenedAccess[];
  readonly #values = new WeakMap<object, ObjectValue>();
  #groupAt: ReadonlyMap<string, SecurityGroup> | undefined;
  #rulesOf: ReadonlyMap<string, readonly Rule[]> | undefined;
  #attachmentsOf: ReadonlyMap<string, readonly Attachment[]> | undefined;
  #aclAt: ReadonlyMap<string, EntrySet> | undefined;
  readonly #once = new Map<string, unknown>();
  readonly #make: MakeObject;

  /** @param make an object for what it stands for */
  constructor({ groups, acls, exposure, opened = [] }: AskedModels, make: MakeObject) {
    this.groups = groups;
    this.acls = acls;
    this.exposure = exposure;
    this.opened = opened;
    this.#make = make;
  }

  /** @param subject what the object stands for: the same value for the same */
  object(name: ObjectName, subject: object): ObjectValue {
    const known = this.#values.get(subject);
    if (known !== undefined) return known;
    const value = this.#make(name, subject, this);
    this.#values.set(subject, value);
    return value;
  }

  objects(name: ObjectName, subjects: readonly object[]): Value {
    return tupleValue(subjects.map((each) => this.object(name, each)));
  }

  /** What several conditions ask, worked out once. */
  once<T>(key: string, compute: () => T): T {
    if (!this.#once.has(key)) this.#once.set(key, compute());
    return this.#once.get(key) as T;
  }

  groupAt(address: string): SecurityGroup | undefined {
    this.#groupAt ??= new Map(this.groups?.groups.map((group) => [group.address, group]));
    return this.#groupAt.get(address);
  }

  rulesOf({ address }: SecurityGroup): readonly Rule[] {
    this.#rulesOf ??= groupBy(this.groups?.rules ?? [], ({ owner }) => addressOf(owner));
    return this.#rulesOf.get(address) ?? [];
  }

  attachmentsOf({ address }: SecurityGroup): readonly Attachment[] {
    if (this.#attachmentsOf === undefined) {
      const found = new Map<string, Attachment[]>();
      for (const attachment of this.groups?.attachments ?? []) {
        for (const at of new Set(attachment.groups.flatMap(({ group }) => group?.address ?? [])))
          found.set(at, [...(found.get(at) ?? []), attachment]);
      }
      this.#attachmentsOf = found;
    }
    return this.#attachmentsOf.get(address) ?? [];
  }

  aclAt(address: string): EntrySet | undefined {
    this.#aclAt ??= new Map(this.acls?.sets.flatMap((set) => (set.acl ? [[set.acl.address, set] as const] : [])));
    return this.#aclAt.get(address);
  }
}

const addressOf = (owner: Owner): string => (owner.kind === 'group' ? owner.address : '');

/** A group or network ACL that is none of the configuration's. */
export class Elsewhere {
  readonly address: string | undefined;
  readonly reasons: readonly UnknownReason[];

  constructor(address: string | undefined, reasons: readonly UnknownReason[]) {
    this.address = address;
    this.reasons = reasons;
  }
}

export type Foreign<T> = T | Elsewhere;

/** What has no object of its own in the configuration. */
export function elsewhereOf(owner: Exclude<Owner, { readonly kind: 'group' }>, world: ObjectWorld): Elsewhere {
  if (owner.kind === 'unknown') return elsewhere(world, undefined, owner.reasons);
  const name = owner.isSensitive ? SENSITIVE : owner.id;
  return elsewhere(world, name, [{ name }]);
}

export const elsewhere = (
  world: ObjectWorld,
  address: string | undefined,
  reasons: readonly UnknownReason[],
): Elsewhere =>
  world.once(
    `elsewhere ${address ?? ''} ${reasons.map(({ name }) => name).join('\n')}`,
    () => new Elsewhere(address, reasons),
  );

/** The type of a value that is not known. */
export function typeOfAsked(type: AskedType): Type {
  switch (type) {
    case 'string':
      return stringType;
    case 'number':
      return numberType;
    case 'bool':
      return boolType;
    case 'ports':
    case 'sources':
    case 'texts':
      return listType(stringType);
    case 'tags':
      return mapType(stringType);
    default:
      if ('words' in type) return stringType;
      return 'object' in type ? objectType([]) : listType(objectType([]));
  }
}
