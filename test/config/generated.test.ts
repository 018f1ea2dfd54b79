/** The generated files of the configuration fit each other. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { configKeys } from '../../src/config/names.ts';
import { noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const root = join(import.meta.dirname, '../..');

test('.tfsgrc.example.json says what holds without it', () => {
  const text = readFileSync(join(root, '.tfsgrc.example.json'), 'utf8');
  const { value, problems } = decodeConfigFile(new SourceFile('.tfsgrc.json', text), checks);
  expect(problems).toEqual([]);
  const { checks: on, failOn, isIncluded } = resolveConfig(value, '', checks, noSelection);
  const defaults = resolveConfig(undefined, '', checks, noSelection);
  expect([...on]).toEqual([...defaults.checks]);
  expect(failOn).toBe(defaults.failOn);
  expect(isIncluded('.a/b.tf')).toBe(true);
});

test('the schema has the keys that are decoded', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schema/tfsgrc.schema.json'), 'utf8'));
  expect(Object.keys(schema.properties)).toEqual([...configKeys]);
});
