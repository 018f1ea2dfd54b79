/** The links between the pages of docs and the rest of the repository, and whether those of the built site lead anywhere. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What is published beside the pages, by its path in the repository and on the site. */
export const published: readonly (readonly [source: string, target: string])[] = [
  ['docs/ci', 'ci'],
  ['docs/recipes', 'recipes'],
  ['docs/editors', 'editors'],
  ['schema', 'schema'],
  ['.tfsgrc.example.json', 'tfsgrc.example.json'],
];

/**
 * Where a link of a page leads on the site, if it does not lead to a page or another site: a path relative to the page, an address in
 * the repository, or `nowhere` if it leads out of the site and the repository's address is not known.
 *
 * @param page relative to docs
 * @param repository address of the repository, without a slash at the end
 * @returns undefined for links that VitePress follows by itself
 */
export function linkTo(page: string, link: string, repository: string | undefined): string | undefined {
  if (/^(?:[a-z]+:|#)/.test(link)) return undefined;
  const [path = ''] = link.split('#');
  const target = posix.join('docs', posix.dirname(page), path);
  if (path.endsWith('.md') && target.startsWith('docs/')) return undefined;
  for (const [source, to] of published) {
    const isIn = target === source || target.startsWith(`${source}/`);
    if (isIn) return posix.relative(posix.dirname(page), to + target.slice(source.length));
  }
  return repository === undefined ? 'nowhere' : `${repository}/blob/HEAD/${target}${link.slice(path.length)}`;
}

/** `page: link` of each link inside the built site that leads nowhere. */
export function deadLinks(site: string, base: string): readonly string[] {
  const names = (readdirSync(site, { recursive: true, encoding: 'utf8' }) as string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html'));
  const texts = new Map(names.map((name) => [name, readFileSync(join(site, name), 'utf8')]));
  const idsOf = new Map(
    [...texts].map(([name, text]) => [name, new Set(Array.from(text.matchAll(/\sid="([^"]+)"/g), ([, id]) => id!))]),
  );
  return [...texts].flatMap(([name, text]) => {
    const links = new Set(Array.from(text.matchAll(/\s(?:href|src)="([^"]+)"/g), ([, link]) => link!));
    return [...links].filter((link) => isDead(name, link)).map((link) => `${name}: ${link}`);
  });

  function isDead(page: string, link: string): boolean {
    if (/^(?:[a-z]+:|\/\/)/.test(link)) return false;
    const [path = '', fragment = ''] = link.replaceAll('&amp;', '&').split('#');
    const target = decodeURI(path.startsWith(base) ? path.slice(base.length) : posix.join(posix.dirname(page), path));
    const file = path === '' ? page : target === '' || target.endsWith('/') ? `${target}index.html` : target;
    if (!existsSync(join(site, file)) || !statSync(join(site, file)).isFile()) return true;
    return fragment !== '' && idsOf.get(file)?.has(decodeURIComponent(fragment)) !== true;
  }
}
