/** What is known of the resource types that the model is made of. */

import type { RuleForm } from '../../rule-form.ts';
import type { BlockSchema } from '../block-schema.ts';
import { resourceSchemas } from '../provider-schema.generated.ts';
import type { Adapter } from './adapter.ts';
import { adapters } from './index.ts';

const byType: ReadonlyMap<string, Adapter> = new Map(
  adapters.flatMap((adapter: Adapter) => adapter.types.map((type) => [type, adapter] as const)),
);

/** What reads a managed resource of a type into the model; undefined for a type that the model holds nothing of. */
export const adapterFor = (type: string): Adapter | undefined => byType.get(type);

/** What a type may hold; undefined where that is not known. */
export const schemaFor = (type: string): BlockSchema | undefined =>
  resourceSchemas[type] ?? byType.get(type)?.schemas?.[type];

/** All forms that rules are written in. */
export const ruleForms: readonly RuleForm[] = adapters.flatMap(({ form }: Adapter) => form ?? []);
