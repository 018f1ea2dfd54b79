/** Which root modules are libraries: modules that nobody in the tree calls, and that Terraform is not run in. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import { directoryOf } from '../source/path.ts';

/**
 * Whether nothing says that Terraform is run in a root module: no provider, no backend, and no variable file.
 *
 * @param root its directory
 * @param trees of all its files, and of the variable files that it was evaluated with
 */
export function isLibrary(root: string, trees: readonly SyntaxTree[]): boolean {
  const directory = root === '' ? '' : `${root}/`;
  const own = trees.filter(({ file }) => directoryOf(file.path) === directory);
  if (trees.some(({ file }) => /\.tfvars(?:\.json)?$/.test(file.path))) return false;
  return !own.some(({ body }) => body.items.some((item) => item.kind === 'block' && isOfDeployment(item)));
}

function isOfDeployment({ type, body }: Extract<SyntaxTree['body']['items'][number], { kind: 'block' }>): boolean {
  if (type.name === 'provider') return true;
  const hasState = (item: (typeof body.items)[number]): boolean =>
    item.kind === 'block' && ['backend', 'cloud'].includes(item.type.name);
  return type.name === 'terraform' && body.items.some(hasState);
}
