/** What a key of a .tfsgrc.json is. */

import { type FileSystem, isOutsideRoot } from '../files.ts';
import type { Check } from '../findings/check.ts';
import type { CheckNames } from '../findings/names.ts';
import type { Problem } from '../source/problem.ts';
import { joinPath } from '../terraform/modules/load.ts';
import { oneLineJson, type PrintedEntry } from './commented-json.ts';
import { type JsonNode, plainValue } from './jsonc.ts';
import { describeOrigin, type Layer, type Selection, type Sourced } from './layer.ts';
import { mistake } from './mistake.ts';
import type { GlobKind } from './patterns/glob-syntax.ts';
import type { GlobChecker } from './patterns/globs.ts';

/** Keys and array indexes on the way to a value. */
export type Path = readonly string[];

/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

export interface DecodeContext {
  readonly names: CheckNames;
  readonly checker: GlobChecker;
  /** Whether the schema has nothing against a part, nor against what it is part of. */
  readonly isSound: (path: Path) => boolean;
  /** Tells mistakes that the schema can't see. */
  readonly report: (problems: readonly Problem[]) => void;
}

export interface MergeContext {
  readonly checks: readonly Check[];
  readonly selection: Selection;
  /** What the checks get whose options come from a key of their own, by the key's name. */
  readonly optionFrom: (key: string) => OptionFromKey;
}

export interface OptionFromKey {
  /** Undefined where no layer has the key. */
  readonly given: Sourced<unknown> | undefined;
  /** What a declaration in the shape of the key means. */
  readonly meaningOf: (declaration: never) => unknown;
  /** Whether a check with such an option is on as soon as a layer has the key. */
  readonly turnsOn: boolean;
}

export interface PrintContext {
  /** Of the file that it holds for, relative to the tree's root. */
  readonly path: string;
  readonly layers: readonly Layer[];
  readonly checks: readonly Check[];
  /** For the variable files of environments. */
  readonly fileSystem: FileSystem;
  readonly resolved: <V>(key: ConfigKey<unknown, V>) => V;
}

/**
 * All there is to say of one key. Each is the constant `key` of its own file in src/config/keys; `npm run generate` lists them.
 *
 * @typeParam Given what one file says
 * @typeParam Resolved what the layers say together, with where it comes from
 */
export interface ConfigKey<Given, Resolved> {
  readonly name: string;
  /** Where it stands among the others, in the schema and in what --print-config prints: after those of a smaller number. */
  readonly order: number;
  /** Of its value. */
  schema(checks: readonly Check[]): Schema;
  /** For the schema's `definitions`. */
  definitions?(checks: readonly Check[]): Schema;
  /** Mistaken parts are left out. @param node undefined where the key is absent */
  decode(node: JsonNode | undefined, context: DecodeContext): Given;
  merge(layers: readonly Layer[], context: MergeContext): Resolved;
  /** What is left of what all layers say where those above the base may only tighten it; absent for what is no matter of strictness. */
  limited?(base: Resolved, full: Resolved): Resolved;
  /** Mistakes that only all layers together show. */
  mistakes?(layers: readonly Layer[]): readonly Problem[];
  /** The key in a .tfsgrc.json of the tree's root that means the same; empty where it may be left out. */
  print(value: Resolved, context: PrintContext): readonly PrintedEntry[];
  /** For a key that checks take as an option. */
  readonly option?: {
    /** What a declaration in the shape of the key means to a check. */
    meaningOf(declaration: never): unknown;
    /** What the layers say; undefined where none has the key. */
    given(value: Resolved): Sourced<unknown> | undefined;
    readonly turnsOn: boolean;
  };
}

/** A value as it stands; undefined where it is absent or mistaken. */
export function soundValue<T>(node: JsonNode | undefined, path: Path, { isSound }: DecodeContext): T | undefined {
  return node !== undefined && isSound(path) ? (plainValue(node) as T) : undefined;
}

/** The sound patterns of a list; undefined where there is no list. */
export function soundGlobs(
  node: JsonNode | undefined,
  path: Path,
  kind: GlobKind,
  { isSound, checker, report }: DecodeContext,
): readonly string[] | undefined {
  if (node?.kind !== 'array') return undefined;
  return node.items.flatMap((item, index) => {
    if (item.kind !== 'scalar' || !isSound([...path, String(index)])) return [];
    const glob = String(item.value);
    const fault = checker.faultOf(glob, kind);
    if (fault === undefined) return glob;
    report([mistake(item, fault)]);
    return [];
  });
}

/** A value with where it comes from. */
export function sourcedEntry(name: string, { value, origin }: Sourced<unknown>): PrintedEntry {
  return { name, value: oneLineJson(value), note: describeOrigin(origin) };
}

/**
 * A path that a config names, as one of the tree; undefined for what leads out of it. A config outside of the tree speaks of the tree's root.
 *
 * @param folder of the config
 */
export function configuredPath(path: string, folder: string): string | undefined {
  return joinPath(isOutsideRoot(folder) || folder.startsWith('/') ? '' : folder, path);
}
