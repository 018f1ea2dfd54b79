/** The diffs that are printed, read back. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDiff } from '../../src/diff/parse.ts';
import { patchOf } from '../../src/fix/patch.ts';

const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', '', '+', '--- a/x', '@@ -1 +1 @@', 'é\r'), { maxLength: 12 }), fc.boolean())
  .map(([lines, isEnded]) => lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : ''));
const path = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '\\', '\t', 'é', '𐍈', '.'), minLength: 1 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join('/'));

/** With its line end, so that a lost one is a change. */
const linesOf = (whole: string): string[] => whole.match(/[^\n]*\n|[^\n]+$/g) ?? [];

test('name the file, and every line that is new', () => {
  fc.assert(
    fc.property(path, text, text, (name, before, after) => {
      const changes = parseDiff(patchOf(name, before, after));
      if (before === after) return expect(changes).toEqual([]);
      expect(changes).toHaveLength(1);
      const [{ path: found, lines, gaps }] = changes as [(typeof changes)[number]];
      expect(found).toBe(name);
      const [old, now] = [linesOf(before), linesOf(after)];
      // Without what is new, the lines are those of before, in their order.
      let at = 0;
      for (const [index, line] of now.entries()) {
        if (lines.includes(index + 1)) continue;
        at = old.indexOf(line, at) + 1;
        expect(at).toBeGreaterThan(0);
      }
      expect(lines.length + gaps.length).toBeGreaterThan(0);
      expect(gaps.every((gap) => gap >= 0 && gap <= now.length)).toBe(true);
    }),
  );
});
