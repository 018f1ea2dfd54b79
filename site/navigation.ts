/** The navigation of the site, read from the pages: what docs/index.md and docs/checks.md list, and every decision. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Entry {
  readonly text: string;
  /** Path of a page in docs, with a slash at the start and without an extension. */
  readonly link: string;
}

export interface Section {
  readonly text: string;
  readonly collapsed: boolean;
  readonly items: readonly Entry[];
}

/** @param docs absolute path of the folder of the pages */
export function navigation(docs: string): readonly Section[] {
  return [
    ...sectionsOf(docs, 'index.md', false),
    ...sectionsOf(docs, 'checks.md', true).map((section) => ({ ...section, text: `Checks: ${section.text}` })),
    { text: 'Decisions', collapsed: true, items: decisions(docs) },
  ];
}

/** The second headings of a page with the first link of each item or row below them. */
function sectionsOf(docs: string, page: string, collapsed: boolean): readonly Section[] {
  const [, ...parts] = readFileSync(join(docs, page), 'utf8').split(/^## /m);
  return parts.map((part) => ({
    text: part.slice(0, part.indexOf('\n')),
    collapsed,
    items: Array.from(part.matchAll(/^(?:-|\|) \[([^\]]+)\]\(([^)]+)\.md\)/gm), ([, text, path]) => ({
      text: text!,
      link: `/${path}`,
    })),
  }));
}

function decisions(docs: string): readonly Entry[] {
  return readdirSync(join(docs, 'decisions'))
    .sort()
    .map((name) => {
      const [, title = name] = /^# (.*)/m.exec(readFileSync(join(docs, 'decisions', name), 'utf8')) ?? [];
      return { text: title, link: `/decisions/${name.replace(/\.md$/, '')}` };
    });
}
