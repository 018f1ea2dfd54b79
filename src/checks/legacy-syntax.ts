/** Terraform 0.11 syntax in security groups. */

import { groupBy } from '../collections/group-by.ts';
import { defineCheck, type Hit } from '../findings/check.ts';
import type { Block } from '../hcl/syntax.ts';
import type { Addressed } from '../model/rule.ts';
import type { Span } from '../source/span.ts';
import { declarationsByDirectory, directoryOf, variablesBehind } from '../terraform/modules/declarations.ts';
import {
  type LegacySpelling,
  legacySpellingsIn,
  mayHaveLegacySpelling,
  quotedType,
} from './shared/legacy-spellings.ts';

export const legacySyntax = defineCheck({
  id: 'legacy-syntax',
  summary: 'A security group uses Terraform 0.11 syntax',
  severity: 'low',
  set: 'recommended',
  topic: 'hygiene',
  scope: 'model',
  aliases: [],
  sources: [
    'https://developer.hashicorp.com/terraform/language/v1.1.x/upgrade-guides/0-12',
    'https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/named_values.go',
  ],
  options: {},
  *run(model) {
    const resources = [...model.groups, ...model.rules.filter(({ form }) => form === 'standalone')];
    const instances = groupBy<Addressed & { readonly span: Span }, string>(resources, ({ span }) => startKey(span));
    const modules = declarationsByDirectory(model.trees);
    const isQuoted = (variable: Block): boolean => quotedType(variable) !== undefined;
    const withQuotes = new Set([...modules.values()].filter(({ variables }) => [...variables.values()].some(isQuoted)));
    for (const { syntax, file, body } of model.trees) {
      const declared = modules.get(directoryOf(file.path));
      if (syntax !== 'native' || declared === undefined) continue;
      if (!withQuotes.has(declared) && !mayHaveLegacySpelling(file.text)) continue;
      for (const block of body.items) {
        const subjects = block.kind === 'block' ? instances.get(startKey(block.header)) : undefined;
        if (block.kind !== 'block' || subjects === undefined) continue;
        for (const spelling of legacySpellingsIn(block)) {
          for (const subject of subjects) yield hitOf(spelling, subject);
        }
        // To know which variables a block refers to is much work.
        for (const [name, variable] of withQuotes.has(declared) ? variablesBehind(block, declared) : []) {
          const spelling = quotedType(variable);
          if (spelling === undefined) continue;
          for (const subject of subjects) yield hitOf(spelling, variableSubject(name, subject, block));
        }
      }
    }
  },
});

/** The same for a block and its header. */
const startKey = ({ file, start }: Span): string => `${start} ${file.path}`;

function hitOf({ span, message, fix }: LegacySpelling, subject: Addressed): Hit {
  return { answer: 'yes', subject, place: { span }, message, ...(fix && { fix }) };
}

/** The variable in the module instance of a resource. */
function variableSubject(name: string, resource: Addressed, block: Block): Addressed {
  const local = block.labels.map((label) => label.name).join('.');
  const prefix = (address: string): string => address.slice(0, Math.max(0, address.indexOf(local)));
  return {
    address: `${prefix(resource.address)}var.${name}`,
    subject: `${prefix(resource.subject)}var.${name}`,
    calls: resource.calls,
  };
}
