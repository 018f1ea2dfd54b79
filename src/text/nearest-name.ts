/** The name that was probably intended. */

/**
 * The candidate with the fewest slips of the pen between it and `name` (a letter more, fewer, other or swapped with its
 * neighbour; case doesn't count), the earliest of equals. Undefined if none is near: more than a third of the letters
 * differ, or the numbers at their ends, as in CKV_AWS_24 and CKV_AWS_25.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const limit = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3));
    if (Math.abs(name.length - candidate.length) > limit) continue;
    const slips = distance(wanted, candidate.toLowerCase());
    if (slips <= limit && slips < least && !isOtherNumber(wanted, candidate)) [nearest, least] = [candidate, slips];
  }
  return nearest;
}

/** Whether two names end in different numbers. */
function isOtherNumber(a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) => /\d[\d.]*$/.exec(name)?.[0].split('.').map(Number).join('.'));
  return first !== undefined && second !== undefined && first !== second;
}

/** Optimal string alignment: https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + differs);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
