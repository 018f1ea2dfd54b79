/** Every fixture gives the same findings through tfsg's own parser and through HashiCorp's. */

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { fixedConfig } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { diskFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { placeOf } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

const root = join(import.meta.dirname, '../../fixtures');
const { configFor } = fixedConfig(undefined, checks, noSelection);

/** Folders with configurations that are HCL. */
function foldersOf(kind: string): readonly string[] {
  const files = readdirSync(join(root, kind), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tf'),
  );
  const folders = new Set(files.map((name) => `${kind}/${dirname(name)}`));
  return [...folders].filter((folder) => folder !== 'projects/web-sg/as-published');
}

async function findingsOf(folders: readonly string[], parser: 'native' | 'hcl2json') {
  const report = await lint(diskFileSystem(root), folders, { configFor, parser, inputs: noInputs });
  return {
    findings: report.findings.map(({ check, message, span, instances }) => [placeOf(span), check, message, instances]),
    undecided: report.undecided.map(({ check, span, because }) => [placeOf(span), check, because]),
    rules: report.summary.rules,
  };
}

describe('both parsers lead to the same findings', () => {
  // One run for many folders: hcl2json takes a while to start.
  test.each(['checks', 'projects', 'terraform'])(
    'in fixtures/%s',
    async (kind) => {
      const native = await findingsOf(foldersOf(kind), 'native');
      expect(native.rules).toBeGreaterThan(0);
      expect(await findingsOf(foldersOf(kind), 'hcl2json')).toEqual(native);
    },
    60_000,
  );
});
