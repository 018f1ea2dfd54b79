/** The text of a .tfsgrc.json -> its content, with all mistakes. */

import { append } from '../collections/append.ts';
import type { Check } from '../findings/check.ts';
import type { GroupPolicy } from '../model/questions/policy.ts';
import type { TrustedDeclaration } from '../model/questions/trusted.ts';
import type { FailOn } from '../report/report.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Environment, SuppressionSettings } from './config.ts';
import type { GlobKind } from './glob-syntax.ts';
import { GlobChecker } from './globs.ts';
import { itemsOf, type JsonNode, parseJsonc, plainValue, propertyOf } from './jsonc.ts';
import { type CheckEntry, decodeChecks, idsOf } from './keys/checks.ts';
import { decodeEnvironments } from './keys/environments.ts';
import { type Extended, extendedBy } from './keys/extends.ts';
import { decodePolicies } from './keys/policy.ts';
import { decodeTrusted } from './keys/trusted.ts';
import { keysAt, type Path } from './keys.ts';
import { mistake } from './mistake.ts';
import { checksByName } from './names.ts';
import { MOST_MISTAKES, schemaMistakes } from './schema-mistakes.ts';

export type { CheckEntry } from './keys/checks.ts';

/** Settings for some files and groups. */
export interface Override {
  /** In `overrides`, from 0. */
  readonly index: number;
  readonly node: JsonNode;
  /** Patterns; undefined for every file. */
  readonly files: readonly string[] | undefined;
  /** Patterns of names or addresses; undefined for whatever group. */
  readonly groups: readonly string[] | undefined;
  readonly checks: readonly CheckEntry[];
}

/** One file's own words; what is absent is left to what it extends, the presets and defaults. */
export interface ConfigFile {
  readonly file: SourceFile;
  /** As it is written; undefined where there is no object. */
  readonly root: JsonNode | undefined;
  readonly extends: readonly Extended[] | undefined;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly failOn: FailOn | undefined;
  readonly failOnUnresolved: boolean | undefined;
  /** In order of place. */
  readonly checks: readonly CheckEntry[];
  readonly overrides: readonly Override[];
  /** Only the keys that are there. */
  readonly trusted: Partial<TrustedDeclaration> | undefined;
  readonly policy: { readonly value: readonly GroupPolicy[]; readonly node: JsonNode } | undefined;
  readonly environments: readonly Omit<Environment, 'folder'>[] | undefined;
  readonly suppressions: Partial<SuppressionSettings>;
}

/** Reads a configuration. Mistaken parts are left out of the value, the rest holds. */
export function decodeConfigFile(file: SourceFile, checks: readonly Check[]): Outcome<ConfigFile> {
  const { value: root, problems: syntaxProblems } = parseJsonc(file);
  const problems: Problem[] = [...syntaxProblems];
  if (root === undefined) {
    if (problems.length === 0) problems.push(mistake({ file, start: 0, end: 0 }, 'Expected an object in braces.'));
    return { value: emptyConfigFile(file), problems };
  }
  const byName = checksByName(checks);
  const mistaken = schemaMistakes(root, (path) => keysAt(path, byName));
  for (const { problem } of mistaken) problems.push(problem);
  if (mistaken.length > MOST_MISTAKES) return { value: emptyConfigFile(file), problems: firstOf(problems) };
  const decoder = new Decoder(root, byName, problems, (path) =>
    mistaken.every((each) => {
      const shared = Math.min(path.length, each.path.length);
      return path.slice(0, shared).some((step, index) => each.path[index] !== step);
    }),
  );
  const value = decoder.file(file);
  return { value, problems: firstOf(problems) };
}

/** The problems in order of place, as far as anybody reads them. */
function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const sorted = [...problems].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const next = sorted[MOST_MISTAKES];
  if (next?.span === undefined) return sorted;
  const message = `This file has more than ${MOST_MISTAKES} errors; the rest are not shown.`;
  return [...sorted.slice(0, MOST_MISTAKES), mistake(next.span, message)];
}

function emptyConfigFile(file: SourceFile): ConfigFile {
  return {
    file,
    root: undefined,
    extends: undefined,
    include: undefined,
    exclude: undefined,
    failOn: undefined,
    failOnUnresolved: undefined,
    checks: [],
    overrides: [],
    trusted: undefined,
    policy: undefined,
    environments: undefined,
    suppressions: {},
  };
}

