/** tfsg and HashiCorp's parser accept and refuse the same texts. */

import { parse } from '@cdktf/hcl2json';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { accepted, rejected } from './agreement-cases.ts';
import { generatedProgram } from './generate-program.ts';

/** Whether HashiCorp's parser reads a text; what hcl2json cannot write as JSON afterwards does not count. */
async function isAccepted(text: string): Promise<boolean> {
  try {
    await parse('test.tf', text);
    return true;
  } catch (error) {
    return !String(error).includes('parse config');
  }
}

function problemsOf(text: string): readonly string[] {
  return parseHcl(new SourceFile('test.tf', text)).problems.map((problem) => problem.message);
}

test.each(accepted)('%j is HCL', async (text) => {
  expect(await isAccepted(text)).toBe(true);
  expect(problemsOf(text)).toEqual([]);
});

test.each(rejected)('%j is not HCL', async (text) => {
  expect(await isAccepted(text)).toBe(false);
  expect(problemsOf(text)).not.toEqual([]);
});

test('generated programs are HCL', async () => {
  await fc.assert(
    fc.asyncProperty(generatedProgram, async (text) => {
      expect(problemsOf(text)).toEqual([]);
      expect(await isAccepted(text)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('generated programs with a character changed are refused by both or by neither', async () => {
  const edit = fc.tuple(
    fc.nat(),
    fc.constantFrom('', '"', '{', '}', ']', ')', '\n', ' ', ',', '${', '~', 'x', '=', '<<E\n', '\r', '\\'),
    fc.nat(1),
  );
  await fc.assert(
    fc.asyncProperty(generatedProgram, edit, async (text, [offset, inserted, removed]) => {
      const at = offset % (text.length + 1);
      const edited = text.slice(0, at) + inserted + text.slice(at + removed);
      expect({ edited, isRead: problemsOf(edited).length === 0 }).toEqual({ edited, isRead: await isAccepted(edited) });
    }),
    { numRuns: 300 },
  );
});
