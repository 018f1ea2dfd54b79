/** Which provider configuration a resource is made with. */

import { keptFor } from '../../collections/kept-for.ts';
import type { Expression } from '../../hcl/syntax.ts';
import { textOf } from '../../source/span.ts';
import { type Content, contentOf } from './content.ts';
import type { LoadedModule } from './load.ts';
import type { Declaration, ResourceDeclaration } from './module.ts';

/** `aws.west` or `aws`, as it is called in the module of the resource. */
export function providerOf({ content, type }: ResourceDeclaration): string {
  const written = content.attributes.get('provider')?.value;
  return written === undefined ? type.replace(/_.*/s, '') : nameIn(written);
}

/** What a module says of a provider; undefined where that comes from its caller. */
export function providerIn(module: LoadedModule, provider: string): Content | undefined {
  return configurationsOf(module).get(provider);
}

/** What a provider of a called module is called where it is called from; undefined where the call does not say. */
export function providerGiven({ content }: Declaration, provider: string): string | undefined {
  const providers = content.attributes.get('providers')?.value;
  // Without the argument, a module has the default configurations of its caller.
  if (providers === undefined) return provider.includes('.') ? undefined : provider;
  if (providers.kind !== 'object') return undefined;
  const given = providers.entries.find(({ key }) => (key.kind === 'identifier' ? key.name : nameIn(key)) === provider);
  return given && nameIn(given.value);
}

/** In native syntax a reference, in JSON a text. */
const nameIn = (expression: Expression): string =>
  expression.kind === 'string' ? expression.value : textOf(expression).replace(/\s/g, '');

const configurationsOf = keptFor(
  (module: LoadedModule): ReadonlyMap<string, Content> =>
    new Map(
      module.trees.flatMap(({ body, syntax }) =>
        contentOf(body, syntax, { __proto__: null as never, provider: 1 }, [])
          .blocks.filter(({ block }) => block.type.name === 'provider' && block.labels.length === 1)
          .map(({ block }) => {
            const content = contentOf(block.body, syntax, { __proto__: null as never }, []);
            const alias = content.attributes.get('alias')?.value;
            const name = block.labels[0]!.name;
            return [alias === undefined ? name : `${name}.${nameIn(alias)}`, content] as const;
          }),
      ),
    ),
);
