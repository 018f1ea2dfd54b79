/** Colours for Terraform where no other extension knows the language: documents that the editor takes for plain text get one. */

import { type Disposable, languages, type TextDocument, workspace } from 'vscode';

/** As the manifest has it. It has no extensions of files, so that it never competes with that of another extension. */
const LANGUAGE = 'tfsg-terraform';

const files = { scheme: 'file', pattern: '**/*.{tf,tofu,tfvars}' };

/** Each document once: who chooses plain text afterwards keeps it. */
export function colourPlainText(): Disposable {
  const seen = new Set<string>();
  const colour = (document: TextDocument): void => {
    const uri = document.uri.toString();
    if (document.languageId !== 'plaintext' || languages.match(files, document) === 0 || seen.has(uri)) return;
    seen.add(uri);
    void languages.setTextDocumentLanguage(document, LANGUAGE);
  };
  workspace.textDocuments.forEach(colour);
  return workspace.onDidOpenTextDocument(colour);
}
