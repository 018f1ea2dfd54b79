/** What `tfsg inspect` shows, also of groups and rules that are not the same in all worlds. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { type Inputs, inspect, inspectWorlds } from '../../src/lint.ts';
import { renderInspection, renderInspectionJson } from '../../src/report/inspect.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { expectGolden, fixtures } from '../golden.ts';

const folder = 'inspect-worlds';

function filesBelow(path: string): Readonly<Record<string, string>> {
  const names = (readdirSync(join(fixtures, path), { recursive: true }) as string[]).filter((name) =>
    name.endsWith('.tf'),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(fixtures, path, name), 'utf8')]));
}

const inWorlds = (files: Readonly<Record<string, string>>, inputs: Inputs = noInputs, worlds?: 'one') =>
  inspectWorlds(memoryFileSystem(files), [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs,
    worlds,
  });

test('names traffic as people do, root by root, with long lists of sources below each other', async () => {
  const { roots } = await inWorlds(filesBelow('inspect'));
  expectGolden('inspect/inspect.txt', renderInspection(roots));
  const plainText = renderInspection(roots, { shownPath: (path) => path, color: true });
  expect(plainText.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderInspection(roots));
  expect(plainText).toContain('\u001b[1maws_security_group.web\u001b[22m');
});

test('says where each is so, as text and as JSON', async () => {
  const { roots, problems } = await inWorlds(filesBelow(folder));
  expect(problems).toEqual([]);
  expectGolden(`${folder}/inspect.txt`, renderInspection(roots));
  const json = renderInspectionJson(roots, problems);
  expectGolden(`${folder}/inspect.json`, json);
  const schema = JSON.parse(readFileSync('schema/inspect.schema.json', 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(json));
  expect(validate.errors).toBeNull();
});

test('what is given decides, and --worlds one shows what Terraform would plan', async () => {
  const files = filesBelow(folder);
  const variables = [{ kind: 'var', name: 'environment', text: 'dev' }] as const;
  expectGolden(
    `${folder}/inspect.one.txt`,
    renderInspection((await inWorlds(files, { ...noInputs, variables }, 'one')).roots),
  );
  const given = renderInspection((await inWorlds(files, { ...noInputs, variables, workspace: 'prod' })).roots);
  expect(given).not.toContain('var.environment');
  expect(given).not.toContain('terraform.workspace');
  expect(given).toContain('where var.has_bastion is true');
});

test('every rule of a world is what Terraform would plan there', async () => {
  let tried = 0;
  for (const name of readdirSync(join(fixtures, 'worlds'))) {
    const files = statSync(join(fixtures, 'worlds', name)).isDirectory()
      ? filesBelow(join('worlds', name))
      : { 'main.tf': readFileSync(join(fixtures, 'worlds', name), 'utf8') };
    const { roots } = await inWorlds(files);
    for (const { when = [], ...rule } of roots.flatMap(({ rules }) => rules)) {
      for (const world of when) {
        const [[input, value] = [], ...others] = Object.entries(world);
        const variable = /^var\.(\w+)$/.exec(input ?? '')?.[1];
        if (others.length > 0 || variable === undefined || typeof value === 'object') continue;
        const variables = [{ kind: 'var', name: variable, text: String(value) }] as const;
        const one = await inWorlds(files, { ...noInputs, variables }, 'one');
        // What is the same whatever another input is stays open where that one is not given.
        if (
          one.roots.some(({ rules }) => rules.some((each) => each.address === rule.address && each.unknown.length > 0))
        )
          continue;
        const { span, ...fields } = rule;
        expect([name, one.roots.flatMap(({ rules }) => rules.map(({ span: _, ...each }) => each))]).toEqual([
          name,
          expect.arrayContaining([fields]),
        ]);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(80);
});

test('without worlds it is the model that `inspect` gives to programs', async () => {
  const files = filesBelow(folder);
  const options = { configFor: () => configOf(new Map()), parser: 'native', inputs: noInputs } as const;
  const { models } = await inspect(memoryFileSystem(files), [''], options);
  const { roots } = await inWorlds(files, noInputs, 'one');
  expect(roots.map(({ groups }) => groups.map(({ address }) => address))).toEqual(
    models.map(({ groups }) => groups.map(({ address }) => address)),
  );
});
