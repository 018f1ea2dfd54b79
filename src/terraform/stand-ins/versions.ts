/** Constraints of versions, and the lines of versions that they allow. */

/** Numbers of a version, most significant first; what is missing at the end is 0. */
type Version = readonly number[];

/** Versions from `from` up to, and without, `to`; no `to` for all later ones. */
interface Range {
  readonly from: Version;
  readonly to: Version | undefined;
}

/**
 * Whether a constraint allows any version of a line, such as those of 5.x. What it says of pre-releases is passed over.
 *
 * Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 *
 * @param line the first numbers of all of its versions: `5`, `0.25`
 * @returns false too where the constraint can't be read
 */
export function allowsLine(constraint: string, line: string): boolean {
  const numbers = numbersOf(line);
  let { from, to }: Range = { from: numbers, to: next(numbers) };
  for (const part of constraint.split(',')) {
    const range = rangeOf(part);
    if (range === undefined) return false;
    if (compare(range.from, from) > 0) from = range.from;
    if (range.to !== undefined && compare(range.to, to!) < 0) to = range.to;
  }
  return compare(from, to!) < 0;
}

/** Later lines first. */
export const byLine = (a: string, b: string): number => compare(numbersOf(b), numbersOf(a));

/** Undefined for what is no constraint. One version that is left out leaves others of its line. */
function rangeOf(constraint: string): Range | undefined {
  const [, operator = '', text] =
    /^\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d+(?:\.\d+){0,2})(?:[-+][\w.+-]*)?\s*$/.exec(constraint) ?? [];
  if (text === undefined) return undefined;
  const version = numbersOf(text);
  const after = [version[0]!, version[1] ?? 0, (version[2] ?? 0) + 1];
  switch (operator) {
    case '':
    case '=':
      return { from: version, to: after };
    case '!=':
      return { from: [0], to: undefined };
    case '>':
      return { from: after, to: undefined };
    case '>=':
      return { from: version, to: undefined };
    case '<':
      return { from: [0], to: version };
    case '<=':
      return { from: [0], to: after };
    default:
      // The last number may grow; of a single one it is that.
      return { from: version, to: version.length === 1 ? undefined : next(version.slice(0, -1)) };
  }
}

const numbersOf = (text: string): Version => text.split('.').map(Number);

const next = (numbers: Version): Version => [...numbers.slice(0, -1), numbers.at(-1)! + 1];

function compare(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
