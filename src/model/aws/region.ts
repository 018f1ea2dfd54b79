/** The AWS region of a resource. */

import type { ResourceInstance } from '../../terraform/instances/instance.ts';
import type { Fact } from '../fact.ts';
import { argumentsOfBody, stringFact } from './arguments.ts';

/**
 * What the argument `region` says; null where the provider decides.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
export function regionOf({ body, span, calls }: ResourceInstance): Fact<string | null> {
  return stringFact(argumentsOfBody(body, span, { calls, problems: [] }), 'region');
}
