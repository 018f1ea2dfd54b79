/** Files of a folder -> the index that lists what they export. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConfigKey } from '../../src/config/key.ts';
import type { Check } from '../../src/findings/check.ts';
import { DEFAULT_FORMAT, type Format } from '../../src/report/format.ts';
import type { Output } from './output.ts';

/** A check and the path of the file that declares it. */
export interface DeclaredCheck {
  readonly check: Check;
  readonly path: string;
  /** Name of its constant: the id in camel case. */
  readonly constant: string;
}

/**
 * The checks of src/checks, by id. A file that calls defineCheck declares one, as `src/checks/<id>.ts` with a constant of the same name in
 * camel case.
 *
 * @throws Error naming the file that doesn't
 */
export async function declaredChecks(root: string): Promise<DeclaredCheck[]> {
  const folder = join(root, 'src/checks');
  const declared: DeclaredCheck[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.ts') || !/\bdefineCheck\(\{/.test(readFileSync(join(folder, name), 'utf8'))) continue;
    const id = basename(name, '.ts');
    const constant = camelCase(id);
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(folder, name)).href);
    const check = module[constant] as Check | undefined;
    if (check?.id !== id)
      throw new Error(`src/checks/${name} must export the check "${id}" as the constant ${constant}.`);
    declared.push({ check, path: `src/checks/${name}`, constant });
  }
  return declared;
}

/** src/checks/index.ts. */
export function checksIndex(declared: readonly DeclaredCheck[]): Output {
  const imports = declared.map(({ check, constant }) => `import { ${constant} } from './${check.id}.ts';`);
  const text = `/** All checks, by id; written by scripts/generate.ts. */

import type { Check } from '../findings/check.ts';
${imports.join('\n')}

export const checks: readonly Check[] = [
${declared.map(({ constant }) => `  ${constant},`).join('\n')}
];
`;
  return { path: 'src/checks/index.ts', text };
}

/** src/model/aws/adapters/index.ts: the `adapter` of each file beside it that exports one. */
export function adaptersIndex(root: string): Output {
  const folder = join(root, 'src/model/aws/adapters');
  const ids = readdirSync(folder)
    .filter((name) => /^export const adapter\b/m.test(readFileSync(join(folder, name), 'utf8')))
    .map((name) => basename(name, '.ts'))
    .sort();
  const imports = ids.map((id) => `import { adapter as ${camelCase(id)} } from './${id}.ts';`);
  const text = `/** All adapters, by resource type; written by scripts/generate.ts. */

${imports.join('\n')}

export const adapters = [
${ids.map((id) => `  ${camelCase(id)},`).join('\n')}
];
`;
  return { path: 'src/model/aws/adapters/index.ts', text };
}

/**
 * src/config/keys/index.ts: the `key` of each file beside it that exports one, in the order that they have.
 *
 * @throws Error naming the key that is there twice
 */
export async function keysIndex(root: string): Promise<Output> {
  const folder = join(root, 'src/config/keys');
  const found: { readonly file: string; readonly key: ConfigKey<unknown, unknown> }[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!/^export const key\b/m.test(readFileSync(join(folder, file), 'utf8'))) continue;
    const { key }: { readonly key: ConfigKey<unknown, unknown> } = await import(pathToFileURL(join(folder, file)).href);
    if (found.some((other) => other.key.name === key.name)) throw new Error(`The key ${key.name} is there twice.`);
    found.push({ file, key });
  }
  const constant = (file: string) => `${camelCase(basename(file, '.ts'))}Key`;
  const imports = found.map(({ file }) => `import { key as ${constant(file)} } from './${file}';`);
  const ordered = found.toSorted((a, b) => a.key.order - b.key.order);
  const text = `/** All keys of a config, in their order; written by scripts/generate.ts. */

${imports.join('\n')}

export const keys = {
${ordered.map(({ file, key }) => `  ${key.name}: ${constant(file)},`).join('\n')}
} as const;
`;
  return { path: 'src/config/keys/index.ts', text };
}

/**
 * src/report/formats/index.ts: the `format` of each file beside it that exports one. All but the default are loaded when they are asked for.
 *
 * @throws Error naming the file whose format has another name
 */
export async function formatsIndex(root: string): Promise<Output> {
  const folder = join(root, 'src/report/formats');
  const formats: Format[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!/^export const format\b/m.test(readFileSync(join(folder, file), 'utf8'))) continue;
    const { format }: { readonly format: Format } = await import(pathToFileURL(join(folder, file)).href);
    if (`${format.name}.ts` !== file) throw new Error(`src/report/formats/${file} must export the format of its name.`);
    formats.push(format);
  }
  const listed = (input: Format['input']) =>
    formats
      .filter((format) => format.input === input)
      .map(({ name }) => {
        const loaded = name === DEFAULT_FORMAT ? camelCase(name) : `(await import('./${name}.ts')).format`;
        return `  ${name}: async () => ${loaded},`;
      })
      .join('\n');
  const text = `/** All formats, by name, each loaded when it is asked for but the default; written by scripts/generate.ts. */

import { format as ${camelCase(DEFAULT_FORMAT)} } from './${DEFAULT_FORMAT}.ts';

/** Those that need no source text. */
export const documentFormats = {
${listed('document')}
};

export const reportFormats = {
${listed('report')}
};
`;
  return { path: 'src/report/formats/index.ts', text };
}

/** `admin-port-open` -> `adminPortOpen`. */
export function camelCase(id: string): string {
  return id.replace(/[-_]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
