/** Quick fixes that somebody has to complete: a description, a narrower source. */

import { checks } from '../../checks/index.ts';
import { missingGroupDescription } from '../../checks/missing-group-description.ts';
import { missingRuleDescription } from '../../checks/missing-rule-description.ts';
import type { Finding } from '../../findings/finding.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import type { Attribute, Block } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { type Place, sourceOf } from '../../model/place.ts';
import type { Rule } from '../../model/rule.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { SourceFile } from '../../source/source-file.ts';
import { containsSpan, type Span, spanKey, textOf } from '../../source/span.ts';
import { type RulePart, rulePartsOf, spansOf } from '../answers/rule-parts.ts';

/** Replaces a range of text by `before`, what is to be typed, and `after`. */
export interface Draft {
  readonly title: string;
  readonly span: Span;
  readonly before: string;
  /**
   * What is selected in editors with snippets, and stands there until somebody types something else: then the finding is still there.
   * Undefined where there is nothing to type.
   */
  readonly placeholder: string | undefined;
  readonly after: string;
  /** Whether it changes something where nothing can be typed over. */
  readonly isForAll: boolean;
}

const descriptionChecks: ReadonlySet<string> = new Set([missingRuleDescription.id, missingGroupDescription.id]);
const exposureChecks: ReadonlySet<string> = new Set(
  checks.filter(({ topic }) => topic === 'exposure').map(({ id }) => id),
);

/** Those in one file. */
export function draftsOf(finding: Finding, path: string, models: readonly SecurityGroupModel[]): readonly Draft[] {
  if (descriptionChecks.has(finding.check)) {
    const draft = finding.span.file.path === path ? descriptionDraft(finding.span) : undefined;
    return draft === undefined ? [] : [draft];
  }
  return exposureChecks.has(finding.check) ? limitDrafts(finding, path, models) : [];
}

function descriptionDraft({ file, start, end }: Span): Draft | undefined {
  if (file.path.endsWith('.json')) return undefined;
  const { value: tree, problems } = parseHcl(file);
  for (const { node } of nodesIn(tree.body)) {
    if ((node.kind === 'string' || node.kind === 'null') && node.start === start && node.end === end) {
      const placeholder = node.kind === 'string' ? textOf(node).slice(1, -1) : '';
      const title = node.kind === 'string' ? 'Replace the description' : 'Add a description';
      return { title, span: node, before: '"', placeholder, after: '"', isForAll: node.kind === 'null' };
    }
    if (node.kind !== 'block' || node.header.start !== start || node.header.end !== end) continue;
    const draft = newDescription(node, file);
    if (draft === undefined) return undefined;
    const { span, before, after } = draft;
    const text = file.text.slice(0, span.start) + before + after + file.text.slice(span.end);
    return parseHcl(new SourceFile('', text)).problems.length > problems.length ? undefined : draft;
  }
  return undefined;
}

/** As a line of its own: behind the name of a group, or else first in the block. */
function newDescription(block: Block, file: SourceFile): Draft | undefined {
  const argument = block.labels[0]?.name === 'awscc_ec2_security_group' ? 'group_description' : 'description';
  const attributes = block.body.items.filter((item): item is Attribute => item.kind === 'attribute');
  if (attributes.some(({ name }) => name.name === argument)) return undefined;
  const after = attributes.find(({ name }) => /^(?:group_)?name(?:_prefix)?$/.test(name.name));
  const line = file.text.indexOf('\n', after?.end ?? block.header.end);
  const neighbour = after ?? attributes[0];
  if (line === -1 || line >= block.end || (after === undefined && neighbour !== undefined && neighbour.start < line))
    return undefined;
  const offset = line + 1;
  const indent = neighbour === undefined ? `${indentAt(file, block.start)}  ` : indentAt(file, neighbour.start);
  const width =
    neighbour === undefined ? 0 : file.text.slice(neighbour.start, neighbour.value.start).lastIndexOf('=') - 1;
  const end = file.text[line - 1] === '\r' ? '\r\n' : '\n';
  return {
    title: 'Add a description',
    span: { file, start: offset, end: offset },
    before: `${indent}${argument.padEnd(width)} = "`,
    placeholder: '',
    after: `"${end}`,
    isForAll: true,
  };
}

