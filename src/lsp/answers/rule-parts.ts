/** Where the parts of rules are: in the rule itself, and at all places that their values came through. */

import type { Fact } from '../../model/fact.ts';
import type { Peer, Rule } from '../../model/rule.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import type { Span } from '../../source/span.ts';

/** One argument of a rule, or one of its sources. */
export type RulePart =
  | { readonly kind: 'peer'; readonly rule: Rule; readonly peer: Peer; readonly fact: Fact<string | boolean> }
  | { readonly kind: 'port'; readonly rule: Rule; readonly fact: Fact<number | null> }
  | { readonly kind: 'protocol'; readonly rule: Rule; readonly fact: Fact<string | null> };

export interface FoundParts {
  /** The smallest range of text at the offset that is a place of a part. */
  readonly span: Span;
  /** Those that have it; at least one. */
  readonly parts: readonly RulePart[];
}

/** The parts with a place at an offset. */
export function partsAt(models: readonly SecurityGroupModel[], path: string, offset: number): FoundParts | undefined {
  let found: { span: Span; parts: RulePart[] } | undefined;
  for (const part of rulePartsOf(models)) {
    for (const span of spansOf(part)) {
      if (span.file.path !== path || offset < span.start || span.end < offset) continue;
      const difference = found === undefined ? -1 : span.end - span.start - (found.span.end - found.span.start);
      if (difference < 0) found = { span, parts: [part] };
      else if (difference === 0 && found!.span.start === span.start && !found!.parts.includes(part))
        found!.parts.push(part);
    }
  }
  return found;
}

/** All parts that are written somewhere. */
export function* rulePartsOf(models: readonly SecurityGroupModel[]): Iterable<RulePart> {
  for (const rule of models.flatMap(({ rules }) => rules)) {
    for (const peer of rule.peers) {
      const fact = peer.kind === 'cidr' ? peer.text : peer.kind === 'self' ? peer.value : peer.id;
      yield { kind: 'peer', rule, peer, fact };
    }
    const scalars: readonly RulePart[] = [
      { kind: 'port', rule, fact: rule.fromPort },
      { kind: 'port', rule, fact: rule.toPort },
      { kind: 'protocol', rule, fact: rule.protocol },
    ];
    // One that is absent stands where it is missing.
    for (const part of scalars) if (part.fact.kind === 'unknown' || part.fact.value !== null) yield part;
  }
}

/** The places of a part: where a finding about it stands, then where its value came from, latest first. */
export function* spansOf({ fact }: RulePart): Iterable<Span> {
  yield fact.span;
  for (let at = fact.origin; at !== undefined; at = at.from) yield at.span;
}