class Decoder {
  readonly #root: JsonNode;
  readonly #byName: ReadonlyMap<string, readonly Check[]>;
  readonly #problems: Problem[];
  readonly #checker = new GlobChecker();
  /** Whether no mistake is in a part, nor in what it is part of. */
  readonly #isSound: (path: Path) => boolean;

  constructor(
    root: JsonNode,
    byName: ReadonlyMap<string, readonly Check[]>,
    problems: Problem[],
    isSound: (path: Path) => boolean,
  ) {
    this.#root = root;
    this.#byName = byName;
    this.#problems = problems;
    this.#isSound = isSound;
  }

  file(file: SourceFile): ConfigFile {
    return {
      file,
      root: this.#root,
      extends: this.#extends(),
      include: this.#globs(this.#root, ['include'], 'path'),
      exclude: this.#globs(this.#root, ['exclude'], 'path'),
      failOn: this.#value<FailOn>(this.#root, ['failOn']),
      failOnUnresolved: this.#value<boolean>(this.#root, ['failOnUnresolved']),
      checks: this.#checks(this.#root, ['checks']),
      overrides: itemsOf(propertyOf(this.#root, 'overrides')).map((node, index) => this.#override(node, index)),
      trusted: this.#part('trusted', (node) => decodeTrusted(node, this.#isSound)),
      policy: this.#part('policy', (node) => {
        const isSound = (index: number) => this.#isSound(['policy', String(index)]);
        const { value, problems } = decodePolicies(node, isSound, this.#checker);
        return { value: { value, node }, problems };
      }),
      environments: this.#part('environments', (node) =>
        decodeEnvironments(node, (name) => this.#isSound(['environments', name])),
      ),
      suppressions: this.#suppressions(),
    };
  }

  #extends(): readonly Extended[] | undefined {
    const node = propertyOf(this.#root, 'extends');
    if (node?.kind !== 'array') return undefined;
    const names = itemsOf(node).filter((_, index) => this.#isSound(['extends', String(index)]));
    if (names.length === 0 && !this.#isSound(['extends'])) return undefined;
    const { value, problems } = extendedBy(names);
    append(this.#problems, problems);
    return value.length === 0 && problems.length > 0 ? undefined : value;
  }

  #override(node: JsonNode, index: number): Override {
    const path = ['overrides', String(index)];
    return {
      index,
      node,
      files: this.#globs(node, [...path, 'files'], 'path'),
      groups: this.#globs(node, [...path, 'groups'], 'group'),
      checks: this.#checks(node, [...path, 'checks']),
    };
  }

  #checks(parent: JsonNode, path: Path): CheckEntry[] {
    const { value, problems } = decodeChecks(propertyOf(parent, 'checks'), path, this.#byName, this.#isSound);
    append(this.#problems, problems);
    return value;
  }

  #suppressions(): Partial<SuppressionSettings> {
    const node = propertyOf(this.#root, 'suppressions');
    const of = <T>(key: string): T | undefined => this.#value<T>(node, ['suppressions', key]);
    const given = {
      inline: of<boolean>('inline'),
      requireReason: of<boolean>('requireReason'),
      honor: of<SuppressionSettings['honor']>('honor'),
    };
    const locked = idsOf(propertyOf(node, 'locked'), this.#byName);
    append(this.#problems, locked.problems);
    return {
      ...(Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      ) as Partial<SuppressionSettings>),
      ...(propertyOf(node, 'locked') !== undefined && { locked: new Set(locked.value) }),
    };
  }

  #part<T>(key: string, decode: (node: JsonNode) => Outcome<T>): T | undefined {
    const node = propertyOf(this.#root, key);
    if (node === undefined) return undefined;
    const { value, problems } = decode(node);
    append(this.#problems, problems);
    return value;
  }

  /** A value as it stands; undefined where it is absent or mistaken. */
  #value<T>(parent: JsonNode | undefined, path: Path): T | undefined {
    const node = propertyOf(parent, path.at(-1)!);
    return node !== undefined && this.#isSound(path) ? (plainValue(node) as T) : undefined;
  }

  /** The sound patterns of a list; undefined where there is no list. */
  #globs(parent: JsonNode, path: Path, kind: GlobKind): readonly string[] | undefined {
    const node = propertyOf(parent, path.at(-1)!);
    if (node?.kind !== 'array') return undefined;
    return node.items.flatMap((item, index) => {
      if (item.kind !== 'scalar' || !this.#isSound([...path, String(index)])) return [];
      const glob = String(item.value);
      const fault = this.#checker.faultOf(glob, kind);
      if (fault === undefined) return glob;
      this.#problems.push(mistake(item, fault));
      return [];
    });
  }
}
