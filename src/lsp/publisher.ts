/** What the editor was last told of each file: it is told again only where that has changed. */

import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';

/** The diagnostics of one file, and which state of the document they are of. */
export interface Published {
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Keeps diagnostics by URI and by owner: trees can share a file, such as a module that lies in another repository. */
export class Publisher<Owner> {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #byUri = new Map<string, Map<Owner, Published>>();
  /** What was sent for each URI, as a text. */
  readonly #sent = new Map<string, string>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Everything that an owner has to say: files that it doesn't name any more are cleared. */
  publish(owner: Owner, files: ReadonlyMap<string, Published>): void {
    for (const [uri, owners] of [...this.#byUri]) {
      if (files.has(uri) || !owners.delete(owner)) continue;
      this.#update(uri, undefined);
      if (owners.size === 0) this.#byUri.delete(uri);
    }
    for (const [uri, published] of files) {
      const owners = this.#byUri.get(uri) ?? new Map<Owner, Published>();
      this.#byUri.set(uri, owners.set(owner, published));
      this.#update(uri, published.version);
    }
  }

  #update(uri: string, version: number | undefined): void {
    const all = [...(this.#byUri.get(uri)?.values() ?? [])].flatMap(({ diagnostics }) => diagnostics);
    const distinct = new Map(all.map((each) => [JSON.stringify(each), each]));
    const text = `${version} ${[...distinct.keys()].join('\n')}`;
    if (this.#sent.get(uri) === text || (distinct.size === 0 && !this.#sent.has(uri) && version === undefined)) return;
    if (distinct.size === 0 && version === undefined) this.#sent.delete(uri);
    else this.#sent.set(uri, text);
    this.#send({ uri, ...(version !== undefined && { version }), diagnostics: [...distinct.values()] });
  }
}
