/** Names in expressions, and their declarations. */

import type { Block, SyntaxTree } from '../../hcl/syntax.ts';
import { type Node, nodesIn } from '../../hcl/walk.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { folderOf } from '../../source/path.ts';
import { placeOf } from '../../source/position.ts';
import { type Span, textOf } from '../../source/span.ts';
import { jsonText } from '../../terraform/functions/json-text.ts';
import type { Configuration } from '../../terraform/instances/configuration.ts';
import { isSensitive, isWhollyKnown, mergeReasons, type Value } from '../../terraform/values/value.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { explainRule } from './describe.ts';
import type { HoverSource } from './hover-source.ts';

/** `var.office`, `local.ports`, `module.net`, `aws_security_group.web`, `data.aws_vpc.main`. */
export interface FoundReference {
  /** The whole name, with what is asked of the thing. */
  readonly span: Span;
  /** Names, from the root on, as far as they are written as names. */
  readonly path: readonly string[];
}

/** The outermost name at an offset. */
export function referenceAt({ body }: SyntaxTree, offset: number): FoundReference | undefined {
  for (const { node } of nodesIn(body)) {
    if (node.start > offset || node.end < offset) continue;
    const path = pathOf(node);
    if (path !== undefined && path.length > 1) return { span: node, path };
  }
  return undefined;
}

/** The names that a node begins with, from its root on; undefined for what is no name. */
export function pathOf(node: Node): readonly string[] | undefined {
  switch (node.kind) {
    case 'reference':
      return [node.name];
    case 'get': {
      const outer = pathOf(node.object);
      return outer && [...outer, node.name.name];
    }
    case 'index':
      return pathOf(node.object);
    case 'splat':
      return pathOf(node.source);
    default:
      return undefined;
  }
}

/** Longer texts of files are cut. */
const MAX_TEXT_LENGTH = 200;

/** Undefined where the directory declares no such thing. */
export function describeReference(
  { path }: FoundReference,
  file: string,
  { models, configurations, markup, linkTo }: HoverSource,
): string | undefined {
  const [root = '', name = '', third = ''] = path;
  const declaration = declarationOf(root, name, third, file, models);
  if (declaration === undefined) return undefined;
  const { title, span, lines } = declaration;
  const place = `${markup.link(placeOf(span), linkTo(span))}`;
  const address = root === 'data' ? '' : `${root}.${name}`;
  const rules = models.flatMap(({ ruleSets }) => ruleSets.filter(({ group }) => group?.resourceAddress === address));
  const texts = [...new Set(rules.flatMap((set) => set.rules.map(explainRule)))].slice(0, 8);
  const values = valuesOf(root, name, file, configurations);
  const isSecret = declaration.isSensitive || values.includes(SENSITIVE);
  // What is sensitive may be written out there.
  const told = isSecret ? lines.filter(({ label }) => label !== 'default' && label !== 'value') : lines;
  return [
    `${markup.strong(markup.code(title))} (${place})`,
    ...(values.length === 0 && isSecret ? [SENSITIVE] : values).map((text) => `is ${markup.code(text)}`),
    ...told.map(({ label, text }) => (label === '' ? markup.plain(text) : `${label}: ${markup.code(text)}`)),
    ...(texts.length === 0 ? [] : [markup.list(texts.map((text) => markup.plain(text)))]),
  ].join('\n\n');
}

/** More values, one for each instance of the module, are not shown. */
const MAX_VALUES = 4;

/** What a variable or local is, in words of Terraform: each value once. */
function valuesOf(root: string, name: string, file: string, configurations: readonly Configuration[]): string[] {
  if (root !== 'var' && root !== 'local') return [];
  const values = configurations.flatMap((configuration) => configuration.valuesOf(folderOf(file), root, name));
  return [...new Set(values.map(valueText))].slice(0, MAX_VALUES);
}

function valueText(value: Value): string {
  if (isSensitive(value)) return SENSITIVE;
  if (isWhollyKnown(value)) return cut(jsonText(value));
  const reasons = [...new Set(mergeReasons([value]).map((reason) => reason.name))];
  return `(unknown${reasons.length === 0 ? '' : `: depends on ${reasons.join(', ')}`})`;
}

interface Described {
  readonly title: string;
  readonly span: Span;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  /** Whether it is declared so. */
  readonly isSensitive: boolean;
}

function declarationOf(
  root: string,
  name: string,
  third: string,
  file: string,
  models: readonly SecurityGroupModel[],
): Described | undefined {
  const folder = folderOf(file);
  const trees = models.flatMap((model) => model.trees).filter(({ file: { path } }) => folderOf(path) === folder);
  const blocks = trees.flatMap(({ body }) => body.items).filter((item): item is Block => item.kind === 'block');
  const find = (type: string, ...labels: readonly string[]): Block | undefined =>
    blocks.find((block) => block.type.name === type && labels.every((label, at) => block.labels[at]?.name === label));
  const described = (block: Block | undefined, title: string, names: readonly string[]): Described | undefined =>
    block && {
      title,
      span: block.header,
      lines: names.flatMap((each) => lineOf(block, each)),
      isSensitive: ['sensitive', 'ephemeral'].some((each) => isSet(block, each)),
    };
  switch (root) {
    case 'var':
      return described(find('variable', name), `var.${name}`, ['description', 'type', 'default']);
    case 'module':
      return described(find('module', name), `module.${name}`, ['source']);
    case 'data':
      return described(find('data', name, third), `data.${name}.${third}`, []);
    case 'local': {
      const local = blocks
        .filter(({ type }) => type.name === 'locals')
        .flatMap(({ body }) => body.items)
        .find((item) => item.kind === 'attribute' && item.name.name === name);
      if (local?.kind !== 'attribute') return undefined;
      return {
        title: `local.${name}`,
        span: local,
        lines: [{ label: 'value', text: cut(textOf(local.value)) }],
        isSensitive: false,
      };
    }
    default:
      return described(find('resource', root, name), `${root}.${name}`, ['description']);
  }
}

/** Whether an argument is there, unless it is a plain false. */
function isSet({ body }: Block, name: string): boolean {
  return body.items.some(
    (item) =>
      item.kind === 'attribute' &&
      item.name.name === name &&
      !(item.value.kind === 'boolean' && item.value.value === false),
  );
}

function lineOf({ body }: Block, name: string): Described['lines'] {
  const item = body.items.find((each) => each.kind === 'attribute' && each.name.name === name);
  if (item?.kind !== 'attribute') return [];
  if (name === 'description') return item.value.kind === 'string' ? [{ label: '', text: item.value.value }] : [];
  return [{ label: name, text: cut(textOf(item.value)) }];
}

const cut = (text: string): string => (text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text);
