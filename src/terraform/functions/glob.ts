/** Patterns of file names as fileset accepts them (https://github.com/bmatcuk/doublestar/tree/v1.1.5). */

import type { FileSystem } from '../../files.ts';
import { EvaluationError } from '../values/errors.ts';
import { re2 } from './libraries.ts';

export interface FoundFiles {
  /** As paths of the file system, in no order. */
  readonly paths: readonly string[];
  /** False where a link may lead to more, or a directory could not be read. */
  readonly complete: boolean;
}

const maximumEntries = 100_000;

/** What matches a pattern takes some 1 KB for each. */
const maximumPatternLength = 10_000;

/**
 * The regular files that a pattern names.
 *
 * @param pattern clean and relative, from the root of `files`
 * @param spend takes the steps of what comes next
 * @throws EvaluationError for a malformed pattern, and of kind `limit` past 100,000 directory entries or 10,000 code units of pattern
 */
export function findFiles(files: FileSystem, pattern: string, spend: (steps: number) => void): FoundFiles {
  if (pattern.length > maximumPatternLength) {
    throw new EvaluationError('the pattern has more than 10,000 characters', { kind: 'limit' });
  }
  spend(pattern.length);
  const paths = new Set<string>();
  let complete = true;
  let visited = 0;

  const visit = (directory: string, from: readonly Segment[]): void => {
    const [segment, ...rest] = from;
    if (segment === undefined) return;
    if (segment === '**') visit(directory, rest);
    const listed = files.list(directory);
    if (listed.kind === 'missing') return;
    if (listed.kind === 'error') {
      complete = false;
      return;
    }
    visited += listed.entries.length;
    if (visited > maximumEntries) {
      throw new EvaluationError('the pattern would search more than 100,000 files', { kind: 'limit' });
    }
    spend(listed.entries.length * (4 + (segment === '**' ? 0 : segment.length)));
    for (const { name, kind, isLink } of listed.entries) {
      if (segment !== '**' && !segment.matches(name)) continue;
      const path = directory === '' ? name : `${directory}/${name}`;
      // A link below `**` may lead round in circles.
      if (kind === 'other' || kind === 'outside' || (kind === 'directory' && isLink && segment === '**'))
        complete = false;
      else if (kind === 'directory') visit(path, segment === '**' ? from : rest);
      else if (rest.length === 0) paths.add(path);
    }
  };
  // Folders that are named in full need no listing above them, which those outside of the root don't have.
  const [, start = '', rest = pattern] = /^((?:[^*?[\]{}\\/]+\/)*)(.*)$/s.exec(pattern) ?? [];
  visit(start.slice(0, -1), segmentsOf(rest));
  return { paths: [...paths], complete };
}

/** What one directory or file name must be; `**` is any number of directories. */
type Segment = '**' | NamePattern;

interface NamePattern {
  readonly matches: (name: string) => boolean;
  /** Code units of the pattern. */
  readonly length: number;
}

function segmentsOf(pattern: string): readonly Segment[] {
  const segments = pattern.split('/').filter((text, index, all) => text !== '**' || all[index - 1] !== '**');
  return segments.map((text) => (text === '**' ? text : namePattern(text)));
}

/** In time that grows with the length of the name and of the pattern, whatever the stars. */
function namePattern(text: string): NamePattern {
  const { RE2JS } = re2();
  const regex = RE2JS.compile(re2Of(text), RE2JS.DOTALL);
  return { matches: (name) => regex.testExact(name), length: text.length };
}

/** Braces in one another: RE2 reads them by recursion. */
const deepest = 100;

/** `\x`, a class, or one character. */
const token = /\\(?<escaped>.)|\[(?<not>\^?)(?<ranges>(?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+)\]|./gsu;

/** `*`, `?`, `[class]`, `[^class]`, `{one,other}` and `\` before any of them, in the syntax of RE2. */
function re2Of(text: string): string {
  let source = '';
  let depth = 0;
  for (const { 0: found, groups } of text.matchAll(token)) {
    const { escaped, not, ranges } = groups!;
    if (found === '[' || found === '\\' || (not === '' && ranges?.startsWith('^'))) throw malformed();
    if (escaped !== undefined) source += literal(escaped);
    else if (ranges !== undefined) source += classOf(ranges, not === '^');
    else if (found === '*') source += '.*';
    else if (found === '?') source += '.';
    else if (found === '{') {
      if (++depth > deepest)
        throw new EvaluationError('the pattern has too many braces in one another', { kind: 'limit' });
      source += '(?:';
    } else if (found === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (found === ',' && depth > 0) source += '|';
    else source += literal(found);
  }
  if (depth > 0) throw malformed();
  return source;
}

function classOf(ranges: string, isNegated: boolean): string {
  const character = (text: string): string => text.replace(/^\\/s, '');
  const kept = [...ranges.matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)].flatMap(([, first = '', last = first]) => {
    const [low, high] = [character(first), character(last)];
    return low.codePointAt(0)! > high.codePointAt(0)! ? [] : `${literal(low)}-${literal(high)}`;
  });
  // A range that goes backwards holds nothing.
  if (kept.length === 0) return isNegated ? '.' : '[^\\x00-\\x{10FFFF}]';
  return `[${isNegated ? '^' : ''}${kept.join('')}]`;
}

const literal = (character: string): string => character.replace(/[\\^$.|?*+()[\]{}&~-]/, '\\$&');

function malformed(): EvaluationError {
  return new EvaluationError('syntax error in pattern');
}
