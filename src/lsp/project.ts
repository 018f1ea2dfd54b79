/** A tree with open documents, linted whenever they or the disk change. */

import { QueryCache } from '../collections/query-cache.ts';
import type { OpenDocument } from './document.ts';
import type { LintedTree } from './host.ts';
import { type ExplicitConfig, type Snapshot, standsForDirectory, type TreeState, takeSnapshot } from './snapshot.ts';

/**
 * A change that none came shortly before is shown at once, where a run is quick. Otherwise a run begins so long after the last change,
 * and at the latest so long after the first one.
 */
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
  readonly read: (path: string) => Uint8Array | string | undefined;
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
  /** Of the runs over all that is linted, where that is more than the directories of the documents: each would drop what only the other needs. */
  readonly #wholeCache = new QueryCache();
  /** Counts changes: a run that began before the last one is out of date. */
  #generation = 0;
  #latest: { readonly generation: number; readonly snapshot: Snapshot } | undefined;
  #shown: Snapshot | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether what is scheduled has to be more than the directories of the documents. */
  #isWholeDue = false;
  /** When the first change came that no run has begun after. */
  #since: number | undefined;
  #lastChange = Number.NEGATIVE_INFINITY;
  /** Milliseconds that the last run took. */
  #lastRun = Number.POSITIVE_INFINITY;

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

  /**
   * Shows the findings soon: at once for a change that comes alone, or when no other has come for a while.
   *
   * @param isOfDocuments whether those in the directories of the documents are enough for now
   */
  schedule(isOfDocuments: boolean): void {
    this.#isWholeDue ||= !isOfDocuments;
    const now = this.#options.now();
    this.#since ??= now;
    const isAlone = now - this.#lastChange >= DEBOUNCE_MS;
    this.#lastChange = now;
    const isAtOnce = isAlone && isOfDocuments && this.#lastRun < DEBOUNCE_MS;
    const delay = isAtOnce ? 0 : Math.max(0, Math.min(DEBOUNCE_MS, this.#since + MAX_DELAY_MS - now));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(this.#isWholeDue), delay);
  }

  /** Shows the findings of the state that there is now. Never rejects. */
  showNow(): Promise<void> {
    return this.#show(true);
  }

  async #show(isWhole: boolean): Promise<void> {
    this.#stopTimer();
    try {
      const snapshot = await this.fresh(isWhole);
      if (this.#shown === snapshot || this.#latest?.snapshot !== snapshot) return;
      if (this.#latest.generation !== this.#generation) return;
      this.#shown = snapshot;
      this.#options.show(this, snapshot);
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  /**
   * The state that there is now, linted; changes on the way make it another run.
   *
   * @param needsWhole whether the directories of the documents are not enough, where more is to be linted
   */
  async fresh(needsWhole = false): Promise<Snapshot> {
    for (;;) {
      const { generation, snapshot } = this.#latest ?? {};
      if (generation === this.#generation && (snapshot!.isWhole || !needsWhole)) return snapshot!;
      // What nobody has opened is linted whole.
      const isWhole = needsWhole || snapshot === undefined || this.#documents.size === 0;
      this.#running ??= this.#run(isWhole).finally(() => {
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

  async #run(isWhole: boolean): Promise<void> {
    const generation = this.#generation;
    const start = this.#options.now();
    const { explicitConfig, baseConfig, directories, read, onProgress } = this.#options;
    const more = directories();
    const isPart = !isWhole && more.length > 0;
    const state: TreeState = {
      disk: this.tree.fileSystem,
      documents: new Map(this.#documents),
      directories: isPart ? [] : more,
      isWhole: !isPart,
      named: { explicit: explicitConfig(this.tree), base: baseConfig(this.tree), read },
      today: new Date(start).toISOString().slice(0, 10),
      cache: more.length > 0 && !isPart ? this.#wholeCache : this.#cache,
      onProgress,
    };
    const snapshot = await takeSnapshot(state);
    this.#latest = { generation, snapshot };
    this.#lastRun = this.#options.now() - start;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#since = undefined;
    this.#isWholeDue = false;
  }
}
