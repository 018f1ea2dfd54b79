/** What the groups of root modules let through, in all worlds that they speak of. */

import { type BuildOptions, type Built, build } from './build.ts';
import type { BuiltRoot } from './build-root.ts';
import type { Access, RootAccess } from './changes/access.ts';
import { keyOfPassage } from './changes/difference.ts';
import { ownerOfDocument, passagesOfDocument } from './changes/document.ts';
import { movesIn, removalsIn } from './changes/moves.ts';
import { type ComparedGroup, groupOfOwner, type Passage, passagesOf, placesOfPassage } from './changes/passage.ts';
import { exposureOf } from './exposure/exposure-of.ts';
import { exposureInWorlds } from './exposure-worlds.ts';
import type { FileSystem } from './files.ts';
import type { Part } from './findings/finding.ts';
import { joinWhen } from './findings/when.ts';
import { worldAsWhen } from './findings/worlds/inputs.ts';
import { isOfModel } from './model/normalize.ts';
import { ownerKey } from './model/owner-key.ts';
import type { Rule } from './model/rule.ts';
import type { SecurityGroupModel } from './model/security-group-model.ts';
import type { SecurityModel } from './model/security-model.ts';
import { reasonsOfRule, shownRule } from './report/inspected.ts';
import { askedPart, sameParts } from './report/inspected-worlds.ts';
import type { Problem } from './source/problem.ts';
import type { Resources } from './terraform/instances/instance.ts';
import { partsInWorlds } from './world-runs.ts';

/** How rules are read: as they are, or as `tfsg inspect` prints them, to be compared with what it has printed. */
export type ReadAs = 'rules' | 'documents';

/** With what it is made of. */
export interface BuiltAccess {
  readonly access: Access;
  readonly built: Built;
}

/** @param below the directory that root modules are called relative to; empty for the tree's root */
export async function accessOf(
  fileSystem: FileSystem,
  paths: readonly string[],
  options: BuildOptions,
  below: string,
  readAs: ReadAs = 'rules',
): Promise<BuiltAccess> {
  const built = await build(fileSystem, paths, options);
  const { roots, problems, files } = built;
  const isOneWorld = options.worlds === 'one';
  const all = roots.map((root) => accessOfRoot(root, isOneWorld, below, readAs));
  const byPath = new Map(
    roots.flatMap(({ model }) => model.files.map((file) => [relativeTo(below, file.path), file] as const)),
  );
  const access: Access = {
    roots: all.map((each) => each.access),
    problems: [...problems, ...all.flatMap((each) => each.problems)],
    files,
    fileAt: (path) => byPath.get(path),
    relative: (path) => relativeTo(below, path),
  };
  return { access, built };
}

/** What plans say of before and after. */
export function accessOfPlans(
  roots: readonly BuiltRoot[],
): Readonly<Record<'before' | 'after', readonly RootAccess[]>> {
  const of = (model: SecurityModel, resources: Resources, forgotten?: SecurityModel): RootAccess => ({
    ...plainAccess(model.of('security-group')),
    rejected: [],
    written: undefined,
    moved: (address) => address,
    forgotten: forgottenIn(forgotten),
    services: exposureOf(model, resources).services,
    switches: new Set(),
  });
  return {
    before: roots.flatMap(({ planned }) => (planned === undefined ? [] : of(planned.before, planned.resourcesBefore))),
    after: roots.map(({ model, resources, planned }) => of(model, resources, planned?.forgotten)),
  };
}

function forgottenIn(model: SecurityModel | undefined): RootAccess['forgotten'] {
  const rules = model?.of('security-group').rules ?? [];
  const spans = new Map(rules.map(({ address, span }) => [address, span]));
  return (address) => spans.get(address);
}

