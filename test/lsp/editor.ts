/** An editor without a screen: a client of the language server, in a folder of its own. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  createMessageConnection,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
  type Position,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { diskHost } from '../../src/cli/commands/lsp.ts';
import { Lines } from '../../src/lsp/lines.ts';
import { serve } from '../../src/lsp/server.ts';
import { shellWith } from '../cli/shell.ts';

export type Files = Readonly<Record<string, string>>;

/** What an editor of today can do. */
export const able: ClientCapabilities = {
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, dataSupport: true },
    publishDiagnostics: { versionSupport: true, relatedInformation: true },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
  window: { showDocument: { support: true } },
};

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities;
  /** Names of folders; undefined for the whole of the editor's own. */
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  /** Called before the first message, to answer what the server asks. */
  readonly prepare?: (connection: MessageConnection) => void;
  /** Asks something before the server is initialized. */
  readonly early?: (editor: Editor) => Promise<unknown>;
  /** Milliseconds since 1970-01-01, UTC. */
  readonly now?: () => number;
  /** What the server is started with as --base-config, relative to the editor's folder. */
  readonly baseConfig?: string;
}

export class Editor {
  readonly folder: string;
  readonly connection: MessageConnection;
  readonly ended: Promise<0 | 1>;
  /** What the server said, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly messages: { readonly method: string; readonly message: string }[] = [];
  readonly #remove: () => void;
  readonly #input: PassThrough;
  #isDisposed = false;
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();

  private constructor(files: Files, options: EditorOptions) {
    const shell = shellWith(files);
    this.folder = shell.folder;
    this.#remove = shell.remove;
    const [input, output] = [new PassThrough(), new PassThrough()];
    this.#input = input;
    const baseConfig = options.baseConfig && join(this.folder, options.baseConfig);
    const host = { ...diskHost(options.now ?? Date.now), baseConfig };
    this.ended = serve(host, {
      reader: new StreamMessageReader(input),
      writer: new StreamMessageWriter(output),
      onParent: () => {},
    });
    this.connection = createMessageConnection(new StreamMessageReader(output), new StreamMessageWriter(input));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#wake();
    });
    for (const method of ['window/showMessage', 'window/logMessage']) {
      this.connection.onNotification(method, ({ message }: { message: string }) => {
        this.messages.push({ method, message });
        this.#wake();
      });
    }
    this.connection.onRequest('client/registerCapability', () => null);
    options.prepare?.(this.connection);
    this.connection.listen();
  }

  static async start(files: Files, options: EditorOptions = {}): Promise<Editor> {
    const editor = new Editor({ '.git/': '', ...files }, options);
    editor.early = options.early?.(editor);
    // Whoever looks at it sees that it failed.
    editor.early?.catch(() => {});
    await editor.initialize(options);
    return editor;
  }

  early: Promise<unknown> | undefined;

  /** What the server said of itself. */
  result: InitializeResult = { capabilities: {} };

  async initialize({ capabilities = able, folders = [''], initializationOptions }: EditorOptions): Promise<void> {
    this.result = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((name) => ({ uri: this.uri(name), name: name === '' ? 'all' : name })),
      initializationOptions,
    });
    await this.connection.sendNotification('initialized', {});
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  async open(path: string, text: string, languageId = 'terraform'): Promise<void> {
    await this.openUri(this.uri(path), text, languageId);
  }

  async openUri(uri: string, text: string, languageId = 'terraform'): Promise<void> {
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** @returns the new version */
  async change(path: string, ...contentChanges: readonly TextDocumentContentChangeEvent[]): Promise<number> {
    const uri = this.uri(path);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
    return version;
  }

  /** Writes the text, and says so. */
  async save(path: string, text: string): Promise<void> {
    this.write(path, text);
    await this.connection.sendNotification('textDocument/didSave', { textDocument: { uri: this.uri(path) } });
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  /** Answers of the server in the order of its messages: what it had to say before is here. */
  async request<T>(method: string, path: string, params: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(path) }, ...params });
  }

  /** The latest diagnostics of a file; undefined where nothing was ever said of it. */
  latest(path: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast(({ uri }) => uri === this.uri(path));
  }

  /** Waits until a file has diagnostics that are as wanted; the test's own time limit ends the wait. */
  async diagnostics(
    path: string,
    isWanted: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<readonly Diagnostic[]> {
    await this.until(() => {
      const latest = this.latest(path);
      return latest !== undefined && isWanted(latest);
    });
    return this.latest(path)!.diagnostics;
  }

  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Waits until a file has been shown in some version. */
  shown(path: string, version = 1): Promise<readonly Diagnostic[]> {
    return this.diagnostics(path, (params) => params.version === version);
  }

  async codeActions(path: string, range: Range, only?: readonly string[]): Promise<CodeAction[]> {
    const diagnostics = this.latest(path)?.diagnostics ?? [];
    return this.request('textDocument/codeAction', path, { range, context: { diagnostics, ...(only && { only }) } });
  }

  async end(): Promise<0 | 1> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await this.ended;
    this.dispose();
    return code;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.connection.dispose();
    this.#remove();
  }

  /** As an editor that is killed. */
  hangUp(): void {
    this.#input.end();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** A text with `▮` at the cursor, or with `⟦` and `⟧` around a range, without these marks, and where they stood. */
export function marked(text: string): { readonly text: string; readonly position: Position; readonly range: Range } {
  const clean = text.replace(/[▮⟦⟧]/g, '');
  const lines = new Lines(clean, 'utf-16');
  const at = (mark: string): number => text.slice(0, text.indexOf(mark)).replace(/[▮⟦⟧]/g, '').length;
  const range = text.includes('⟦') ? { start: at('⟦'), end: at('⟧') } : { start: at('▮'), end: at('▮') };
  return { text: clean, position: lines.positionAt(range.start), range: lines.rangeOf(range) };
}

/** The text with `⟦` and `⟧` around a range. */
export function markedWith(text: string, range: Range): string {
  const { start, end } = new Lines(text, 'utf-16').offsetsOf(range);
  return `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`;
}

/** The text after the edits that a workspace edit has for a document. */
export function edited(text: string, edit: WorkspaceEdit | undefined, uri: string): string {
  const edits = [
    ...(edit?.changes?.[uri] ?? []),
    ...(edit?.documentChanges ?? []).flatMap((change) =>
      'textDocument' in change && change.textDocument.uri === uri ? (change.edits as TextEdit[]) : [],
    ),
  ];
  const lines = new Lines(text, 'utf-16');
  return edits
    .map(({ range, newText }) => ({ ...lines.offsetsOf(range), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((before, { start, end, newText }) => before.slice(0, start) + newText + before.slice(end), text);
}
