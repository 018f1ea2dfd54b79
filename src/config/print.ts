/** The effective configuration of a file, printed with the origin of each value. */

import type { FileSystem } from '../files.ts';
import type { Check } from '../findings/check.ts';
import type { SafeText } from '../report/escape.ts';
import { placeOf } from '../source/position.ts';
import { joinPath } from '../terraform/modules/load.ts';
import { choiceOf, type FileLayer, type Layer, type Origin, type Selection, type Sourced, selected } from './choice.ts';
import { commentedJson, jsonText, type Printed, type PrintedEntry } from './commented-json.ts';
import { defaultSuppressions } from './config.ts';
import type { ConfigFile, Override } from './decode.ts';
import { folderGlob } from './globs.ts';
import { plainValue, propertyOf } from './jsonc.ts';
import { readyOverrides, withinFolder } from './keys/overrides.ts';
import { isOwnKey } from './keys.ts';
import type { Level } from './names.ts';
import { filesIn, lastOf, resolveConfig } from './resolve.ts';

export interface PrintRequest {
  /** Of the file that it holds for, relative to the tree's root. */
  readonly path: string;
  /** Without mistakes in them. */
  readonly layers: readonly Layer[];
  readonly checks: readonly Check[];
  /** What the command line says overrides the layers. */
  readonly selection: Selection;
  readonly failOn: string | undefined;
  readonly failsOnUnresolved: true | undefined;
  /** Whether the command line lets no comment suppress anything. */
  readonly noInlineSuppressions: boolean;
  /** For the variable files of environments. */
  readonly fileSystem: FileSystem;
}

/** A .tfsgrc.json in the tree's root that means the same for the file. */
export function printConfig(request: PrintRequest): SafeText {
  const files = filesIn(request.layers);
  const entries = [
    { name: 'extends', value: jsonText(['tfsg:off']), note: 'every enabled check is listed below' },
    ...patternEntries(files, request.path),
    valueEntry(files, 'failOn', 'low', request.failOn, '--fail-on'),
    valueEntry(files, 'failOnUnresolved', false, request.failsOnUnresolved, '--fail-on-unresolved'),
    ...checkEntries(request, files),
    ...plainEntries(files, 'trusted', ['cidrs', 'prefixLists', 'groups']),
    ...environmentEntries(files, request),
    suppressionEntry(files, request),
    ...policyEntries(files),
  ];
  return commentedJson({ open: '{', entries }, headOf(request));
}

function headOf({ path, layers, checks, selection }: PrintRequest): string[] {
  const { isIncluded } = resolveConfig(layers, checks, selection);
  const names = layers.map((layer) => (layer.kind === 'preset' ? layer.preset : layer.file.file.path));
  return [
    `Effective configuration for ${path}, written as a .tfsgrc.json at the repository root.`,
    names.length === 0
      ? 'Built-in defaults only.'
      : `Merged from ${names.join(', ')}; later entries override earlier ones.`,
    isIncluded(path) ? 'The file is linted.' : 'The file is excluded by "include" or "exclude".',
  ];
}

function patternEntries(files: readonly FileLayer[], path: string): PrintedEntry[] {
  const entryOf = (key: 'include' | 'exclude', otherwise: readonly string[]): PrintedEntry =>
    lastOf(files, ({ file, folder }) => {
      const isBelow = withinFolder(path, folder) !== undefined;
      const globs = file[key]?.map((glob) => (isBelow ? folderGlob(glob, folder) : glob));
      return globs && { name: key, value: jsonText(globs), note: placeIn(file, [key]) };
    }) ?? { name: key, value: jsonText(otherwise), note: 'default' };
  return [entryOf('include', ['**/*']), entryOf('exclude', [])];
}

/** @param given what the option says */
function valueEntry<N extends 'failOn' | 'failOnUnresolved'>(
  files: readonly FileLayer[],
  name: N,
  otherwise: NonNullable<ConfigFile[N]>,
  given: string | boolean | undefined,
  option: string,
): PrintedEntry {
  if (given !== undefined) return { name, value: jsonText(given), note: option };
  return (
    lastOf(files, ({ file }) => {
      if (file[name] === undefined) return undefined;
      return { name, value: jsonText(file[name]), note: placeIn(file, [name]) };
    }) ?? { name, value: jsonText(otherwise), note: 'default' }
  );
}

/** `checks`, and the overrides that hold for some groups, with those behind them. */
function checkEntries({ path, layers, checks, selection }: PrintRequest, files: readonly FileLayer[]): PrintedEntry[] {
  const inFile = readyOverrides(files).filter(({ isInFile }) => isInFile(path));
  const always = inFile.filter(({ isForGroup }) => isForGroup === undefined).map(({ override }) => override);
  const first = inFile.findIndex(({ isForGroup }) => isForGroup !== undefined);
  const later = first === -1 ? [] : inFile.slice(first).map(({ override }) => override);
  const settings = checks.map((check) => {
    const { level, options } = choiceOf(check, layers, always);
    return settingEntry(check, selected(check, level, selection), options);
  });
  const overrides = later.map((override): PrintedEntry => {
    const own = checks.flatMap((check) => {
      if (!override.checks.some((entry) => entry.check === check)) return [];
      const { level, options } = choiceOf(check, [], [override]);
      const given = Object.entries(options).filter(([, { origin }]) => origin.kind !== 'default');
      return settingEntry(check, selected(check, level, selection), Object.fromEntries(given));
    });
    const groups = override.groups && { name: 'groups', value: jsonText(override.groups) };
    const entries = [...(groups ? [groups] : []), { name: 'checks', value: { open: '{', entries: own } as const }];
    return { value: { open: '{', entries }, note: nameOf(override) };
  });
  return [
    { name: 'checks', value: { open: '{', entries: settings } },
    ...(overrides.length === 0
      ? []
      : [{ name: 'overrides', value: { open: '[', entries: overrides } } satisfies PrintedEntry]),
  ];
}

