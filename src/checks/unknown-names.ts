/** Names that a block of a security-group resource doesn't have, and what they may mean. */

import { type BlockSchema, resourceSchemas } from '../model/resource-schema.ts';
import type { Rule } from '../model/rule.ts';
import { nearestName } from '../source/nearest-name.ts';
import type { Content } from '../terraform/content.ts';

/**
 * The argument or block that is probably meant.
 *
 * @param written the names that the block has already
 */
export function meantName(name: string, schema: BlockSchema, written: ReadonlySet<string>): string | undefined {
  const free = [...schema.arguments, ...Object.keys(schema.blocks)].filter((candidate) => !written.has(candidate));
  return nearestName(name, free);
}

/**
 * Whether what a rule lacks is there under another name, which unknown-attribute says.
 *
 * @param names of the argument in all forms of rules
 */
export function isMisnamed(rule: Rule, names: readonly string[]): boolean {
  const { content, schema } = blockOf(rule);
  if (content === undefined || schema === undefined) return false;
  const written = new Set(content.attributes.keys());
  const strange = [...written].filter((name) => !schema.arguments.includes(name));
  return strange.some((name) => names.includes(name) || names.includes(meantName(name, schema, written) ?? ''));
}

function blockOf({ form, direction, instance, span }: Rule): {
  readonly content: Content | undefined;
  readonly schema: BlockSchema | undefined;
} {
  const schema = resourceSchemas[instance.type];
  if (form === 'standalone') return { content: instance.body.content, schema };
  const block = instance.body.blocks.find((candidate) => candidate.span === span);
  return { content: block?.body.content, schema: schema?.blocks[direction] };
}
