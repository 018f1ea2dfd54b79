/** No answer of the language server says what a sensitive value is, and none of its diagnostics. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Editor } from '../lsp/editor.ts';
import { type Secrets, secrets } from './configuration.ts';

const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

async function answers({ files }: Secrets): Promise<string> {
  const editor = await Editor.start(files, { initializationOptions: { inlayHints: true } });
  try {
    const said: unknown[] = [];
    for (const path of ['main.tf', 'variables.tf', 'terraform.tfvars']) {
      const text = files[path]!;
      await editor.open(path, text);
      said.push(await editor.shown(path));
      said.push(await editor.request('textDocument/documentSymbol', path));
      said.push(await editor.request('textDocument/inlayHint', path, { range: everything }));
      for (const [line, each] of text.split('\n').entries()) {
        for (const { index } of each.matchAll(/\b\w/g)) {
          said.push(await editor.request('textDocument/hover', path, { position: { line, character: index } }));
        }
      }
    }
    said.push(await editor.codeActions('main.tf', everything, ['quickfix', 'source.fixAll']));
    said.push(editor.published, editor.messages);
    return JSON.stringify(said);
  } finally {
    await editor.end();
  }
}

test('sensitive values are in no answer', async () => {
  const given = secrets(['terraform.tfvars', 'x.auto.tfvars.json']);
  const check = async (some: Secrets): Promise<void> => {
    const said = await answers(some);
    for (const token of some.tokens) {
      const at = said.indexOf(token);
      if (at >= 0) expect({ token, around: said.slice(Math.max(0, at - 300), at + 100) }).toBeUndefined();
    }
    // Otherwise it would say nothing of them.
    expect(said).toContain('(sensitive value)');
  };
  await fc.assert(fc.asyncProperty(given, check), { numRuns: 1, endOnFailure: true });
}, 300_000);
