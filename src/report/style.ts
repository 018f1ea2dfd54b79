/** Colour on a terminal. */

import type { Severity } from '../findings/severity.ts';
import { type PlainText, plain } from './escape.ts';

export type Colour = 'red' | 'magenta' | 'yellow' | 'blue' | 'cyan' | 'dim' | 'bold';

/** Wraps a text in a colour, or leaves it as it is. */
export type Paint = (colour: Colour, text: PlainText) => PlainText;

/** ANSI SGR: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ */
const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
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
