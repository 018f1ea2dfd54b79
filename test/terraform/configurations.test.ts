/**
 * Every configuration of fixtures/terraform has the rules that Terraform itself plans for it (expected.json). Of one that
 * Terraform rejects there is a report (expected.unix) that says what is wrong, or what is not known.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { configOf } from '../../src/config/config.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { diskFileSystem } from '../../src/files.ts';
import { inspect, lint } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderUnix } from '../../src/report/formats/unix.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import { expectGolden } from '../golden.ts';
import { plain } from '../report/reports.ts';
import { configurationInputs } from './configuration-inputs.ts';
import { differences } from './planned-rules.ts';

const root = join(import.meta.dirname, '../../fixtures/terraform');
const expectedOf = (name: string): unknown => JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8'));
const cases = readdirSync(root).filter((name) => existsSync(join(root, name, 'expected.json')));
const isPlanned = (name: string): boolean => Array.isArray(expectedOf(name));

describe('the rules of a configuration are those that Terraform plans', () => {
  test.each(cases.filter(isPlanned))('%s', async (name) => {
    const configFor = () => configOf(new Map());
    const { models } = await inspect(diskFileSystem(join(root, name)), [''], {
      configFor,
      parser: 'native',
      inputs: configurationInputs(name),
    });
    const expected = expectedOf(name) as Parameters<typeof differences>[0];
    expect(differences(expected, models.flatMap(inspectRules))).toEqual({ missing: [], tooMany: [] });
  });
});

/** The checks of what Terraform itself rejects. */
const rejections = [
  'dependency-cycle',
  'failed-condition',
  'incomplete-rule-object',
  'invalid-expression',
  'invalid-for-each',
  'invalid-value',
  'missing-argument',
  'self-reference',
  'undeclared-name',
  'unknown-attribute',
  'wrong-type',
];

describe('nothing is found that Terraform would reject in what it plans', () => {
  const config = resolveConfig(defaultLayers, checks, { only: new Set(rejections), disabled: new Set() });
  test.each(cases.filter(isPlanned))('%s', async (name) => {
    const report = await lint(diskFileSystem(join(root, name)), [''], {
      configFor: () => config,
      parser: 'native',
      inputs: configurationInputs(name),
    });
    expect(report.findings.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
  });
});

describe('of a configuration that Terraform rejects the report says why', () => {
  test.each(cases.filter((name) => !isPlanned(name)))('%s', async (name) => {
    const config = resolveConfig(defaultLayers, checks, noSelection);
    const report = await lint(diskFileSystem(join(root, name)), [''], {
      configFor: () => config,
      parser: 'native',
      inputs: configurationInputs(name),
    });
    expectGolden(`terraform/${name}/expected.unix`, renderUnix(documentOf(report), { ...plain, unknown: true }));
  });
});
