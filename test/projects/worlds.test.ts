/** Findings in every world: what is found where inputs that nobody gives are this or that. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { describeWhen, type When } from '../../src/findings/when.ts';
import { type Inputs, lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { placeOf } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';

type Files = Readonly<Record<string, string>>;

const folder = join(fixtures, 'worlds');
const names = readdirSync(folder);

/** The files of a fixture: a file alone is that of a root. */
function filesOf(name: string): Files {
  const path = join(folder, name);
  if (statSync(path).isFile()) return { 'main.tf': readFileSync(path, 'utf8') };
  const all = (readdirSync(path, { recursive: true }) as string[]).filter((each) =>
    statSync(join(path, each)).isFile(),
  );
  return Object.fromEntries(all.map((each) => [each, readFileSync(join(path, each), 'utf8')]));
}

const only = new Set(['admin-port-open']);
const config = resolveConfig(defaultLayers, checks, { ...{ only, disabled: new Set<string>() } });

function lintIn(files: Files, inputs: Inputs = noInputs, worlds?: 'one'): Promise<Report> {
  return lint(memoryFileSystem(files), [''], { configFor: () => config, parser: 'native', inputs, worlds });
}

const citationOf = ({ span, when, check }: Finding): string => {
  const where = describeWhen(when ?? []);
  return `${span.file.path}:${span.file.lineStarts.findLastIndex((start) => start <= span.start) + 1} ${check}${where && ` ${where}`}`;
};

describe('says where it is found', () => {
  test.each(names)('%s', async (name) => {
    const files = filesOf(name);
    const expected = Object.entries(files).flatMap(([path, text]) =>
      text.split('\n').flatMap((line, index) => {
        const said = /# expect: (.*)/.exec(line)?.[1];
        return said === undefined ? [] : said.split(' | ').map((each) => `${path}:${index + 1} ${each}`);
      }),
    );
    const report = await lintIn(files);
    expect(report.findings.map(citationOf)).toEqual(expected);
    const undecided = Object.entries(files).flatMap(([path, text]) =>
      text.split('\n').flatMap((line, index) => (/# undecided$/.test(line) ? [`${path}:${index + 1}`] : [])),
    );
    expect(report.undecided.map(({ span }) => placeOf(span).replace(/:\d+$/, ''))).toEqual(undecided);
  });
});

/** The inputs of a world; undefined where they can't be given. */
function inputsOf(when: When): Inputs | undefined {
  const variables: { kind: 'var'; name: string; text: string }[] = [];
  let workspace: string | undefined;
  for (const [name, condition] of Object.entries(when)) {
    const value = typeof condition === 'object' ? 'something else' : condition;
    const variable = /^var\.(\w+)$/.exec(name)?.[1];
    if (typeof condition === 'object' && condition.not.some((each) => typeof each !== 'string')) return undefined;
    if (variable !== undefined) variables.push({ kind: 'var', name: variable, text: String(value) });
    else if (name === 'terraform.workspace') workspace = String(value);
    else return undefined;
  }
  return { ...noInputs, variables, workspace };
}

test('each world is a witness: with its inputs the finding is there', async () => {
  let tried = 0;
  for (const name of names) {
    const files = filesOf(name);
    for (const { span, check, when = [] } of (await lintIn(files)).findings) {
      for (const world of when) {
        const inputs = inputsOf(world);
        if (inputs === undefined) continue;
        const { findings } = await lintIn(files, inputs, 'one');
        expect([name, findings.map((each) => `${each.check} ${placeOf(each.span)}`)]).toEqual([
          name,
          expect.arrayContaining([`${check} ${placeOf(span)}`]),
        ]);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(20);
});

test('what only the workspace lacks that nobody names is a problem, and no finding', async () => {
  const all = resolveConfig(defaultLayers, checks, noSelection);
  const options = { configFor: () => all, parser: 'native', inputs: noInputs, worlds: 'one' } as const;
  const report = await lint(memoryFileSystem(filesOf('workspace.tf')), [''], options);
  expect(report.findings.map(({ check }) => check)).not.toContain('invalid-expression');
  expect(report.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('does not identify an element'),
  ]);
});

test('in one world the workspace is the default, and what nobody gives is open', async () => {
  const report = await lintIn(filesOf('workspace.tf'), noInputs, 'one');
  expect(report.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('does not identify an element'),
  ]);
  expect((await lintIn(filesOf('index-of-a-map.tf'), noInputs, 'one')).undecided).toHaveLength(1);
});
