/** Completions: ports, protocols, groups and prefix lists, arguments, and checks in comments. */

import { CompletionItemKind } from 'vscode-languageserver';
import type { Check } from '../../findings/check.ts';
import type { Block, SyntaxTree } from '../../hcl/syntax.ts';
import { argumentsIn, roleOf } from '../../model/written/block-arguments.ts';
import { SERVICES } from '../../network/services.ts';
import { folderOf } from '../../source/path.ts';
import { type CompletionContext, contextAt } from './context.ts';

export interface Completion {
  readonly label: string;
  readonly detail: string;
  readonly kind: CompletionItemKind;
  /** Replaces the range of the list. */
  readonly text: string;
  /** In its place, in editors that take snippets. */
  readonly snippet?: string;
}

export interface Completions {
  /** Offsets. */
  readonly start: number;
  readonly end: number;
  /** In the order in which they are offered. */
  readonly items: readonly Completion[];
}

export interface CompletionSource {
  /** Of the document, as it is now. */
  readonly path: string;
  readonly text: string;
  /** As they were when the tree was last linted. */
  readonly trees: readonly SyntaxTree[];
  /** All that there are. */
  readonly checks: readonly Check[];
  /** The checks that have found something in the document. */
  readonly found: ReadonlySet<string>;
  /** Whether names of arguments are wanted: not where a space was typed, and nobody asked. */
  readonly offersNames: boolean;
}

export function completionsAt(source: CompletionSource, offset: number): Completions | undefined {
  const { path, text, trees, offersNames } = source;
  if (path.endsWith('.json')) return undefined;
  const { tree, context } = contextAt(path, text, offset);
  if (context === undefined || (!offersNames && context.kind === 'name')) return undefined;
  const beside = trees.filter(({ file }) => file.path !== path && folderOf(file.path) === folderOf(path));
  const items = itemsOf(context, [tree, ...beside], source);
  return items.length === 0 ? undefined : { start: context.start, end: context.end, items };
}

function itemsOf(
  context: CompletionContext,
  trees: readonly SyntaxTree[],
  { checks, found }: Pick<CompletionSource, 'checks' | 'found'>,
): readonly Completion[] {
  switch (context.kind) {
    case 'check':
      return [...checks]
        .sort((a, b) => Number(found.has(b.id)) - Number(found.has(a.id)))
        .map(({ id, summary }) => ({ label: id, detail: summary, kind: CompletionItemKind.Value, text: id }));
    case 'name': {
      const { type, path, body } = context.block;
      const isWritten = new Set(
        body.items.flatMap((item) =>
          // What is being typed stands there, too.
          item.kind === 'attribute' && !(item.start <= context.end && context.end <= item.end) ? [item.name.name] : [],
        ),
      );
      return argumentsIn(type, path)
        .filter(({ name }) => !isWritten.has(name))
        .map(({ name, detail, isBlock }) => ({
          label: name,
          detail,
          kind: isBlock ? CompletionItemKind.Struct : CompletionItemKind.Property,
          text: context.hasValue || isBlock ? name : `${name} = `,
          ...(isBlock && !context.hasValue && { snippet: `${name} {\n  $0\n}` }),
        }));
    }
    case 'value': {
      const { type, path } = context.block;
      const role = roleOf(type, path, context.argument);
      switch (role) {
        case 'from-port':
        case 'to-port':
          return ports(role);
        case 'protocol':
          return protocols;
        case 'group':
          return resources(trees, groupTypes);
        case 'prefix-list':
          return resources(trees, prefixListTypes);
        case undefined:
          return [];
      }
    }
  }
}

function ports(role: 'from-port' | 'to-port'): readonly Completion[] {
  return [...SERVICES]
    .sort((a, b) => a.ports.first - b.ports.first)
    .map(({ name, ports: { first, last }, transports }) => {
      const port = String(role === 'from-port' ? first : last);
      const range = first === last ? '' : ` of ${first}-${last}`;
      return {
        label: `${port} ${name}`,
        detail: `${transports.join(', ')}${range}`,
        kind: CompletionItemKind.Value,
        text: port,
      };
    });
}

const protocols: readonly Completion[] = [
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['icmp', 'ICMP: from_port is the type, to_port the code'],
  ['icmpv6', 'ICMPv6: from_port is the type, to_port the code'],
  ['-1', 'all protocols and ports'],
].map(([text, detail]) => ({ label: `"${text}"`, detail: detail!, kind: CompletionItemKind.Value, text: `"${text}"` }));

/** With the attribute that is the identifier. */
const groupTypes: Readonly<Record<string, string>> = {
  aws_security_group: 'id',
  aws_default_security_group: 'id',
  awscc_ec2_security_group: 'group_id',
};
const prefixListTypes: Readonly<Record<string, string>> = { aws_ec2_managed_prefix_list: 'id', aws_prefix_list: 'id' };

/** More are not listed. */
const MAX_RESOURCES = 500;

/** The resources and data sources of a directory that have some types, as expressions of their identifiers. */
function resources(trees: readonly SyntaxTree[], types: Readonly<Record<string, string>>): readonly Completion[] {
  const items: Completion[] = [];
  for (const { body, syntax } of trees) {
    if (syntax === 'json') continue;
    for (const item of body.items) {
      if (item.kind !== 'block' || items.length === MAX_RESOURCES) continue;
      const [type, name] = item.labels.map((label) => label.name);
      const attribute = types[type ?? ''];
      if (attribute === undefined || name === undefined || !/^(?:resource|data)$/.test(item.type.name)) continue;
      const address = `${item.type.name === 'data' ? 'data.' : ''}${type}.${name}`;
      const text = `${address}${keyOf(item)}.${attribute}`;
      items.push({ label: text, detail: nameIn(item), kind: CompletionItemKind.Reference, text });
    }
  }
  return items.sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** Of a block with several instances, one of them. */
function keyOf({ body }: Block): string {
  const names = body.items.flatMap((item) => (item.kind === 'attribute' ? [item.name.name] : []));
  return names.includes('count') ? '[0]' : names.includes('for_each') ? '[each.key]' : '';
}

function nameIn({ body }: Block): string {
  const name = body.items.find((item) => item.kind === 'attribute' && /^(?:group_)?name$/.test(item.name.name));
  return name?.kind === 'attribute' && name.value.kind === 'string' ? name.value.value : '';
}
