/** The names of checks: their ids, and what other tools and standards call the same. */

import { nearestName } from '../text/nearest-name.ts';
import { type AliasOwner, allAliases, shownAliases } from './aliases.ts';
import type { Check } from './check.ts';

/** The one table of names, for configs, comments and the command line. Upper and lower case are alike. */
export class CheckNames {
  readonly #checks: readonly Check[];
  readonly #byKey = new Map<string, { readonly spelling: string; readonly checks: Check[] }>();
  readonly #inOldComments = new Map<string, Check[]>();
  #misspelt = 0;
  readonly #ofTools = new Map<AliasOwner, ReadonlySet<string>>();

  constructor(checks: readonly Check[]) {
    this.#checks = checks;
    for (const check of checks) {
      for (const spelling of [check.id, ...allAliases(check.aliases)]) {
        const key = spelling.toLowerCase();
        const known = this.#byKey.get(key);
        if (known === undefined) this.#byKey.set(key, { spelling, checks: [check] });
        else if (!known.checks.includes(check)) known.checks.push(check);
      }
      for (const id of allAliases(check.earlierAliases ?? {})) {
        const key = id.toLowerCase();
        this.#inOldComments.set(key, [...(this.#inOldComments.get(key) ?? []), check]);
      }
    }
  }

  /** The checks with a name, by which other tools' ids may call several; undefined if there is none. */
  find(name: string): readonly Check[] | undefined {
    return this.#byKey.get(name.toLowerCase())?.checks;
  }

  /** Ids of the checks that a comment means by a name, also by what the name meant once; undefined if there is none. */
  findInComment(name: string): ReadonlySet<string> | undefined {
    const found = [...(this.find(name) ?? []), ...(this.#inOldComments.get(name.toLowerCase()) ?? [])];
    return found.length === 0 ? undefined : new Set(found.map(({ id }) => id));
  }

  /** Each name once, as whoever has it writes it. */
  get spellings(): readonly string[] {
    return [...this.#byKey.values()].map(({ spelling }) => spelling);
  }

  /** A name as whoever has it writes it; undefined if there is none. */
  spellingOf(name: string): string | undefined {
    return this.#byKey.get(name.toLowerCase())?.spelling;
  }

  /** The name that was probably meant; for the first 1,000 that are asked for. */
  nearest(name: string): string | undefined {
    this.#misspelt += 1;
    return this.#misspelt <= 1000 ? nearestName(name, this.spellings) : undefined;
  }

  /** Ids of all checks for which a tool has a counterpart: what a comment of that tool without ids can be about. */
  ofTool(tool: AliasOwner): ReadonlySet<string> {
    const known =
      this.#ofTools.get(tool) ??
      new Set(
        this.#checks
          .filter(({ aliases, earlierAliases }) => aliases[tool] !== undefined || earlierAliases?.[tool] !== undefined)
          .map(({ id }) => id),
      );
    this.#ofTools.set(tool, known);
    return known;
  }
}

/** A check's id and another tool's id for it, to show what names look like. */
export function exampleNames(checks: readonly Check[]): readonly string[] {
  return checks.slice(0, 1).flatMap(({ id, aliases }) => [id, ...shownAliases(aliases).slice(0, 1)]);
}
