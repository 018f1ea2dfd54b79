/** Names in the blocks of security-group resources that are not in their schemas. */

import type { ObjectEntry } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import type { Span } from '../../source/span.ts';
import type { ResourceInstance } from '../../terraform/instances/configuration.ts';
import { type Content, type ContentBlock, contentOf, metaBlockTypes } from '../../terraform/modules/content.ts';
import { isMapping, isSequence } from '../../terraform/values/value.ts';
import { type BlockSchema, metaArguments, metaBlocks, resourceSchemas } from '../aws/resource-schema.ts';

export interface Misnomer {
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

/** Nothing for a resource type whose schema is not known. */
export function* misnomersIn({ type, body }: ResourceInstance): Iterable<Misnomer> {
  const schema = resourceSchemas[type];
  if (schema === undefined) return;
  yield* namesIn(body.content, schema, undefined);
  for (const direction of ['ingress', 'egress'] as const) {
    const found = body.attribute(direction);
    const rule = schema.blocks[direction];
    if (found === undefined || rule === undefined || !isSequence(found.value)) continue;
    const used = new Set(found.value.items.filter(isMapping).flatMap(({ entries }) => [...entries.keys()]));
    for (const { node } of nodesIn(found.attribute.value)) {
      if (node.kind !== 'object') continue;
      const keys = node.entries.flatMap((entry) => nameOf(entry) ?? []);
      const written = new Set(keys.map(({ name }) => name));
      for (const { name, span } of keys) {
        // Objects that stand elsewhere in the expression have names of their own.
        if (!used.has(name) || rule.arguments.includes(name)) continue;
        yield { name, span, kind: 'key', within: direction, schema: rule, written };
      }
    }
  }
}

function nameOf({ key }: ObjectEntry): { readonly name: string; readonly span: Span } | undefined {
  if (key.kind === 'identifier') return { name: key.name, span: key };
  return key.kind === 'string' ? { name: key.value, span: key } : undefined;
}

/** @param within undefined for the body of a resource */
function* namesIn(content: Content, schema: BlockSchema, within: string | undefined): Iterable<Misnomer> {
  const written = new Set(content.attributes.keys());
  const [freeArguments, freeBlocks] = within === undefined ? [metaArguments, metaBlocks] : [[], ['dynamic']];
  for (const { name: span } of content.attributes.values()) {
    const { name } = span;
    if (schema.arguments.includes(name) || freeArguments.includes(name)) continue;
    // In JSON syntax, blocks look like attributes, and "//" is a comment.
    if (name === '//' || (name in schema.blocks && span.file.path.endsWith('.json'))) continue;
    yield { name, span, kind: 'argument', within, schema, written };
  }
  for (const { block, syntax } of content.blocks) {
    const label = block.type.name === 'dynamic' ? block.labels[0] : undefined;
    const span = label ?? block.type;
    const { name } = span;
    if (label === undefined && freeBlocks.includes(name)) continue;
    const inner = schema.blocks[name];
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
