/** A language server that has a word on every document, and formats: it sets the comment "formatted" above it. */

const { createConnection, ProposedFeatures, TextDocumentSyncKind } = require('vscode-languageserver/node');

const connection = createConnection(ProposedFeatures.all);
const start = { line: 0, character: 0 };

function tell({ uri }, text) {
  const message = `${text.split('\n').length} lines`;
  const range = { start, end: start };
  connection.sendDiagnostics({ uri, diagnostics: [{ range, message, source: 'second', severity: 4 }] });
}

connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Full,
    documentFormattingProvider: true,
    hoverProvider: true,
  },
}));
connection.onHover(() => ({ contents: 'A word of the second server' }));
connection.onDocumentFormatting(() => [{ range: { start, end: start }, newText: '# formatted\n' }]);
connection.onDidOpenTextDocument(({ textDocument }) => tell(textDocument, textDocument.text));
connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
  tell(textDocument, contentChanges.at(-1).text),
);
connection.listen();
