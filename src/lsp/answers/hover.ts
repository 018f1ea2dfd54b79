/** Hover texts: rules, groups, parts of rules, and what names refer to. */

import { nameOfPeer } from '../../checks/shared/rule-text.ts';
import { RelatedPlaces } from '../../findings/related.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { known } from '../../model/fact.ts';
import { idInWords } from '../../model/owner-key.ts';
import type { Peer, Rule } from '../../model/rule.ts';
import type { RuleSet } from '../../model/security-group.ts';
import { placeOf } from '../../source/position.ts';
import { type Span, spanKey } from '../../source/span.ts';
import type { Origin } from '../../terraform/values/value.ts';
import { formatCount, withRestCounted } from '../../text/count.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { declaredAt, rulesThrough } from './declared.ts';
import {
  describeBlock,
  describeExposure,
  describeOpened,
  describeProtocolText,
  explainPorts,
  explainRule,
} from './describe.ts';
import type { HoverSource } from './hover-source.ts';
import type { Markup } from './markup.ts';
import { reachedBy, servicesAt, wayText, worstSentence } from './reach.ts';
import { describeReference, referenceAt } from './reference.ts';
import { partsAt, type RulePart } from './rule-parts.ts';

export interface HoverText {
  readonly span: Span;
  readonly text: string;
}

/** More rules, values or places than these are counted. */
const MAX_LISTED = 8;

/** Undefined where tfsg has nothing to say. */
export function hoverAt(path: string, offset: number, source: HoverSource): HoverText | undefined {
  const { models } = source;
  const tree = models.flatMap(({ trees }) => trees).find(({ file }) => file.path === path);
  if (tree === undefined) return undefined;
  const sets = models.flatMap(({ ruleSets }) => ruleSets);
  const groups = sets.filter(({ group }) => group !== undefined && isAt(group.span, path, offset));
  if (groups.length > 0) return { span: groups[0]!.group!.span, text: groupText(groups, source) };

  const found = partsAt(models, path, valueOffset(tree, offset));
  const rules = models.flatMap((model) => model.rules.filter(({ span }) => isAt(span, path, offset)));
  const [rule] = rules;
  // A rule that is an element of a list is larger than its parts.
  if (
    rule !== undefined &&
    (found === undefined || rule.span.end - rule.span.start < found.span.end - found.span.start)
  )
    return { span: rule.span, text: rulesText(rules, source) };
  const reference = referenceAt(tree, offset);
  if (found !== undefined && (reference === undefined || covers(reference.span, found.span)))
    return { span: found.span, text: partsText(found.parts, found.span, source) };
  if (reference === undefined) return declarationHover(tree, offset, source) ?? serviceHover(path, offset, source);
  const text = describeReference(reference, path, source);
  return text === undefined ? undefined : { span: reference.span, text };
}

/** On the name of a variable or local: what it is, and which rules its value reaches. */
function declarationHover(tree: SyntaxTree, offset: number, source: HoverSource): HoverText | undefined {
  const { models, markup } = source;
  const declared = declaredAt(tree, offset);
  if (declared === undefined) return undefined;
  const { path } = declared;
  const text = describeReference({ span: declared.span, path }, tree.file.path, source);
  if (text === undefined) return undefined;
  const rules = rulesThrough(declared, tree.file.path, models).map(
    (rule) => `${markup.plain(explainRule(rule))} (${markup.code(ownerText(rule))})`,
  );
  const uses = some([...new Set(rules)], 'rule');
  return {
    span: declared.span,
    text: paragraphs([text, uses.length === 0 ? '' : 'Used by these rules:', markup.list(uses)]),
  };
}

/** On the head of what has groups: how the internet gets there. */
function serviceHover(path: string, offset: number, source: HoverSource): HoverText | undefined {
  const { markup } = source;
  const services = servicesAt(path, offset, source);
  const [first] = services;
  if (first === undefined) return undefined;
  const ways = services.flatMap(({ exposures }) =>
    exposures.map((each) => markup.plain(`${describeOpened(each.traffic)} (IPv${each.family}): ${wayText(each)}`)),
  );
  return {
    span: first.span,
    text: paragraphs([
      `${markup.strong(`${first.kind} ${markup.code(first.resourceAddress)}`)}${instancesText(services.length, 'instances')}`,
      ways.length === 0 ? 'Its groups open nothing to the internet.' : markup.list(some([...new Set(ways)], 'way')),
    ]),
  };
}

const isAt = (span: Span, path: string, offset: number): boolean =>
  span.file.path === path && span.start <= offset && offset <= span.end;

const covers = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** On the name of an argument, the start of its value. */
function valueOffset({ body }: SyntaxTree, offset: number): number {
  for (const { node } of nodesIn(body)) {
    if (node.kind === 'attribute' && node.name.start <= offset && offset <= node.name.end) return node.value.start;
    if (node.kind === 'entry' && node.key.start <= offset && offset <= node.key.end) return node.value.start;
  }
  return offset;
}

function groupText(sets: readonly RuleSet[], source: HoverSource): string {
  const { markup } = source;
  const { group, rules } = sets[0]!;
  const exposed = describeExposure(sets[0]!, 'ingress');
  return paragraphs([
    `${markup.strong(`security group ${markup.code(group!.resourceAddress)}`)}${instancesText(sets.length, 'instances')}`,
    rules.length === 0
      ? 'No rules in this configuration.'
      : markup.list(
          some(
            rules.map((rule) => markup.plain(explainRule(rule))),
            'rule',
          ),
        ),
    exposed === '' ? '' : `Open to the internet: ${markup.plain(exposed)}.`,
    markup.plain(worstSentence(sets.flatMap((set) => reachedBy(set.rules, set.exposures('ingress'), source)))),
  ]);
}