function indentAt(file: SourceFile, offset: number): string {
  const start = Math.max(file.textStart, file.text.lastIndexOf('\n', offset - 1) + 1);
  return /^[^\S\n]*/.exec(file.text.slice(start, offset))![0];
}

type CidrPart = Extract<RulePart, { readonly kind: 'peer' }>;

function limitDrafts({ span }: Finding, path: string, models: readonly SecurityGroupModel[]): readonly Draft[] {
  const key = spanKey(span);
  for (const part of rulePartsOf(models)) {
    if (part.kind !== 'peer' || part.peer.kind !== 'cidr' || part.rule.direction !== 'ingress') continue;
    const literal = literalOf(part.fact);
    if (literal?.file.path !== path || ![...spansOf(part)].some((each) => spanKey(each) === key)) continue;
    const text = String(part.fact.kind === 'known' ? part.fact.value : '');
    const typed: Draft = {
      title: `Limit ${text} to other addresses`,
      span: literal,
      before: '"',
      placeholder: text,
      after: '"',
      isForAll: false,
    };
    const block = vpcBlockOf(part, literal, models);
    if (block === undefined) return [typed];
    const ofVpc = { title: `Limit ${text} to ${block}`, before: block, placeholder: undefined, after: '' };
    return [typed, { ...typed, ...ofVpc, isForAll: true }];
  }
  return [];
}

/** The text in quotes that a value is, unless it is sensitive or put together. */
function literalOf(fact: Place & CidrPart['fact']): Span | undefined {
  if (fact.kind === 'unknown' || fact.isSensitive === true) return undefined;
  const source = sourceOf(fact);
  return textOf(source) === `"${fact.value}"` ? source : undefined;
}

/** The block of the VPC that a rule's group is in, as an expression for the place of a literal that stands in the rule itself. */
function vpcBlockOf(
  { rule, peer }: CidrPart,
  literal: Span,
  models: readonly SecurityGroupModel[],
): string | undefined {
  if (peer.kind !== 'cidr' || peer.family !== 4 || literal.file.path.endsWith('.json')) return undefined;
  if (!containsSpan(rule.instance.block, literal)) return undefined;
  const blocks = new Set(
    rulesAt(literal, models).map(({ owner, address, calls }) => {
      const group = owner.kind === 'group' ? groupAt(owner.address, address, models) : undefined;
      const vpc = group?.vpc.reference;
      if (group?.calls.length !== calls.length || vpc?.path.length !== 1 || vpc.path[0] !== 'id') return undefined;
      const local = vpc.address.slice(moduleOf(address).length);
      const isLocal = vpc.address.startsWith(moduleOf(address)) && /^(?:data\.)?aws_(?:default_)?vpc\./.test(local);
      return isLocal ? `${local}.cidr_block` : undefined;
    }),
  );
  const [block] = blocks;
  return blocks.size === 1 ? block : undefined;
}

const rulesAt = (literal: Span, models: readonly SecurityGroupModel[]): readonly Rule[] =>
  models.flatMap(({ rules }) => rules.filter(({ instance }) => containsSpan(instance.block, literal)));

/** @param beside address of a rule of the same module instance */
const groupAt = (address: string, beside: string, models: readonly SecurityGroupModel[]) =>
  moduleOf(address) === moduleOf(beside)
    ? models.flatMap(({ groups }) => groups).find((group) => group.address === address)
    : undefined;

/** `module.net["a"].` of `module.net["a"].aws_security_group.web`. */
const moduleOf = (address: string): string =>
  /^(?:module\.[^.[]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)*/.exec(address)![0];
