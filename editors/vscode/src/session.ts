/** The server as the editor has it: started, started again and ended, and what the status says of it. */

import { existsSync } from 'node:fs';
import {
  commands,
  type Disposable,
  extensions,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  type LogOutputChannel,
  languages,
  Uri,
  window,
  workspace,
} from 'vscode';
import {
  type ConfigurationRequest,
  type Executable,
  LanguageClient,
  type ShowDocumentRequest,
  State,
} from 'vscode-languageclient/node';
import { withoutDoubles } from './other-extensions.ts';
import { findProgram, type Program } from './program.ts';
import { selector } from './selector.ts';

const origins: Readonly<Record<Program['origin'], string>> = {
  setting: 'named by tfsg.path',
  workspace: 'installed in the workspace',
  extension: 'part of the extension',
};

export class Session implements Disposable {
  readonly #bundled: string;
  readonly #output: LogOutputChannel;
  readonly #status: LanguageStatusItem;
  #client: LanguageClient | undefined;
  /** Starts and ends come one after the other. */
  #last: Promise<void> = Promise.resolve();

  /** @param bundled absolute path of the program that comes with the extension */
  constructor(bundled: string) {
    this.#bundled = bundled;
    this.#output = window.createOutputChannel('tfsg', { log: true });
    this.#status = languages.createLanguageStatusItem('tfsg', selector);
    this.#status.name = 'tfsg';
    this.#status.text = 'tfsg';
    this.#status.command = { command: 'tfsg.showOutput', title: 'Show Output' };
  }

  dispose(): void {
    void this.#next(() => this.#stop()).then(() => {
      this.#status.dispose();
      this.#output.dispose();
    });
  }

  showOutput(): void {
    this.#output.show();
  }

  /** Starts the server, after it has ended if it runs. Never rejects. */
  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** Never rejects. */
  #next(step: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(step).catch((error: unknown) => this.#output.error(String(error)));
    return this.#last;
  }

  async #start(): Promise<void> {
    const program = findProgram({
      path: workspace.getConfiguration('tfsg').get('path', ''),
      folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
      isTrusted: workspace.isTrusted,
      bundled: this.#bundled,
      exists: existsSync,
    });
    if (program.kind === 'missing') return this.#tellMissing(program.path);
    this.#output.info(`Starting ${program.path}`);
    const client = new LanguageClient('tfsg', 'tfsg', executable(program), {
      documentSelector: selector,
      outputChannel: this.#output,
      middleware: { window: { showDocument }, workspace: { configuration } },
    });
    client.onDidChangeState(({ newState }) => this.#tellState(client, newState, program));
    this.#client = client;
    // The client itself tells the user why it failed.
    await client.start().catch(() => this.#tellState(client, State.Stopped, program));
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // What did not start can't be stopped; what does not answer is ended all the same.
    if (client?.needsStop() === true)
      await client.dispose().catch((error: unknown) => this.#output.warn(String(error)));
  }

  #tellState(client: LanguageClient, state: State, { origin }: Program): void {
    if (client !== this.#client) return;
    const { serverInfo } = client.initializeResult ?? {};
    const isDown = state !== State.Running && state !== State.Starting;
    this.#status.busy = state === State.Starting;
    this.#status.text = isDown ? 'tfsg is not running' : `tfsg ${serverInfo?.version ?? ''}`.trimEnd();
    this.#status.detail = origins[origin];
    this.#status.severity = isDown ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  }

  #tellMissing(path: string): void {
    this.#status.busy = false;
    this.#status.text = 'tfsg not found';
    this.#status.detail = path;
    this.#status.severity = LanguageStatusSeverity.Error;
    const message = `tfsg.path is ${path}, which is not a program.`;
    this.#output.error(message);
    void window.showErrorMessage(message, 'Open Settings').then((answer) => {
      if (answer !== undefined) void commands.executeCommand('workbench.action.openSettings', 'tfsg.path');
    });
  }
}

function executable({ kind, path }: Program): Executable {
  const args = ['lsp', '--stdio'];
  if (kind === 'script') {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    return { command: process.execPath, args: [path, ...args], options: { env } };
  }
  // npm's programs on Windows are files that only a shell runs.
  return process.platform === 'win32'
    ? { command: `"${path}"`, args, options: { shell: true } }
    : { command: path, args };
}

const configuration: ConfigurationRequest.MiddlewareSignature = async (params, token, next) => {
  const answer = await next(params, token);
  if (!Array.isArray(answer)) return answer;
  const isInstalled = (id: string): boolean => extensions.getExtension(id) !== undefined;
  return answer.map((each, index) =>
    params.items[index]?.section === 'tfsg' ? withoutDoubles(each, isInstalled) : each,
  );
};

/** Shows the pages of checks as they are meant to be read. */
const showDocument: ShowDocumentRequest.MiddlewareSignature = async (params, token, next) => {
  if (!/^file:.*\.md$/.test(params.uri)) return next(params, token);
  await commands.executeCommand('markdown.showPreview', Uri.parse(params.uri));
  return { success: true };
};
