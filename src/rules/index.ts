/** Own rules: files of them as checks. */

import type { Check } from '../findings/check.ts';
import { decodeSource } from '../source/decode.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { RuleDeclaration } from './declaration.ts';
import { checkOf, SharedWorlds } from './own-check.ts';
import { pageOf } from './page.ts';
import { readRuleFile } from './read.ts';

/** Bytes; people write a few KB. */
const MAX_FILE_BYTES = 1024 * 1024;

/** A file of own rules that was read. */
export interface RuleFile {
  readonly checks: readonly Check[];
  /** What the checks are made of, in the same order. */
  readonly declarations: readonly RuleDeclaration[];
}

/** What rules have in common that are asked together. */
export interface AskedTogether {
  /** Made with the first of them. */
  worlds?: SharedWorlds;
}

/**
 * @param path relative to the tree's root
 * @param taken ids of other checks, with where they come from
 * @param together the same object for files whose rules are asked together
 */
export function readRules(
  path: string,
  bytes: Uint8Array,
  taken: ReadonlyMap<string, string>,
  together: AskedTogether,
): Outcome<RuleFile> {
  const { value: file, problems: unread } = decodeSource(path, bytes, MAX_FILE_BYTES);
  if (unread.length > 0) return { value: { checks: [], declarations: [] }, problems: unread.map(asMistake) };
  const { value: declarations, problems } = readRuleFile(file, taken);
  together.worlds ??= new SharedWorlds();
  const { worlds } = together;
  const checks = declarations.map((each) => checkOf(each, worlds, pageOf(each)));
  return { value: { checks, declarations }, problems };
}

const asMistake = (problem: Problem): Problem => ({ ...problem, kind: 'configuration', severity: 'error' });
