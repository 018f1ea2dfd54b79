/** Baselines of findings that apply in some worlds only: the fixtures say what is new. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checks } from '../../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../../src/config/resolve.ts';
import { memoryFileSystem } from '../../../src/files.ts';
import { type BaselineResult, hideKnown, type RunFindings } from '../../../src/findings/baseline/baseline.ts';
import { baselineText, readBaseline } from '../../../src/findings/baseline/document.ts';
import { groupsOf } from '../../../src/findings/baseline/entry.ts';
import { describeWhen } from '../../../src/findings/when.ts';
import { lint } from '../../../src/lint.ts';
import { positionAt } from '../../../src/source/position.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { noInputs } from '../../../src/terraform/instances/inputs.ts';
import { expectGolden } from '../../golden.ts';

const folder = 'fixtures/baseline/worlds';
const textOf = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
const names = readdirSync(folder).filter((name) => name.endsWith('.tf'));

const config = resolveConfig(defaultLayers, checks, { only: new Set(['admin-port-open']), disabled: new Set() });

/** What is new: the line, the check and where it applies. */
async function newsOf(
  text: string,
  baseline: (found: RunFindings) => BaselineResult,
  environment?: string,
): Promise<string[]> {
  const variables = environment === undefined ? [] : [{ kind: 'var', name: 'environment', text: environment } as const];
  const { findings } = await lint(memoryFileSystem({ 'main.tf': text }), [''], {
    configFor: () => config,
    parser: 'native',
    inputs: { ...noInputs, variables },
    baseline,
  });
  return findings.map(({ span, check, when = [] }) =>
    `${positionAt(span.file, span.start).line} ${check} ${describeWhen(when)}`.trimEnd(),
  );
}

async function baselineOf(text: string): Promise<string> {
  let found: RunFindings | undefined;
  await newsOf(text, (each) => {
    found = each;
    return { parts: [], known: [] };
  });
  return baselineText({ entries: groupsOf(found!.parts).map(({ entry }) => entry), old: [] });
}

const read = (text: string) => readBaseline(new SourceFile('.tfsg-baseline.json', text));

test('an entry says where its finding applies', async () => {
  expectGolden('baseline/worlds/baseline.json', await baselineOf(textOf('recorded.tf')));
});

test.each(names)('%s', async (name) => {
  const text = textOf(name);
  const expected = text.split('\n').flatMap((line, index) => {
    const said = /# expect: (.*)/.exec(line)?.[1];
    return said === undefined ? [] : [`${index + 1} ${said}`];
  });
  const entries = read(textOf('baseline.json'));
  expect(await newsOf(text, (found) => hideKnown(entries, found))).toEqual(expected);
});

test('an entry without worlds is for all of them', async () => {
  const entries = read(await baselineOf(textOf('everywhere.tf')));
  expect(entries.entries.map(({ when }) => when)).toEqual([undefined]);
  expect(await newsOf(textOf('recorded.tf'), (found) => hideKnown(entries, found))).toEqual([]);
});

test('an input that is given is in its world', async () => {
  const entries = read(textOf('baseline.json'));
  const given = (environment: string) => newsOf(textOf('more.tf'), (found) => hideKnown(entries, found), environment);
  expect(await given('dev')).toEqual([]);
  expect(await given('prod')).toEqual(['23 admin-port-open']);
});

test.each([
  ['an object', '{}'],
  ['an empty list', '[]'],
  ['a world without inputs', '[{}]'],
  ['a value that is none', '[{"var.a":null}]'],
  ['a list of values', '[{"var.a":["dev"]}]'],
])('worlds that are %s are a mistake with a place', (_, when) => {
  const text = textOf('baseline.json').replace(/"when":\[.*\],/, `"when":${when},`);
  expect(() => read(text)).toThrow(/^line 4, column \d+: Expected a list of worlds for "when"/);
});
