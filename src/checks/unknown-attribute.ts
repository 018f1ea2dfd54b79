/** Attributes and blocks that the security-group resources don't have. */

import { nodesIn } from '../hcl/walk.ts';
import { type BlockSchema, metaArguments, metaBlocks, resourceSchemas } from '../model/resource-schema.ts';
import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/configuration.ts';
import { type Content, contentOf, metaBlockTypes } from '../terraform/content.ts';
import { isMapping, isSequence } from '../terraform/value.ts';
import { defineCheck } from './check.ts';
import { meantName } from './unknown-names.ts';

export const unknownAttribute = defineCheck({
  id: 'unknown-attribute',
  summary: 'A security group or rule has an attribute or block that its resource type does not have',
  severity: 'high',
  set: 'recommended',
  aliases: [],
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_egress_rule',
  ],
  options: {},
  *run(model) {
    const standalone = model.rules.filter(({ form }) => form === 'standalone');
    for (const subject of [...model.groups, ...standalone]) {
      const { instance } = subject;
      const schema = resourceSchemas[instance.type];
      if (schema === undefined) continue;
      // Terraform refuses it even where count makes no instance.
      for (const { span, message } of [
        ...faultsIn(instance.body.content, schema, instance.type, true),
        ...keys(instance),
      ]) {
        yield { answer: 'yes', subject, place: { span }, message };
      }
    }
  },
});

interface Misnomer {
  readonly span: Span;
  readonly message: string;
}

/** @param what names the block: `aws_security_group`, `the ingress block of aws_security_group` */
function* faultsIn(content: Content, schema: BlockSchema, what: string, isResource: boolean): Iterable<Misnomer> {
  const written = new Set(content.attributes.keys());
  for (const { name } of content.attributes.values()) {
    const text = name.name;
    if (schema.arguments.includes(text) || (isResource && metaArguments.includes(text))) continue;
    // In JSON syntax, blocks look like attributes, and "//" is a comment.
    if (text === '//' || (text in schema.blocks && name.file.path.endsWith('.json'))) continue;
    yield { span: name, message: messageOf(text, 'argument', what, schema, written) };
  }
  for (const { block, syntax } of content.blocks) {
    const isDynamic = block.type.name === 'dynamic' && block.labels[0] !== undefined;
    const type = isDynamic ? block.labels[0]!.name : block.type.name;
    if (!isDynamic && (isResource ? metaBlocks : ['dynamic']).includes(type)) continue;
    const inner = schema.blocks[type];
    if (inner === undefined) {
      // The syntax of Terraform 0.11 is the business of legacy-syntax.
      if (!isDynamic && type === 'tags') continue;
      const span = isDynamic ? block.labels[0]! : block.type;
      yield { span, message: messageOf(type, 'block', what, schema, written) };
      continue;
    }
    const body = isDynamic
      ? block.body.items.find((item) => item.kind === 'block' && item.type.name === 'content')
      : block;
    if (body?.kind !== 'block') continue;
    const nested = contentOf(body.body, syntax, metaBlockTypes, []);
    yield* faultsIn(nested, inner, `the ${type} block of ${what}`, false);
  }
}

function messageOf(
  name: string,
  kind: 'argument' | 'block',
  what: string,
  schema: BlockSchema,
  written: ReadonlySet<string>,
) {
  const quoted = JSON.stringify(name);
  if (schema.readOnly.includes(name)) return `${quoted} of ${what} can't be set, so Terraform refuses it.`;
  if (kind === 'block' && schema.arguments.includes(name)) {
    return `${quoted} is an argument of ${what} and not a block, so Terraform refuses it: ${name} = ... is meant.`;
  }
  return `${quoted} is no ${kind} of ${what}, so Terraform refuses it${suggestion(name, schema, written)}.`;
}

function suggestion(name: string, schema: BlockSchema, written: ReadonlySet<string>): string {
  const meant = meantName(name, schema, written);
  return meant === undefined ? '' : `: ${meant} may be meant`;
}

/** Keys of objects that are written out in `ingress = [{...}]`. Terraform makes objects fit, and drops what is too much. */
function* keys(instance: ResourceInstance): Iterable<Misnomer> {
  const schema = resourceSchemas[instance.type];
  for (const direction of ['ingress', 'egress'] as const) {
    const found = instance.body.attribute(direction);
    const rule = schema?.blocks[direction];
    if (found === undefined || rule === undefined || !isSequence(found.value)) continue;
    const elements = found.value.items.filter(isMapping);
    const names = new Set(elements.flatMap(({ entries }) => [...entries.keys()]));
    const strange = [...names].filter((name) => !rule.arguments.includes(name));
    if (strange.length === 0) continue;
    for (const { node } of nodesIn(found.attribute.value)) {
      if (node.kind !== 'entry' || (node.key.kind !== 'identifier' && node.key.kind !== 'string')) continue;
      const name = node.key.kind === 'identifier' ? node.key.name : node.key.value;
      if (!strange.includes(name)) continue;
      const meant = suggestion(name, rule, names);
      const message = `"${name}" is no attribute of the ${direction} rules of ${instance.type}, so Terraform drops it${meant}.`;
      yield { span: node.key, message };
    }
  }
}
