/** data/stand-ins -> the texts that the program keeps of them. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandInData } from '../../src/terraform/stand-ins/data.ts';
import type { Output } from './output.ts';

/**
 * src/terraform/stand-ins/texts.generated.ts, from data/stand-ins/PUBLISHER/MODULE/PROVIDER/VERSIONS/: the folder VERSIONS is named by the
 * first numbers of what it stands for, `5`, `3-6` for all from 3 to 6, `0.24-0.25`. Its files are one configuration; a folder `modules/NAME`
 * in it is that of a submodule, and `modules/presets.json` has what differs in those that `modules/_` stands for, by name.
 */
export function standInTexts(root: string): Output {
  const folder = join(root, 'data/stand-ins');
  const found = filesBelow(folder).filter((path) => path.endsWith('.tf') || path.endsWith('.json'));
  const folders = new Map<string, string[]>();
  for (const path of found) {
    const key = path.split('/').slice(0, 4).join('/');
    folders.set(key, [...(folders.get(key) ?? []), path]);
  }
  const standIns = [...folders].map(([key, paths]): StandInData => {
    const [publisher, name, provider, versions] = key.split('/');
    const texts: Record<string, string> = {};
    for (const path of paths.filter((each) => each.endsWith('.tf'))) {
      const inside = path
        .slice(key.length + 1)
        .split('/')
        .slice(0, -1)
        .join('/');
      texts[inside] = (texts[inside] ?? '') + bare(readFileSync(join(folder, path), 'utf8'));
    }
    const presets = paths.find((each) => each.endsWith('/modules/presets.json'));
    return {
      module: `${publisher}/${name}/${provider}`,
      lines: linesOf(versions!),
      texts,
      ...(presets !== undefined && { presets: JSON.parse(readFileSync(join(folder, presets), 'utf8')) }),
    };
  });
  const text = `/** Stand-ins for modules; written by scripts/generate.ts from data/stand-ins. */

import type { StandInData } from './data.ts';

export const standIns: readonly StandInData[] = ${JSON.stringify(standIns, undefined, 1)};
`;
  return { path: 'src/terraform/stand-ins/texts.generated.ts', text };
}

/** `3-6` -> 3, 4, 5, 6. */
function linesOf(versions: string): readonly string[] {
  const [first = '', last = first] = versions.split('-');
  const start = first.lastIndexOf('.') + 1;
  const [from, to] = [Number(first.slice(start)), Number(last.slice(last.lastIndexOf('.') + 1))];
  return Array.from({ length: to - from + 1 }, (_, index) => first.slice(0, start) + String(from + index));
}

/** Without comments, which are lines of their own, and indentation. */
function bare(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n')}\n`;
}

/** With `/`, sorted. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}
