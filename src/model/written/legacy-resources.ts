/** The spellings of Terraform 0.11 in what makes security groups. */

import { concatenated } from '../../collections/append.ts';
import { groupBy } from '../../collections/group-by.ts';
import { keptFor } from '../../collections/kept-for.ts';
import type { Attribute, Block, SyntaxTree } from '../../hcl/syntax.ts';
import { directoryOf } from '../../source/path.ts';
import type { Span } from '../../source/span.ts';
import { declarationsByDirectory, variablesNamedIn } from '../../terraform/modules/declarations.ts';
import { excludesModern } from '../../terraform/modules/required-version.ts';
import type { Addressed } from '../rule.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';
import { type LegacySpelling, legacySpellingsIn, mayHaveLegacySpelling, quotedType } from './legacy-spellings.ts';

/** A spelling, and the resource or variable instance that has it. */
export interface LegacyPlace {
  readonly subject: Addressed;
  readonly spelling: LegacySpelling;
}

/** In the blocks of groups and standalone rules, and in the declarations of the variables that they refer to. */
export function legacyPlacesIn(model: SecurityGroupModel): readonly LegacyPlace[] {
  return [...placesIn(model)];
}

function* placesIn(model: SecurityGroupModel): Iterable<LegacyPlace> {
  if (!model.trees.some(mayHaveAny)) return;
  const modules = declarationsByDirectory(model.trees);
  const isQuoted = (variable: Block): boolean => quotedType(variable) !== undefined;
  const withQuotes = new Set([...modules.values()].filter(({ variables }) => [...variables.values()].some(isQuoted)));
  const treesIn = groupBy(model.trees, ({ file }) => directoryOf(file.path));
  const old = new Set([...treesIn].flatMap(([directory, trees]) => (excludesModern(trees) ? directory : [])));
  // The root runs its modules with its own Terraform.
  if (old.has(model.root === '' ? '' : `${model.root}/`)) return;
  const trees = model.trees.flatMap(({ syntax, file, body }) => {
    const declared = modules.get(directoryOf(file.path));
    if (syntax !== 'native' || declared === undefined || old.has(directoryOf(file.path))) return [];
    return withQuotes.has(declared) || mayHaveLegacySpelling(file.text) ? { declared, body } : [];
  });
  if (trees.length === 0) return;
  const resources = [...model.groups, ...concatenated(model.ruleSets.map(({ standalone }) => standalone))];
  const instances = groupBy<Addressed & { readonly span: Span }, string>(resources, ({ span }) => startKey(span));
  for (const { declared, body } of trees) {
    for (const block of body.items) {
      const subjects = block.kind === 'block' ? instances.get(startKey(block.header)) : undefined;
      if (block.kind !== 'block' || subjects === undefined) continue;
      for (const spelling of legacySpellingsIn(block)) {
        for (const subject of subjects) yield { subject, spelling };
      }
      // To know which variables a block refers to is much work.
      for (const [name, variable] of withQuotes.has(declared) ? variablesNamedIn(block, declared) : []) {
        const spelling = quotedType(variable);
        if (spelling === undefined) continue;
        for (const subject of subjects) yield { subject: variableSubject(name, subject, block), spelling };
      }
    }
  }
}

/** Whether there is anything old in a file, as far as its text says: in most there is nothing. */
const mayHaveAny = keptFor(({ syntax, file, body }: SyntaxTree): boolean => {
  const isQuoted = (item: Attribute | Block): boolean =>
    item.kind === 'block' && item.type.name === 'variable' && quotedType(item) !== undefined;
  return syntax === 'native' && (mayHaveLegacySpelling(file.text) || body.items.some(isQuoted));
});

/** The same for a block and its header. */
const startKey = ({ file, start }: Span): string => `${start} ${file.path}`;

/** The variable in the module instance of a resource. */
function variableSubject(name: string, resource: Addressed, block: Block): Addressed {
  const local = block.labels.map((label) => label.name).join('.');
  const prefix = (address: string): string => address.slice(0, Math.max(0, address.indexOf(local)));
  return {
    address: `${prefix(resource.address)}var.${name}`,
    resourceAddress: `${prefix(resource.resourceAddress)}var.${name}`,
    calls: resource.calls,
  };
}
