/** What the pages of the checks show as before and after is so. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { lintFiles } from './lint-files.ts';

/** The blocks of HCL below a line `Before:` or `After:`. */
function examples(page: string, label: string): string[] {
  return [...page.matchAll(/^(\w+):\n\n```hcl\n(.*?)^```$/gms)]
    .filter(([, word]) => word === label)
    .map(([, , text]) => text!);
}

describe.each(checks.map((check) => check.id))('%s', (id) => {
  const page = readFileSync(`docs/checks/${id}.md`, 'utf8');

  test.each(['Before', 'After'])('%s', async (label) => {
    const texts = examples(page, label);
    expect(texts).not.toEqual([]);
    for (const text of texts) {
      const report = await lintFiles({ 'main.tf': text }, [id]);
      expect(report.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
      expect(report.findings.length > 0).toBe(label === 'Before');
      expect(report.undecided).toEqual([]);
    }
  });
});
