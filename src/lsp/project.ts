/** A tree with open documents, linted whenever they or the disk change. */

import { QueryCache } from '../collections/query-cache.ts';
import type { OpenDocument } from './document.ts';
import type { LintedTree } from './host.ts';
import { type ExplicitConfig, type Snapshot, standsForDirectory, type TreeState, takeSnapshot } from './snapshot.ts';

/** A run begins so long after the last change, and at the latest so long after the first one. */
const DEBOUNCE_MS = 50;
const MAX_DELAY_MS = 100;

export interface ProjectOptions {
  /** Of the settings that hold now. */
  readonly explicitConfig: (tree: LintedTree) => ExplicitConfig | undefined;
  /** A config below all others. */
  readonly baseConfig: (tree: LintedTree) => ExplicitConfig | undefined;
  /** Paths of the tree below which everything is linted, whatever is open. */
  readonly directories: () => readonly string[];
  /** A file of the disk by its absolute path, or why it can't be read. */
  readonly read: (path: string) => Uint8Array | string;
  readonly now: () => number;
  /** Told now and then that a run goes on. */
  readonly onProgress?: (() => void) | undefined;
  /** Takes each state that is to be shown, unless a change came in meanwhile. */
  readonly show: (project: Project, snapshot: Snapshot) => void;
  readonly onFailure: (error: unknown) => void;
}

export class Project {
  readonly tree: LintedTree;
  readonly #options: ProjectOptions;
  readonly #documents = new Map<string, OpenDocument>();
  readonly #cache = new QueryCache();
  /** Counts changes: a run that began before the last one is out of date. */
  #generation = 0;
  #latest: { readonly generation: number; readonly snapshot: Snapshot } | undefined;
  #shown = -1;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first change came that no run has begun after. */
  #since: number | undefined;

  constructor(tree: LintedTree, options: ProjectOptions) {
    this.tree = tree;
    this.#options = options;
  }

  get documents(): ReadonlyMap<string, OpenDocument> {
    return this.#documents;
  }

  /** Whether there is nothing to lint. */
  get isIdle(): boolean {
    return ![...this.#documents.keys()].some(standsForDirectory) && this.#options.directories().length === 0;
  }

  set(path: string, document: OpenDocument): void {
    this.#documents.set(path, document);
    this.#generation++;
  }

  remove(path: string): void {
    this.#documents.delete(path);
    this.#generation++;
  }

  /** Something else that runs read has changed. */
  invalidate(): void {
    this.tree.refresh();
    this.#generation++;
  }

  /** Shows the findings soon: when no other change has come for a while. */
  schedule(): void {
    const now = this.#options.now();
    this.#since ??= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.showNow(),
      Math.max(0, Math.min(DEBOUNCE_MS, this.#since + MAX_DELAY_MS - now)),
    );
  }

  /** Shows the findings of the state that there is now. Never rejects. */
  async showNow(): Promise<void> {
    this.#stopTimer();
    try {
      const snapshot = await this.fresh();
      const generation = this.#latest?.generation ?? -1;
      if (this.#shown >= generation || generation !== this.#generation) return;
      this.#shown = generation;
      this.#options.show(this, snapshot);
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  /** The state that there is now, linted; changes on the way make it another run. */
  async fresh(): Promise<Snapshot> {
    for (;;) {
      if (this.#latest?.generation === this.#generation) return this.#latest.snapshot;
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
      await this.#running;
    }
  }

  /** The last state that was linted, which changes may have come after; where there is none, the one that there is now. */
  async last(): Promise<Snapshot> {
    return this.#latest?.snapshot ?? this.fresh();
  }

  close(): void {
    this.#stopTimer();
    this.#documents.clear();
    this.#generation++;
  }

  async #run(): Promise<void> {
    const generation = this.#generation;
    const { explicitConfig, baseConfig, directories, read, now, onProgress } = this.#options;
    const state: TreeState = {
      disk: this.tree.fileSystem,
      documents: new Map(this.#documents),
      directories: directories(),
      named: { explicit: explicitConfig(this.tree), base: baseConfig(this.tree), read },
      today: new Date(now()).toISOString().slice(0, 10),
      cache: this.#cache,
      onProgress,
    };
    const snapshot = await takeSnapshot(state);
    this.#latest = { generation, snapshot };
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#since = undefined;
  }
}
