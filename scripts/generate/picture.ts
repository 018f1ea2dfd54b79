/** The picture of a terminal in the README: what tfsg prints of a small configuration, in its colours. */

import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from '../../src/cli/run.ts';
import type { Output } from './output.ts';

const COLUMNS = 96;
/** Of one character, in pixels. */
const WIDTH = 8.4;
const HEIGHT = 20;
const MARGIN = 20;
const BACKGROUND = '#0d1117';
const TEXT = '#e6edf3';
const DIM = '#8b949e';

/** By the number of a colour in an escape sequence: red, green, yellow, blue, magenta, cyan. */
const colours: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
};

/** docs/pictures/terminal.svg. */
export async function terminalPicture(root: string): Promise<Output> {
  let printed = '';
  const output = {
    write: (more: string): void => void (printed += more),
    ...{ isTerminal: true, columns: COLUMNS, hasLinks: async () => false },
  };
  await run(['--no-config', '--no-baseline', '--color', 'always'], {
    ...{ cwd: join(root, 'fixtures/docs/shop'), environment: {}, stdout: output, stderr: output, now: () => 0 },
    ask: async () => undefined,
    readStdin: () => new Uint8Array(),
    watch: () => Promise.reject(new Error('Nothing is watched here.')),
  });
  const lines = ['$ tfsg', ...printed.trimEnd().split('\n')];
  const [width, height] = [COLUMNS * WIDTH + 2 * MARGIN, lines.length * HEIGHT + 2 * MARGIN];
  const label = lines.map((line) => escaped(stripVTControlCharacters(line))).join('\n');
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${height}" width="${round(width)}" height="${height}" role="img">`,
    `<title>A terminal with tfsg</title>`,
    `<desc>${label}</desc>`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">`,
    ...lines.flatMap((line, row) => runsOf(line).map((each) => textOf(each, row))),
    '</g>',
    '</svg>',
  ];
  return { path: 'docs/pictures/terminal.svg', text: `${text.join('\n')}\n` };
}

/** Characters of one line that look alike. */
interface Run {
  readonly column: number;
  readonly text: string;
  readonly isBold: boolean;
  readonly fill: string;
}

function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let [column, isBold, isDim, colour] = [0, false, false, TEXT];
  // The escape sequences are at the odd places.
  for (const [index, part] of line.split(/\x1b\[(\d+)m/).entries()) {
    if (index % 2 === 1) {
      if (part === '1') isBold = true;
      else if (part === '2') isDim = true;
      else if (part === '22') [isBold, isDim] = [false, false];
      else colour = colours[part] ?? TEXT;
    } else {
      const text = part.trimStart();
      const start = column + part.length - text.length;
      if (text !== '') runs.push({ column: start, text: text.trimEnd(), isBold, fill: isDim ? DIM : colour });
      column += part.length;
    }
  }
  return runs;
}

/** With its length, so that columns are straight in every font. */
function textOf({ column, text, isBold, fill }: Run, row: number): string {
  const [x, y] = [round(MARGIN + column * WIDTH), MARGIN + row * HEIGHT + 14];
  const weight = isBold ? ' font-weight="bold"' : '';
  const length = round(text.length * WIDTH);
  return `<text x="${x}" y="${y}" textLength="${length}" fill="${fill}"${weight}>${escaped(text)}</text>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
