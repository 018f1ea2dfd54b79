/** What a change opens as annotations of GitHub Actions, and all of it in the log. */

import type { Comparison } from '../../changes/change.ts';
import { commandLines, escapeCommands, escapeControls, type PlainText, type SafeText } from '../escape.ts';
import { annotationsOf } from '../formats/github.ts';
import { accessText, changeEntriesOf } from './entries.ts';
import { comparedWith, notInFull } from './facts.ts';
import { changeRowsOf, reachRowsOf, undecidedRowsOf } from './rows.ts';
import { findingsFailureOf } from './rules.ts';
import { sentenceOf } from './sentence.ts';
import type { ChangesLook } from './shown.ts';
import { conditionsText, piecesText, placeName, trafficName } from './words.ts';

/** The sentence, an annotation for each thing that is new, and lines without one for what is closed: its places are those of the older state. */
export function renderChangesGithub(comparison: Comparison, look: ChangesLook): SafeText {
  const unread = notInFull(comparison);
  const rows = changeRowsOf(comparison, look);
  const closed = [...rows, ...undecidedRowsOf(comparison)]
    .filter(({ kind }) => kind === 'closed')
    .map((row) => {
      const conditions = conditionsText(row);
      const words = row.isUndecided ? 'may close' : 'closes';
      return `${placeName(row.spans[0], look)}: ${row.group} ${words} ${accessText(row)}${conditions === '' ? '' : `, ${conditions}`}`;
    });
  const left = reachRowsOf(comparison)
    .filter(({ kind }) => kind === 'closed')
    .map(({ service, traffic }) => `The internet no longer reaches ${service} on ${trafficName(traffic)}.`);
  return commandLines([
    textLine(piecesText(sentenceOf(comparison, look))),
    ...annotationsOf(changeEntriesOf(comparison, look)),
    ...[...closed, ...left, findingsFailureOf(rows), piecesText(comparedWith(comparison)), unread].flatMap((text) =>
      text === '' ? [] : textLine(text),
    ),
  ]);
}

/** A line that is no command, whatever is in it. */
const textLine = (text: string): PlainText => escapeControls(escapeCommands(escapeControls(text)));
