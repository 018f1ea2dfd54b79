/** The text of a .tfsgrc.json -> what it says, with every mistake in it. */

import type { Check } from '../checks/check.ts';
import type { GroupPolicy } from '../model/policy.ts';
import type { FailOn } from '../report/report.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { SourceFile } from '../source/source-file.ts';
import { checkGlob } from './globs.ts';
import { type JsonNode, parseJsonc, plainValue, propertyOf } from './jsonc.ts';
import { mistake } from './mistake.ts';
import { checksByName, configKeys, type Level } from './names.ts';
import { decodeOption, type Options } from './options.ts';
import { decodePolicies } from './policy.ts';
import { type Preset, presets } from './presets.ts';
import { type Path, schemaMistakes } from './schema-mistakes.ts';

/** What a configuration says about a check. */
export interface CheckEntry {
  readonly check: Check;
  /** Whether it is there by another tool's id, which an entry by the check's own id goes before. */
  readonly isAlias: boolean;
  readonly level: Level;
  /** Only the options that are set. */
  readonly options: Options;
}

/** One file's own words; what is absent is left to the presets and defaults. */
export interface ConfigFile {
  readonly file: SourceFile;
  readonly extends: readonly Preset[] | undefined;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly failOn: FailOn | undefined;
  /** In order of place. */
  readonly checks: readonly CheckEntry[];
  readonly policy: readonly GroupPolicy[] | undefined;
}

/** Reads a configuration. Mistaken parts are left out of the value, the rest holds. */
export function decodeConfigFile(file: SourceFile, checks: readonly Check[]): Outcome<ConfigFile> {
  const { value: root, problems: syntaxProblems } = parseJsonc(file);
  const problems: Problem[] = [...syntaxProblems];
  if (root === undefined)
    return {
      value: emptyConfigFile(file),
      problems: problems.length > 0 ? problems : [mistake({ file, start: 0, end: 0 }, 'Expected an object in braces.')],
    };

  const byName = checksByName(checks);
  const mistaken = schemaMistakes(root, (path) => knownNames(path, byName));
  problems.push(...mistaken.map(({ problem }) => problem));
  /** Whether no mistake is in a part, nor in what it is part of. */
  const isSound = (path: Path) =>
    !mistaken.some((each) => {
      const shared = Math.min(path.length, each.path.length);
      return path.slice(0, shared).every((step, index) => each.path[index] === step);
    });

  const texts = (key: 'extends' | 'include' | 'exclude'): readonly string[] | undefined => {
    const node = propertyOf(root, key);
    if (node?.kind !== 'array') return undefined;
    const sound = node.items.filter((_, index) => isSound([key, String(index)]));
    return sound.map((item) => String(plainValue(item)));
  };
  const globs = (key: 'include' | 'exclude'): readonly string[] | undefined => {
    const node = propertyOf(root, key);
    for (const item of node?.kind === 'array' ? node.items : []) {
      const fault = item.kind === 'scalar' && typeof item.value === 'string' ? checkGlob(item.value) : undefined;
      if (fault !== undefined) problems.push(mistake(item, fault));
    }
    return texts(key)?.filter((glob) => checkGlob(glob) === undefined);
  };

  const extended = texts('extends')?.filter((name): name is Preset => presets.includes(name as Preset));
  const policyNode = propertyOf(root, 'policy');
  const policy = policyNode && decodePolicies(policyNode, (index) => isSound(['policy', String(index)]));
  problems.push(...(policy?.problems ?? []));
  const failOn = propertyOf(root, 'failOn');
  const entries = decodeChecks(propertyOf(root, 'checks'), byName, isSound, problems);
  return {
    value: {
      file,
      extends: extended?.length === 0 && !isSound(['extends']) ? undefined : extended,
      include: globs('include'),
      exclude: globs('exclude'),
      failOn: failOn !== undefined && isSound(['failOn']) ? (plainValue(failOn) as FailOn) : undefined,
      checks: entries,
      policy: policy?.value,
    },
    problems: problems.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)),
  };
}

function emptyConfigFile(file: SourceFile): ConfigFile {
  return {
    file,
    extends: undefined,
    include: undefined,
    exclude: undefined,
    failOn: undefined,
    checks: [],
    policy: undefined,
  };
}

function knownNames(path: Path, byName: ReadonlyMap<string, readonly Check[]>): readonly string[] {
  if (path.length === 0) return configKeys;
  if (path[0] === 'policy') return policyKeys(path);
  const at = path.lastIndexOf('checks');
  if (at === path.length - 1) return [...byName.keys()];
  const options = Object.entries(byName.get(path[at + 1] ?? '')?.[0]?.options ?? {});
  return options.flatMap(([name, { type }]) => (type === 'policies' ? [] : [name]));
}

const policyKeys = (path: Path): readonly string[] =>
  path.includes('ingress') ? ['ports', 'from'] : ['groups', 'role', 'ingress'];

function decodeChecks(
  node: JsonNode | undefined,
  byName: ReadonlyMap<string, readonly Check[]>,
  isSound: (path: Path) => boolean,
  problems: Problem[],
): CheckEntry[] {
  const entries: CheckEntry[] = [];
  for (const { name, value } of node?.kind === 'object' ? node.entries : []) {
    const named = byName.get(name) ?? [];
    const [levelNode, optionsNode] = value.kind === 'array' ? value.items : [value];
    const levelPath = value.kind === 'array' ? ['checks', name, '0'] : ['checks', name];
    if (named.length === 0 || levelNode?.kind !== 'scalar' || !isSound(levelPath)) continue;
    const given = optionsNode?.kind === 'object' ? optionsNode.entries : [];
    for (const check of named) {
      const options: Record<string, unknown> = {};
      for (const entry of given) {
        const declaration = check.options[entry.name];
        if (declaration === undefined || !isSound(['checks', name, '1', entry.name])) continue;
        const decoded = decodeOption(declaration, entry.value);
        problems.push(...decoded.problems);
        if (decoded.problems.length === 0) options[entry.name] = decoded.value;
      }
      entries.push({ check, isAlias: name !== check.id, level: levelNode.value as Level, options });
    }
  }
  return entries;
}
