/** Terraform 0.11 syntax in a block, and its current form. */

import type { Attribute, Block, Template } from '../../hcl/syntax.ts';
import { type Node, nodesIn } from '../../hcl/walk.ts';
import { type Span, textOf } from '../../source/span.ts';
import type { LiteralReplacement } from './replacement.ts';

/** One old spelling; without `fix` where there is no safe one. */
export interface LegacySpelling {
  readonly span: Span;
  readonly message: string;
  /** Whether Terraform no longer accepts it. */
  readonly isRejected: boolean;
  /** What is said of several in one file, behind their number. */
  readonly many: string;
  readonly fix?: { readonly message: string; readonly edits: readonly LiteralReplacement[] };
}

/**
 * What the quoted types meant: elements of any type. Terraform rejects others than these three even as legacy.
 *
 * Source: `decodeVariableType` in https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/named_values.go
 */
const quotedTypes: ReadonlyMap<string, string> = new Map([
  ['string', 'string'],
  ['list', 'list(any)'],
  ['map', 'map(any)'],
]);

/** Texts longer than this are not quoted in a message. */
const maximumLength = 60;

/** What a lone interpolation begins with. */
const INTERPOLATION = '"${';

/** Whether a file can have anything that `legacySpellingsIn` finds: most have not, and their nodes are many. */
export function mayHaveLegacySpelling(text: string): boolean {
  return text.includes(INTERPOLATION) || /tags\s*\{/.test(text);
}

/** `"${var.x}"` alone anywhere in a resource's block, and `tags` as a block. */
export function* legacySpellingsIn(resource: Block): Iterable<LegacySpelling> {
  for (const item of resource.body.items) {
    if (item.kind === 'block' && item.type.name === 'tags' && item.labels.length === 0) yield tagsBlock(item, resource);
  }
  // Most blocks have none, and their nodes are many.
  if (!textOf(resource).includes(INTERPOLATION)) return;
  for (const { node, parent } of nodesIn(resource)) {
    if (node.kind === 'template' && parent !== undefined) {
      const spelling = loneInterpolation(node, parent);
      if (spelling !== undefined) yield spelling;
    }
  }
}

/** The type constraint of a `variable` block, if it is in quotes. */
export function quotedType(variable: Block): LegacySpelling | undefined {
  const type = variable.body.items.find(
    (item): item is Attribute => item.kind === 'attribute' && item.name.name === 'type',
  );
  if (type?.value.kind !== 'string') return undefined;
  const span = type.value;
  const today = quotedTypes.get(type.value.value);
  const message = `Write ${today === undefined ? 'the type without quotes' : `type = ${today}`}: Terraform no longer accepts quoted types such as ${textOf(span)}.`;
  const many = ' types in quotes: Terraform no longer accepts quoted types.';
  return today === undefined
    ? { span, message, isRejected: true, many }
    : {
        span,
        message,
        isRejected: true,
        many,
        fix: { message: `Write type = ${today}.`, edits: [{ span, text: today }] },
      };
}

function tagsBlock(block: Block, resource: Block): LegacySpelling {
  const { body, header } = block;
  const message = 'Write tags = { ... }: Terraform 0.12 and later reject a tags block.';
  const many = ' tags blocks: write tags = { ... }, because Terraform 0.12 and later reject a tags block.';
  const isOnly =
    resource.body.items.filter((item) => (item.kind === 'block' ? item.type : item.name).name === 'tags').length === 1;
  const isObject = body.items.every((item) => item.kind === 'attribute') && /^\{.*\}$/s.test(textOf(body));
  if (!isOnly || !isObject) return { span: header, message, isRejected: true, many };
  const brace = { file: body.file, start: body.start, end: body.start };
  const edit: LiteralReplacement = { span: brace, text: body.start === header.end ? ' = ' : '= ' };
  return { span: header, message, isRejected: true, many, fix: { message: 'Write tags = { ... }.', edits: [edit] } };
}

function loneInterpolation(template: Template, parent: Node): LegacySpelling | undefined {
  const [part] = template.parts;
  if (template.form !== 'quoted' || template.parts.length !== 1 || part?.kind !== 'interpolation') return undefined;
  if (part.expression.kind === 'invalid') return undefined;
  const text = textOf(template);
  const shown = text.length > maximumLength || text.includes('\n') ? 'This string' : text;
  const message = `${shown} is Terraform 0.11 syntax: write the expression without quotes and \${ }.`;
  const many = ' strings are Terraform 0.11 syntax: write the expressions without quotes and ${ }.';
  const inner = /^"\$\{~?(.*?)~?\}"$/s.exec(text)?.[1];
  if (inner === undefined) return { span: template, message, isRejected: false, many };
  const isBroken = inner.includes('\n');
  const kept = isBroken ? inner : inner.trim();
  const start = template.start + text.indexOf(kept, text.indexOf(inner, '"${'.length));
  const { file } = template;
  const needsParentheses = isBroken || !standsAlone(template, part.expression, parent);
  const edits: readonly LiteralReplacement[] = [
    { span: { file, start: template.start, end: start }, text: needsParentheses ? '(' : '' },
    { span: { file, start: start + kept.length, end: template.end }, text: needsParentheses ? ')' : '' },
  ];
  return {
    span: template,
    message,
    isRejected: false,
    many,
    fix: { message: 'Write the expression without quotes.', edits },
  };
}

/** Whether the expression can take the string's place without parentheses. */
function standsAlone(template: Template, expression: Node, parent: Node): boolean {
  switch (parent.kind) {
    case 'entry':
      return parent.key !== template;
    case 'attribute':
    case 'tuple':
    case 'call':
    case 'parentheses':
    case 'interpolation':
      return true;
    default:
      return ['reference', 'get', 'index', 'call', 'parentheses', 'string', 'number'].includes(expression.kind);
  }
}
