/** What users install: a release tag, and the npm package. */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { version } from '../../src/version.ts';
import { cleanEnvironment, must, type Released, released, temporaryFolder } from './released.ts';
import { root } from './tools.ts';

const open = readFileSync(join(root, 'fixtures/checks/admin-port-open/bad.tf'), 'utf8');

let release: Released;
const folders: string[] = [];
beforeAll(() => {
  release = released();
}, 120_000);
afterAll(() => {
  release?.remove();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function emptyFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder;
}

describe('a release tag', () => {
  const show = (path: string): string => must(release.folder, 'git', 'show', `${release.tag}:${path}`);

  test('comes after its source and leaves the branch alone', () => {
    expect(must(release.folder, 'git', 'rev-parse', `${release.tag}^`)).toBe(
      must(release.folder, 'git', 'rev-parse', 'HEAD'),
    );
    expect(must(release.folder, 'git', 'status', '--porcelain')).toBe('');
  });

  test('has nothing that npm would build, and brings its dependencies', () => {
    const manifest = JSON.parse(show('package.json'));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
    expect(manifest.bundleDependencies).toEqual(Object.keys(manifest.dependencies));
    expect(show('.pre-commit-hooks.yaml')).toBe(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
    expect(show('action.yml')).toBe(readFileSync(join(root, 'action.yml'), 'utf8'));
  });

  test('runs as it is, with both parsers', () => {
    const folder = emptyFolder();
    must(
      folder,
      'git',
      'clone',
      '--quiet',
      '--depth',
      '1',
      '--branch',
      release.tag,
      `file://${release.folder}`,
      'tfsg',
    );
    writeFileSync(join(folder, 'main.tf'), open);
    for (const parser of ['native', 'hcl2json']) {
      const argv = [join(folder, 'tfsg/dist/cli.js'), '--parser', parser, '-f', 'unix', 'main.tf'];
      const { status, stdout } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
      expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('[admin-port-open]') });
    }
  });

  test('is made once, and of committed files alone', () => {
    expect(release.releaseAgain()).toEqual({ status: 1, output: `There is a tag ${release.tag} already.\n` });
    writeFileSync(join(release.folder, 'new.ts'), '');
    expect(release.releaseAgain()).toEqual({ status: 1, output: expect.stringContaining('The work tree has changes') });
    rmSync(join(release.folder, 'new.ts'));
  });
});

describe('examples of CI', () => {
  const example = (name: string): string => readFileSync(join(root, 'docs/ci', name), 'utf8');

  test('name the version of package.json', () => {
    const pages = [
      'README.md',
      'docs/pre-commit.md',
      'docs/tutorials.md',
      ...readdirSync(join(root, 'docs/ci')).map((name) => `docs/ci/${name}`),
    ];
    const named = pages.flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return [...text.matchAll(/(?:OWNER\/tfsg@|--branch |rev: )([\w.]+)/g)].map((match) => match[1]);
    });
    expect(named.length).toBeGreaterThanOrEqual(pages.length);
    expect(new Set(named)).toEqual(new Set([`v${version}`]));
  });

  const gitlab = parse(example('gitlab.yml')).tfsg;
  const azure = parse(example('azure.yml')).steps;
  const jenkins = example('Jenkinsfile');
  const wanted = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';

  test.each<[string, string, readonly string[]]>([
    ['GitLab', gitlab.script.join('\n'), Object.values(gitlab.artifacts.reports)],
    [
      'Azure',
      azure.find((step: { readonly script?: string }) => step.script !== undefined).script,
      azure.flatMap(({ inputs }: { readonly inputs?: Record<string, string> }) => [
        ...(inputs?.['testResultsFiles'] === undefined ? [] : [inputs['testResultsFiles']]),
        ...(inputs?.['PathtoPublish'] === undefined ? [] : [inputs['PathtoPublish']]),
      ]),
    ],
    ['Jenkins', wanted(jenkins, /'''(.*?)'''/s), [wanted(jenkins, /pattern: '(.*?)'/)]],
  ])('%s: the commands write the reports, and findings fail the job', (_, script, reports) => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'home'));
    mkdirSync(join(folder, 'work'));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'work/main.tf'), open);
    // In the place of Terraform, which would download providers.
    writeFileSync(join(folder, 'bin/terraform'), '#!/bin/sh\necho "$@" >> "$HOME/terraform"\n', { mode: 0o755 });
    const environment = cleanEnvironment();
    const { status, stderr } = spawnSync('sh', ['-ec', script], {
      cwd: join(folder, 'work'),
      env: {
        ...environment,
        PATH: `${join(folder, 'bin')}:${environment['PATH']}`,
        HOME: join(folder, 'home'),
        WORKSPACE_TMP: join(folder, 'home'),
        REPOSITORY: `file://${release.folder}`,
      },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('critical') });
    expect(reports.length).toBeGreaterThan(0);
    for (const report of reports) {
      expect(readFileSync(join(folder, 'work', report), 'utf8')).toContain('admin-port-open');
    }
  });
});

describe('the npm package', () => {
  let consumer: string;
  beforeAll(() => {
    consumer = emptyFolder();
    const [packed] = JSON.parse(
      must(release.folder, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', consumer),
    );
    expect(packed.size).toBeLessThan(1_600_000);
    writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }');
    must(consumer, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed.filename}`);
  }, 120_000);

  test('brings the program', () => {
    const program = join(consumer, 'node_modules/.bin/tfsg');
    chmodSync(program, 0o755);
    expect(must(consumer, program, '--version')).toBe(`${version}\n`);
    writeFileSync(join(consumer, 'main.tf'), open);
    const { status, stdout } = spawnSync(program, ['-f', 'unix'], { cwd: consumer, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('[admin-port-open]') });
    expect(must(consumer, program, 'explain', 'admin-port-open')).toMatch(/^# admin-port-open\n/);
  });

  test('holds neither sources nor tests', () => {
    const names = readdirSync(join(consumer, 'node_modules/tfsg'));
    expect(names.filter((name) => ['src', 'test', 'fixtures', 'scripts', 'node_modules'].includes(name))).toEqual([]);
    expect(existsSync(join(consumer, 'node_modules/tfsg/dist/licenses.txt'))).toBe(true);
  });

  const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
  const [, source = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
  const [, printed = ''] = /```text\n(.*?)```/s.exec(page) ?? [];

  test.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'has types for strict consumers: module %s, resolution %s; the example of docs/library.md runs',
    (module, resolution) => {
      writeFileSync(join(consumer, 'example.ts'), source);
      const config = {
        compilerOptions: {
          target: 'es2023',
          lib: ['es2023'],
          module,
          moduleResolution: resolution,
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noPropertyAccessFromIndexSignature: true,
          verbatimModuleSyntax: true,
          skipLibCheck: false,
          typeRoots: [join(root, 'node_modules/@types')],
          types: ['node'],
          outDir: `out-${resolution}`,
          rootDir: '.',
        },
        files: ['example.ts'],
      };
      writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(config));
      must(consumer, join(root, 'node_modules/.bin/tsc'), '--project', '.');
      expect(must(consumer, process.execPath, `out-${resolution}/example.js`)).toBe(printed);
    },
  );
});
