/** Open documents in their trees. */

import { memoryFileSystem } from '../files.ts';
import { isAbsolutePath } from '../source/path.ts';
import type { OpenDocument } from './document.ts';
import type { Host, LintedTree } from './host.ts';
import { Project, type ProjectOptions } from './project.ts';
import type { Settings } from './settings.ts';
import type { ExplicitConfig } from './snapshot.ts';

/** A document, and where it stands. */
export interface DocumentPlace {
  readonly project: Project;
  readonly path: string;
}

type Omitted = Omit<ProjectOptions, 'explicitConfig' | 'baseConfig' | 'directories' | 'read' | 'now'>;

/** What a document without a file is called in the tree that it makes. */
const UNTITLED = 'untitled.tf';

export class Workspace {
  readonly #host: Host;
  readonly #options: Omitted;
  /** Absolute paths of the workspace folders. */
  #folders: readonly string[] = [];
  readonly #documents = new Map<string, OpenDocument>();
  readonly #placed = new Map<string, DocumentPlace>();
  readonly #projects = new Map<string, Project>();
  /** By folder; the settings of files outside of all folders stand under the empty string. */
  readonly #settings = new Map<string, Settings>();
  readonly #base: () => Settings;

  /** @param base the settings that hold where an editor says nothing of a folder */
  constructor(host: Host, base: () => Settings, options: Omitted) {
    this.#host = host;
    this.#base = base;
    this.#options = options;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  get projects(): readonly Project[] {
    return [...this.#projects.values()];
  }

  placed(uri: string): DocumentPlace | undefined {
    return this.#placed.get(uri);
  }

  document(uri: string): OpenDocument | undefined {
    return this.#documents.get(uri);
  }

  /** What holds for a document. */
  settingsOf(uri: string): Settings {
    const path = this.#host.pathOf(uri);
    return this.#settings.get((path === undefined ? undefined : this.#folderOf(path)) ?? '') ?? this.#base();
  }

  setSettings(settings: ReadonlyMap<string, Settings>): void {
    this.#settings.clear();
    for (const [folder, each] of settings) this.#settings.set(folder, each);
    this.#openWholeFolders();
    for (const project of this.#projects.values()) {
      project.invalidate();
      this.#drop(project);
    }
  }

  /** Gives each document its tree again. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    const documents = [...this.#documents.values()];
    for (const { uri } of documents) this.close(uri);
    for (const document of documents) this.set(document);
    this.#openWholeFolders();
    for (const project of this.#projects.values()) this.#drop(project);
  }

  /** Opens a document, or gives an open one its next state. Undefined for one that tfsg doesn't read, such as one side of a comparison. */
  set(document: OpenDocument): DocumentPlace | undefined {
    const { uri } = document;
    this.#documents.set(uri, document);
    const placed = this.#placed.get(uri) ?? this.#place(document);
    if (placed === undefined) return undefined;
    this.#placed.set(uri, placed);
    placed.project.set(placed.path, document);
    return placed;
  }

  /** @returns where it stood */
  close(uri: string): DocumentPlace | undefined {
    this.#documents.delete(uri);
    const placed = this.#placed.get(uri);
    this.#placed.delete(uri);
    if (placed === undefined) return undefined;
    const { project, path } = placed;
    // The same file can be open under another name.
    const other = [...this.#placed].find(([, each]) => each.project === project && each.path === path)?.[0];
    if (other === undefined) project.remove(path);
    else project.set(path, this.#documents.get(other)!);
    this.#drop(project);
    return placed;
  }

  #openWholeFolders(): void {
    for (const folder of this.#wholeFolders) this.#projectOf(this.#host.treeOf(folder, folder), folder);
  }

  /** Forgets a tree of which nothing is linted any more. */
  #drop(project: Project): void {
    if (project.documents.size === 0 && project.isIdle) this.#projects.delete(project.tree.root);
  }

  /** The folders of which all is linted. */
  get #wholeFolders(): readonly string[] {
    return this.#folders.filter((folder) => (this.#settings.get(folder) ?? this.#base()).workspace);
  }

  #place({ uri, languageId }: OpenDocument): DocumentPlace | undefined {
    const path = this.#host.pathOf(uri);
    if (path === undefined) {
      if (!uri.startsWith('untitled:') || !/terraform|tofu|^tf$|^hcl$/.test(languageId)) return undefined;
      const tree = {
        root: uri,
        fileSystem: memoryFileSystem({}),
        refresh: () => {},
        pathOf: (absolute: string) => absolute,
        uriOf: () => uri,
      };
      return { project: this.#projectOf(tree, undefined), path: UNTITLED };
    }
    const folder = this.#folderOf(path);
    const tree = this.#host.treeOf(path, folder);
    return { project: this.#projectOf(tree, folder), path: tree.pathOf(path) };
  }

  #projectOf(tree: LintedTree, folder: string | undefined): Project {
    const known = this.#projects.get(tree.root);
    if (known !== undefined) return known;
    const project = new Project(tree, {
      ...this.#options,
      now: () => this.#host.now(),
      explicitConfig: () => this.#explicitConfig(tree, folder),
      baseConfig: () => this.#named(tree, this.#host.baseConfig),
      directories: () => this.#wholeFolders.map(tree.pathOf).filter((path) => !isAbsolutePath(path)),
      read: (path) => this.#host.read(path),
    });
    this.#projects.set(tree.root, project);
    return project;
  }

  #explicitConfig(tree: LintedTree, folder: string | undefined): ExplicitConfig | undefined {
    const { config } = this.#settings.get(folder ?? '') ?? this.#base();
    return this.#named(tree, config === undefined ? undefined : this.#host.resolve(folder ?? tree.root, config));
  }

  #named(tree: LintedTree, absolute: string | undefined): ExplicitConfig | undefined {
    if (absolute === undefined) return undefined;
    return { path: tree.pathOf(absolute), content: this.#host.read(absolute) ?? 'no such file or directory' };
  }

  /** The innermost workspace folder that a file lies in. */
  #folderOf(path: string): string | undefined {
    return this.#folders
      .filter((folder) =>
        path.startsWith(/[\\/]$/.test(folder) ? folder : `${folder}${path.includes('\\') ? '\\' : '/'}`),
      )
      .reduce<string | undefined>(
        (inner, each) => (inner === undefined || each.length > inner.length ? each : inner),
        undefined,
      );
  }
}
