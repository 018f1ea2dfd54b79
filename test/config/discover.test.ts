/** The configuration of a file is the nearest one upwards. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs, fixedConfig } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { type FileSystem, memoryFileSystem } from '../../src/files.ts';

const tree = {
  '.tfsgrc.json': '{ "failOn": "critical" }',
  'infra/.tfsgrc.json': '{ "failOn": "high", "checks": { "icmp-open": "off" } }',
  'infra/prod/net/.tfsgrc.json': '{ "failOn": "medum" }',
};

describe('discovery', () => {
  test('goes upwards from the file to the root, and merges nothing', () => {
    const { configFor, problems } = discoverConfigs(memoryFileSystem(tree), checks, noSelection);
    expect(configFor('main.tf').failOn).toBe('critical');
    expect(configFor('infra/prod/main.tf').failOn).toBe('high');
    expect(configFor('infra/prod/main.tf').checks.has('icmp-open')).toBe(false);
    expect(configFor('other/a/b/main.tf').checks.has('icmp-open')).toBe(true);
    expect(problems).toEqual([]);
    expect(configFor('infra/prod/net/main.tf').failOn).toBe('low');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.span?.file.path).toBe('infra/prod/net/.tfsgrc.json');
  });

  test('reads each folder once', () => {
    const reads: string[] = [];
    const base = memoryFileSystem(tree);
    const counting: FileSystem = {
      ...base,
      read: (path) => {
        reads.push(path);
        return base.read(path);
      },
    };
    const { configFor } = discoverConfigs(counting, checks, noSelection);
    for (const name of ['a.tf', 'b.tf']) configFor(`x/y/${name}`);
    expect(reads).toEqual(['x/y/.tfsgrc.json', 'x/.tfsgrc.json', '.tfsgrc.json', 'tfsg.rules.hcl']);
  });

  test('says if a configuration is there but is no file', () => {
    const broken: FileSystem = {
      list: () => ({ kind: 'missing' }),
      read: () => ({ kind: 'error', message: 'it is a directory' }),
      real: (path) => path,
    };
    const { configFor, problems } = discoverConfigs(broken, checks, noSelection);
    expect(configFor('main.tf').failOn).toBe('low');
    expect(problems.map(({ message }) => message)).toEqual(['Cannot read .tfsgrc.json: it is a directory.']);
  });
});

test('an explicit configuration holds for every file', () => {
  const bytes = new TextEncoder().encode('{ "failOn": "never" }');
  const { configFor } = fixedConfig(
    { path: 'ci/strict.json', bytes, fileSystem: memoryFileSystem({}) },
    checks,
    noSelection,
  );
  expect(configFor('main.tf').failOn).toBe('never');
  expect(fixedConfig(undefined, checks, noSelection).configFor('main.tf').failOn).toBe('low');
});
