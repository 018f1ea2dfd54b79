/** What holds for every text, or for every valid one. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blocksOf } from '../../src/hcl/json/blocks.ts';
import { parseJson } from '../../src/hcl/json/parser.ts';
import { parseExpression } from '../../src/hcl/native/expression.ts';
import { tokenize } from '../../src/hcl/native/lexer.ts';
import { parseHcl, parseHclAndLetGo } from '../../src/hcl/native/parser.ts';
import { parseTemplateText } from '../../src/hcl/native/template.ts';
import type { Body } from '../../src/hcl/syntax.ts';
import { nodesIn } from '../../src/hcl/walk.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';
import { generatedLayout, generatedProgram } from './generate-program.ts';
import { outlineBody } from './outline.ts';

/** Any UTF-16 text, lone surrogates included. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });

/** Texts made of HCL's own pieces in any order. */
const scraps = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\r\n',
      '"',
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '=',
      ',',
      '.',
      '1',
      '${',
      '%{',
      '~}',
      '<<E\n',
      'E\n',
      'for ',
      'in ',
      'if ',
      '#',
      '/*',
      '*/',
      '\\',
      '*',
      '?',
      ':',
      '...',
      '\0',
      '\ufeff',
    ),
  )
  .map((pieces) => pieces.join(''));

/** Texts made of JSON's pieces in any order. */
const jsonScraps = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '"${',
      '"${x}"',
      '%{',
      '1',
      '-',
      'true',
      '\\',
      '\\u00e9',
      '\n',
      '#',
      '/*',
      '=',
      '\ufeff',
    ),
  )
  .map((pieces) => pieces.join(''));

/** A valid program with a stretch removed. */
const mutated = fc.tuple(generatedProgram, fc.nat(), fc.nat(5)).map(([text, offset, length]) => {
  const at = offset % (text.length + 1);
  return text.slice(0, at) + text.slice(at + length);
});

const texts = fc.oneof(anyText, scraps, mutated, generatedProgram);

test('tokens cover every character', () => {
  fc.assert(
    fc.property(texts, (text) => {
      let at = 0;
      for (const token of tokenize(new SourceFile('test.tf', text))) {
        expect(token.start).toBe(at);
        expect(token.end).toBeGreaterThan(at);
        at = token.end;
      }
      expect(at).toBe(text.length);
    }),
  );
});

test('nothing throws, and problems lie inside the text, in order', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const file = new SourceFile('test.tf', text);
      for (const { problems } of [
        parseHcl(file),
        parseExpression(file),
        parseTemplateText({ file, start: 0, end: text.length }, text, (at) => at),
      ]) {
        for (const { span } of problems) {
          expect(span!.file.path).toBe('test.tf');
          expect(span!.start).toBeGreaterThanOrEqual(0);
          expect(span!.end).toBeGreaterThanOrEqual(span!.start);
          expect(span!.end).toBeLessThanOrEqual(text.length);
        }
      }
      const starts = parseHcl(file).problems.map((problem) => problem.span!.start);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});

/** Checks that every node lies in its parent, and that nodes in a list follow each other. */
function checkSpans(node: object, start: number, end: number): void {
  let from = start;
  let to = end;
  if ('start' in node && 'end' in node) {
    from = Number(node.start);
    to = Number(node.end);
    expect(from).toBeGreaterThanOrEqual(start);
    expect(to).toBeLessThanOrEqual(end);
    expect(to).toBeGreaterThanOrEqual(from);
  }
  if (Array.isArray(node)) {
    let last = start;
    for (const item of node) {
      checkSpans(item, last, end);
      last = item.end;
    }
    return;
  }
  for (const value of Object.values(node)) {
    if (typeof value === 'object' && value !== null && !(value instanceof SourceFile)) checkSpans(value, from, to);
  }
}

/** Checks that every node below one lies in its file and does not end before it starts. */
function checkPlaces(root: object, file: SourceFile): void {
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('start' in node && 'end' in node) {
      const { start, end } = node as Span;
      expect([start >= 0, start <= end, end <= file.text.length]).toEqual([true, true, true]);
    }
    for (const value of Object.values(node)) {
      if (typeof value === 'object' && value !== null && !(value instanceof SourceFile)) waiting.push(value);
    }
  }
}

test('every node lies in the file and ends where it starts or after that, in any text', () => {
  fc.assert(
    fc.property(fc.oneof(texts, jsonScraps), (text) => {
      const native = new SourceFile('test.tf', text);
      checkPlaces(parseHcl(native).value.body, native);
      checkPlaces(parseExpression(native).value, native);
      const template = parseTemplateText({ file: native, start: 0, end: text.length }, text, (at) => at);
      checkPlaces(template.value, native);
      const json = new SourceFile('test.tf.json', text);
      const tree = parseJson(json).value;
      checkPlaces(tree.body, json);
      for (const item of tree.body.items) {
        if (item.kind === 'attribute') checkPlaces(blocksOf(item, 1), json);
      }
    }),
    { numRuns: 1000, examples: [['a<<T\nh='], ['a = <<T\r\n}']] },
  );
});

test('spans nest and are in order', () => {
  fc.assert(
    fc.property(generatedProgram, (text) => {
      const { value } = parseHcl(new SourceFile('test.tf', text));
      checkSpans(value.body, 0, text.length);
      checkSpans(value.comments, 0, text.length);
    }),
  );
});

function blockNames(body: Body): readonly string[] {
  return body.items.flatMap((item) => (item.kind === 'block' ? [item.type.name, ...blockNames(item.body)] : []));
}

test('a program that lost one closing brace keeps its blocks where they are, with one problem', () => {
  fc.assert(
    fc.property(generatedLayout, fc.nat(), (lines, choice) => {
      const braces = lines.flatMap((line, index) => (line.trim() === '}' ? [index] : []));
      const lost = braces[choice % braces.length]!;
      const whole = parseHcl(new SourceFile('test.tf', `${lines.join('\n')}\n`));
      const broken = parseHcl(new SourceFile('test.tf', `${lines.filter((_, index) => index !== lost).join('\n')}\n`));
      expect(broken.problems).toHaveLength(1);
      expect(outlineBody(broken.value.body)).toBe(outlineBody(whole.value.body));
      expect(blockNames(broken.value.body)).toEqual(blockNames(whole.value.body));
    }),
  );
});

test('a body that was let go is read as it was', () => {
  fc.assert(
    fc.property(generatedProgram, (text) => {
      const file = new SourceFile('main.tf', text);
      const nodesOf = (body: Body) => [...nodesIn(body)].map(({ node }) => [node.kind, node.start, node.end]);
      const { value: whole } = parseHcl(file);
      const { value: late } = parseHclAndLetGo(file, () => true);
      expect(outlineBody(late.body)).toBe(outlineBody(whole.body));
      expect(nodesOf(late.body)).toEqual(nodesOf(whole.body));
      expect(late.comments).toEqual(whole.comments);
    }),
  );
});
