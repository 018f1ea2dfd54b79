/** The extension for VS Code, as far as it needs no editor: which program it starts, and that it offers what the server takes. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { withoutDoubles } from '../../editors/vscode/src/other-extensions.ts';
import { findProgram } from '../../editors/vscode/src/program.ts';
import { selector } from '../../editors/vscode/src/selector.ts';
import { watchedFiles } from '../../src/lsp/abilities.ts';
import { decodeSettings, defaultSettings, type Settings } from '../../src/lsp/settings.ts';

const first = resolve('first');
const second = resolve('second');
const bundled = resolve('extension/server/dist/cli.js');
const installed = join(second, 'node_modules/tfsg/dist/cli.js');
const shell = join(second, 'bin/tfsg');
const script = join(first, 'tools/tfsg.mjs');

describe('the program', () => {
  test.each<[string, string, boolean, ReturnType<typeof findProgram>]>([
    ['the one that a folder has installed', '', true, { kind: 'script', path: installed, origin: 'workspace' }],
    ['its own in a workspace without trust', '', false, { kind: 'script', path: bundled, origin: 'extension' }],
    ['a name on the path', 'tfsg', true, { kind: 'command', path: 'tfsg', origin: 'setting' }],
    ['an absolute path', shell, true, { kind: 'command', path: shell, origin: 'setting' }],
    ['a path from a folder', 'bin/tfsg', true, { kind: 'command', path: shell, origin: 'setting' }],
    ['JavaScript', 'tools/tfsg.mjs', true, { kind: 'script', path: script, origin: 'setting' }],
    [
      'nothing where the setting is wrong',
      'bin/other',
      true,
      { kind: 'missing', path: 'bin/other', origin: 'setting' },
    ],
  ])('%s', (_, path, isTrusted, expected) => {
    const files = new Set([bundled, installed, shell, script]);
    const exists = (each: string): boolean => files.has(each);
    expect(findProgram({ path, folders: [first, second], isTrusted, bundled, exists })).toEqual(expected);
  });

  test('its own where no folder has one', () => {
    expect(findProgram({ path: '', folders: [], isTrusted: true, bundled, exists: () => false })).toEqual({
      ...{ kind: 'script', path: bundled, origin: 'extension' },
    });
  });
});

interface Property {
  readonly default: unknown;
  readonly enum?: readonly string[];
}

describe('the manifest', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../editors/vscode/package.json'), 'utf8'));
  const properties: Readonly<Record<string, Property>> = manifest.contributes.configuration.properties;

  test('has the settings of the server, with its defaults', () => {
    const names: readonly (keyof Settings)[] = [
      'config',
      'run',
      'inlayHints',
      'codeLens',
      'workspace',
      'languageFeatures',
    ];
    expect(names.toSorted()).toEqual(Object.keys(defaultSettings).toSorted());
    const given = Object.fromEntries(names.map((name) => [name, properties[`tfsg.${name}`]?.default]));
    // Where the server had another default, what the manifest leaves out would hold.
    const other: Settings = {
      config: 'x',
      run: 'onSave',
      inlayHints: true,
      codeLens: false,
      workspace: true,
      languageFeatures: true,
    };
    expect(decodeSettings(given, other)).toEqual({ settings: defaultSettings, mistakes: [] });
  });

  test('offers values that the server takes', () => {
    for (const run of properties['tfsg.run']?.enum ?? []) {
      expect(decodeSettings({ run })).toEqual({ settings: { ...defaultSettings, run }, mistakes: [] });
    }
    expect(properties['tfsg.run']?.enum).toHaveLength(2);
  });
});

test.each([
  [{ languageFeatures: 'auto' }, [], { languageFeatures: true }],
  [{ run: 'onSave' }, ['hashicorp.terraform'], { run: 'onSave', languageFeatures: false }],
  [{ languageFeatures: 'auto' }, ['opentofu.vscode-opentofu'], { languageFeatures: false }],
  [{ languageFeatures: true }, ['hashicorp.terraform'], { languageFeatures: true }],
  [null, ['hashicorp.terraform'], null],
])('of %j beside %j the server gets %j', (settings, installed: readonly string[], wanted) => {
  expect(withoutDoubles(settings, (id) => installed.includes(id))).toEqual(wanted);
});

test('the language of the extension takes no file from that of another one', () => {
  const { languages, grammars } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../editors/vscode/package.json'), 'utf8'),
  ).contributes;
  const own = languages.filter(({ id }: { id: string }) => id !== 'jsonc');
  expect(own.map(({ id }: { id: string }) => id)).toEqual(['tfsg-terraform']);
  for (const key of ['extensions', 'filenames', 'filenamePatterns', 'firstLine'])
    expect(own[0]).not.toHaveProperty(key);
  expect(grammars.map(({ language }: { language: string }) => language)).toEqual(['tfsg-terraform']);
});

test('the extension opens to the server what the server watches', () => {
  const patterns = selector.flatMap(({ pattern }) => pattern ?? []);
  expect(patterns).toEqual(watchedFiles.filter((each) => !/(?:modules|baseline)\.json$/.test(each)));
});
