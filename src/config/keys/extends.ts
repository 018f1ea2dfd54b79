/** The key `extends` of a configuration. */

import type { Outcome, Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { type JsonNode, plainValue } from '../jsonc.ts';
import { mistake, suggestion } from '../mistake.ts';
import { type Preset, presets } from '../presets.ts';

/** A preset, or another file by its path relative to the one that names it. */
export type Extended =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'file'; readonly path: string; readonly span: Span };

/** @param names texts; what is neither a preset nor a path is a mistake */
export function extendedBy(names: readonly JsonNode[]): Outcome<readonly Extended[]> {
  const problems: Problem[] = [];
  const value = names.flatMap((node): Extended[] => {
    const name = String(plainValue(node));
    const preset = presets.find((each) => each === name);
    if (preset !== undefined) return [{ kind: 'preset', preset }];
    if (/^\.\.?\/.+/.test(name)) return [{ kind: 'file', path: name, span: node }];
    const message = `${JSON.stringify(name)} is neither a preset nor a file path such as "./base.tfsgrc.json".`;
    problems.push(mistake(node, message, suggestion(name, presets)));
    return [];
  });
  return { value, problems };
}
