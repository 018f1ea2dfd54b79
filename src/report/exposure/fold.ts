/** Groups, folded into modules or root modules where there are too many to show. */

import type { ShownRoot } from './shown.ts';
import { modulePathOf } from './words.ts';

/** A group of one of the roots, by its address. */
export interface Member {
  readonly root: ShownRoot;
  readonly group: string;
}

/** What is shown in the place of groups. */
export type Fold = 'group' | 'module' | 'root module';

const folds: readonly Fold[] = ['group', 'module', 'root module'];

/** The least folding that leaves at most so many, or the last one. */
export function foldFor(members: readonly Member[], most: number): Fold {
  const count = (fold: Fold): number => new Set(members.map((member) => keyOfMember(member, fold))).size;
  return folds.find((fold) => count(fold) <= most) ?? 'root module';
}

/** The same text for what is the same in an environment. */
export function keyOfMember({ root: { exposure }, group }: Member, fold: Fold): string {
  const name = { group, module: modulePathOf(group), 'root module': '' }[fold];
  return JSON.stringify([exposure.root, exposure.environment, name]);
}
