/** Which versions of a provider a module allows. */

import type { Block, SyntaxTree } from '../../hcl/syntax.ts';
import { allowsLine } from '../stand-ins/versions.ts';

/** More than there are. */
const LATEST_MAJOR = 20;

/**
 * Major versions that the constraints in `required_providers` allow; all where there are none. A constraint that is not a plain string allows all.
 *
 * Source: https://developer.hashicorp.com/terraform/language/providers/requirements
 *
 * @param provider by its local name
 * @param trees of the module
 */
export function providerMajors(provider: string, trees: readonly SyntaxTree[]): readonly number[] {
  const constraints = trees.flatMap(({ body }) =>
    blocksIn(body, 'terraform')
      .flatMap((block) => blocksIn(block.body, 'required_providers'))
      .flatMap((block) => versionIn(block, provider) ?? []),
  );
  const majors = Array.from({ length: LATEST_MAJOR }, (_, index) => index + 1);
  const allowed = majors.filter((major) => constraints.every((each) => allowsLine(each, String(major))));
  return allowed.length === 0 ? majors : allowed;
}

const blocksIn = ({ items }: Block['body'], type: string): readonly Block[] =>
  items.filter((item): item is Block => item.kind === 'block' && item.type.name === type);

/** `aws = { version = "~> 6.0" }`, or as of old `aws = "~> 6.0"`. */
function versionIn({ body }: Block, provider: string): string | undefined {
  const item = body.items.find((each) => each.kind === 'attribute' && each.name.name === provider);
  const value = item?.kind === 'attribute' ? item.value : undefined;
  if (value?.kind === 'string') return value.value;
  if (value?.kind !== 'object') return undefined;
  const entry = value.entries.find(({ key }) => key.kind === 'identifier' && key.name === 'version');
  return entry?.value.kind === 'string' ? entry.value.value : undefined;
}
