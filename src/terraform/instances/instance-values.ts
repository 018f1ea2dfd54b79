/** The values of references to resources, modules and their blocks. */

import type { Span } from '../../source/span.ts';
import { anyType, stringType } from '../values/type.ts';
import {
  isWhollyKnown,
  mapValue,
  nullValue,
  objectValue,
  tupleValue,
  typeOf,
  type UnknownReason,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../values/value.ts';
import type { EvaluatedBody } from './body.ts';
import type { AttributeSchema, TextForm } from './evaluation.ts';
import type { Expansion, WrittenBody } from './expand.ts';
import type { ResourceInstance } from './instance.ts';

/** An instance whose block is read from files of configuration. */
export interface WrittenInstance extends ResourceInstance {
  readonly body: WrittenBody;
}

/** Nothing that is planned may show an ephemeral value, so it counts as unknown. */
export function asEphemeral(value: Value, name: string, span: Span): Value {
  return { ...unknownValue({ name, span }, typeOf(value), value.origin), ephemeral: true };
}

/** Arguments of every resource that are no attributes of it. */
const metaArguments: ReadonlySet<string> = new Set([
  'connection',
  'count',
  'depends_on',
  'dynamic',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
]);

/**
 * What a reference to a resource means: what is written is known; what only apply knows is unknown, but keeps its name.
 *
 * @param once the value of a written attribute, computed when it is first asked for
 * @param schemaOf what the provider's schema says of an attribute
 */
export function resourceValue(
  { address, resourceAddress, mode, span, body }: ResourceInstance,
  once: (name: string, compute: () => Value) => Value,
  schemaOf: (name: string) => AttributeSchema | undefined,
): UnknownValue {
  const attribute = (name: string): Value => {
    const isWritten = body.content?.attributes.has(name) === true;
    if (isWritten && !metaArguments.has(name)) {
      const value = once(name, () => body.attribute(name)!.value);
      if (value.kind !== 'null' && (mode === 'managed' || isWhollyKnown(value))) {
        const isBlock = value.kind === 'unknown' && value.identity === undefined && name.endsWith('cidr_block');
        return isBlock ? { ...value, identity: { address, path: [name] } } : value;
      }
    }
    const blocks = blocksValue(body, name, resourceAddress);
    if (blocks !== undefined) return blocks;
    const schema = schemaOf(name);
    if (schema?.absent !== undefined && !isWritten) return schema.absent;
    const reason = { name: `${resourceAddress}.${name}`, span };
    const type = schema?.type ?? (name === 'id' ? stringType : anyType);
    const identity = { address, path: [name] };
    const value = { ...unknownValue(reason, type), notNull: name === 'id' || undefined, identity };
    return schema?.form === undefined ? value : ofForm(value, schema.form, address, () => attribute('id'));
  };
  // A resource that is handed on as a whole depends on all of its attributes, to Terraform too.
  const members = (): ReadonlyMap<string, Value> => {
    const { attributes = new Map(), blocks: nested = [] } = body.content ?? {};
    const blocks = nested.map(({ block }) => block.type.name);
    const written = [...attributes.keys(), ...blocks].filter((name) => !metaArguments.has(name));
    const computed = ['arn', 'default_security_group_id'].filter((name) => schemaOf(name)?.form !== undefined);
    return objectValue([...new Set([...written, ...computed, 'id'])].map((name) => [name, attribute(name)] as const))
      .entries;
  };
  return {
    ...unknownValue({ name: resourceAddress, span }),
    notNull: true,
    identity: { address, path: [] },
    attribute,
    members,
  };
}

/** The same unknown text, with what its form says of it. */
function ofForm(value: UnknownValue, form: TextForm, address: string, id: () => Value): Value {
  const digits = hexadecimalDigits(address);
  const complement = [...digits].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('');
  if (form.kind === 'id') {
    // AWS has given eight digits before it gave 17.
    return { ...value, samples: [`${form.prefix}${digits}`, `${form.prefix}${complement.slice(0, 8)}`] };
  }
  const part = (name: string): UnknownValue => ({
    ...unknownValue(value.reasons, stringType),
    notNull: true,
    samples: [`${name}-${digits}`, `${name}${complement.slice(0, 8)}`],
  });
  const resource = id();
  if (resource.kind !== 'unknown') return value;
  const names = ['arn:', part('p'), ':ec2:', part('r'), ':', part('a'), `:${form.resourceType}/`, resource];
  return { ...value, notNull: true, pieces: names };
}

/** 17 digits that differ from address to address. */
function hexadecimalDigits(address: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < address.length; i++) {
    a = Math.imul(a ^ address.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ address.charCodeAt(i), 0x85ebca6b) + 1;
  }
  const text = (number: number): string => (number >>> 0).toString(16).padStart(8, '0');
  return `${text(a)}${text(b)}${text(a ^ b).slice(0, 1)}`;
}

/** The nested blocks of a type, as a tuple; undefined where there are none, or only apply knows how many. */
function blocksValue(body: EvaluatedBody, type: string, owner: string): Value | undefined {
  const written = body.content?.blocks.some(
    ({ block }) => block.type.name === type || (block.type.name === 'dynamic' && block.labels[0]?.name === type),
  );
  const blocks = written ? body.blocks.filter((block) => block.type === type) : [];
  if (blocks.length === 0 || blocks.some((block) => block.existsIf !== undefined)) return undefined;
  return tupleValue(blocks.map((block, index) => blockValue(block.body, `${owner}.${type}[${index}]`, block.span)));
}

function blockValue(body: EvaluatedBody, name: string, span: Span): Value {
  return {
    ...unknownValue({ name, span }),
    notNull: true,
    attribute: (member) =>
      body.attribute(member)?.value ??
      blocksValue(body, member, name) ??
      unknownValue({ name: `${name}.${member}`, span }),
  };
}

/** What a reference to a repeated block means: one value, a tuple by index, or an object by key. */
export function collect(expansion: Expansion, values: readonly Value[], reason: UnknownReason): Value {
  if (expansion.kind === 'disabled') return nullValue();
  if (expansion.kind === 'single') {
    const isCertain = expansion.instances[0]?.existsIf === undefined;
    return isCertain ? values[0]! : { ...(values[0] as UnknownValue), notNull: undefined };
  }
  const keys = expansion.instances.map((instance) => instance.key);
  const certain = expansion.instances.every((instance) => instance.existsIf === undefined);
  if (certain) {
    // That there is none comes from there; what there is has its own places.
    const origin = values.length === 0 ? expansion.origin : undefined;
    if (expansion.kind === 'count') return tupleValue(values, origin);
    return objectValue(
      keys.map((key, index) => [String(key), values[index]!]),
      origin,
    );
  }
  const first = expansion.instances.findIndex((instance) => instance.existsIf !== undefined);
  const reasons = expansion.instances[first]!.existsIf!;
  const knownEntries = mapValue(
    keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index]!] as const] : [])),
    anyType,
  ).entries;
  return {
    ...unknownValue(reasons.length === 0 ? reason : reasons),
    notNull: true,
    knownEntries,
    item: values[first],
  };
}

export function merged(
  a: readonly UnknownReason[] | undefined,
  b: readonly UnknownReason[] | undefined,
): readonly UnknownReason[] | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : [...a, ...b.filter((reason) => !a.some((other) => other.name === reason.name))];
}
