/** What is sent for files that trees share, and for those that have not changed. */

import { expect, test } from '@jest/globals';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import { Publisher } from '../../src/lsp/publisher.ts';

const at = (line: number): Diagnostic => ({
  range: { start: { line, character: 0 }, end: { line, character: 1 } },
  message: 'm',
  relatedInformation: [
    {
      location: { uri: 'file:///b', range: { start: { line, character: 0 }, end: { line, character: 1 } } },
      message: 'r',
    },
  ],
});
const file = (version: number | undefined, ...diagnostics: Diagnostic[]) =>
  new Map([['file:///a', { version, diagnostics }]]);

test('is what has changed, and what two owners say together', () => {
  const sent: PublishDiagnosticsParams[] = [];
  const take = () =>
    sent.splice(0).map(({ version, diagnostics }) => [version, diagnostics.map((each) => each.range.start.line)]);
  const publisher = new Publisher<string>((params) => sent.push(params));
  publisher.publish('one', file(1, at(1)));
  expect(take()).toEqual([[1, [1]]]);
  publisher.publish('one', file(1, at(1)));
  expect(take()).toEqual([]);
  publisher.publish('one', file(2, at(1)));
  expect(take()).toEqual([[2, [1]]]);
  const moved = at(1);
  moved.relatedInformation![0]!.location.range.start.line = 7;
  publisher.publish('one', file(2, moved));
  expect(take()).toEqual([[2, [1]]]);
  publisher.publish('two', file(undefined, moved, at(3)));
  expect(take()).toEqual([[undefined, [1, 3]]]);
  publisher.publish('one', new Map());
  expect(take()).toEqual([]);
  publisher.publish('two', new Map());
  expect(take()).toEqual([[undefined, []]]);
  publisher.publish('two', new Map());
  expect(take()).toEqual([]);
});
