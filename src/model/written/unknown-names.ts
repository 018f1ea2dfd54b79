/** Names in the blocks of security-group resources that are not in their schemas. */

import type { ObjectEntry } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import type { Span } from '../../source/span.ts';
import type { ResourceInstance } from '../../terraform/instances/instance.ts';
import { type Content, type ContentBlock, contentOf, metaBlockTypes } from '../../terraform/modules/content.ts';
import { isMapping, isSequence } from '../../terraform/values/value.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { adapterFor, schemaFor } from '../aws/adapters/resource-types.ts';
import type { BlockSchema } from '../aws/block-schema.ts';
import { metaArguments, metaBlocks } from '../aws/resource-schema.ts';

/** What is written in a resource. */
export interface Written {
  readonly instance: ResourceInstance;
}

export interface UnknownName {
  readonly name: string;
  /** Where it is written. */
  readonly span: Span;
  /** `dynamic`: a block that a `dynamic` one makes. `key`: of an object in `ingress = [{ ... }]`; Terraform drops it, as it makes objects fit, and rejects the others. */
  readonly kind: 'argument' | 'block' | 'dynamic' | 'key';
  /** The block or attribute that it stands in; undefined for the resource itself. */
  readonly within: string | undefined;
  readonly schema: BlockSchema;
  /** The names that stand beside it. */
  readonly written: ReadonlySet<string>;
}

/** Nothing for a resource type whose schema is not known, nor for a resource that is read from no file of configuration. */
export function* unknownNamesIn({ instance: { type, body } }: Written): Iterable<UnknownName> {
  const schema = schemaFor(type);
  const { content } = body;
  if (schema === undefined || content === undefined) return;
  yield* namesIn(content, schema, undefined);
  for (const direction of Object.keys(adapterFor(type)?.form?.blocks ?? {})) {
    const value = body.attribute(direction)?.value;
    const expression = content.attributes.get(direction)?.value;
    const rule = schema.blocks[direction] ?? schema.objects?.[direction];
    if (value === undefined || expression === undefined || rule === undefined || !isSequence(value)) continue;
    const used = new Set(value.items.filter(isMapping).flatMap(({ entries }) => [...entries.keys()]));
    for (const { node } of nodesIn(expression)) {
      if (node.kind !== 'object') continue;
      const keys = node.entries.flatMap((entry) => nameOf(entry) ?? []);
      const written = new Set(keys.map(({ name }) => name));
      for (const { name, span } of keys) {
        // Objects that stand elsewhere in the expression have names of their own; "//" is a comment in JSON.
        if (!used.has(name) || name === '//' || rule.arguments.includes(name)) continue;
        yield { name, span, kind: 'key', within: direction, schema: rule, written };
      }
    }
  }
}

/** The argument or block that is probably meant, of those that do not stand beside it. */
export function meantName({ name, schema, written }: UnknownName): string | undefined {
  const free = [...schema.arguments, ...Object.keys(schema.blocks)].filter((candidate) => !written.has(candidate));
  return nearestName(name, free);
}

function nameOf({ key }: ObjectEntry): { readonly name: string; readonly span: Span } | undefined {
  if (key.kind === 'identifier') return { name: key.name, span: key };
  return key.kind === 'string' ? { name: key.value, span: key } : undefined;
}

/** @param within undefined for the body of a resource */
function* namesIn(content: Content, schema: BlockSchema, within: string | undefined): Iterable<UnknownName> {
  const written = new Set(content.attributes.keys());
  const [freeArguments, freeBlocks] = within === undefined ? [metaArguments, metaBlocks] : [[], ['dynamic']];
  for (const { name: span } of content.attributes.values()) {
    const { name } = span;
    if (schema.arguments.includes(name) || freeArguments.includes(name)) continue;
    // In JSON syntax, blocks look like attributes, and "//" is a comment.
    if (name === '//' || (Object.hasOwn(schema.blocks, name) && span.file.path.endsWith('.json'))) continue;
    yield { name, span, kind: 'argument', within, schema, written };
  }
  for (const { block, syntax } of content.blocks) {
    const label = block.type.name === 'dynamic' ? block.labels[0] : undefined;
    const span = label ?? block.type;
    const { name } = span;
    if (label === undefined && freeBlocks.includes(name)) continue;
    const inner = Object.hasOwn(schema.blocks, name) ? schema.blocks[name] : undefined;
    const body = inner && bodyOf({ block, syntax }, label !== undefined);
    if (inner !== undefined && body !== undefined) yield* namesIn(body, inner, name);
    if (inner === undefined)
      yield { name, span, kind: label === undefined ? 'block' : 'dynamic', within, schema, written };
  }
}

/** What a block holds, or the `content` of a `dynamic` one; undefined where that is missing. */
function bodyOf({ block, syntax }: ContentBlock, isDynamic: boolean): Content | undefined {
  const holder = isDynamic
    ? block.body.items.find((item) => item.kind === 'block' && item.type.name === 'content')
    : block;
  return holder?.kind === 'block' ? contentOf(holder.body, syntax, metaBlockTypes, []) : undefined;
}
