/** Errors against schema/tfsgrc.schema.json, as mistakes with places. */

import { createRequire } from 'node:module';
import type { Problem } from '../source/problem.ts';
import { cutText } from '../text/cut.ts';
import { type JsonNode, plainValue } from './jsonc.ts';
import type { Path } from './key.ts';
import type { KnownKeys } from './keys.ts';
import { MAX_MISTAKES, mistake, suggestion } from './mistake.ts';

/** Large, and few runs have a config: loaded by the first call. */
const validator = (): { (data: unknown): boolean; errors?: readonly SchemaError[] | null } =>
  createRequire(import.meta.url)('./validate.generated.cjs');

/** ajv's account of one fault: https://ajv.js.org/api.html#error-objects */
interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A mistake and the path of the value that it is about: the value itself, or for an unknown key the key's. */
export interface SchemaMistake {
  readonly path: Path;
  readonly problem: Problem;
}

/** The mistakes that the schema sees, one at most for each value, and one more than `MAX_MISTAKES` at most. */
export function schemaMistakes(root: JsonNode, keysOf: (path: Path) => KnownKeys): SchemaMistake[] {
  const check = validator();
  if (check(plainValue(root))) return [];
  const mistakes = new Map<string, SchemaMistake>();
  for (const error of check.errors ?? []) {
    // Says only that one of the errors beside it happened.
    if (error.keyword === 'if') continue;
    const path = error.instancePath.split('/').slice(1).map(unescapePointer);
    const found = mistakeOf(root, path, error, keysOf);
    const key = JSON.stringify(found.path);
    if (!mistakes.has(key)) mistakes.set(key, found);
    if (mistakes.size > MAX_MISTAKES) break;
  }
  return [...mistakes.values()];
}

function mistakeOf(
  root: JsonNode,
  path: Path,
  { keyword, params }: SchemaError,
  keysOf: (path: Path) => KnownKeys,
): SchemaMistake {
  const node = nodeAt(root, path);
  const shown = show(node);
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const entry = node.kind === 'object' ? node.entries.find((each) => each.name === name) : undefined;
      const { names, otherwise } = keysOf(path);
      return {
        path: [...path, name],
        problem: mistake(entry?.key ?? node, `${JSON.stringify(name)} ${otherwise}.`, suggestion(name, names)),
      };
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
      const isText = node.kind === 'scalar' && typeof node.value === 'string';
      const hint = isText ? suggestion(String(node.value), allowed) : undefined;
      return {
        path,
        problem: mistake(
          node,
          `Expected ${listOf(allowed)}, not ${shown}.`,
          hint?.startsWith('Did') ? hint : undefined,
        ),
      };
    }
    case 'type':
      return { path, problem: mistake(node, `Expected ${typeNames(params['type'])}, not ${shown}.`) };
    case 'minimum':
    case 'maximum': {
      const bound = keyword === 'minimum' ? 'at least' : 'at most';
      return { path, problem: mistake(node, `Expected ${bound} ${params['limit']}, not ${shown}.`) };
    }
    case 'pattern':
      if (params['pattern'] === '\\S') return { path, problem: mistake(node, 'Expected a string that is not empty.') };
      return {
        path,
        problem: mistake(
          node,
          `${shown} is not a port (80) or range ("8000-8010"), optionally with a protocol ("53/udp"), or the name of a service ("ssh").`,
        ),
      };
    case 'required':
      return { path, problem: mistake(node, `Missing key "${params['missingProperty']}".`) };
    case 'minItems':
      if (path.at(-2) === 'checks') return { path, problem: mistake(node, settingExpected) };
      return { path, problem: mistake(node, 'Expected at least one entry.') };
    default:
      return {
        path,
        problem: mistake(node, settingExpected),
      };
  }
}

const settingExpected = 'Expected "off", a severity, or [severity, { options }].';

function nodeAt(root: JsonNode, path: Path): JsonNode {
  let node = root;
  for (const step of path) {
    const next: JsonNode | undefined =
      node.kind === 'object'
        ? node.entries.find((entry) => entry.name === step)?.value
        : node.kind === 'array'
          ? node.items[Number(step)]
          : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function show(node: JsonNode): string {
  if (node.kind !== 'scalar') return node.kind === 'array' ? 'an array' : 'an object';
  return cutText(JSON.stringify(node.value));
}

function typeNames(type: unknown): string {
  const names: Readonly<Record<string, string>> = {
    array: 'an array',
    object: 'an object',
    string: 'a string',
    boolean: 'true or false',
    integer: 'an integer',
    number: 'a number',
  };
  return listOf([type].flat().map((name) => names[String(name)] ?? String(name)));
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
