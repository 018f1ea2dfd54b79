/** Resources as a plan has them: values alone, read from JSON and not from files of configuration. */

import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';
import type { EvaluatedBody } from '../../src/terraform/instances/body.ts';
import type { ResourceInstance, Resources } from '../../src/terraform/instances/instance.ts';
import {
  boolValue,
  integerValue,
  nullValue,
  objectValue,
  stringValue,
  tupleValue,
  unknownValue,
  type Value,
} from '../../src/terraform/values/value.ts';

/** What only apply knows. */
export const UNKNOWN = Symbol('unknown');

type Json = string | number | boolean | null | typeof UNKNOWN | readonly Json[] | { readonly [name: string]: Json };

export interface PlannedResource {
  readonly address: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** All of them stand in one file. */
export function plannedResources(planned: readonly PlannedResource[]): Resources & { readonly file: SourceFile } {
  const file = new SourceFile('plan.json', planned.map(({ address }) => `${address}\n`).join(''));
  const instances = planned.map(({ address, values }): ResourceInstance => {
    const start = file.text.indexOf(`${address}\n`);
    const span = { file, start, end: start + address.length };
    const [type = '', name = ''] = address.split('.');
    const body = bodyOf(values, address, span);
    return {
      address,
      resourceAddress: address,
      mode: 'managed',
      type,
      name,
      span,
      block: span,
      calls: [],
      body,
      lifecycle: undefined,
      existsIf: undefined,
    };
  });
  return { file, instances: (isWanted) => instances.filter(isWanted) };
}

function bodyOf(values: PlannedResource['values'], address: string, span: Span): EvaluatedBody {
  return {
    span,
    names: Object.keys(values),
    attribute(name) {
      const value = values[name];
      return value === undefined ? undefined : { name, value: evaluated(value, `${address}.${name}`), span };
    },
    blocks: [],
    content: undefined,
  };
}

function evaluated(json: Json, name: string): Value {
  if (json === UNKNOWN) return unknownValue({ name });
  if (json === null) return nullValue();
  if (typeof json === 'string') return stringValue(json);
  if (typeof json === 'number') return integerValue(json);
  if (typeof json === 'boolean') return boolValue(json);
  if (isList(json)) return tupleValue(json.map((item) => evaluated(item, name)));
  return objectValue(Object.entries(json).map(([key, value]) => [key, evaluated(value, `${name}.${key}`)]));
}

const isList = (json: object): json is readonly Json[] => Array.isArray(json);
