/** Faults that fixes fix, put into sources that mean the same with and without them. */

import { parseHcl } from '../../src/hcl/native/parser.ts';
import type { Attribute, Block, Expression, SyntaxTree } from '../../src/hcl/syntax.ts';
import { nodesIn } from '../../src/hcl/walk.ts';
import { bitsOf, parseCidr } from '../../src/network/cidr.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { textOf } from '../../src/source/span.ts';
import type { Random } from '../fuzz-terraform/random.ts';

/** Put in at one place. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A native file with some of its CIDR blocks respelled, elements doubled, expressions quoted and types quoted; the same text where
 * nothing was.
 */
export function mutate(path: string, text: string, random: Random): string {
  const { value: tree, problems } = parseHcl(new SourceFile(path, text));
  if (problems.length > 0) return text;
  const changes = [...changesOf(tree, random)].sort((a, b) => b.start - a.start);
  let result = text;
  let last = text.length + 1;
  for (const { start, end, text: replacement } of changes) {
    if (end > last || (end === last && start === end)) continue;
    result = result.slice(0, start) + replacement + result.slice(end);
    last = start;
  }
  return result;
}

function* changesOf(tree: SyntaxTree, random: Random): Iterable<Change> {
  for (const item of tree.body.items) {
    if (item.kind !== 'block') continue;
    if (item.type.name === 'variable') yield* quotedType(item, random);
    const isRule = item.type.name === 'resource' && /^aws_(?:.*_)?security_group/.test(item.labels[0]?.name ?? '');
    for (const { node, parent } of nodesIn(item)) {
      if (node.kind === 'string' && random.chance(0.5)) {
        const spelling = respelled(node.value, random);
        if (spelling !== undefined && textOf(node) === `"${node.value}"`) {
          yield { start: node.start, end: node.end, text: `"${spelling}"` };
        }
      }
      if (!isRule || node.kind !== 'attribute') continue;
      if (parent?.kind === 'body' && node.value.kind === 'get' && random.chance(0.5)) yield* quoted(node.value);
      if (item.labels[0]?.name === 'aws_security_group_rule') yield* doubled(node, random);
    }
  }
}

/** Another spelling of a canonical block: host bits, a zero before the prefix length, capitals, zeros. */
function respelled(text: string, random: Random): string | undefined {
  const read = parseCidr(text);
  if (read.kind !== 'canonical') return undefined;
  const { family, prefix, first } = read.cidr;
  const [address] = text.split('/');
  if (family === 6) {
    return random.pick([
      `${address!.toUpperCase()}/${prefix}`,
      text.replace('::', '0::'),
      text.replace(/^::/, '0:0::'),
    ]);
  }
  if (prefix < bitsOf(4) && random.chance(0.6)) {
    const host = first + random.between(1, 2 ** (bitsOf(4) - prefix) - 1);
    return `${[24, 16, 8, 0].map((shift) => Math.floor(host / 2 ** shift) % 256).join('.')}/${prefix}`;
  }
  return prefix < 10 ? `${address}/0${prefix}` : text;
}

function* quoted(value: Expression): Iterable<Change> {
  yield { start: value.start, end: value.end, text: `"\${${textOf(value)}}"` };
}

function* doubled({ name, value }: Attribute, random: Random): Iterable<Change> {
  if (!/cidr_blocks$/.test(name.name) || value.kind !== 'tuple' || !random.chance(0.7)) return;
  const strings = value.items.filter((item) => item.kind === 'string');
  const [chosen, last] = [strings[random.between(0, strings.length - 1)], value.items.at(-1)];
  if (chosen === undefined || last === undefined) return;
  const again = textOf(chosen);
  const behind = random.pick([`, ${again}`, `,\n    ${again}`, `, # before\n    ${again}`, `, ${again} /* behind */`]);
  yield { start: last.end, end: last.end, text: behind };
}

function* quotedType(variable: Block, random: Random): Iterable<Change> {
  const type = variable.body.items.find((item) => item.kind === 'attribute' && item.name.name === 'type');
  if (type?.kind !== 'attribute' || textOf(type.value) !== 'string' || !random.chance(0.3)) return;
  yield { start: type.value.start, end: type.value.end, text: '"string"' };
}
