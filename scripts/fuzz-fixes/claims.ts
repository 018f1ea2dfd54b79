/** Edits that a check might claim to be safe: respellings of blocks, protocols, ports and lists, most of which are not. */

import type { Finding } from '../../src/findings/finding.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { nodesIn } from '../../src/hcl/walk.ts';
import { bitsOf, cidrOf, formatCidr, parseCidr } from '../../src/network/cidr.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { type Span, textOf } from '../../src/source/span.ts';
import type { Random } from '../fuzz-terraform/random.ts';

export interface Claim {
  readonly span: Span;
  readonly text: string;
}

/** One for each literal of a native file that a rule can be made of, as a seed has it. */
export function claimsIn(path: string, text: string, random: Random): readonly Claim[] {
  const file = new SourceFile(path, text);
  const { value: tree, problems } = parseHcl(file);
  if (problems.length > 0) return [];
  const claims: Claim[] = [];
  for (const { node, parent } of nodesIn(tree.body)) {
    const name = parent?.kind === 'attribute' ? parent.name.name : '';
    if (node.kind === 'string' && textOf(node) === `"${node.value}"`) {
      const block = otherBlock(node.value, random);
      if (block !== undefined) claims.push({ span: node, text: `"${block}"` });
      else if (/protocol$/.test(name)) claims.push({ span: node, text: `"${random.pick(protocols)}"` });
    }
    if (node.kind === 'number' && /^(?:from|to)_port$/.test(name)) {
      claims.push({ span: node, text: String(random.pick([-1, 0, 1, 22, 443, 65535, 65536])) });
    }
    if (node.kind === 'tuple' && node.items.length > 1) {
      const index = random.between(1, node.items.length - 1);
      const start = node.items[index - 1]!.end;
      claims.push({ span: { file, start, end: node.items[index]!.end }, text: '' });
    }
  }
  return claims.filter(({ span, text: other }) => textOf(span) !== other);
}

/** A claim as a finding has it. */
export function findingOf({ span, text }: Claim): Finding {
  return {
    check: 'claimed',
    severity: 'high',
    message: 'A fault, as some check says.',
    help: 'Nothing.',
    span,
    subject: '',
    instances: [],
    environments: [],
    roots: [],
    related: [],
    aliases: [],
    docs: '',
    fingerprint: '',
    fix: { message: 'Safe, as some check says.', edits: [{ span, text }] },
    suggestions: [],
  };
}

const protocols = ['tcp', 'TCP', '6', '06', 'udp', '17', 'icmp', '1', '58', '-1', 'all', 'esp', '50', 'https', '256'];

/** The same block in another spelling, with host bits, without them, wider, narrower or beside it; undefined for no block. */
function otherBlock(text: string, random: Random): string | undefined {
  const read = parseCidr(text);
  if (read.kind === 'invalid') {
    return read.fault === 'no-prefix' ? `${text}/${random.pick(['32', '24', '0'])}` : undefined;
  }
  const { family, first, last, prefix } = read.cidr;
  const bits = bitsOf(family);
  const [address = ''] = text.split('/');
  return random.pick([
    formatCidr(read.cidr),
    `${address}/${prefix}`,
    `${address}/0${prefix}`,
    `${address}/${bits}`,
    `${address}/${random.between(0, bits)}`,
    formatCidr(cidrOf(family, first, random.between(0, bits))),
    formatCidr(cidrOf(family, BigInt(last) + 1n === 1n << BigInt(bits) ? first : BigInt(last) + 1n, prefix)),
    `${formatCidr(cidrOf(family, last, bits)).split('/')[0]}/${prefix}`,
    ...(family === 4 ? [`::ffff:${address}/${prefix + 96}`] : [text.toUpperCase(), text.replace('::', '0::')]),
  ]);
}
