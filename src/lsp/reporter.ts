/** Reports results to the editor: diagnostics at places, and messages for the rest. */

import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { escapeControls } from '../report/escape.ts';
import { folderOf } from '../source/path.ts';
import type { Problem } from '../source/problem.ts';
import { DiagnosticMaker } from './diagnostics.ts';
import type { EditorPlaces } from './places.ts';
import { type Published, Publisher } from './publisher.ts';
import type { Snapshot } from './snapshot.ts';

export interface ReporterOptions {
  readonly pageOf: (check: string) => string | undefined;
  readonly publish: (params: PublishDiagnosticsParams) => void;
  /** Shows a message to the user. */
  readonly alert: (message: string) => void;
  /** Puts a message where the user looks who asks. */
  readonly log: (message: string) => void;
}

/** @typeParam Project a tree with open documents, by its identity alone */
export class Reporter<Project extends object> {
  readonly #options: ReporterOptions;
  readonly #publisher: Publisher<Project>;
  readonly #makers = new WeakMap<Project, DiagnosticMaker>();
  /** What was said, by path. */
  readonly #files = new WeakMap<Project, ReadonlyMap<string, Published>>();
  /** Messages without a place that were shown: each is said once, until it is no more true. */
  readonly #said = new WeakMap<Project, ReadonlySet<string>>();

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#publisher = new Publisher(options.publish);
  }

  /** Says what was found, for open documents also that nothing was. */
  report(project: Project, snapshot: Snapshot, places: EditorPlaces): void {
    const maker = this.#makers.get(project) ?? new DiagnosticMaker(this.#options.pageOf);
    this.#makers.set(project, maker);
    const found = maker.make(snapshot, places);
    const files = new Map<string, Published>();
    for (const [path, { version }] of snapshot.documents) {
      files.set(path, { version, diagnostics: found.get(path) ?? [] });
    }
    for (const [path, diagnostics] of found) {
      if (!snapshot.documents.has(path)) files.set(path, { version: undefined, diagnostics });
    }
    const said = snapshot.isWhole ? files : this.#amended(project, files, snapshot);
    this.#files.set(project, said);
    this.#publisher.publish(project, new Map([...said].map(([path, each]) => [places.uriOf(path), each])));
    this.#say(
      project,
      snapshot.problems.filter(({ span }) => span === undefined || span.file.isVirtual),
    );
  }

  /** What was said before, with what is said now of the directories of the documents: of the others the run knows a part. */
  #amended(
    project: Project,
    files: ReadonlyMap<string, Published>,
    { documents }: Snapshot,
  ): ReadonlyMap<string, Published> {
    const folders = new Set([...documents.keys()].map(folderOf));
    const isLinted = ([path]: readonly [string, Published]): boolean => folders.has(folderOf(path));
    const before = [...(this.#files.get(project) ?? [])].filter((each) => !isLinted(each));
    return new Map([...before, ...[...files].filter(isLinted)]);
  }

  /** Takes back everything that was said of a project. */
  clear(project: Project): void {
    this.#publisher.publish(project, new Map());
    this.#said.delete(project);
    this.#files.delete(project);
  }

  #say(project: Project, problems: readonly Problem[]): void {
    const before = this.#said.get(project) ?? new Set();
    const said = new Set<string>();
    for (const { severity, message, hint } of problems) {
      const text = escapeControls(`tfsg: ${hint === undefined ? message : `${message} ${hint}`}`);
      if (!before.has(text) && !said.has(text)) this.#options[severity === 'error' ? 'alert' : 'log'](text);
      said.add(text);
    }
    this.#said.set(project, said);
  }
}
