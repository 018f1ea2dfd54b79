/** Inlay hints: CIDR blocks after names, services after ports. */

import { type InlayHint, InlayHintKind } from 'vscode-languageserver';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { escapeControls } from '../../report/escape.ts';
import { type Span, textOf } from '../../source/span.ts';
import type { EditorPlaces } from '../places.ts';
import { describeBlock, serviceNames } from './describe.ts';
import { type RulePart, rulePartsOf, spansOf } from './rule-parts.ts';

/** More blocks than these are counted. */
const MAX_BLOCKS = 3;

/** The hints in a range of a file, in order of place. */
export function inlayHintsIn(
  path: string,
  range: { readonly start: number; readonly end: number },
  models: readonly SecurityGroupModel[],
  places: EditorPlaces,
): InlayHint[] {
  const texts = new Map<
    number,
    { readonly span: Span; readonly blocks: Set<string>; readonly services: Set<string> }
  >();
  const at = (span: Span) => {
    const entry = texts.get(span.end) ?? { span, blocks: new Set<string>(), services: new Set<string>() };
    texts.set(span.end, entry);
    return entry;
  };
  for (const part of rulePartsOf(models)) {
    const { fact } = part;
    if (fact.kind === 'unknown' || fact.isSensitive === true) continue;
    for (const span of spansOf(part)) {
      if (span.file.path !== path || span.end < range.start || range.end < span.start) continue;
      if (part.kind === 'peer' && part.peer.kind === 'cidr' && !isLiteral(span))
        at(span).blocks.add(String(fact.value));
      if (part.kind === 'port' && hasServices(part)) {
        const names = serviceNames(part.rule);
        if (names !== '') at(span).services.add(names);
      }
    }
  }
  return [...texts.values()]
    .filter(({ blocks, services }) => blocks.size + services.size > 0)
    .sort((a, b) => a.span.end - b.span.end)
    .map(({ span, blocks, services }): InlayHint => {
      const shown = blocks.size === MAX_BLOCKS + 1 ? [...blocks] : [...blocks].slice(0, MAX_BLOCKS);
      const rest = blocks.size - shown.length;
      return {
        position: places.rangeOf(span).end,
        label: escapeControls([...shown, ...(rest > 0 ? [`${rest} more`] : []), ...services].join(', ')),
        kind: InlayHintKind.Type,
        paddingLeft: true,
        ...(blocks.size > 0 && {
          tooltip: shown.map((text) => escapeControls(`${text}: ${describeBlock(text)}`)).join('\n'),
        }),
      };
    });
}

/** The last port of a rule says what they all are; of a rule for one port, the first. */
function hasServices({ rule, fact }: Extract<RulePart, { readonly kind: 'port' }>): boolean {
  const isOne =
    rule.fromPort.kind === 'known' && rule.toPort.kind === 'known' && rule.fromPort.value === rule.toPort.value;
  return fact === (isOne ? rule.fromPort : rule.toPort);
}

/** Whether the text says by itself what the value is. */
function isLiteral(span: Span): boolean {
  const text = textOf(span);
  return /^(?:["[{]|<<)/.test(text) && !text.includes('${');
}
