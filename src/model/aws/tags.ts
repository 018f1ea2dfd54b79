/** The tags of a resource. */

import type { ResourceInstance } from '../../terraform/instances/instance.ts';
import { isMapping } from '../../terraform/values/value.ts';
import type { Place } from '../place.ts';
import { argumentsOfObject } from './arguments.ts';

/** A tag, by its key; its place is the value. */
export interface Tag extends Place {
  readonly key: string;
}

/** The tags that are known; none where the argument is not. */
export function tagsOf({ body, calls }: ResourceInstance): readonly Tag[] {
  const found = body.attribute('tags');
  if (found === undefined) return [];
  const { value, span } = found;
  if (!isMapping(value)) return [];
  const tags = argumentsOfObject(value, span, { calls, problems: [] });
  return [...value.entries.keys()].map((key) => ({ key, span: tags.get(key)?.span ?? span }));
}
