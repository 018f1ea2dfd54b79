/** What the internet reaches of small networks: of a whole one, and without one link of it after the other. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { configOf } from '../../src/config/config.ts';
import type { ExposedService, ServiceExposure } from '../../src/exposure/exposure.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { exposure, type FoundExposures } from '../../src/lint.ts';
import { formatTraffic } from '../../src/network/traffic.ts';
import { renderExposureJson } from '../../src/report/exposure/json.ts';
import { positionAt } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { expectGolden, fixtures } from '../golden.ts';

const folder = 'exposure';

const networks = readdirSync(join(fixtures, folder)).sort();

function filesBelow(path: string): Readonly<Record<string, string>> {
  const names = (readdirSync(join(fixtures, path), { recursive: true }) as string[]).filter((name) =>
    name.endsWith('.tf'),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(fixtures, path, name), 'utf8')]));
}

function foundIn(files: Readonly<Record<string, string>>): Promise<FoundExposures> {
  const options = { configFor: () => configOf(new Map()), parser: 'native', inputs: noInputs } as const;
  return exposure(memoryFileSystem(files), [''], options);
}

function linesOf({ address, groups, exposures }: ExposedService): readonly string[] {
  const lines = exposures.flatMap((each) => [
    `  IPv${each.family} ${formatTraffic(each.traffic)}: ${answerOf(each)}`,
    ...each.path.map(
      ({ kind, address: of, text, span }) => `    ${positionAt(span.file, span.start).line}: ${kind} ${of} ${text}`,
    ),
  ]);
  return [`${address} (${groups.join(', ')})`, ...lines];
}

function answerOf({ answer, hops, because }: ServiceExposure): string {
  const reasons = because.length === 0 ? '' : `, ${answer === 'no' ? 'because' : 'depends on'} ${because.join('; ')}`;
  return `${answer}${hops === null ? '' : `, hops ${hops}`}${reasons}`;
}

test.each(networks)('%s', async (name) => {
  const { roots } = await foundIn(filesBelow(join(folder, name)));
  const lines = roots.flatMap((root) => root.exposure.services.flatMap(linesOf));
  expectGolden(`${folder}/${name}/expected.txt`, lines.map((line) => `${line}\n`).join(''));
});

test('as JSON they are what the schema says', async () => {
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync('schema/exposure.schema.json', 'utf8')),
  );
  for (const name of networks) {
    const found = await foundIn(filesBelow(join(folder, name)));
    validate(JSON.parse(renderExposureJson(found)));
    expect(validate.errors).toBeNull();
  }
});

test('there are many', () => {
  expect(networks.length).toBeGreaterThanOrEqual(60);
});
