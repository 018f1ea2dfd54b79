/** What git leaves in a file that two people have changed: `<<<<<<<`, `=======` and `>>>>>>>` on lines of their own. */

import type { Problem } from '../../source/problem.ts';

export interface Conflicts {
  /** The text with spaces in place of all markers, and of whatever is not on the first side of its conflict. */
  readonly text: string;
  /** The first marker of each conflict. */
  readonly markers: readonly { readonly start: number; readonly end: number }[];
}

const MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/;

/** The conflicts of a text, if one of its problems is at a marker: in a heredoc such lines are text. */
export function conflictsOf(text: string, problems: readonly Problem[]): Conflicts | undefined {
  const isMarker = (start: number): boolean =>
    MARKER.test(text.slice(start, start + 8)) && (start === 0 || text.charAt(start - 1) === '\n');
  if (!problems.some(({ span }) => isMarker(span!.start))) return undefined;
  const pieces: string[] = [];
  const markers: { start: number; end: number }[] = [];
  let from = 0;
  const cut = (start: number, end: number): void => {
    pieces.push(text.slice(from, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    from = end;
  };
  let isOpen = false;
  // The markers between the sides of the conflict that is open.
  let between: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    if (isMarker(start)) {
      const sign = text.charAt(start);
      if (sign === '<' || !isOpen) markers.push({ start, end: start + 7 });
      if (isOpen && sign !== '<' && sign !== '>') between.push({ start, end });
      else {
        if (sign === '>') cut(between[0]?.start ?? start, end);
        else for (const marker of [...between, { start, end }]) cut(marker.start, marker.end);
        between = [];
        isOpen = sign === '<';
      }
    }
    start = end;
  }
  for (const { start, end } of between) cut(start, end);
  pieces.push(text.slice(from));
  return { text: pieces.join(''), markers };
}
