/** Which paths a text in a configuration can name, without evaluating it. */

import { joinPath } from '../modules/load.ts';

/** A path of the tree, one below the unit that includes the file, what a path has to match, or any path. */
export type PathReference =
  | { readonly kind: 'relative'; readonly path: string }
  | { readonly kind: 'exact'; readonly path: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'any' };

export const anyPath: PathReference = { kind: 'any' };

/** What a file says that several units include, for one of them. */
export function pathReferenceOfUnit(reference: PathReference, unit: string): PathReference {
  const path = reference.kind === 'relative' ? joinPath(unit, reference.path) : undefined;
  return path === undefined ? reference : { kind: 'exact', path };
}

/** Stands for what an interpolation or a wildcard can be. */
const HOLE = '\0';

/** What names the directory of the file itself. */
const ownDirectory = /^\$\{\s*(?:path\.module|get_(?:original_)?terragrunt_dir\(\))\s*\}/;

/**
 * The paths that a template, as it is written between quotes, can name. What it starts from is not known but for `path.module`: any
 * path with that end counts.
 *
 * @param directory of the file; undefined for that of whatever unit includes it
 * @param isRelative whether a path without a start is one of the directory
 */
export function pathReference(template: string, directory: string | undefined, isRelative = false): PathReference {
  const isOwn = ownDirectory.test(template);
  const text = withHoles(template.replace(ownDirectory, '.').replaceAll('\\', '/'));
  if ((isOwn || isRelative) && !text.includes(HOLE) && !text.startsWith('/')) {
    if (directory === undefined) return { kind: 'relative', path: text };
    const path = joinPath(directory, text);
    if (path !== undefined) return { kind: 'exact', path };
  }
  const steps = text.split(/\/+/).filter((step) => step !== '.' && step !== '');
  const end = steps.slice(steps.lastIndexOf('..') + 1).join('/');
  if (/^[\0/]*$/.test(end)) return anyPath;
  const isBelow = isOwn && directory !== undefined && !steps.includes('..');
  const start = isBelow ? `^${expressionOf(directory === '' ? '' : `${directory}/`)}` : '(?:^|/)';
  return { kind: 'pattern', pattern: new RegExp(`${start}${expressionOf(end)}$`) };
}

/** What equals a template, whatever its interpolations are. */
export const patternOf = (template: string): RegExp => new RegExp(`^${expressionOf(withHoles(template))}$`);

const expressionOf = (text: string): string =>
  text
    .split(HOLE)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');

/** With wildcards of `fileset` as what can be anything. */
export const globAsTemplate = (glob: string): string => glob.replace(/(?<!\$)[*?{[].*$/s, '${*}');

function withHoles(template: string): string {
  let text = '';
  for (let at = 0; at < template.length; at++) {
    if (/^[$%]\{/.test(template.slice(at, at + 2))) {
      at = endOfInterpolation(template, at + 2) - 1;
      text += HOLE;
    } else text += template[at];
  }
  return text;
}

/** A template in quotes. */
export interface QuotedText {
  /** As it is written, without the quotes. */
  readonly text: string;
  /** Offset behind the closing quote. */
  readonly end: number;
}

/** The template that starts with the quote at an offset; undefined if there is none, or it does not end. */
export function quotedAt(text: string, start: number): QuotedText | undefined {
  if (text[start] !== '"') return undefined;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '"') return { text: text.slice(start + 1, at), end: at + 1 };
    if (character === '\n') return undefined;
    if (character === '\\') at++;
    else if ((character === '$' || character === '%') && text[at + 1] === '{')
      at = endOfInterpolation(text, at + 2) - 1;
  }
  return undefined;
}

/** Offset behind the brace that closes an interpolation. */
function endOfInterpolation(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = (quotedAt(text, at)?.end ?? text.length) - 1;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}
