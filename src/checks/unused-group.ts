/** Groups that nothing refers to. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import { nodesIn } from '../hcl/walk.ts';
import { waitsFor } from '../model/fact.ts';
import type { SecurityGroup, SecurityModel } from '../model/security-group.ts';
import { containsSpan, type Span } from '../source/span.ts';
import { directoryOf } from '../terraform/declarations.ts';
import { defineCheck } from './check.ts';
import { localAddress } from './description.ts';

export const unusedGroup = defineCheck({
  id: 'unused-group',
  summary: 'Nothing outside a security group refers to it',
  severity: 'low',
  set: 'off',
  scope: 'model',
  aliases: ['CKV2_AWS_5'],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  options: {},
  *run(model) {
    const references = new Map<string, ReadonlyMap<string, readonly Span[]>>();
    for (const group of model.groups) {
      if (group.isDefault) continue;
      const { path } = group.span.file;
      const directory = directoryOf(path);
      const inModule = references.get(directory) ?? referencesIn(model.trees, directory);
      references.set(directory, inModule);
      const own = ownBlocks(group, model);
      const places = inModule.get(`${group.instance.type}.${group.instance.name}`) ?? [];
      if (places.some((place) => !own.some((block) => containsSpan(block, place)))) continue;
      const because = waitsFor(group.possible);
      yield {
        answer: because.length > 0 ? 'unknown' : 'yes',
        subject: group,
        place: { span: group.span },
        message: `Nothing refers to ${localAddress(group)} except its own rules, so it guards nothing of this configuration.`,
        because,
      };
    }
  },
});

/** Blocks that say where something is or was, and use nothing. */
const bookkeeping: ReadonlySet<string> = new Set(['import', 'moved', 'removed']);

/** Where a module refers to the resources of each address within it. */
function referencesIn(trees: readonly SyntaxTree[], directory: string): ReadonlyMap<string, readonly Span[]> {
  const references = new Map<string, Span[]>();
  const add = (address: string, span: Span): void => {
    const known = references.get(address);
    if (known === undefined) references.set(address, [span]);
    else known.push(span);
  };
  for (const { file, body } of trees) {
    if (directoryOf(file.path) !== directory) continue;
    for (const item of body.items) {
      if (bookkeeping.has(item.kind === 'block' ? item.type.name : item.name.name)) continue;
      for (const { node } of nodesIn(item)) {
        if (node.kind === 'get' && node.object.kind === 'reference') add(`${node.object.name}.${node.name.name}`, node);
        // `depends_on` in JSON syntax, and of old in quotes.
        if (node.kind === 'string') add(node.value, node);
      }
    }
  }
  return references;
}

/** The group's own block, and those of the rules that belong to it. */
function ownBlocks(group: SecurityGroup, { ruleSets }: SecurityModel): readonly Span[] {
  const rules = ruleSets.find((ruleSet) => ruleSet.group === group)?.rules ?? [];
  return [group, ...rules].map(({ instance }) => instance.declaration.block);
}
