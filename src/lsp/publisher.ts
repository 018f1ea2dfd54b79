/** Sends diagnostics of a file only if they changed. */

import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';

/** The diagnostics of one file, and which state of the document they are of. */
export interface Published {
  /** Undefined for a file that is not open. */
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const nothing: Published = { version: undefined, diagnostics: [] };

/** Keeps diagnostics by URI and by owner: trees can share a file, such as a module that lies in another repository. */
export class Publisher<Owner> {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #byUri = new Map<string, Map<Owner, Published>>();
  readonly #sent = new Map<string, Published>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Everything that an owner has to say: files that it doesn't name any more are cleared. */
  publish(owner: Owner, files: ReadonlyMap<string, Published>): void {
    for (const [uri, owners] of [...this.#byUri]) {
      if (files.has(uri) || !owners.delete(owner)) continue;
      if (owners.size === 0) this.#byUri.delete(uri);
      this.#update(uri, undefined);
    }
    for (const [uri, published] of files) {
      const owners = this.#byUri.get(uri) ?? new Map<Owner, Published>();
      this.#byUri.set(uri, owners.set(owner, published));
      this.#update(uri, published.version);
    }
  }

  #update(uri: string, version: number | undefined): void {
    const next = { version, diagnostics: diagnosticsOf([...(this.#byUri.get(uri)?.values() ?? [])]) };
    if (isSame(next, this.#sent.get(uri) ?? nothing)) return;
    if (this.#byUri.has(uri)) this.#sent.set(uri, next);
    else this.#sent.delete(uri);
    this.#send({ uri, ...(version !== undefined && { version }), diagnostics: [...next.diagnostics] });
  }
}

/** What owners say alike is said once. */
function diagnosticsOf(owners: readonly Published[]): readonly Diagnostic[] {
  const [only, other] = owners;
  if (only === undefined || other === undefined) return only?.diagnostics ?? [];
  const all = owners.flatMap(({ diagnostics }) => diagnostics);
  return all.filter((each, index) => !all.slice(0, index).some((earlier) => isSame(each, earlier)));
}

/** Whether two values, of objects and arrays without cycles, say the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  if (names.length !== others.length) return false;
  return names.every((name) => isSame((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]));
}
