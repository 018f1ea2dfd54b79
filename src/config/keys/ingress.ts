/** What policies and roles allow, as a config declares it. */

import { audiences, isGroupPattern, sourceFault } from '../../model/questions/policy.ts';
import { readPorts } from '../../network/services.ts';
import type { Problem } from '../../source/problem.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import type { Schema } from '../key.ts';
import { mistake } from '../mistake.ts';
import type { GlobChecker } from '../patterns/globs.ts';
import { pattern, portSchema } from '../schema-parts.ts';

export const ingressSchema = (): Schema => ({
  description: 'Ports and their allowed sources.',
  type: 'object',
  additionalProperties: false,
  required: ['from'],
  properties: {
    ports: { description: 'Default: all traffic.', type: 'array', minItems: 1, items: portSchema() },
    from: {
      description:
        'CIDR blocks, ids of groups and prefix lists, patterns of names or addresses of groups, addresses of prefix lists, internet, private, groups, prefix-lists, self.',
      type: 'array',
      minItems: 1,
      items: pattern('A source.', [...audiences, '10.0.0.0/8', 'sg-0123', '*-lb', 'aws_security_group.lb']),
    },
  },
});

/** What the schema can't say of an entry. */
export function ingressMistakes(entry: JsonNode, checker: GlobChecker): readonly Problem[] {
  return [
    ...itemsOf(propertyOf(entry, 'ports')).flatMap((port) => {
      const read = readPorts(plainValue(port) as number | string);
      return read.kind === 'ports' ? [] : [mistake(port, read.message, read.hint)];
    }),
    ...itemsOf(propertyOf(entry, 'from')).flatMap((source) => {
      const text = String(plainValue(source));
      const fault = isGroupPattern(text) ? checker.faultOf(text, 'group') : sourceFault(text);
      return fault === undefined ? [] : [mistake(source, fault)];
    }),
  ];
}
