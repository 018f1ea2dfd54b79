/** The generated files of the configuration fit each other. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { configKeys } from '../../src/config/keys.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const root = join(import.meta.dirname, '../..');

test('.tfsgrc.example.json says what holds without it', () => {
  const text = readFileSync(join(root, '.tfsgrc.example.json'), 'utf8');
  const { configFor, problems } = discoverConfigs(memoryFileSystem({ '.tfsgrc.json': text }), checks, noSelection);
  const { checks: on, failOn, isIncluded, suppressions, environments } = configFor('main.tf');
  expect(problems).toEqual([]);
  const defaults = resolveConfig(defaultLayers, checks, noSelection);
  expect([...on]).toEqual([...defaults.checks]);
  expect([failOn, suppressions, environments]).toEqual([defaults.failOn, defaults.suppressions, []]);
  expect(isIncluded('.a/b.tf')).toBe(true);
});

test('what .tfsgrc.example.json has in comments is right', () => {
  const text = readFileSync(join(root, '.tfsgrc.example.json'), 'utf8');
  const without = text.replace(/^( *)\/\/ (?="(?:overrides|trusted|environments|suppressions|policy)")/gm, '$1');
  expect(without).not.toBe(text);
  const { problems } = decodeConfigFile(new SourceFile('.tfsgrc.json', without), checks);
  expect(problems).toEqual([]);
});

test('the schema has the keys that are decoded', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schema/tfsgrc.schema.json'), 'utf8'));
  expect(Object.keys(schema.properties)).toEqual([...configKeys]);
});
