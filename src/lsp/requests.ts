/** What editors ask about documents, and who answers. */

import {
  type CancellationToken,
  type CompletionList,
  type createConnection,
  InsertTextFormat,
  InsertTextMode,
  LSPErrorCodes,
  type Range,
  ResponseError,
  ShowDocumentRequest,
} from 'vscode-languageserver';
import type { Abilities } from './abilities.ts';
import { codeActions, OPEN_PAGE, Verdicts } from './actions/code-actions.ts';
import { codeLensesIn } from './answers/code-lens.ts';
import { hoverAt } from './answers/hover.ts';
import { inlayHintsIn } from './answers/inlay-hints.ts';
import { flatSymbols, symbolsOf } from './answers/symbols.ts';
import { findSymbols } from './answers/workspace-symbols.ts';
import { completionsAt } from './completion/completion.ts';
import { definitionsOf, referencesTo } from './navigation/definition.ts';
import { Modules } from './navigation/modules.ts';
import { moduleFileAt, type Named, namedAt } from './navigation/named.ts';
import type { EditorPlaces } from './places.ts';
import type { Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';

/** What a request about a document is answered from. */
export interface AskedDocument {
  readonly snapshot: Snapshot;
  readonly places: EditorPlaces;
  readonly path: string;
  /** Of the document in the snapshot, or for `atOnce` as it is now. */
  readonly text: string;
  /** Offsets of a range in that text, and the other way round. */
  offsetsOf(range: Range): { readonly start: number; readonly end: number };
  rangeOf(offsets: { readonly start: number; readonly end: number }): Range;
}

export type Connection = ReturnType<typeof createConnection>;

/** The server, as requests see it. */
export interface Answering {
  abilities(): Abilities;
  settingsOf(uri: string): Settings;
  /** URI of the page of a check; undefined where it isn't installed. */
  pageOf(check: string): string | undefined;
  /**
   * Answers from the state that there is now; null for a document that tfsg doesn't read.
   *
   * @param when `atOnce` for the last state that was linted, `whole` for more than the directories of the open documents where more is linted
   */
  answer<T>(
    uri: string,
    token: CancellationToken,
    respond: (asked: AskedDocument) => T | Promise<T>,
    when?: 'atOnce' | 'whole',
  ): Promise<T | null | ResponseError<void>>;
  /** The states of all trees. */
  snapshots(): Promise<readonly Pick<AskedDocument, 'snapshot' | 'places'>[]>;
}

export function answerRequests(connection: Connection, server: Answering): void {
  const verdicts = new Verdicts();
  const hasLanguage = (uri: string): boolean => server.settingsOf(uri).languageFeatures !== false;
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    server.answer(uri, token, async ({ snapshot, places, path, offsetsOf }) => {
      const { markup } = server.abilities();
      const { start } = offsetsOf({ start: position, end: position });
      const linkTo = (span: Parameters<EditorPlaces['locationOf']>[0]): string => {
        const { uri: target, range } = places.locationOf(span);
        return `${target}#L${range.start.line + 1}`;
      };
      const hover = hoverAt(path, start, { ...(await snapshot.evaluated()), markup, linkTo });
      if (hover === undefined) return null;
      return { contents: { kind: markup.kind, value: hover.text }, range: places.rangeOf(hover.span) };
    }),
  );
  connection.onCodeAction(({ textDocument: { uri }, range, context }, token) =>
    server.answer(uri, token, ({ snapshot, places, path }) =>
      codeActions(path, range, context, snapshot, places, server.abilities(), verdicts),
    ),
  );
  connection.onExecuteCommand(async ({ command, arguments: [check] = [] }) => {
    const page = command === OPEN_PAGE && typeof check === 'string' ? server.pageOf(check) : undefined;
    if (page === undefined)
      throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no documentation for ${check}.`);
    await connection.sendRequest(ShowDocumentRequest.type, { uri: page });
    return null;
  });
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    server.answer(uri, token, async ({ snapshot, places, path }) => {
      const symbols = symbolsOf(path, (await snapshot.evaluated()).models, places);
      return server.abilities().hasOutline ? symbols : flatSymbols(symbols, uri);
    }),
  );
  connection.onWorkspaceSymbol(async ({ query }) =>
    (await server.snapshots()).flatMap(({ snapshot, places }) => findSymbols(query, snapshot.linted.models, places)),
  );
  connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }, token) => {
    if (!server.settingsOf(uri).inlayHints) return null;
    return server.answer(uri, token, async ({ snapshot, places, path, offsetsOf }) =>
      inlayHintsIn(path, offsetsOf(range), (await snapshot.evaluated()).models, places),
    );
  });
  connection.onCodeLens(async ({ textDocument: { uri } }, token) => {
    if (!server.settingsOf(uri).codeLens) return null;
    return server.answer(uri, token, ({ snapshot, places, path }) => codeLensesIn(path, snapshot.linted, places));
  });
  connection.onCompletion(({ textDocument: { uri }, position, context }, token) =>
    // What somebody types is in no state that was linted.
    server.answer(
      uri,
      token,
      (asked) => {
        const offersNames = hasLanguage(uri) && context?.triggerCharacter !== ' ';
        return complete(asked, position, offersNames, server.abilities().completesSnippets);
      },
      'atOnce',
    ),
  );
  connection.onDefinition(async ({ textDocument: { uri }, position }, token) => {
    if (!hasLanguage(uri)) return null;
    return server.answer(uri, token, (asked) => {
      const pointed = pointedAt(asked, position);
      if (pointed === undefined) return null;
      const spans = pointed.file === undefined ? definitionsOf(pointed.named!, pointed.modules) : [pointed.file];
      return spans.map((span) => asked.places.locationOf(span));
    });
  });
  connection.onReferences(async ({ textDocument: { uri }, position, context }, token) => {
    if (!hasLanguage(uri)) return null;
    const respond = (asked: AskedDocument) => {
      const { named, modules } = pointedAt(asked, position) ?? {};
      if (named === undefined || modules === undefined) return null;
      const declared = definitionsOf(named, modules);
      // Names that a block or an expression brings along mean something else in each.
      if (declared.length === 0) return null;
      const used = referencesTo(named, modules, asked.snapshot.linted.models);
      const spans = context.includeDeclaration ? [...declared, ...used] : used;
      return spans.map((span) => asked.places.locationOf(span));
    };
    return server.answer(uri, token, respond, 'whole');
  });
}

function complete(
  { snapshot, path, text, offsetsOf, rangeOf }: AskedDocument,
  position: Range['start'],
  offersNames: boolean,
  takesSnippets: boolean,
): CompletionList | null {
  const trees = snapshot.linted.models.flatMap((model) => model.trees);
  const found = new Set(snapshot.findings.flatMap(({ check, span }) => (span.file.path === path ? [check] : [])));
  const { start } = offsetsOf({ start: position, end: position });
  const completions = completionsAt({ path, text, trees, checks: snapshot.configs.checks, found, offersNames }, start);
  if (completions === undefined) return null;
  const range = rangeOf(completions);
  return {
    isIncomplete: false,
    items: completions.items.map(({ label, detail, kind, text: plain, snippet }, index) => {
      const isSnippet = takesSnippets && snippet !== undefined;
      return {
        label,
        detail,
        kind,
        sortText: String(index).padStart(4, '0'),
        ...(isSnippet && {
          insertTextFormat: InsertTextFormat.Snippet,
          insertTextMode: InsertTextMode.adjustIndentation,
        }),
        textEdit: { range, newText: isSnippet ? snippet : plain },
      };
    }),
  };
}

/** The thing that a place names, or the file that the source of a module call leads to. */
function pointedAt({ snapshot, path, offsetsOf }: AskedDocument, position: Range['start']) {
  const { models, configurations } = snapshot.linted;
  const tree = models.flatMap(({ trees }) => trees).find(({ file }) => file.path === path);
  if (tree === undefined) return undefined;
  const modules = new Modules(configurations);
  const { start } = offsetsOf({ start: position, end: position });
  const file = moduleFileAt(tree, start, modules);
  const named: Named | undefined = file === undefined ? namedAt(tree, start, modules) : undefined;
  return named === undefined && file === undefined ? undefined : { named, file, modules };
}
