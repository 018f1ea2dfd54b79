/** What docs/configuration.md shows is what tfsg prints. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { printConfig } from '../../src/config/print.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { diskFileSystem } from '../../src/files.ts';
import { fixtures } from '../golden.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');

/** The lines below a command, up to the end of its block or the next command. */
function shown(command: string): readonly string[] {
  const start = page.indexOf(`$ ${command}\n`) + command.length + 3;
  expect(start).toBeGreaterThan(command.length + 3);
  return page.slice(start, page.indexOf('\n```', start)).split('\n');
}

test('--print-config, whose left out lines are dots', () => {
  const path = 'infra/bastion/main.tf';
  const fileSystem = diskFileSystem(join(fixtures, 'print-config/tree'));
  const layers = discoverConfigs(fileSystem, checks, noSelection).layersFor(path);
  const request = {
    path,
    layers,
    checks,
    selection: noSelection,
    fileSystem,
  };
  const printed = printConfig(request).split('\n');
  const lines = shown(`tfsg --print-config ${path}`).filter((line) => line.trim() !== '...');
  expect(lines.length).toBeGreaterThan(15);
  expect(printed.filter((line) => lines.includes(line)).slice(0, 10)).toEqual(lines.slice(0, 10));
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
});

test('tfsg init', () => {
  const proposed = readFileSync(join(fixtures, 'init/estate/proposed.jsonc'), 'utf8');
  expect(`${shown('cat .tfsgrc.json').join('\n')}\n`).toBe(proposed);
});
