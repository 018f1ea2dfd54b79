/** Positions of the protocol: there and back, in every encoding. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changed } from '../../src/lsp/document.ts';
import { encodings, Lines } from '../../src/lsp/lines.ts';

/** Texts with all kinds of line ends and of characters: of one to four bytes, of one and two code units. */
const texts = fc
  .array(fc.constantFrom('a', 'é', '€', '😀', '\n', '\r\n', '\r', ' '), { maxLength: 20 })
  .map((parts) => parts.join(''));

const isInside = (text: string, at: number): boolean =>
  (text[at - 1] === '\r' && text[at] === '\n') || /^[\udc00-\udfff]$/.test(text[at] ?? '');

describe.each(encodings)('%s', (encoding) => {
  test('an offset is where its position is', () => {
    fc.assert(
      fc.property(texts, fc.nat(50), (text, seed) => {
        const at = seed % (text.length + 1);
        fc.pre(!isInside(text, at));
        const lines = new Lines(text, encoding);
        const position = lines.positionAt(at);
        expect(lines.offsetAt(position)).toBe(at);
        const start = text.slice(0, at).split(/\r\n|\r|\n/);
        expect(position.line).toBe(start.length - 1);
        const last = start.at(-1)!;
        const length = { 'utf-8': Buffer.byteLength(last), 'utf-16': last.length, 'utf-32': [...last].length }[
          encoding
        ];
        expect(position.character).toBe(length);
      }),
    );
  });

  test('positions that are none are held inside of the line and the text', () => {
    const lines = new Lines('ab\r\ncd', encoding);
    expect(lines.offsetAt({ line: 0, character: 99 })).toBe(2);
    expect(lines.offsetAt({ line: 9, character: 0 })).toBe(6);
    expect(lines.positionAt(3)).toEqual({ line: 0, character: 2 });
    expect(lines.positionAt(99)).toEqual({ line: 1, character: 2 });
  });

  test('changes make the text that the editor has', () => {
    fc.assert(
      fc.property(texts, texts, fc.nat(50), fc.nat(50), (text, added, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number];
        fc.pre(!isInside(text, start) && !isInside(text, end));
        const document = { uri: 'file:///a.tf', languageId: 'terraform', version: 1, text };
        const range = new Lines(text, encoding).rangeOf({ start, end });
        const after = changed(
          document,
          [
            { range, text: added },
            { range: { start: range.start, end: range.start }, text: '#' },
          ],
          2,
          encoding,
        );
        const once = text.slice(0, start) + added + text.slice(end);
        fc.pre(!isInside(once, start));
        expect(after).toMatchObject({ version: 2, text: `${once.slice(0, start)}#${once.slice(start)}` });
      }),
    );
  });
});
