/** The groups and rules of a file, as its outline. */

import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import { groupBy } from '../../collections/group-by.ts';
import { type Node, nodesIn } from '../../hcl/walk.ts';
import { type Fact, shown } from '../../model/fact.ts';
import type { Rule } from '../../model/rule.ts';
import type { SecurityGroup } from '../../model/security-group.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { escapeControls } from '../../report/escape.ts';
import type { Span } from '../../source/span.ts';
import type { EditorPlaces } from '../places.ts';
import { explainRuleInParts } from './describe.ts';

/** A group, or a rule that is a resource of its own, with what lies in it. In order of place. */
export function symbolsOf(path: string, models: readonly SecurityGroupModel[], places: EditorPlaces): DocumentSymbol[] {
  const tree = models.flatMap(({ trees }) => trees).find(({ file }) => file.path === path);
  if (tree === undefined) return [];
  const wholes = wholesOf(tree.body);
  const make = (
    name: string,
    detail: string,
    kind: SymbolKind,
    span: Span,
    children: DocumentSymbol[],
  ): DocumentSymbol => {
    const whole = wholes.get(span.start) ?? span;
    const range = places.linesOf(span.file).rangeOf({ start: whole.start, end: Math.max(whole.end, span.end) });
    const selectionRange = places.rangeOf(span);
    return { name: escapeControls(name), detail: escapeControls(detail), kind, range, selectionRange, children };
  };
  const inFile = <T extends { readonly span: Span }>(things: readonly T[]) => [
    ...groupBy(
      things.filter(({ span }) => span.file.path === path),
      ({ span }) => span.start,
    ).values(),
  ];
  const rules = models.flatMap((model) => model.rules);
  const symbols = inFile(models.flatMap(({ groups }) => groups)).map((groups) => {
    const [{ span, resourceAddress }] = groups;
    const whole = wholes.get(span.start) ?? span;
    const inside = inFile(rules.filter(({ form }) => form.kind === 'inline')).filter(
      ([rule]) => whole.start <= rule.span.start && rule.span.end <= whole.end,
    );
    const children = inside.map((same) => {
      const { name, detail } = ruleText(same);
      return make(name, detail, SymbolKind.Field, same[0].span, []);
    });
    return make(localName(resourceAddress), groupNames(groups), SymbolKind.Class, span, children);
  });
  for (const same of inFile(rules.filter(({ form }) => form.kind === 'standalone'))) {
    const { name, detail } = ruleText(same);
    symbols.push(
      make(localName(same[0].resourceAddress), `${name} ${detail}`.trim(), SymbolKind.Field, same[0].span, []),
    );
  }
  return symbols.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

/** The same without a tree, for editors that have none. */
export function flatSymbols(
  symbols: readonly DocumentSymbol[],
  uri: string,
  containerName?: string,
): SymbolInformation[] {
  return symbols.flatMap(({ name, detail, kind, range, children }) => [
    {
      name: detail === '' ? name : `${name} ${detail}`,
      kind,
      location: { uri, range },
      ...(containerName !== undefined && { containerName }),
    },
    ...flatSymbols(children ?? [], uri, name),
  ]);
}

/** Blocks by the offset of their header, and elements of lists by their own. */
function wholesOf(body: Node): ReadonlyMap<number, Node> {
  const wholes = new Map<number, Node>();
  for (const { node } of nodesIn(body))
    if (node.kind === 'block' && !wholes.has(node.start)) wholes.set(node.start, node);
  return wholes;
}

function ruleText(rules: readonly Rule[]): { readonly name: string; readonly detail: string } {
  const texts = [
    ...new Map(rules.map((rule) => [JSON.stringify(explainRuleInParts(rule)), explainRuleInParts(rule)])).values(),
  ];
  const [{ allows, whom }] = texts as [ReturnType<typeof explainRuleInParts>];
  return { name: allows, detail: texts.length === 1 ? whom : `${whom}, and ${texts.length - 1} more` };
}

function groupNames(groups: readonly SecurityGroup[]): string {
  const names = new Set(groups.map(({ name, namePrefix }) => textOf(name) ?? `${textOf(namePrefix) ?? ''}*`));
  return [...names].filter((name) => name !== '*').join(', ');
}

const textOf = (fact: Fact<string | null>): string | null => (fact.kind === 'known' ? shown(fact) : null);

/** Without the modules on the way. */
function localName(address: string): string {
  return address.replace(/^(?:module\.[^.]+\.)+/, '');
}
