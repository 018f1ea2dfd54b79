/** Which directories read a path, found by the path. */

import { type PathReference, pathReferenceOfUnit } from './path-reference.ts';
import type { TextScan } from './scan.ts';

export class PathReaders {
  readonly #directories = new Readers();
  readonly #files = new Readers();
  /** Who reads states, by what a literal of the backend has to match. */
  readonly #states: { readonly reader: string; readonly place: RegExp }[] = [];
  readonly #backends = new Map<string, Set<string>>();

  add(directory: string, scan: TextScan): void {
    for (const each of scan.directories) this.#directories.add(each, directory);
    for (const each of scan.files) this.#files.add(each, directory);
    for (const place of scan.states) this.#states.push({ reader: directory, place });
    if (scan.backends.length === 0) return;
    const known = this.#backends.get(directory) ?? new Set();
    this.#backends.set(directory, known);
    for (const literal of scan.backends) known.add(literal);
  }

  /** What files say that all units may include. */
  addShared(unit: string, scan: TextScan): void {
    for (const each of scan.directories) this.#directories.add(pathReferenceOfUnit(each, unit), unit);
    for (const each of scan.files) this.#files.add(pathReferenceOfUnit(each, unit), unit);
  }

  /** What the configuration of tfsg for a directory names. */
  addSetting(directory: string, path: string): void {
    this.#files.add({ kind: 'exact', path }, directory);
    this.#directories.add({ kind: 'exact', path }, directory);
  }

  /** Directories that call a directory, or depend on it. */
  callersOf(directory: string): ReadonlySet<string> {
    return this.#directories.of(directory);
  }

  /**
   * Directories that read a file.
   *
   * @param isNamed whether only those count that name it, as hardly anybody reads such a file as text
   */
  readersOf(path: string, isNamed: boolean): ReadonlySet<string> {
    return this.#files.of(path, isNamed);
  }

  /** @param isUnit whether Terragrunt says where its state is */
  readersOfState(directory: string, isUnit: boolean): readonly string[] {
    const literals = [...(this.#backends.get(directory) ?? [])];
    if (!isUnit && literals.length === 0) return [];
    return this.#states
      .filter(({ place }) => isUnit || literals.some((literal) => place.test(literal)))
      .map(({ reader }) => reader);
  }
}

class Readers {
  readonly #exact = new Map<string, Set<string>>();
  /** By the text of the pattern. */
  readonly #patterns = new Map<string, { readonly pattern: RegExp; readonly readers: Set<string> }>();
  readonly #any = new Set<string>();

  add(reference: PathReference, reader: string): void {
    if (reference.kind === 'any') this.#any.add(reader);
    else if (reference.kind === 'pattern') {
      const known = this.#patterns.get(reference.pattern.source) ?? { pattern: reference.pattern, readers: new Set() };
      this.#patterns.set(reference.pattern.source, known);
      known.readers.add(reader);
    } else {
      const known = this.#exact.get(reference.path) ?? new Set();
      this.#exact.set(reference.path, known);
      known.add(reader);
    }
  }

  of(path: string, isNamed = false): ReadonlySet<string> {
    const matching = [...this.#patterns.values()].filter(({ pattern }) => pattern.test(path));
    return new Set([
      ...(isNamed ? [] : this.#any),
      ...(this.#exact.get(path) ?? []),
      ...matching.flatMap(({ readers }) => [...readers]),
    ]);
  }
}