/** Options of a check that is off are left out, unless something would be lost with them. */
function settingEntry(
  check: Check,
  level: Sourced<Level>,
  options: Readonly<Record<string, Sourced<unknown>>>,
): PrintedEntry {
  const settable = Object.entries(options).filter(([name]) => !isOwnKey(check.options[name]!.type));
  const isOffByDefault = level.value === 'off' && settable.every(([, { origin }]) => origin.kind === 'default');
  const note = describeOrigin(level.origin);
  const levelText = jsonText(level.value);
  if (settable.length === 0 || isOffByDefault) return { name: check.id, value: levelText, note };
  const entries = settable.map(([name, { origin }]) => {
    const written = origin.kind === 'file' ? plainValue(origin.node) : check.options[name]!.default;
    return { name, value: jsonText(written), note: describeOrigin(origin) };
  });
  return {
    name: check.id,
    value: { open: '[', entries: [{ value: levelText, note }, { value: { open: '{', entries } }] },
  };
}

function environmentEntries(files: readonly FileLayer[], { path, fileSystem }: PrintRequest): PrintedEntry[] {
  const here = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const isFile = (file: string | undefined) => file !== undefined && fileSystem.read(file).kind === 'file';
  const found = lastOf(files, ({ file, folder }) => {
    return file.environments?.map(({ name, varFiles, span }): PrintedEntry => {
      const given = plainValue(propertyOf(propertyOf(file.root, 'environments'), name)!) as object;
      // Those that are not beside the root module are looked for from the folder of the configuration on.
      const moved = varFiles.map((each) =>
        folder === '' || isFile(joinPath(here, each)) ? each : (joinPath(folder, each) ?? each),
      );
      const isHere =
        varFiles.length === 0 || moved.some((each) => isFile(joinPath(here, each)) || isFile(joinPath('', each)));
      return {
        name,
        value: jsonText({ ...given, ...(varFiles.length > 0 && { varFiles: moved }) }),
        note: `${placeOf(span)}${isHere ? '' : ', does not apply here: none of its files exist in this directory'}`,
      };
    });
  });
  return found === undefined ? [] : [{ name: 'environments', value: { open: '{', entries: found } }];
}

function suppressionEntry(files: readonly FileLayer[], request: PrintRequest): PrintedEntry {
  const { layers, checks, selection, noInlineSuppressions } = request;
  const { suppressions } = resolveConfig(layers, checks, selection);
  const entries = (Object.keys(defaultSuppressions) as (keyof typeof defaultSuppressions)[]).map((name) => {
    if (name === 'inline' && noInlineSuppressions) return { name, value: 'false', note: '--no-inline-suppressions' };
    const value = suppressions[name];
    const place = lastOf(files, ({ file }) =>
      file.suppressions[name] === undefined ? undefined : placeIn(file, ['suppressions', name]),
    );
    return { name, value: jsonText(value instanceof Set ? [...value] : value), note: place ?? 'default' };
  });
  return { name: 'suppressions', value: { open: '{', entries } };
}

/** A key whose keys each have one origin; nothing where no file has it. */
function plainEntries(files: readonly FileLayer[], key: string, names: readonly string[]): PrintedEntry[] {
  const entries = names.flatMap((name) => {
    const found = lastOf(files, ({ file }): PrintedEntry | undefined => {
      const node = propertyOf(propertyOf(file.root, key), name);
      return node && { name, value: jsonText(plainValue(node)), note: placeOf(node) };
    });
    return found === undefined ? [] : [found];
  });
  return entries.length === 0 ? [] : [{ name: key, value: { open: '{', entries } }];
}

function policyEntries(files: readonly FileLayer[]): PrintedEntry[] {
  const node = lastOf(files, ({ file }) => file.policy?.node);
  if (node?.kind !== 'array') return [];
  const value: Printed = {
    open: '[',
    entries: node.items.map((item) => ({ value: jsonText(plainValue(item)), note: placeOf(item) })),
  };
  return [{ name: 'policy', value }];
}

function placeIn({ root }: ConfigFile, path: readonly string[]): string | undefined {
  const node = path.reduce((at, name) => propertyOf(at, name), root);
  return node && placeOf(node);
}

function describeOrigin(origin: Origin): string {
  if (origin.kind === 'default') return 'default';
  if (origin.kind === 'preset') return origin.preset;
  if (origin.kind === 'command-line') return origin.option;
  const place = placeOf(origin.node);
  return origin.override === undefined ? place : `overrides[${origin.override.index}] of ${place}`;
}

const nameOf = ({ index, node }: Override): string => `overrides[${index}] of ${placeOf(node)}`;
