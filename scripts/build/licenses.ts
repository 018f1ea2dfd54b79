/** The licenses of what is bundled. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The license texts of all packages of which something is in a bundle.
 *
 * @param root the folder that the inputs are relative to
 * @param inputs paths of bundled files, as esbuild names them
 * @throws Error if a package has no license text
 */
export function notices(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const texts = new Map<string, string>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} has no license text.`);
    const text = readFileSync(join(root, folder, file), 'utf8').trim();
    texts.set(`${name} ${version}`, `${name} ${version} (${license})\n\n${text}\n`);
  }
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `tfsg contains parts of these packages.\n\n${sorted.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
