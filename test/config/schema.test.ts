/** The schema: what editors show of it, and what it takes. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { parseJsonc, plainValue } from '../../src/config/jsonc.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const schema = JSON.parse(read('schema/tfsgrc.schema.json'));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

/** Mistakes that the schema, then tfsg itself sees in a text. */
function mistakesIn(text: string): unknown[] {
  const file = new SourceFile('.tfsgrc.json', text);
  const { value } = parseJsonc(file);
  validate(value === undefined ? undefined : JSON.parse(JSON.stringify(plainValue(value))));
  return [...(validate.errors ?? []), ...decodeConfigFile(file, checks).problems];
}

interface Part {
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Everything that an editor may show: what describes a property, an item or a definition. */
function partsOf({ path, schema: part }: Part): Part[] {
  const named = ['properties', 'definitions'].flatMap((keyword) =>
    Object.entries((part[keyword] ?? {}) as Record<string, Part['schema']>).map(([name, each]) => ({
      path: `${path}/${keyword}/${name}`,
      schema: each,
    })),
  );
  const others = ['items', 'then', 'else', 'additionalProperties'].flatMap((keyword) =>
    [part[keyword] ?? []]
      .flat()
      .flatMap((each, index) =>
        typeof each === 'object' && each !== null && !('$ref' in each)
          ? [{ path: `${path}/${keyword}/${index}`, schema: each as Part['schema'] }]
          : [],
      ),
  );
  const isShown = ({ path: each }: Part) => !/\/(?:then|else)\/0$/.test(each);
  return [...named, ...others].flatMap((each) => [...(isShown(each) ? [each] : []), ...partsOf(each)]);
}

describe('editors', () => {
  const parts = partsOf({ path: '', schema });

  test('have a description for every key and entry', () => {
    expect(parts.length).toBeGreaterThan(100);
    expect(parts.filter((each) => typeof each.schema['description'] !== 'string').map(({ path }) => path)).toEqual([]);
  });

  test('have the summary, severity and page of each check', () => {
    for (const { id, summary, severity } of checks) {
      const { description, markdownDescription } = schema.definitions.checks.properties[id];
      expect(description).toBe(`${summary}.`);
      for (const text of [summary, severity, `docs/checks/${id}.md`]) expect(markdownDescription).toContain(text);
    }
  });

  test('propose values that are right', () => {
    const ajv = new Ajv({ strict: false, schemas: [{ ...schema, $id: 'tfsgrc' }] });
    for (const { path, schema: part } of parts) {
      const values = [...((part['examples'] ?? []) as unknown[]), ...('default' in part ? [part['default']] : [])];
      const pointer = path
        .replaceAll(/\/items\/0(?=\/|$)/g, '/items')
        .replaceAll(/\/additionalProperties\/0/g, '/additionalProperties');
      if (values.length === 0 || /\/(?:then|else)\/0/.test(pointer)) continue;
      const isRight = ajv.compile({ $ref: `tfsgrc#${pointer.split('/').map(encodeURIComponent).join('/')}` });
      for (const value of values) expect([path, value, isRight(value)]).toEqual([path, value, true]);
    }
  });

  test('name each level', () => {
    const { enum: levels, enumDescriptions } = schema.definitions.level;
    expect(enumDescriptions).toHaveLength(levels.length);
  });
});

describe('the schema takes', () => {
  test('.tfsgrc.example.json', () => {
    expect(mistakesIn(read('.tfsgrc.example.json'))).toEqual([]);
  });

  const examples = [...read('docs/configuration.md').matchAll(/^```jsonc?\n(.*?)^```$/gms)].map((match) => match[1]!);
  test.each(examples.map((text, index) => ({ index, text })))('example $index of docs/configuration.md', ({ text }) => {
    expect(mistakesIn(text)).toEqual([]);
  });

  test('not what is mistaken', () => {
    expect(examples.length).toBeGreaterThan(2);
    expect(mistakesIn('{ "trusted": { "cidrs": "203.0.113.0/24" } }')).toHaveLength(2);
  });
});