function rulesText(rules: readonly Rule[], source: HoverSource): string {
  const { models, markup } = source;
  const sets = models.flatMap(({ ruleSets }) =>
    ruleSets.filter((set) => set.rules.some((rule) => rules.includes(rule))),
  );
  const texts = [...new Set(rules.map(explainRule))];
  const owners = [...new Set(rules.map(ownerText))];
  return paragraphs([
    texts.length === 1
      ? markup.strong(markup.plain(texts[0]!))
      : markup.list(
          some(
            texts.map((text) => markup.plain(text)),
            'meaning',
          ),
        ),
    `Rule of ${some(
      owners.map((owner) => markup.code(owner)),
      'group',
    ).join(', ')}${instancesText(rules.length, 'rules')}.`,
    markup.plain(worstSentence(sets.flatMap((set) => reachedBy(rules, set.exposures('ingress'), source)))),
  ]);
}

function ownerText({ owner, resourceAddress }: Rule): string {
  if (owner.kind === 'group') return owner.address;
  if (owner.kind === 'id') return idInWords(owner);
  return owner.identity?.address ?? resourceAddress;
}

const instancesText = (count: number, noun: string): string =>
  count === 1 ? '' : `, ${formatCount(count, noun, noun)}`;

function partsText(parts: readonly RulePart[], span: Span, source: HoverSource): string {
  const { markup } = source;
  const meanings = [...new Set(parts.flatMap((part) => meaningsOf(part, markup)))];
  const rules = [...new Map(parts.map(({ rule }) => [explainRule(rule), rule])).keys()];
  const { from, to } = journeysOf(parts, span, source);
  return paragraphs([
    meanings.length === 1 ? meanings[0]! : markup.list(some(meanings, 'value')),
    from.length === 0 ? '' : `From ${some(from, 'place').join(', ')}.`,
    to.length === 0 ? '' : `Used by ${some(to, 'place').join(', ')}.`,
    `Part of: ${some(
      rules.map((text) => markup.plain(text)),
      'rule',
    ).join('; ')}.`,
  ]);
}

function meaningsOf(part: RulePart, markup: Markup): readonly string[] {
  const { fact } = part;
  // A group or prefix list of the configuration is known by its name.
  const isNamed =
    part.kind === 'peer' && 'reference' in part.peer && part.peer.kind !== 'cidr' && part.peer.reference !== undefined;
  if (fact.kind === 'unknown' && !isNamed) {
    const reasons = [...new Set(fact.reasons.map(({ name }) => name))];
    const name = part.kind === 'peer' ? nameOfPeer(part.peer) : (reasons[0] ?? part.kind);
    const waits = reasons.filter((each) => each !== name);
    const rest = waits.length === 0 ? '' : `: depends on ${waits.map((each) => markup.code(each)).join(', ')}`;
    return [`${markup.code(name)} is unknown${rest}.`];
  }
  switch (part.kind) {
    case 'peer':
      return [peerText(part.peer, markup)];
    case 'port':
      return explainPorts(part.rule).map((text) => markup.plain(text));
    case 'protocol': {
      if (part.fact.isSensitive === true) return [SENSITIVE];
      const text = String(known(part.fact));
      return [`${markup.code(text)}: ${markup.plain(describeProtocolText(text))}`];
    }
  }
}

function peerText(peer: Peer, markup: Markup): string {
  const name = markup.code(nameOfPeer(peer));
  switch (peer.kind) {
    case 'cidr':
      if (peer.text.isSensitive === true) return name;
      return `${name}: ${markup.plain(describeBlock(nameOfPeer(peer)))}`;
    case 'group':
      return `${name}: resources in this security group`;
    case 'self':
      return 'Resources in this security group itself';
    case 'prefix-list': {
      const entries = (peer.entries ?? []).map((entry) => markup.code(nameOfPeer(entry)));
      return `${name}: a prefix list${entries.length === 0 ? '' : ` of ${some(entries, 'entry', 'entries').join(', ')}`}`;
    }
  }
}

/** Where the values came from beyond the place itself, and where they go from there. */
function journeysOf(
  parts: readonly RulePart[],
  span: Span,
  { models, markup, linkTo }: HoverSource,
): { readonly from: readonly string[]; readonly to: readonly string[] } {
  const [from, to] = [new Set<string>(), new Set<string>()];
  for (const { rule, fact } of parts) {
    const sources = new RelatedPlaces(models.find(({ rules }) => rules.includes(rule))?.trees ?? []);
    const describe = ({ message, span: place }: { readonly message: string; readonly span: Span }): string =>
      `${markup.plain(message)} (${markup.link(placeOf(place), linkTo(place))})`;
    const behind = originBehind(fact.origin, span);
    for (const related of sources.related(span, behind ?? fact.origin, rule.calls)) from.add(describe(related));
    if (behind === undefined) continue;
    const isBehind = new Set(sources.related(span, behind, []).map(({ span: place }) => spanKey(place)));
    for (const related of sources.related(span, fact.origin, [])) {
      if (!isBehind.has(spanKey(related.span))) to.add(describe(related));
    }
  }
  return { from: [...from], to: [...to] };
}

/** The part of an origin that begins at a place; undefined where it does not go through there. */
function originBehind(origin: Origin | undefined, span: Span): Origin | undefined {
  for (let at = origin; at !== undefined; at = at.from) if (spanKey(at.span) === spanKey(span)) return at;
  return undefined;
}

const some = (texts: readonly string[], noun: string, plural?: string): readonly string[] =>
  withRestCounted(texts, MAX_LISTED, noun, plural);

const paragraphs = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');
