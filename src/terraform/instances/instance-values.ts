/** What references to resources, modules and their blocks mean. */

import type { Span } from '../../source/span.ts';
import { anyType, stringType, typeOf } from '../values/type.ts';
import {
  type Because,
  isWhollyKnown,
  mapValue,
  nullValue,
  objectValue,
  tupleValue,
  type UnknownValue,
  unknownValue,
  type Value,
} from '../values/value.ts';
import type { ResourceInstance } from './configuration.ts';
import type { AttributeSchema } from './evaluation.ts';
import type { EvaluatedBody, Expansion } from './expand.ts';

/** Nothing that is planned may show an ephemeral value, so it counts as unknown. */
export function asEphemeral(value: Value, name: string, span: Span): Value {
  return { ...unknownValue({ name, span }, typeOf(value), value.origin), ephemeral: true };
}

/** Arguments of every resource that are no attributes of it. */
const metaArguments: ReadonlySet<string> = new Set(['count', 'for_each', 'provider', 'depends_on']);

/**
 * What a reference to a resource means: what is written is known; what only apply knows is unknown, but keeps its name.
 *
 * @param once the value of a written attribute, computed when it is first asked for
 * @param schemaOf what the provider's schema says of an attribute
 */
export function resourceValue(
  { address, subject, declaration, body }: ResourceInstance,
  once: (name: string, compute: () => Value) => Value,
  schemaOf: (name: string) => AttributeSchema | undefined,
): Value {
  const attribute = (name: string): Value => {
    const isWritten = declaration.content.attributes.has(name);
    if (isWritten && !metaArguments.has(name)) {
      const value = once(name, () => body.attribute(name)!.value);
      if (value.kind !== 'null' && (declaration.mode === 'managed' || isWhollyKnown(value))) return value;
    }
    const blocks = blocksValue(body, name, subject);
    if (blocks !== undefined) return blocks;
    const schema = schemaOf(name);
    if (schema?.absent !== undefined && !isWritten) return schema.absent;
    const because = { name: `${subject}.${name}`, span: declaration.span };
    const type = schema?.type ?? (name === 'id' ? stringType : anyType);
    const identity = { address, path: [name] };
    return { ...unknownValue(because, type), notNull: name === 'id' || undefined, identity };
  };
  return {
    ...unknownValue({ name: subject, span: declaration.span }),
    notNull: true,
    identity: { address, path: [] },
    attribute,
  };
}

/** The nested blocks of a type, as a tuple; undefined where there are none, or only apply knows how many. */
function blocksValue(body: EvaluatedBody, type: string, owner: string): Value | undefined {
  const written = body.content.blocks.some(
    ({ block }) => block.type.name === type || (block.type.name === 'dynamic' && block.labels[0]?.name === type),
  );
  const blocks = written ? body.blocks.filter((block) => block.type === type) : [];
  if (blocks.length === 0 || blocks.some((block) => block.possible !== undefined)) return undefined;
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
export function collect(expansion: Expansion, values: readonly Value[], because: Because): Value {
  if (expansion.kind === 'disabled') return nullValue();
  if (expansion.kind === 'single') {
    const isCertain = expansion.instances[0]?.possible === undefined;
    return isCertain ? values[0]! : { ...(values[0] as UnknownValue), notNull: undefined };
  }
  const keys = expansion.instances.map((instance) => instance.key);
  const certain = expansion.instances.every((instance) => instance.possible === undefined);
  if (certain) {
    if (expansion.kind === 'count') return tupleValue(values);
    return objectValue(keys.map((key, index) => [String(key), values[index]!]));
  }
  const possible = expansion.instances.findIndex((instance) => instance.possible !== undefined);
  const reasons = expansion.instances[possible]!.possible!;
  const knownEntries = mapValue(
    keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index]!] as const] : [])),
    anyType,
  ).entries;
  return {
    ...unknownValue(reasons.length === 0 ? because : reasons),
    notNull: true,
    knownEntries,
    item: values[possible],
  };
}

export function merged(
  a: readonly Because[] | undefined,
  b: readonly Because[] | undefined,
): readonly Because[] | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : [...a, ...b.filter((because) => !a.some((other) => other.name === because.name))];
}
