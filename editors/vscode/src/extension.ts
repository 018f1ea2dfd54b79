/** The extension: starts the server with the first document that tfsg reads, and brings its commands and colours. */

import { join } from 'node:path';
import { commands, type ExtensionContext, languages, type TextDocument, workspace } from 'vscode';
import { colourPlainText } from './colours.ts';
import { selector } from './selector.ts';
import { Session } from './session.ts';

export function activate({ extensionPath, subscriptions }: ExtensionContext): void {
  const session = new Session(join(extensionPath, 'server/dist/cli.js'));
  let isStarted = false;
  const start = (): void => {
    isStarted = true;
    void session.restart();
  };
  const startFor = (document: TextDocument): void => {
    if (!isStarted && languages.match(selector, document) > 0) start();
  };
  subscriptions.push(
    session,
    colourPlainText(),
    commands.registerCommand('tfsg.restart', start),
    commands.registerCommand('tfsg.showOutput', () => session.showOutput()),
    commands.registerCommand('tfsg.fixAll', () =>
      commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.tfsg', apply: 'first' }),
    ),
    workspace.onDidOpenTextDocument(startFor),
    workspace.onDidChangeConfiguration((change) => {
      if (isStarted && change.affectsConfiguration('tfsg.path')) start();
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      if (isStarted) start();
    }),
  );
  workspace.textDocuments.forEach(startFor);
}
