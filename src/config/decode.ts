/** The text of a .tfsgrc.json -> its content, with all mistakes. */

import { append } from '../collections/append.ts';
import type { Check } from '../findings/check.ts';
import { CheckNames } from '../findings/names.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import { SourceFile } from '../source/source-file.ts';
import { type JsonNode, nodeOfValue, parseJsonc, propertyOf } from './jsonc.ts';
import type { ConfigKey, DecodeContext } from './key.ts';
import { keys } from './keys/index.ts';
import { keysAt } from './keys.ts';
import type { ConfigFile, OptionSetting } from './layer.ts';
import { MAX_MISTAKES, mistake } from './mistake.ts';
import { settingMistakes } from './own/own-settings.ts';
import { GlobChecker } from './patterns/globs.ts';
import { schemaMistakes } from './schema-mistakes.ts';

/** What each key's `decode` makes. */
type Given = { readonly [K in keyof typeof keys]: ReturnType<(typeof keys)[K]['decode']> };

/** A config that was decoded, its keys with their types. */
export interface DecodedFile extends ConfigFile {
  readonly given: Given;
}

/** Reads a config. Mistaken parts are left out of the value, the rest holds. */
export function decodeConfigFile(file: SourceFile, checks: readonly Check[]): Outcome<DecodedFile> {
  const { value: written, problems: syntaxProblems } = parseJsonc(file);
  const problems: Problem[] = [...syntaxProblems];
  const names = new CheckNames(checks);
  const empty = () => decodeKeys(file, undefined, names, () => true).value;
  if (written === undefined) {
    if (problems.length === 0) problems.push(mistake({ file, start: 0, end: 0 }, 'Expected an object in braces.'));
    return { value: empty(), problems };
  }
  const root = withSpellings(written, names, problems);
  const mistaken = [...schemaMistakes(root, (path) => keysAt(path, names, checks)), ...settingMistakes(root, names)];
  for (const { problem } of mistaken) problems.push(problem);
  if (mistaken.length > MAX_MISTAKES) return { value: empty(), problems: firstOf(problems) };
  const decoded = decodeKeys(file, root, names, (path) =>
    mistaken.every((each) => {
      const shared = Math.min(path.length, each.path.length);
      return path.slice(0, shared).some((step, index) => each.path[index] !== step);
    }),
  );
  append(problems, decoded.problems);
  return { value: decoded.value, problems: firstOf(problems) };
}

/** What an option of the command line says: its shape is right, what it holds may not be. */
export function decodeSetting({ option, config }: OptionSetting, checks: readonly Check[]): Outcome<DecodedFile> {
  const file = new SourceFile(option, JSON.stringify(config), true);
  return decodeKeys(file, nodeOfValue(file, config), new CheckNames(checks), () => true);
}

function decodeKeys(
  file: SourceFile,
  root: JsonNode | undefined,
  names: CheckNames,
  isSound: DecodeContext['isSound'],
): Outcome<DecodedFile> {
  const problems: Problem[] = [];
  const report = (found: readonly Problem[]) => append(problems, found);
  const context = { names, checker: new GlobChecker(), isSound, report };
  const given = Object.fromEntries(
    Object.values<ConfigKey<unknown, unknown>>(keys).map((key) => [
      key.name,
      key.decode(propertyOf(root, key.name), context),
    ]),
  );
  return { value: { file, root, given: given as unknown as Given }, problems };
}

/** With the names of checks as the schema has them. A name in two spellings is a mistake, as it is in one spelling twice. */
function withSpellings(root: JsonNode, names: CheckNames, problems: Problem[]): JsonNode {
  const inValue = (node: JsonNode, name: string, change: (value: JsonNode) => JsonNode): JsonNode =>
    node.kind !== 'object'
      ? node
      : {
          ...node,
          entries: node.entries.map((each) => (each.name === name ? { ...each, value: change(each.value) } : each)),
        };
  const spelt = (node: JsonNode): JsonNode => {
    if (node.kind !== 'object') return node;
    const entries = new Map<string, (typeof node.entries)[number]>();
    for (const each of node.entries) {
      const name = names.spellingOf(each.name) ?? each.name;
      if (entries.has(name)) problems.push(mistake(each.key, `${JSON.stringify(name)} is here twice.`));
      entries.set(name, { ...each, name });
    }
    return { ...node, entries: [...entries.values()] };
  };
  const inChecks = (node: JsonNode) => inValue(node, 'checks', spelt);
  return inValue(inChecks(root), 'overrides', (list) =>
    list.kind === 'array' ? { ...list, items: list.items.map(inChecks) } : list,
  );
}

/** The problems in order of place, as far as anybody reads them. */
function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const sorted = [...problems].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const next = sorted[MAX_MISTAKES];
  if (next?.span === undefined) return sorted;
  const message = `This file has more than ${MAX_MISTAKES} errors; the rest are not shown.`;
  return [...sorted.slice(0, MAX_MISTAKES), mistake(next.span, message)];
}
