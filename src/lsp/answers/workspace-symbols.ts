/** The groups and rules of everything that is linted, by name. */

import { type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { escapeControls } from '../../report/escape.ts';
import { type Span, spanKey } from '../../source/span.ts';
import type { EditorPlaces } from '../places.ts';
import { explainRuleInParts } from './describe.ts';

/** More are not listed: somebody types on. */
const MAX_SYMBOLS = 500;

/** Those whose address, or name in AWS, has the characters of the query in their order. */
export function findSymbols(
  query: string,
  models: readonly SecurityGroupModel[],
  places: EditorPlaces,
): SymbolInformation[] {
  const wanted = query.toLowerCase();
  const found = new Map<string, SymbolInformation>();
  const add = (name: string, more: string, kind: SymbolKind, span: Span, container: string): void => {
    const key = spanKey(span);
    if (found.size === MAX_SYMBOLS || found.has(key) || span.file.isVirtual || !isLike(`${name} ${more}`, wanted))
      return;
    found.set(key, {
      name: escapeControls(more === '' ? name : `${name} (${more})`),
      kind,
      location: places.locationOf(span),
      containerName: escapeControls(container),
    });
  };
  for (const { root, groups, rules } of models) {
    for (const { resourceAddress, name, span } of groups) {
      const text = name.kind === 'known' && name.isSensitive !== true ? (name.value ?? '') : '';
      add(resourceAddress, text, SymbolKind.Class, span, root);
    }
    for (const rule of rules) {
      if (rule.form.kind !== 'standalone') continue;
      add(rule.resourceAddress, explainRuleInParts(rule).allows, SymbolKind.Field, rule.span, root);
    }
  }
  return [...found.values()];
}

function isLike(text: string, wanted: string): boolean {
  const lower = text.toLowerCase();
  let at = 0;
  for (const character of wanted) {
    at = lower.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
