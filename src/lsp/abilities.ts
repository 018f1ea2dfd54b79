/** The capabilities of the editor and of the server. */

import {
  type ClientCapabilities,
  CodeActionKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { type ActionAbilities, FIX_ALL, OPEN_PAGE } from './actions/code-actions.ts';
import { type Markup, markupFor } from './answers/markup.ts';
import { type Encoding, encodings } from './lines.ts';

export interface Abilities extends ActionAbilities {
  readonly encoding: Encoding;
  readonly markup: Markup;
  readonly completesSnippets: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly watchesFiles: boolean;
  readonly hasFolders: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly hasOutline: boolean;
}

export function abilitiesOf({ general, textDocument, window, workspace }: ClientCapabilities): Abilities {
  const offered = general?.positionEncodings ?? [];
  return {
    encoding: offered.flatMap((each) => encodings.find((known) => known === each) ?? [])[0] ?? 'utf-16',
    markup: markupFor(textDocument?.hover?.contentFormat),
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    snippets: workspace?.workspaceEdit?.snippetEditSupport === true,
    showDocument: window?.showDocument?.support === true,
    completesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasFolders: workspace?.workspaceFolders === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    hasOutline: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
  };
}

export function serverCapabilities({ encoding, showDocument }: Abilities): ServerCapabilities {
  return {
    positionEncoding: encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
    ...(showDocument && { executeCommandProvider: { commands: [OPEN_PAGE] } }),
    hoverProvider: true,
    inlayHintProvider: true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    completionProvider: { triggerCharacters: ['=', ' ', '"', '['] },
    definitionProvider: true,
    referencesProvider: true,
    codeLensProvider: {},
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

/** The files of the disk that runs read, as editors watch them. */
export const watchedFiles: readonly string[] = [
  '**/*.{tf,tofu,tfvars}',
  '**/*.{tf,tofu,tfvars}.json',
  '**/*.hcl',
  '**/{terragrunt.*,*.tfcomponent,*.tfdeploy}.json',
  '**/*.tfsgrc.json',
  '**/*.tfsg-baseline.json',
  '**/.terraform/modules/modules.json',
];
