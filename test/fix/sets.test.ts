/** What groups let in and out before and after fixes, over the fixtures: asked point by point by an oracle that shares no algebra with the engine. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { mutate } from '../../scripts/fuzz-fixes/mutate.ts';
import { tryClaims, tryFixes } from '../../scripts/fuzz-fixes/trials.ts';
import { Random } from '../../scripts/fuzz-terraform/random.ts';
import { checks } from '../../src/checks/index.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Fix } from '../../src/findings/finding.ts';
import { admissionsOf, differenceOfAdmissions } from '../../src/fix/admission.ts';
import { applyFixes, evaluateFiles, lintFiles } from '../checks/lint-files.ts';
import { fixtures } from '../golden.ts';

const faulty = (id: string): string => readFileSync(join(fixtures, 'checks', id, 'bad.tf'), 'utf8');

describe('the safe fixes of what a check finds keep what groups let in and out', () => {
  test.each(checks.map(({ id }) => id))('%s', async (id) => {
    const { difference } = await tryFixes(memoryFileSystem({ 'main.tf': faulty(id) }));
    expect(difference).toBeUndefined();
  });
});

/** Checks whose fixtures have many literals in few lines. */
const rich = ['invalid-protocol', 'duplicate-rule', 'mergeable-rules'];

const trees: readonly (readonly [name: string, texts: ReadonlyMap<string, string>])[] = [
  ...rich.map((id) => [id, new Map([['main.tf', faulty(id)]])] as const),
  ...readdirSync(join(fixtures, 'fix')).map((name) => {
    const folder = join(fixtures, 'fix', name, 'before');
    const texts = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
    return [name, new Map(texts)] as const;
  }),
];

test('safe fixes of faults put in by chance do too', async () => {
  const random = new Random(1);
  let count = 0;
  for (const [name, texts] of trees) {
    const mutated = [...texts].map(([path, text]) => [path, mutate(path, text, random)] as const);
    const { fixed, difference } = await tryFixes(memoryFileSystem(Object.fromEntries(mutated)));
    expect([name, difference]).toEqual([name, undefined]);
    count += fixed.count;
  }
  expect(count).toBeGreaterThan(10);
});

test('of edits that are claimed to be safe, none is made that changes what a group lets in or out', async () => {
  const random = new Random(1);
  const count = { made: 0, refusedForGood: 0 };
  for (const [name, texts] of trees) {
    const fileSystem = memoryFileSystem(Object.fromEntries(texts));
    for await (const { claim, refusal, difference } of tryClaims(fileSystem, texts, random)) {
      if (refusal === undefined) count.made += 1;
      else if (difference !== undefined) count.refusedForGood += 1;
      if (refusal === undefined) expect([name, claim.text, difference]).toEqual([name, claim.text, undefined]);
    }
  }
  expect(count.made).toBeGreaterThan(20);
  expect(count.refusedForGood).toBeGreaterThan(50);
});

test('of several suggestions the first lets in least', async () => {
  let count = 0;
  for (const { id } of checks) {
    const files = { 'main.tf': faulty(id) };
    for (const finding of (await lintFiles(files, [id])).findings) {
      const admissionsAfter = async (fix: Fix) => {
        const { models } = await evaluateFiles(applyFixes(files, [{ ...finding, fix }]));
        return admissionsOf(models[0]!);
      };
      const [first, ...others] = await Promise.all(finding.suggestions.map(admissionsAfter));
      for (const other of others) {
        const [wider, narrower] = [differenceOfAdmissions(first!, other), differenceOfAdmissions(other, first!)];
        // Beside another block that Terraform refuses, neither lets anything in.
        if (wider === undefined && narrower === undefined) continue;
        count += 1;
        expect([wider, narrower]).toEqual([
          expect.stringMatching(/ more than before$/),
          expect.stringMatching(/ less than before$/),
        ]);
      }
    }
  }
  expect(count).toBeGreaterThan(0);
});
