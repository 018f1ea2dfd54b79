/** Versions of modules, and what a call allows them to be. */

interface Version {
  /** Three at least. */
  readonly numbers: readonly number[];
  /** Empty for a release. */
  readonly prerelease: string;
  /** How many numbers are written. */
  readonly written: number;
}

const versionText = /^v?(?<numbers>\d+(?:\.\d+)*)(?:-(?<prerelease>[\w.-]+))?(?:\+[\w.-]+)?$/;

function versionOf(text: string): Version | undefined {
  const parts = versionText.exec(text.trim())?.groups;
  if (parts === undefined) return undefined;
  const numbers = parts['numbers']!.split('.').map(Number);
  const padded = [...numbers, ...Array<number>(Math.max(0, 3 - numbers.length)).fill(0)];
  return { numbers: padded, prerelease: parts['prerelease'] ?? '', written: numbers.length };
}

export const isVersion = (text: string): boolean => versionOf(text) !== undefined;

/** Positive where the first one is later; what is no version is before all versions. */
export function compareVersions(a: string | undefined, b: string | undefined): number {
  const [first, second] = [versionOf(a ?? ''), versionOf(b ?? '')];
  if (first === undefined || second === undefined) return Number(first !== undefined) - Number(second !== undefined);
  return compare(first, second);
}

function compare(a: Version, b: Version): number {
  const length = Math.max(a.numbers.length, b.numbers.length);
  for (let at = 0; at < length; at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

/** A release is later than what came before it. Source: https://semver.org/#spec-item-11 */
function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const [first, second] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const [x, y] = [first[at], second[at]];
    if (x === y) continue;
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const [isNumber, isOther] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (isNumber && isOther) return Number(x) - Number(y);
    if (isNumber !== isOther) return isNumber ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

/**
 * Whether a version is one that the `version` of a call allows. A pre-release is only what a constraint with `=` names.
 *
 * Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function isAllowedVersion(text: string, constraints: string): boolean {
  const version = versionOf(text);
  if (version === undefined) return false;
  const parts = constraints
    .split(',')
    .map((part) => /^\s*(?<operator>[=!<>~]*)\s*(?<version>[\s\S]*)$/.exec(part)!.groups!);
  const isNamed = parts.some(({ operator, version: named }) => {
    const wanted = versionOf(named!);
    return (operator === '' || operator === '=') && wanted !== undefined && compare(version, wanted) === 0;
  });
  if (version.prerelease !== '' && !isNamed) return false;
  return parts.every(({ operator, version: named }) => {
    const wanted = versionOf(named!);
    return wanted !== undefined && isAllowed(version, operator!, wanted);
  });
}

function isAllowed(version: Version, operator: string, wanted: Version): boolean {
  const order = compare(version, wanted);
  switch (operator) {
    case '':
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '~>':
      // Only the last number that is written may grow.
      return (
        order >= 0 && wanted.numbers.slice(0, wanted.written - 1).every((part, at) => part === version.numbers[at])
      );
    default:
      return false;
  }
}
