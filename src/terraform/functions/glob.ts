/** Patterns of file names as fileset accepts them (https://github.com/bmatcuk/doublestar/tree/v1.1.5). */

import type { FileSystem } from '../../files.ts';
import { EvaluationError } from '../values/errors.ts';

export interface FoundFiles {
  /** As paths of the file system, in no order. */
  readonly paths: readonly string[];
  /** False where a link may lead to more, or a directory could not be read. */
  readonly complete: boolean;
}

const maximumEntries = 100_000;

/**
 * The regular files that a pattern names.
 *
 * @param pattern clean and relative, from the root of `files`
 * @param onListed told of the number of entries before they are checked
 * @throws EvaluationError for a malformed pattern, and of kind `limit` past 100,000 directory entries
 */
export function findFiles(files: FileSystem, pattern: string, onListed: (entries: number) => void): FoundFiles {
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
    onListed(listed.entries.length);
    for (const { name, kind, isLink } of listed.entries) {
      if (segment !== '**' && !matches(segment, name)) continue;
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
type Segment = '**' | readonly Part[];

type Part =
  | { readonly kind: 'run' }
  | { readonly kind: 'character'; readonly test: (character: string) => boolean }
  | { readonly kind: 'choice'; readonly options: readonly (readonly Part[])[] };

function segmentsOf(pattern: string): readonly Segment[] {
  const segments = pattern.split('/').filter((text, index, all) => text !== '**' || all[index - 1] !== '**');
  return segments.map((text) => (text === '**' ? text : new SegmentReader(text).parts()));
}

/** In time that grows with the length of the name and of the segment, whatever the stars. */
function matches(segment: readonly Part[], name: string): boolean {
  const characters = [...name];
  return advance(segment, new Set([0]), characters).has(characters.length);
}

/** Where the parts can end if they begin at one of the positions. */
function advance(
  parts: readonly Part[],
  from: ReadonlySet<number>,
  characters: readonly string[],
): ReadonlySet<number> {
  let positions = from;
  for (const part of parts) {
    const next = new Set<number>();
    if (part.kind === 'choice') {
      for (const option of part.options) for (const end of advance(option, positions, characters)) next.add(end);
    } else if (part.kind === 'run') {
      for (let end = Math.min(...positions); end <= characters.length; end++) next.add(end);
    } else {
      for (const position of positions) {
        const character = characters[position];
        if (character !== undefined && part.test(character)) next.add(position + 1);
      }
    }
    positions = next;
  }
  return positions;
}

/** Reads `*`, `?`, `[class]`, `[^class]`, `{one,other}` and `\` before any of them. */
class SegmentReader {
  readonly #characters: readonly string[];
  #position = 0;

  constructor(text: string) {
    this.#characters = [...text];
  }

  parts(): readonly Part[] {
    const parts = this.#sequence(false);
    if (this.#position < this.#characters.length) throw malformed();
    return parts;
  }

  #sequence(isOption: boolean): readonly Part[] {
    const parts: Part[] = [];
    for (;;) {
      const character = this.#characters[this.#position];
      if (character === undefined) return parts;
      if (isOption && (character === ',' || character === '}')) return parts;
      this.#position++;
      if (character === '*') parts.push({ kind: 'run' });
      else if (character === '?') parts.push({ kind: 'character', test: () => true });
      else if (character === '{') parts.push(this.#choice());
      else if (character === '[') parts.push(this.#class());
      else {
        const wanted = character === '\\' ? this.#next() : character;
        parts.push({ kind: 'character', test: (given) => given === wanted });
      }
    }
  }

  #choice(): Part {
    const options: (readonly Part[])[] = [];
    for (;;) {
      options.push(this.#sequence(true));
      if (this.#next() === '}') return { kind: 'choice', options };
    }
  }

  #class(): Part {
    const isNegated = this.#characters[this.#position] === '^';
    if (isNegated) this.#position++;
    const ranges: (readonly [string, string])[] = [];
    while (this.#characters[this.#position] !== ']' || ranges.length === 0) {
      const low = this.#classCharacter();
      if (this.#characters[this.#position] === '-') {
        this.#position++;
        ranges.push([low, this.#classCharacter()]);
      } else ranges.push([low, low]);
    }
    this.#position++;
    const holds = (given: string): boolean =>
      ranges.some(([low, high]) => {
        const code = given.codePointAt(0)!;
        return low.codePointAt(0)! <= code && code <= high.codePointAt(0)!;
      });
    return { kind: 'character', test: (given) => holds(given) !== isNegated };
  }

  #classCharacter(): string {
    const character = this.#next();
    if (character === '-' || character === ']') throw malformed();
    return character === '\\' ? this.#next() : character;
  }

  #next(): string {
    const character = this.#characters[this.#position++];
    if (character === undefined) throw malformed();
    return character;
  }
}

function malformed(): EvaluationError {
  return new EvaluationError('syntax error in pattern');
}
