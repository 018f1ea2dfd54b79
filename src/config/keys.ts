/** The keys of a .tfsgrc.json, for suggestions and messages. */

import type { Check } from '../findings/check.ts';

/** Keys and array indexes on the way to a value. */
export type Path = readonly string[];

/** What may stand in an object of a configuration. */
export interface KnownKeys {
  readonly names: readonly string[];
  /** What is wrong with any other name, as the end of a sentence. */
  readonly otherwise: string;
}

/** The keys at the top. */
export const configKeys = [
  '$schema',
  'extends',
  'include',
  'exclude',
  'failOn',
  'failOnUnresolved',
  'checks',
  'overrides',
  'trusted',
  'environments',
  'suppressions',
  'policy',
] as const;

/** The keys of objects by the path to them, in which `*` is any step. */
const objects: Readonly<Record<string, readonly string[]>> = {
  trusted: ['cidrs', 'prefixLists', 'groups'],
  'overrides *': ['files', 'groups', 'checks'],
  'policy *': ['groups', 'role', 'ingress'],
  'policy * ingress *': ['ports', 'from'],
  'environments *': ['varFiles', 'vars', 'workspace'],
  suppressions: ['inline', 'requireReason', 'honor', 'locked'],
};

/** @param byName checks by their ids and other tools' */
export function keysAt(path: Path, byName: ReadonlyMap<string, readonly Check[]>): KnownKeys {
  if (path.length === 0) return { names: configKeys, otherwise: 'is not a key of .tfsgrc.json' };
  const at = path.lastIndexOf('checks');
  if (at !== -1 && at === path.length - 1) {
    return { names: [...byName.keys()], otherwise: 'is not a known check' };
  }
  if (at !== -1) {
    const name = path[at + 1] ?? '';
    const options = Object.entries(byName.get(name)?.[0]?.options ?? {});
    const names = options.flatMap(([option, { type }]) => (isOwnKey(type) ? [] : [option]));
    return { names, otherwise: `is not an option of ${name}` };
  }
  const names = Object.entries(objects).find(([pattern]) => isAt(path, pattern.split(' ')))?.[1] ?? [];
  const isEntry = /^\d+$/.test(path.at(-1) ?? '');
  const what = isEntry ? `an entry of "${path.findLast((step) => !/^\d+$/.test(step))}"` : `"${path.at(-1)}"`;
  return { names, otherwise: `is not a key of ${what}` };
}

const ownKeys: Readonly<Partial<Record<Check['options'][string]['type'], string>>> = {
  policies: 'policy',
  trusted: 'trusted',
};

/** The key of their own that options of a type come from; undefined for those that stand among the options of a check. */
export function ownKeyOf(type: Check['options'][string]['type']): string | undefined {
  return ownKeys[type];
}

/** Whether options of a type come from a key of their own. */
export function isOwnKey(type: Check['options'][string]['type']): boolean {
  return ownKeyOf(type) !== undefined;
}

function isAt(path: Path, pattern: Path): boolean {
  return path.length === pattern.length && pattern.every((step, index) => step === '*' || step === path[index]);
}
