/** Colour on a terminal. */

import type { Severity } from '../findings/severity.ts';
import { escapeControls, type PlainText, plain } from './escape.ts';

export type Colour = 'red' | 'green' | 'magenta' | 'yellow' | 'blue' | 'cyan' | 'dim' | 'bold';

/** Wraps a text in a colour, or leaves it as it is. */
export type Paint = (colour: Colour, text: PlainText) => PlainText;

/** ANSI SGR: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ */
const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  magenta: [35, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Paints if there is colour. */
export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (colour, text) => {
    const [on, off] = codes[colour];
    return text === '' ? text : plain`\u001b[${on}m${text}\u001b[${off}m`;
  };
}

/** A text in a colour, and bold. */
export function strong(paint: Paint, colour: Colour, text: PlainText): PlainText {
  return paint('bold', paint(colour, text));
}

/** A text that leads to an address, where the terminal can open it: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
export function hyperlink(url: string, text: PlainText): PlainText {
  const address = escapeControls(encodeURI(decodeURI(url)));
  return plain`\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
}

/** The colour that stands for a severity. */
export const severityColours: Readonly<Record<Severity | 'error' | 'warning' | 'undecided', Colour>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'cyan',
  error: 'magenta',
  warning: 'yellow',
  undecided: 'cyan',
};
