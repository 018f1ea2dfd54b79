/** Writes every generated file anew; `--check` only says which are out of step, and fails if any is. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baselineSchema } from './generate/baseline-schema.ts';
import { changesSchema } from './generate/changes-schema.ts';
import { exposurePageAssets } from './generate/exposure-page.ts';
import { exposureSchema } from './generate/exposure-schema.ts';
import { inspectSchema } from './generate/inspect-schema.ts';
import { adaptersIndex, checksIndex, declaredChecks, formatsIndex, keysIndex } from './generate/modules.ts';
import { modulesSchema } from './generate/modules-schema.ts';
import { jsonText, type Output } from './generate/output.ts';
import { providerData, providerFaults, providerModule } from './generate/provider-schema.ts';
import { reportSchema } from './generate/report-schema.ts';
import { standInTexts } from './generate/stand-ins.ts';
import { validatorModule } from './generate/validator.ts';
import { type Manifest, siteOf, versionModule } from './generate/version.ts';

const root = join(import.meta.dirname, '..');
const isCheck = process.argv.includes('--check');
const faults: string[] = [];

/** Writes a file, or says that it would change. */
function put({ path, text }: Output): void {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  if (isCheck) {
    faults.push(`${path} is out of step: npm run generate`);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${path}`);
}

/** TypeScript or JSON as Biome formats it. */
function formatted({ path, text }: Output): Output {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const result = spawnSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${path}`], {
    input: text,
    cwd: root,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`Biome can't format ${path}: ${result.stderr}`);
  return { path, text: result.stdout };
}

const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { version } = manifest;
const site = siteOf(manifest);
put(versionModule(manifest));
put(standInTexts(root));
put(await exposurePageAssets(root));
const provider = providerData(root);
put(providerModule(provider));
faults.push(...providerFaults(provider));
put(formatted(adaptersIndex(root)));
put(formatted(await formatsIndex(root)));
const declared = await declaredChecks(root);
const checks = declared.map(({ check }) => check);
put(formatted(checksIndex(declared)));
put(formatted(await keysIndex(root)));

const { configSchema } = await import('./generate/config-schema.ts');
const { exampleConfig } = await import('./generate/example-config.ts');
const schema = configSchema(checks);
put({
  path: 'schema/tfsgrc.schema.json',
  text: jsonText({ ...(site !== undefined && { $id: `${site}schema/tfsgrc.schema.json` }), ...schema }),
});
put({ path: 'schema/baseline.schema.json', text: jsonText(baselineSchema()) });
put({ path: 'schema/report.schema.json', text: jsonText(reportSchema()) });
put({ path: 'schema/changes.schema.json', text: jsonText(changesSchema()) });
put({ path: 'schema/exposure.schema.json', text: jsonText(exposureSchema()) });
put({ path: 'schema/inspect.schema.json', text: jsonText(inspectSchema()) });
put({ path: 'schema/modules.schema.json', text: jsonText(modulesSchema()) });
put({
  path: 'src/config/validate.generated.cjs',
  text: validatorModule(schema, 'schema/tfsgrc.schema.json', 'commonjs'),
});
put({
  path: 'src/report/validate.generated.ts',
  text: validatorModule(reportSchema(), 'schema/report.schema.json', 'typescript'),
});
put(exampleConfig(checks));
const { commandLinePage, manPage } = await import('./generate/manual.ts');
put(manPage(version));
put(commandLinePage(root));
const { rulesReference } = await import('./generate/rules-reference.ts');
put(rulesReference(root));
const { recipes } = await import('./generate/recipes.ts');
for (const recipe of recipes(checks, version, site)) put(recipe.path.endsWith('.json') ? formatted(recipe) : recipe);

// From here on the line itself runs, on the files written above.
if (faults.length === 0) {
  const { expectedText } = await import('./generate/expected.ts');
  const { checkPage, configurationPage, fileMap, missingProse } = await import('./generate/pages.ts');
  const { checksPage, readmeChecks, standardsPage } = await import('./generate/lists.ts');
  const { terminalPicture } = await import('./generate/picture.ts');
  for (const check of checks) {
    const needed = ['bad', 'good', 'unknown'].map((name) => `fixtures/checks/${check.id}/${name}.tf`);
    const missing = needed.filter((path) => !existsSync(join(root, path)));
    faults.push(...missing.map((path) => `${path} is missing: write it`));
    if (missing.length > 0) continue;
    put(await expectedText(root, check, checks));
    const page = await checkPage(root, check, checks);
    put(page);
    faults.push(...missingProse(page.text).map((heading) => `${page.path}: write what belongs under "${heading}"`));
  }
  for (const make of [
    () => readmeChecks(root, checks),
    () => checksPage(checks),
    () => standardsPage(root, checks),
    () => terminalPicture(root),
    () => fileMap(root),
    () => configurationPage(root),
  ]) {
    try {
      put(await make());
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
