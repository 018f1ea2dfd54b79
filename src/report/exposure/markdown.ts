/** The exposures of services in Markdown, for a comment, a summary or a wiki. */

import type { Span } from '../../source/span.ts';
import { formatCount } from '../../text/count.ts';
import { type SafeText, safeDocument } from '../escape.ts';
import { attributesOf } from '../markup.ts';
import { codeMarkup, proseMarkup } from '../prose.ts';
import { graphOf } from './graph.ts';
import { flowchart } from './mermaid.ts';
import { chainText, type ExposureRow, hopsOf, partsText, rowsByAnswer, rowsOf, throughOf } from './rows.ts';
import type { ExposureLook, ShownExposures } from './shown.ts';
import { readText, unreadText, verdictOf } from './verdict.ts';
import { addressOfPlace, placeText, rootName, withShortRoots } from './words.ts';

/** Of more rows than these of one answer, those after them are counted. */
const MAX_ROWS = 50;

/**
 * A heading, the verdict, tables of what is reached and of what is undecided, the ways with each step and its place, and the graph as
 * Mermaid. All but headings and the graph is HTML: in there no text is Markdown.
 */
export function renderExposureMarkdown(exposures: ShownExposures, look: ExposureLook): SafeText {
  const rows = rowsOf(exposures);
  const { yes, unknown, no } = rowsByAnswer(rows);
  const unread = unreadText(exposures);
  const graph = graphOf(exposures.roots, withShortRoots(exposures.roots, look));
  const isNamed = exposures.roots.length > 1;
  const parts = [
    '<!-- tfsg exposure -->\n### What the internet reaches\n',
    `<p>${verdictOf(exposures, rows).map(proseMarkup).join(' ')}</p>\n<p>Read: ${readText(exposures)}.${unread === '' ? '' : ` <b>Not read in full: ${unread}.</b>`}</p>\n`,
    ...table('Reached from the internet', yes, isNamed, look),
    ...table('Undecided until apply', unknown, isNamed, look),
    ...table('Open, with no way in from the internet', no, isNamed, look),
    ...ways(yes, look),
    ...(graph.edges.length === 0 ? [] : [`\`\`\`mermaid\n${flowchart(graph)}\`\`\`\n`]),
  ];
  return safeDocument(parts.join('\n'));
}

function table(title: string, rows: readonly ExposureRow[], isNamed: boolean, look: ExposureLook): readonly string[] {
  if (rows.length === 0) return [];
  const head = ['service', ...(isNamed ? ['root module'] : []), 'ports', 'way', 'place'];
  const lines = rows.slice(0, MAX_ROWS).map((row) => {
    const { environment } = row.root.exposure;
    const cells = [
      codeMarkup(row.service.address),
      ...(isNamed
        ? [codeMarkup(`${rootName(row.root, look)}${environment === undefined ? '' : ` (${environment})`}`)]
        : []),
      proseMarkup(partsText(row.parts)),
      row.answer === 'yes'
        ? row.hops === 1
          ? 'direct'
          : `through ${codeMarkup(throughOf(row).join(' > '))}`
        : row.because.map(proseMarkup).join('<br>'),
      place(row.span, look),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
  });
  const rest = rows.length - lines.length;
  const more = rest > 0 ? `<tr><td colspan="${head.length}">and ${formatCount(rest, 'more')}</td></tr>\n` : '';
  const header = `<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n`;
  return [`<p><b>${title}</b></p>\n<table>\n${header}${lines.join('')}${more}</table>\n`];
}

/** Each way that is sure, step by step. */
function ways(rows: readonly ExposureRow[], look: ExposureLook): readonly string[] {
  if (rows.length === 0) return [];
  const items = rows.slice(0, MAX_ROWS).map((row) => {
    const steps = hopsOf(row.exposures[0].path).flatMap(({ steps: own, service }) => [
      ...own.map(
        (step) =>
          `<li>${step.kind} ${codeMarkup(step.address)}: ${proseMarkup(step.text)}, ${place(step.span, look)}</li>\n`,
      ),
      ...(service === undefined
        ? []
        : [`<li><b>${codeMarkup(service.address)}</b>, ${place(service.span, look)}</li>\n`]),
    ]);
    return `<li>${codeMarkup(chainText(row, ' > '))}: ${proseMarkup(partsText(row.parts))}\n<ol>\n${steps.join('')}</ol></li>\n`;
  });
  return [
    `<details><summary><b>The way of each, step by step</b></summary>\n<ul>\n${items.join('')}</ul>\n</details>\n`,
  ];
}

function place(span: Span, look: ExposureLook): string {
  const href = addressOfPlace(span, look);
  const text = codeMarkup(placeText(span, look));
  return href === undefined ? text : `<a${attributesOf({ href })}>${text}</a>`;
}
