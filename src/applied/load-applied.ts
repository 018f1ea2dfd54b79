/** Loads the root modules that something else than Terraform's own command line applies. */

import { query } from '../collections/query-cache.ts';
import type { LoadedModule, UnitSite } from '../terraform/modules/load.ts';
import type { AppliedRoots, LoadingApplied } from './applied-roots.ts';
import { StackRoots } from './stack-roots.ts';
import { UnitRoots } from './unit-roots.ts';

/** By the unit. */
const unitRoots = query<{ readonly module: LoadedModule; readonly site: UnitSite | undefined }, LoadedModule>(
  (a, b) =>
    a.module === b.module &&
    a.site?.source === b.site?.source &&
    a.site?.standIn?.directory === b.site?.standIn?.directory,
);

/**
 * @param terragrunt paths of Terragrunt's units and stacks
 * @param stacks paths of files of Terraform stacks
 */
export async function loadApplied(
  { terragrunt, stacks }: { readonly terragrunt: readonly string[]; readonly stacks: readonly string[] },
  loading: Omit<LoadingApplied, 'moduleOf'>,
): Promise<AppliedRoots> {
  const { cache } = loading;
  const all: LoadingApplied = {
    ...loading,
    moduleOf: (unit, module, site) => cache.get(unitRoots, unit, { module, site }, () => ({ ...module, unit, site })),
  };
  const parts: readonly AppliedRoots[] = [
    await UnitRoots.load(terragrunt, all),
    ...(stacks.length === 0 ? [] : [await StackRoots.load(stacks, all)]),
  ];
  const partOf = (root: LoadedModule) => parts.find((part) => part.filesOf(root) !== undefined);
  return {
    roots: parts.flatMap(({ roots }) => roots),
    sources: new Set(parts.flatMap(({ sources }) => [...sources])),
    get trees() {
      return parts.flatMap(({ trees }) => trees);
    },
    calls: parts.flatMap(({ calls }) => calls),
    get problems() {
      return parts.flatMap(({ problems }) => problems);
    },
    filesOf: (root) => partOf(root)?.filesOf(root),
    stateOf: (root) => partOf(root)?.stateOf?.(root),
    casesOf: (root, cases) => partOf(root)?.casesOf(root, cases) ?? cases,
    resolve(configurationOf, isLookingUp) {
      for (const part of parts) part.resolve(configurationOf, isLookingUp);
    },
  };
}
