/** The language server: handles the editor's messages. */

import {
  type CancellationToken,
  CodeLensRefreshRequest,
  createConnection,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  type MessageReader,
  MessageType,
  type MessageWriter,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { version } from '../version.ts';
import { type Abilities, abilitiesOf, serverCapabilities, watchedFiles } from './abilities.ts';
import { changed } from './document.ts';
import type { Host } from './host.ts';
import { EditorPlaces, LineCache } from './places.ts';
import type { Project } from './project.ts';
import { Reporter } from './reporter.ts';
import { type AskedDocument, answerRequests, type Connection } from './requests.ts';
import { decodeSettings, defaultSettings, type Settings } from './settings.ts';
import { isChange, isFilesChange, isFoldersChange, isOfDocument, isOpening } from './shapes.ts';
import type { Snapshot } from './snapshot.ts';
import { Workspace } from './workspace.ts';

export interface EditorConnection {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Told of the process that started the server, which is to end with it; null if there is none. */
  readonly onParent: (processId: number | null) => void;
}

/**
 * Serves one editor until it says `exit` or hangs up.
 *
 * @returns 0 if it asked for a shutdown before, else 1
 */
export function serve(host: Host, { reader, writer, onParent }: EditorConnection): Promise<0 | 1> {
  return new Promise((resolve) => {
    let isShutDown = false;
    const end = (): void => {
      server.close();
      resolve(isShutDown ? 0 : 1);
    };
    const connection = createConnection(
      (logger) => {
        const protocol = createProtocolConnection(reader, writer, logger);
        protocol.onClose(end);
        return protocol;
      },
      {
        get shutdownReceived() {
          return isShutDown;
        },
        set shutdownReceived(value) {
          isShutDown = value;
        },
        initialize: ({ processId }) => onParent(processId),
        exit: end,
      },
    );
    const server = new Server(host, connection);
    connection.listen();
  });
}

class Server {
  readonly #host: Host;
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #reporter: Reporter<Project>;
  #abilities: Abilities = abilitiesOf({});
  #lines = new LineCache('utf-16');
  #settings: Settings = defaultSettings;
  #isInitialized = false;
  #isClosed = false;
  /** Resolves once the settings are known. */
  readonly #started: Promise<void>;
  #start: () => void = () => {};

  constructor(host: Host, connection: Connection) {
    this.#host = host;
    this.#connection = connection;
    this.#started = new Promise((resolve) => {
      this.#start = resolve;
    });
    this.#reporter = new Reporter({
      pageOf: (check) => host.pageOf(check),
      publish: (params) => this.#tell(connection.sendDiagnostics(params)),
      alert: (message) =>
        this.#tell(connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message })),
      log: (message) => connection.console.warn(message),
    });
    this.#workspace = new Workspace(host, () => this.#settings, {
      show: (project, snapshot) => this.#show(project, snapshot),
      onFailure: (error) => this.#fail(error),
      onProgress: host.onProgress,
    });
    this.#listen();
  }

  close(): void {
    this.#isClosed = true;
    for (const project of this.#workspace.projects) project.close();
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(() => this.close());
    connection.onDidChangeConfiguration(({ settings }) => this.#configure(settings));
    connection.onDidChangeWatchedFiles((params) => {
      if (this.#isAsAgreed('workspace/didChangeWatchedFiles', params, isFilesChange)) {
        this.#filesChanged(params.changes.map(({ uri }) => uri));
      }
    });

    connection.onDidOpenTextDocument((params) => {
      if (!this.#isAsAgreed('textDocument/didOpen', params, isOpening)) return;
      const { uri, languageId, version, text } = params.textDocument;
      const placed = this.#workspace.set({ uri, languageId, version, text });
      if (placed !== undefined) this.#showNow(placed.project);
    });
    connection.onDidChangeTextDocument((params) => {
      if (!this.#isAsAgreed('textDocument/didChange', params, isChange)) return;
      const { textDocument, contentChanges } = params;
      const { uri, version } = textDocument;
      const document = this.#workspace.document(uri);
      if (document === undefined) return;
      const placed = this.#workspace.set(changed(document, contentChanges, version, this.#abilities.encoding));
      if (this.#workspace.settingsOf(uri).run === 'onType') placed?.project.schedule(true);
    });
    connection.onDidSaveTextDocument((params) => {
      if (!this.#isAsAgreed('textDocument/didSave', params, isOfDocument)) return;
      const { uri } = params.textDocument;
      const placed = this.#workspace.placed(uri);
      if (placed === undefined) return;
      // Where the editor watches no files, what lies on the disk may have changed as well.
      placed.project.invalidate();
      this.#showNow(placed.project);
    });
    connection.onDidCloseTextDocument((params) => {
      if (!this.#isAsAgreed('textDocument/didClose', params, isOfDocument)) return;
      const { uri } = params.textDocument;
      const placed = this.#workspace.close(uri);
      if (placed === undefined) return;
      if (placed.project.isIdle) this.#clear(placed.project);
      else this.#showNow(placed.project);
    });

    answerRequests(connection, {
      abilities: () => this.#abilities,
      settingsOf: (uri) => this.#workspace.settingsOf(uri),
      pageOf: (check) => this.#host.pageOf(check),
      answer: (uri, token, respond, when) => this.#answer(uri, token, respond, when),
      snapshots: () => this.#snapshots(),
    });
  }

  #initialize({ capabilities, workspaceFolders, rootUri, initializationOptions }: InitializeParams): InitializeResult {
    this.#isInitialized = true;
    this.#abilities = abilitiesOf(capabilities);
    if (!this.#abilities.hasConfiguration) this.#start();
    this.#lines = new LineCache(this.#abilities.encoding);
    this.#settings = this.#decode(initializationOptions, defaultSettings);
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
    this.#workspace.setFolders(this.#pathsOf(uris));
    return { capabilities: serverCapabilities(this.#abilities), serverInfo: { name: 'tfsg', version } };
  }

  #initialized(): void {
    const { client, workspace } = this.#connection;
    const { watchesFiles, registersConfiguration, hasFolders } = this.#abilities;
    if (hasFolders) {
      workspace.onDidChangeWorkspaceFolders((params) => {
        if (!this.#isAsAgreed('workspace/didChangeWorkspaceFolders', params, isFoldersChange)) return;
        const { added, removed } = params;
        const gone = new Set(this.#pathsOf(removed.map(({ uri }) => uri)));
        const kept = this.#workspace.folders.filter((folder) => !gone.has(folder));
        this.#clearAfter(() =>
          this.#workspace.setFolders([...new Set([...kept, ...this.#pathsOf(added.map(({ uri }) => uri))])]),
        );
        void this.#configure(undefined);
      });
    }
    if (registersConfiguration) {
      this.#tell(client.register(DidChangeConfigurationNotification.type, { section: 'tfsg' }));
    }
    if (watchesFiles) {
      const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
      this.#tell(client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    void this.#configure(undefined).finally(() => this.#start());
  }

  /** Never rejects. @param pushed what an editor without `workspace/configuration` says of its settings */
  async #configure(pushed: unknown): Promise<void> {
    if (this.#abilities.hasConfiguration) {
      const { folders } = this.#workspace;
      const items = [
        { section: 'tfsg' },
        ...folders.map((folder) => ({ section: 'tfsg', scopeUri: this.#host.uriOf(folder) })),
      ];
      const values = await this.#connection.workspace.getConfiguration(items).catch((error: unknown) => {
        this.#fail(error);
        return items.map(() => null);
      });
      const decoded = values.map((value) => this.#decode(value, this.#settings));
      const settings = new Map(['', ...folders].map((folder, index) => [folder, decoded[index]!]));
      this.#clearAfter(() => this.#workspace.setSettings(settings));
    } else if (pushed !== undefined && pushed !== null) {
      this.#settings = this.#decode(pushed, this.#settings);
      this.#clearAfter(() => this.#workspace.setSettings(new Map()));
    }
    for (const project of this.#workspace.projects) this.#showNow(project);
  }

  /** Shows the findings of a project as soon as the settings are known. */
  #showNow(project: Project): void {
    void this.#started.then(() => project.showNow());
  }

  #filesChanged(uris: readonly string[]): void {
    // Of an open document the editor's text counts, whatever the disk has.
    if (uris.every((uri) => this.#workspace.placed(uri) !== undefined)) return;
    for (const project of this.#workspace.projects) {
      project.invalidate();
      project.schedule(false);
    }
  }

  #show(project: Project, snapshot: Snapshot): void {
    if (this.#isClosed || !this.#workspace.projects.includes(project)) return;
    this.#reporter.report(project, snapshot, this.#placesOf(project, snapshot));
    this.#refresh();
    this.#host.onShown?.();
  }

  /** Takes back what was said of trees of which nothing is linted after a change. */
  #clearAfter(change: () => void): void {
    const before = this.#workspace.projects;
    change();
    for (const project of before) if (!this.#workspace.projects.includes(project)) this.#clear(project);
  }

  #clear(project: Project): void {
    project.close();
    this.#reporter.clear(project);
  }

  /** Answers from the state that there is now, or the last one that was linted; null for a document that tfsg doesn't read. */
  async #answer<T>(
    uri: string,
    token: CancellationToken,
    respond: (asked: AskedDocument) => T | Promise<T>,
    when?: 'atOnce' | 'whole',
  ): Promise<T | null | ResponseError<void>> {
    const refused = this.#refusal();
    if (refused !== undefined) return refused;
    const cancelled = new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    const placed = this.#workspace.placed(uri);
    if (placed === undefined) return null;
    await this.#started;
    // Lets the cancellation come in that may wait behind the request.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) return cancelled;
    const { project } = placed;
    const snapshot = await (when === 'atOnce' ? project.last() : project.fresh(when === 'whole'));
    if (token.isCancellationRequested) return cancelled;
    const path = snapshot.fileSystem.real(placed.path);
    const places = this.#placesOf(project, snapshot);
    const document = when === 'atOnce' ? this.#workspace.document(uri) : snapshot.documents.get(path);
    if (document === undefined) return null;
    const { text } = document;
    const lines = this.#lines.ofText(text);
    return respond({
      ...{ snapshot, places, path, text },
      offsetsOf: (range) => lines.offsetsOf(range),
      rangeOf: (offsets) => lines.rangeOf(offsets),
    });
  }

  /** Why no request is answered now. */
  #refusal(): ResponseError<void> | undefined {
    if (!this.#isInitialized)
      return new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized.');
    return this.#isClosed ? new ResponseError(ErrorCodes.InvalidRequest, 'The server is shut down.') : undefined;
  }

  async #snapshots(): Promise<readonly Pick<AskedDocument, 'snapshot' | 'places'>[]> {
    const refused = this.#refusal();
    if (refused !== undefined) throw refused;
    await this.#started;
    return Promise.all(
      this.#workspace.projects.map(async (project) => {
        const snapshot = await project.fresh(true);
        return { snapshot, places: this.#placesOf(project, snapshot) };
      }),
    );
  }

  #placesOf({ tree }: Project, { documents }: Snapshot): EditorPlaces {
    return new EditorPlaces(tree, documents, this.#lines);
  }

  #decode(value: unknown, base: Settings): Settings {
    const { settings, mistakes } = decodeSettings(value, base);
    for (const mistake of mistakes) this.#connection.console.warn(`tfsg: ${mistake}`);
    return settings;
  }

  /** What stands beside the text of a document can come from another. */
  #refresh(): void {
    const { refreshesHints, refreshesLenses } = this.#abilities;
    if (refreshesHints) this.#tell(this.#connection.languages.inlayHint.refresh());
    if (refreshesLenses) this.#tell(this.#connection.sendRequest(CodeLensRefreshRequest.type));
  }

  #pathsOf(uris: readonly string[]): string[] {
    return uris.flatMap((uri) => this.#host.pathOf(uri) ?? []);
  }

  /** Whether an editor's notification has what it is to have; one that has not is passed over. */
  #isAsAgreed<T>(method: string, params: unknown, isAgreed: (params: unknown) => params is T): params is T {
    if (isAgreed(params)) return true;
    this.#connection.console.error(`tfsg: ignored ${method}: its parameters are not valid.`);
    return false;
  }

  /** A message that nobody waits for; where the editor is gone, it is lost. */
  #tell(sent: Promise<unknown>): void {
    sent.catch((error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#connection.console.error(`tfsg: internal error, please report it: ${message}\n${stack ?? ''}`);
  }
}
