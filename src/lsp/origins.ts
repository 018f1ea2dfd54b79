/** Where the values at fault are written, if not at the findings themselves. */

import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { groupBy } from '../collections/group-by.ts';
import type { Finding, Related } from '../findings/finding.ts';
import { escapeControls } from '../report/escape.ts';
import { placeOf } from '../source/position.ts';
import { spanKey } from '../source/span.ts';
import { formatList, withRestCounted } from '../text/count.ts';
import type { EditorPlaces } from './places.ts';

/** More places than these are counted. */
const MAX_SHOWN = 3;

/** The places where somebody wrote the values that a finding is about, each once. */
export function sourcesOf({ related }: Pick<Finding, 'related'>): readonly Related[] {
  const sources = related.filter(({ isSource }) => isSource === true);
  return [...groupBy(sources, ({ span }) => spanKey(span)).values()].map(([first]) => first);
}

/** `Value from the default of var.world (variables.tf:3).`; empty for what is written at the finding. */
export function originText(finding: Pick<Finding, 'related'>): string {
  const sources = sourcesOf(finding);
  return sources.length === 0
    ? ''
    : `Value from ${formatList(withRestCounted(sources.map(textOf), MAX_SHOWN, 'place'))}.`;
}

/** As it is said behind "from". */
function textOf({ message, span }: Related): string {
  if (message === 'value from here') return placeOf(span);
  return `${/^(?:default|value|argument) /.test(message) ? 'the ' : ''}${message} (${placeOf(span)})`;
}

/**
 * Marks where in a file the values of findings elsewhere are written: one for each place.
 *
 * @param findings those with a source in the file
 */
export function markOrigins(path: string, findings: readonly Finding[], places: EditorPlaces): Diagnostic[] {
  const uses = findings.flatMap((finding) =>
    sourcesOf(finding).flatMap(({ span }) => (span.file.path === path ? [{ span, finding }] : [])),
  );
  return [...groupBy(uses, ({ span }) => spanKey(span)).values()].map((same): Diagnostic => {
    const found = same.map(({ finding }) => finding);
    const [first] = found as [Finding];
    const checks = new Set(found.map(({ check }) => check));
    const text =
      found.length === 1
        ? `Source of ${first.check} (${placeOf(first.span)}): ${first.message}`
        : `Source of ${found.length} findings: ${formatList(
            withRestCounted(
              found.map(({ check, span }) => `${check} (${placeOf(span)})`),
              MAX_SHOWN,
              'finding',
            ),
          )}.`;
    return {
      range: places.rangeOf(same[0].span),
      severity: DiagnosticSeverity.Hint,
      source: 'tfsg',
      ...(checks.size === 1 && { code: first.check }),
      message: escapeControls(text),
      relatedInformation: found.slice(0, 2 * MAX_SHOWN).map(({ message, span }) => ({
        location: places.locationOf(span),
        message: escapeControls(message),
      })),
    };
  });
}
