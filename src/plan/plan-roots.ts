/** Which root module a plan was made of, and what its variables were. */

import type { Configuration } from '../terraform/instances/configuration.ts';
import type { GivenInput } from '../terraform/instances/inputs.ts';
import type { LoadedModule } from '../terraform/modules/load.ts';
import type { Value } from '../terraform/values/value.ts';
import type { Plan } from './plan.ts';
import { agreement } from './reconcile.ts';

/** The one that declares the most of what the plan's configuration does, and at least half of it; undefined where none does. */
export function rootOf(
  { configuration: { declared } }: Plan,
  roots: readonly LoadedModule[],
): LoadedModule | undefined {
  const shareOf = ({ resources, moduleCalls }: LoadedModule): number => {
    const has = (address: string): boolean =>
      address.startsWith('module.') ? moduleCalls.has(address.slice('module.'.length)) : resources.has(address);
    const all = resources.size + moduleCalls.size;
    const common = [...declared].filter(has).length;
    return common / Math.max(declared.size, all, 1);
  };
  const shares = roots.map((root) => ({ root, share: shareOf(root) }));
  const [best] = shares.filter(({ share }) => share >= 0.5).sort((a, b) => b.share - a.share);
  return best?.root;
}

/**
 * Those of the plan's variables that have other values than the configuration gives them, as a variable file.
 *
 * @param given for the root, as it is written
 */
export function inputsOf(
  plan: Plan,
  root: LoadedModule,
  given: ReadonlyMap<string, Value>,
  configuration: Configuration,
): readonly GivenInput[] {
  const place = { span: { file: plan.file, start: 0, end: 0 } };
  const none = () => undefined;
  const context = {
    origin: place,
    isPast: false,
    reasonFor: (name: string) => ({ name }),
    ownerOf: none,
    identityOf: none,
    isWritten: () => true,
  };
  const others = [...plan.variables].filter(([name, value]) => {
    if (!root.variables.has(name)) return false;
    const written = given.get(name) ?? configuration.valuesOf(root.directory, 'var', name)[0];
    // No plan has the value of an ephemeral variable.
    if (written?.kind === 'unknown' && written.ephemeral === true) return false;
    return written === undefined || agreement(written, { value, unknown: false, sensitive: false }, context) !== 'same';
  });
  if (others.length === 0) return [];
  const text = JSON.stringify(Object.fromEntries(others));
  return [{ kind: 'var-file', path: `${plan.file.path}.tfvars.json`, bytes: new TextEncoder().encode(text) }];
}
