/** The syntax of Terraform 0.11 in what makes security groups. */

import type { Attribute, Block } from '../hcl/syntax.ts';
import { type Node, nodesIn } from '../hcl/walk.ts';
import type { Addressed } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-group.ts';
import type { Span } from '../source/span.ts';
import { defineCheck, type Hit } from './check.ts';
import { type LegacySpelling, legacySpellingsIn, quotedType } from './legacy-spellings.ts';

export const legacySyntax = defineCheck({
  id: 'legacy-syntax',
  summary: 'A security group is written in the syntax of Terraform 0.11',
  severity: 'low',
  set: 'recommended',
  aliases: [],
  sources: [
    'https://developer.hashicorp.com/terraform/language/v1.1.x/upgrade-guides/0-12',
    'https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/named_values.go',
  ],
  options: {},
  *run(model) {
    const instances = instancesByPlace(model);
    const modules = declarationsByDirectory(model);
    for (const { syntax, file, body } of model.trees) {
      for (const block of syntax === 'native' ? body.items : []) {
        const subjects = block.kind === 'block' ? instances.get(placeKey(block.header)) : undefined;
        if (block.kind !== 'block' || subjects === undefined) continue;
        for (const spelling of legacySpellingsIn(block)) {
          for (const subject of subjects) yield hitOf(spelling, subject);
        }
        for (const [name, variable] of variablesBehind(block, modules.get(directoryOf(file.path)))) {
          const spelling = quotedType(variable);
          if (spelling === undefined) continue;
          for (const subject of subjects) yield hitOf(spelling, variableSubject(name, subject, block));
        }
      }
    }
  },
});

function hitOf({ span, message, fix }: LegacySpelling, subject: Addressed): Hit {
  return { answer: 'yes', subject, place: { span }, message, ...(fix && { fix }) };
}

const placeKey = ({ file, start }: Span): string => `${start} ${file.path}`;

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The groups and standalone rules that each block makes, by the place of its header. */
function instancesByPlace(model: SecurityModel): ReadonlyMap<string, readonly Addressed[]> {
  const instances = new Map<string, Addressed[]>();
  for (const one of [...model.groups, ...model.rules.filter(({ form }) => form === 'standalone')]) {
    const key = placeKey(one.span);
    const same = instances.get(key);
    if (same === undefined) instances.set(key, [one]);
    else same.push(one);
  }
  return instances;
}

interface Declarations {
  readonly variables: Map<string, Block>;
  readonly locals: Map<string, Attribute>;
}

function declarationsByDirectory(model: SecurityModel): ReadonlyMap<string, Declarations> {
  const directories = new Map<string, Declarations>();
  for (const { syntax, file, body } of model.trees) {
    if (syntax !== 'native') continue;
    const directory = directoryOf(file.path);
    const known = directories.get(directory) ?? { variables: new Map(), locals: new Map() };
    directories.set(directory, known);
    for (const item of body.items) {
      if (item.kind !== 'block') continue;
      if (item.type.name === 'variable') known.variables.set(item.labels[0]?.name ?? '', item);
      if (item.type.name !== 'locals') continue;
      for (const local of item.body.items) if (local.kind === 'attribute') known.locals.set(local.name.name, local);
    }
  }
  return directories;
}

/** The variables that a block refers to, directly or through locals of its module, by name. */
function variablesBehind(block: Block, declared: Declarations | undefined): ReadonlyMap<string, Block> {
  const variables = new Map<string, Block>();
  const visited = new Set<Node>();
  const visit = (from: Node): void => {
    if (visited.has(from)) return;
    visited.add(from);
    for (const { node } of nodesIn(from)) {
      if (node.kind !== 'get' || node.object.kind !== 'reference') continue;
      const variable = node.object.name === 'var' ? declared?.variables.get(node.name.name) : undefined;
      const local = node.object.name === 'local' ? declared?.locals.get(node.name.name) : undefined;
      if (variable !== undefined) variables.set(node.name.name, variable);
      if (local !== undefined) visit(local);
    }
  };
  visit(block);
  return variables;
}

/** The variable in the module instance of a resource. */
function variableSubject(name: string, resource: Addressed, block: Block): Addressed {
  const local = block.labels.map((label) => label.name).join('.');
  const prefix = (address: string): string => address.slice(0, Math.max(0, address.indexOf(local)));
  const { calls } = resource;
  return {
    address: `${prefix(resource.address)}var.${name}`,
    subject: `${prefix(resource.subject)}var.${name}`,
    calls,
  };
}