function accessOfRoot(
  root: BuiltRoot,
  isOneWorld: boolean,
  below: string,
  readAs: ReadAs,
): { readonly access: RootAccess; readonly problems: readonly Problem[] } {
  const { model, configuration } = root;
  const partsIn = (each: SecurityGroupModel): readonly PassagePart[] => {
    const owners = new Map(groupsOf(each, readAs));
    return each.rules.flatMap((rule) =>
      read[readAs](rule).map((passage): PassagePart => {
        const reasons = readAs === 'rules' ? passage.because : reasonsOfRule(rule);
        const message = `${passage.owner} ${keyOfPassage(passage)}`;
        const { root, environment } = each;
        const part = askedPart({ kind, message, span: rule.span, address: rule.address, root, environment, reasons });
        return { ...part, passage, owner: owners.get(passage.owner) };
      }),
    );
  };
  const base = partsIn(model.of('security-group'));
  const found = isOneWorld
    ? { parts: base, problems: [], rejected: [] }
    : partsInWorlds(root, base, {
        checks: [{ id: kind }],
        settings: [],
        partsIn: (other) => partsIn(other.of('security-group')),
      });
  const parts = found.parts as readonly PassagePart[];
  const passages = inWorlds(parts, base);
  const exposure = isOneWorld ? { exposure: exposureOf(model, root.resources), problems: [] } : exposureInWorlds(root);
  return {
    access: {
      root: relativeTo(below, model.root),
      environment: model.environment,
      directory: model.root,
      groups: groupsWith(passages, [...ownersOf(parts), ...groupsOf(model.of('security-group'), readAs)]),
      passages,
      switches: new Set(isOneWorld ? [] : configuration.switches(isOfModel).flatMap(({ world }) => [...world.keys()])),
      rejected: found.rejected.map(worldAsWhen),
      written: { module: configuration.root, inputs: root.inputs },
      moved: movesIn(configuration.root),
      forgotten: removalsIn(configuration.root),
      services: exposure.exposure.services,
    },
    problems: [...found.problems, ...exposure.problems],
  };
}

const kind = 'passage';

/** What is looked at in worlds: there if what it waits for is so. It may be of an earlier run, where nothing is different. */
interface PassagePart extends Part {
  readonly passage: Passage;
  readonly owner: ComparedGroup | undefined;
}

const read: Readonly<Record<ReadAs, (rule: Rule) => readonly Passage[]>> = {
  rules: passagesOf,
  documents: (rule) => passagesOfDocument(shownRule(rule), placesOfPassage(rule, rule.peers[0])),
};

function plainAccess(
  model: SecurityGroupModel,
): Pick<RootAccess, 'root' | 'environment' | 'directory' | 'groups' | 'passages'> {
  return {
    root: model.root,
    environment: model.environment,
    directory: model.root,
    groups: new Map(groupsOf(model, 'rules')),
    passages: model.rules.flatMap(passagesOf),
  };
}

function* groupsOf(model: SecurityGroupModel, readAs: ReadAs): Iterable<readonly [string, ComparedGroup]> {
  for (const group of model.groups) {
    const { address, type, name, namePrefix, existsIf } = group;
    const text = (fact: typeof name): string | undefined =>
      fact.kind === 'known' ? (fact.value ?? undefined) : undefined;
    yield [
      ownerKey({ kind: 'group', address }),
      {
        ...{ address, type, name: text(name), namePrefix: text(namePrefix), exists: existsIf === undefined },
        model: { group, groups: model },
      },
    ];
  }
  for (const rule of model.rules) {
    const { owner } = rule;
    if (owner.kind === 'group') continue;
    const key = readAs === 'rules' ? ownerKey(owner) : ownerOfDocument(shownRule(rule));
    yield [key, { address: groupOfOwner(owner), type: '', name: undefined, namePrefix: undefined, exists: true }];
  }
}

const inWorlds = (parts: readonly PassagePart[], base: readonly Part[]): readonly Passage[] =>
  sameParts(parts, base).map((same) => ({ ...same[0].passage, when: joinWhen(same.map(({ when }) => when)) }));

/** Those that certainly exist, and those that something is known of: what stands for an unknown number of groups is none of them. */
function groupsWith(
  passages: readonly Passage[],
  groups: readonly (readonly [string, ComparedGroup])[],
): ReadonlyMap<string, ComparedGroup> {
  const owners = new Set(passages.map(({ owner }) => owner));
  return new Map(groups.filter(([key, { exists }]) => exists || owners.has(key)));
}

const ownersOf = (parts: readonly PassagePart[]): ReadonlyMap<string, ComparedGroup> =>
  new Map(parts.flatMap(({ passage, owner }) => (owner === undefined ? [] : [[passage.owner, owner] as const])));

function relativeTo(below: string, directory: string): string {
  if (below === '') return directory;
  return directory === below
    ? ''
    : directory.startsWith(`${below}/`)
      ? directory.slice(below.length + 1)
      : `../${directory}`;
}
