/** The life of a server: how it starts, what it can, how it fails, and how it ends. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes } from 'vscode-languageserver/node';
import { version } from '../../src/version.ts';
import { able, Editor, type EditorOptions } from './editor.ts';

let editor: Editor;
afterEach(() => {
  editor.dispose();
});

const open = 'resource "aws_security_group" "web" {\n  name = "sg-web"\n}\n';
const hoverAt = { position: { line: 1, character: 3 } };

const configured = (settings: (scope: string | undefined) => unknown): EditorOptions => ({
  capabilities: { ...able, workspace: { ...able.workspace, configuration: true } },
  prepare: (connection) =>
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) => settings(scopeUri)),
    ),
});

describe('a server', () => {
  test('says who it is and what it can', async () => {
    editor = await Editor.start({});
    expect(editor.result).toEqual({
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
        codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.tfsg'] },
        executeCommandProvider: { commands: ['tfsg.openPage'] },
        hoverProvider: true,
        inlayHintProvider: true,
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        completionProvider: { triggerCharacters: ['=', ' ', '"', '['] },
        definitionProvider: true,
        referencesProvider: true,
        codeLensProvider: {},
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'tfsg', version },
    });
    expect(await editor.end()).toBe(0);
  });

  test('that is asked to exit without a shutdown ends as a failure', async () => {
    editor = await Editor.start({});
    await editor.connection.sendNotification('exit');
    expect(await editor.ended).toBe(1);
  });

  test('ends with an editor that hangs up', async () => {
    editor = await Editor.start({});
    editor.hangUp();
    expect(await editor.ended).toBe(1);
  });

  test('answers nothing before it is initialized, and nothing after its shutdown', async () => {
    editor = await Editor.start({}, { early: (each) => each.request('textDocument/hover', 'main.tf', hoverAt) });
    await expect(editor.early).rejects.toMatchObject({ code: ErrorCodes.ServerNotInitialized });
    await editor.end();
    const ofWorkspace = (each: Editor) => each.connection.sendRequest('workspace/symbol', { query: '' });
    editor = await Editor.start({}, { early: ofWorkspace });
    await expect(editor.early).rejects.toMatchObject({ code: ErrorCodes.ServerNotInitialized });
    await editor.open('main.tf', open);
    await editor.connection.sendRequest('shutdown');
    const late = editor.request('textDocument/hover', 'main.tf', hoverAt);
    await expect(late).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest });
    await editor.connection.sendNotification('exit');
    expect(await editor.ended).toBe(0);
  });

  test.each([
    ['textDocument/didOpen', { textDocument: { uri: 'file:///a.tf', languageId: 'terraform', version: 1, text: 5 } }],
    ['textDocument/didOpen', { textDocument: null }],
    ['textDocument/didChange', { textDocument: { uri: 'file:///a.tf', version: 2 }, contentChanges: [{ text: null }] }],
    ['textDocument/didChange', { textDocument: { uri: 'file:///a.tf', version: 2 }, contentChanges: null }],
    ['textDocument/didSave', {}],
    ['textDocument/didClose', { textDocument: { uri: 1 } }],
    ['workspace/didChangeWatchedFiles', { changes: {} }],
    ['workspace/didChangeWorkspaceFolders', { event: { added: [], removed: null } }],
  ])('passes over a notification that is not as agreed: %s %j', async (method, params) => {
    const capabilities = { ...able, workspace: { ...able.workspace, workspaceFolders: true } };
    editor = await Editor.start({}, { capabilities });
    await editor.connection.sendNotification(method, params);
    await editor.until(() => editor.messages.length > 0);
    expect(editor.messages.map(({ message }) => message)).toEqual([
      `tfsg: ignored ${method}: its parameters are not valid.`,
    ]);
    await editor.open('main.tf', open);
    await editor.until(() => editor.published.length > 0);
  });

  test('lives on after a request that fails', async () => {
    editor = await Editor.start({});
    await editor.open('main.tf', open);
    const broken = editor.request('textDocument/hover', 'main.tf', { position: null });
    await expect(broken).rejects.toMatchObject({ code: ErrorCodes.InternalError });
    const unknown = editor.request('textDocument/somethingNew', 'main.tf');
    await expect(unknown).rejects.toMatchObject({ code: ErrorCodes.MethodNotFound });
    await editor.change('main.tf', { text: `${open}\n` });
    expect(await editor.shown('main.tf', 2)).not.toEqual([]);
    expect(await editor.end()).toBe(0);
  });

  test('lives on after changes of what is not open, and what can not be', async () => {
    editor = await Editor.start({});
    await editor.change('closed.tf', { text: open });
    await editor.close('closed.tf');
    await editor.openUri('file://somewhere.example/else/main.tf', open);
    await editor.openUri('http://example.com/main.tf', open);
    await editor.open('main.tf', open);
    expect(await editor.shown('main.tf')).not.toEqual([]);
    expect(await editor.end()).toBe(0);
  });

  test('drops a request that is cancelled', async () => {
    editor = await Editor.start({});
    await editor.open('main.tf', open);
    const source = new CancellationTokenSource();
    const asked = editor.connection.sendRequest(
      'textDocument/hover',
      { textDocument: { uri: editor.uri('main.tf') }, ...hoverAt },
      source.token,
    );
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(await editor.end()).toBe(0);
  });
});

describe('settings', () => {
  const off = JSON.stringify({ extends: ['tfsg:off'] });

  test('name a configuration, for each folder its own', async () => {
    editor = await Editor.start(
      { 'one/.git/': '', 'two/.git/': '', 'one/main.tf': open, 'two/main.tf': open, 'two/off.json': off },
      { folders: ['one', 'two'], ...configured((scope) => ({ config: scope?.endsWith('/two') ? 'off.json' : null })) },
    );
    await editor.open('two/main.tf', open);
    expect(await editor.shown('two/main.tf')).toEqual([]);
    await editor.open('one/main.tf', open);
    expect(await editor.shown('one/main.tf')).not.toEqual([]);
    expect(editor.published.filter(({ uri, diagnostics }) => uri.includes('/two/') && diagnostics.length > 0)).toEqual(
      [],
    );
  });

  test('keep the findings until the text is saved', async () => {
    editor = await Editor.start({}, { initializationOptions: { run: 'onSave' } });
    await editor.open('main.tf', open);
    expect(await editor.shown('main.tf')).not.toEqual([]);
    const fixed = open.replace('sg-web', 'web');
    await editor.change('main.tf', { text: fixed });
    await editor.request('textDocument/hover', 'main.tf', hoverAt);
    expect(editor.latest('main.tf')?.version).toBe(1);
    await editor.save('main.tf', fixed);
    const left = await editor.shown('main.tf', 2);
    expect(left.map(({ code }) => code)).not.toContain('reserved-name');
  });

  test('change while the server runs', async () => {
    editor = await Editor.start({ 'off.json': off });
    await editor.open('main.tf', open);
    expect(await editor.shown('main.tf')).not.toEqual([]);
    await editor.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { tfsg: { config: 'off.json' } },
    });
    await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === 0);
  });

  test('that are none are said, and the defaults hold', async () => {
    editor = await Editor.start({}, { initializationOptions: { run: 'always', inlayHints: 1, config: ['x'] } });
    await editor.open('main.tf', open);
    expect(await editor.shown('main.tf')).not.toEqual([]);
    expect(editor.messages.map(({ message }) => message)).toEqual([
      'tfsg: tfsg.config is the path of a file, not ["x"].',
      'tfsg: tfsg.run is "onType" or "onSave", not "always".',
      'tfsg: tfsg.inlayHints is true or false, not 1.',
    ]);
  });

  test('that an editor fails to give are the defaults', async () => {
    editor = await Editor.start(
      {},
      configured(() => {
        throw new Error('no settings here');
      }),
    );
    await editor.open('main.tf', open);
    expect(await editor.shown('main.tf')).not.toEqual([]);
  });
});
