/** The tree as the module of a unit sees it: Terragrunt copies the unit's files into the module's directory, and generates others. */

import type { DirectoryEntry, FileSystem, ListResult, ReadResult } from '../../files.ts';
import { folderOf } from '../../source/path.ts';

/** Where a unit and its module lie. */
export interface UnitPlace {
  readonly unit: string;
  readonly module: string;
  /** Contents by path relative to the module. */
  readonly generated: ReadonlyMap<string, string>;
}

/** The files of the unit are links to where they are, so that what is found in them is found there. */
export function unitFileSystem(base: FileSystem, { unit, module, generated }: UnitPlace): FileSystem {
  const listed = unit === module ? undefined : base.list(unit);
  const entries = listed?.kind === 'directory' ? listed.entries : [];
  const copied = new Set(entries.flatMap(({ name }) => (isCopied(name) ? name : [])));
  const within = (directory: string, path: string): string => (directory === '' ? path : `${directory}/${path}`);
  /** Relative to the module; undefined for what is elsewhere. */
  const inModule = (path: string): string | undefined => {
    if (module === '') return path;
    return path.startsWith(`${module}/`) ? path.slice(module.length + 1) : undefined;
  };
  /** A path of the unit that stands in place of one of the module. */
  const copyOf = (rest: string): string | undefined =>
    copied.has(rest.split('/', 1)[0]!) ? within(unit, rest) : undefined;
  /** Generated files have the place where Terragrunt would write them for the unit. */
  const generatedAt = new Map([...generated].map(([name, text]) => [within(unit, name), text]));
  const generatedFile = (path: string): ReadResult | undefined => {
    const text = generatedAt.get(path);
    return text === undefined ? undefined : { kind: 'file', bytes: new TextEncoder().encode(text) };
  };
  const placeOf = (path: string): string => {
    const rest = inModule(path);
    if (rest === undefined) return path;
    if (generated.has(rest)) return within(unit, rest);
    const copy = copyOf(rest);
    return copy !== undefined && base.read(copy).kind === 'file' ? copy : path;
  };
  return {
    ...base,
    read(path) {
      const place = placeOf(path);
      return generatedFile(place) ?? base.read(place);
    },
    list(path) {
      const own = base.list(path);
      const rest = path === module ? '' : inModule(path);
      if (rest === undefined) return own;
      const added = new Map<string, DirectoryEntry>();
      if (rest === '') {
        for (const entry of entries) if (copied.has(entry.name)) added.set(entry.name, asLink(entry));
        for (const name of generated.keys()) {
          if (!name.includes('/')) added.set(name, { name, kind: 'file', isLink: true });
        }
      } else {
        const copy = copyOf(rest);
        const more = copy === undefined ? undefined : base.list(copy);
        if (more?.kind === 'directory') for (const entry of more.entries) added.set(entry.name, asLink(entry));
      }
      return added.size === 0 ? own : withEntries(own, added);
    },
    real(path) {
      const place = placeOf(path);
      return generatedAt.has(place) ? place : base.real(place);
    },
  };
}

/** Source: https://docs.terragrunt.com/reference/hcl/blocks#terraform, `include_in_copy`: hidden files are left out. */
const isCopied = (name: string): boolean => !name.startsWith('.') && !/^terragrunt\..*hcl(?:\.json)?$/.test(name);

/** Directories are walked as such. */
const asLink = (entry: DirectoryEntry): DirectoryEntry =>
  entry.kind === 'directory' ? entry : { ...entry, isLink: true };

function withEntries(listed: ListResult, added: ReadonlyMap<string, DirectoryEntry>): ListResult {
  const entries = new Map(listed.kind === 'directory' ? listed.entries.map((entry) => [entry.name, entry]) : []);
  for (const [name, entry] of added) entries.set(name, entry);
  return { kind: 'directory', entries: [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Directories that stand for others, as those of units that a stack makes. */
export class Mounts {
  readonly #base: FileSystem;
  readonly #sources = new Map<string, string>();
  readonly files: FileSystem;

  constructor(base: FileSystem) {
    this.#base = base;
    this.files = {
      ...base,
      read: (path) => base.read(this.#sourceOf(path)),
      list: (path) => base.list(this.#sourceOf(path)),
      real: (path) => base.real(this.#sourceOf(path)),
    };
  }

  /** Whether there is such a directory without this. */
  isTaken(directory: string): boolean {
    return this.#base.list(directory).kind === 'directory';
  }

  add(directory: string, source: string): void {
    this.#sources.set(directory, source);
  }

  /** The longest of the directories that the path lies in decides. */
  #sourceOf(path: string): string {
    if (this.#sources.size === 0) return path;
    for (let at = path; at !== ''; at = folderOf(at)) {
      const source = this.#sources.get(at);
      if (source !== undefined) return `${source}${path.slice(at.length)}`.replace(/^\//, '');
    }
    return path;
  }
}
