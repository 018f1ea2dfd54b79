/** Whatever format is printed into the log of a job, nothing that users write is a command to the CI server. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeCommands } from '../../src/report/escape.ts';
import { formatNames, loadFormat } from '../../src/report/render.ts';
import { parseCommand } from './actions.ts';
import { attacks, hostileReport, hostileText } from './hostile.ts';
import { plain } from './reports.ts';

/** What nobody sees, and what is no text but the end of a line. */
const unseen =
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Surrogate}]|(?![\ufe00-\ufe0f]|\u200d)\p{Default_Ignorable_Code_Point}/u;

/** What paints text, in pairs around it. */
const painted = /\u001b\[\d{1,2}m/g;

const formats = formatNames.filter((name) => name !== 'github');

test.each([
  ['::error::x', '\\u{3a}:error::x'],
  ['  ::error::x', '  \\u{3a}:error::x'],
  ['a ::error::x', 'a ::error::x'],
  ['a ##[error]x', 'a \\u{23}#[error]x'],
  ['a ###[error]x', 'a #\\u{23}#[error]x'],
  ['##vso[task.complete]', '\\u{23}#vso[task.complete]'],
  ['a ##teamcity[x]', 'a \\u{23}#teamcity[x]'],
  ['## [section]', '## [section]'],
  ['::/0 opens', '::/0 opens'],
  ['  ::add and ::/0 open', '  ::add and ::/0 open'],
  ['::add-mask::x', '\\u{3a}:add-mask::x'],
])('%s', (line, expected) => {
  expect(escapeCommands(line)).toBe(expected);
});

test('the runner would take the attacks for commands', () => {
  expect(attacks.flatMap((text) => text.split('\n')).filter((line) => parseCommand(line) !== undefined).length).toBe(3);
});

describe.each(formats)('%s', (name) => {
  test('has no command', async () => {
    const render = await loadFormat(name);
    const check = (text: string): void => {
      for (const color of [false, true]) {
        const output = render(hostileReport(text), { ...plain, color, unknown: true });
        expect(output.split(/\r\n|[\r\n]/).filter((line) => parseCommand(line) !== undefined)).toEqual([]);
        expect(output).not.toMatch(/##[a-z]*\[/i);
        expect(color ? output.replace(painted, '') : output).not.toMatch(unseen);
      }
    };
    attacks.forEach(check);
    fc.assert(fc.property(hostileText, check));
  });
});
