/** Sessions of an editor with the language server that a seed makes: what editors say, and what no editor should. */

import { able, Editor, type Files } from '../../test/lsp/editor.ts';
import { edited } from '../../test/projects/edits.ts';
import { makeEdit, makeTree } from '../fuzz-line/trees.ts';
import { Random } from '../fuzz-terraform/random.ts';

/** Seconds within which everything is answered. */
const PATIENCE = 120;

export interface Session {
  readonly messages: number;
  readonly fault: string | undefined;
}

/** Something that a session does, as it is told of where something is wrong. */
type Act = readonly [what: string, act: () => Promise<unknown>];

/** Never rejects. */
export async function trySession(seed: number): Promise<Session> {
  const random = new Random(seed);
  const files = makeTree(random);
  const acts: string[] = [];
  let editor: Editor | undefined;
  const said = (fault: string): Session => ({
    messages: acts.length,
    fault: `${fault}\nafter ${acts.join('\n      ')}\nwith ${JSON.stringify(files)}`,
  });
  try {
    const capabilities = { ...able, workspace: { ...able.workspace, workspaceFolders: random.chance(0.5) } };
    editor = await inTime(
      Editor.start(files, {
        capabilities: random.chance(0.2) ? {} : capabilities,
        ...(random.chance(0.3) && { folders: ['', 'a', 'modules'] }),
        ...(random.chance(0.3) && {
          initializationOptions: random.chance(0.5) ? { workspace: true } : anything(random),
        }),
      }),
      'the start',
    );
    const started = editor;
    const documents = new Map<string, string>();
    for (let left = random.between(5, 30); left > 0; left--) {
      const [what, act] = actOf(random, started, files, documents);
      acts.push(what);
      // A request that is wrong is answered too: with an error.
      await inTime(
        act().catch(() => undefined),
        what,
      );
    }
    // What was said before is here with this answer, and the server is alive.
    await inTime(started.request('textDocument/documentSymbol', 'main.tf'), 'a last request');
    const told = started.messages.find(({ message }) =>
      /internal error|bug in tfsg|failed with message|\n\s+at |TypeError/.test(message),
    );
    if (told !== undefined) return said(`the server says ${JSON.stringify(told.message)}`);
    const code = await inTime(started.end(), 'the end');
    return code === 0 ? { messages: acts.length, fault: undefined } : said('the server ends as a failure');
  } catch (error) {
    return said(error instanceof Error ? String(error.stack) : String(error));
  } finally {
    editor?.dispose();
  }
}

function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE} seconds: ${what}`)), PATIENCE * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function actOf(random: Random, editor: Editor, files: Files, documents: Map<string, string>): Act {
  const path = random.pick([...Object.keys(files), 'main.tf', 'new.tf', 'a/x.tfvars', '.tfsgrc.json']);
  const text = documents.get(path) ?? files[path] ?? '';
  const { connection } = editor;
  const notify = (method: string, params: unknown): Act => [
    `${method} ${JSON.stringify(params)?.slice(0, 300)}`,
    () => connection.sendNotification(method, params),
  ];
  const request = (method: string, params: unknown): Act => [
    `${method} ${JSON.stringify(params)?.slice(0, 300)}`,
    () => connection.sendRequest(method, params),
  ];
  const textDocument = { uri: random.chance(0.9) ? editor.uri(path) : random.pick(oddUris) };
  return random.pick<() => Act>([
    () => {
      documents.set(path, text);
      return [`open ${path}`, () => editor.open(path, text)];
    },
    () => {
      const now = edited({ [path]: text }, makeEdit(random))[path] ?? '';
      documents.set(path, now);
      return [`change ${path} to ${JSON.stringify(now.slice(0, 300))}`, () => editor.change(path, { text: now })];
    },
    () => [
      `change a part of ${path}`,
      () => editor.change(path, { range: rangeIn(random), text: random.pick(['', '"', '{', 'x = 1\n', '😀']) }),
    ],
    () => {
      documents.delete(path);
      return [`close ${path}`, () => editor.close(path)];
    },
    () => [`save ${path}`, () => editor.save(path, text)],
    () => request('textDocument/hover', { textDocument, position: rangeIn(random).start }),
    () =>
      request('textDocument/codeAction', {
        textDocument,
        range: rangeIn(random),
        context: { diagnostics: editor.latest(path)?.diagnostics ?? [] },
      }),
    () => request('textDocument/documentSymbol', { textDocument }),
    () => request('textDocument/codeLens', { textDocument }),
    () => request('workspace/symbol', { query: random.pick(['', 'web', 'sg 22', '.*']) }),
    () =>
      request(random.pick(['textDocument/completion', 'textDocument/definition', 'textDocument/references']), {
        textDocument,
        position: rangeIn(random).start,
        context: random.pick([undefined, { triggerKind: 2, triggerCharacter: ' ' }, { includeDeclaration: true }]),
      }),
    () => request('textDocument/inlayHint', { textDocument, range: rangeIn(random) }),
    () => request(random.pick(requests), anything(random)),
    () =>
      request(random.pick(requests), {
        textDocument,
        position: anything(random),
        range: anything(random),
        context: anything(random),
      }),
    () => notify(random.pick(notifications), anything(random)),
    () =>
      notify(random.pick(notifications), {
        textDocument: { ...textDocument, version: anything(random), text: anything(random) },
        contentChanges: anything(random),
        changes: anything(random),
        settings: anything(random),
        event: anything(random),
      }),
    () =>
      notify('workspace/didChangeWatchedFiles', { changes: [{ uri: textDocument.uri, type: random.between(1, 3) }] }),
    () => notify('workspace/didChangeConfiguration', { settings: { tfsg: anything(random) } }),
    () =>
      notify('workspace/didChangeWorkspaceFolders', {
        event: {
          added: [{ uri: editor.uri('modules'), name: 'm' }],
          removed: random.chance(0.5) ? [{ uri: editor.uri(''), name: 'all' }] : [],
        },
      }),
    () => [`write ${path}`, async () => editor.write(path, text)],
  ])();
}

const oddUris: readonly string[] = [
  'untitled:Untitled-1',
  'git:/main.tf?x',
  'file:///',
  'file://host/a.tf',
  'file:///%00.tf',
  '%',
  '',
  'file:///C:/a.tf',
  'http://x/main.tf',
];

const requests: readonly string[] = [
  'textDocument/hover',
  'textDocument/codeAction',
  'textDocument/documentSymbol',
  'textDocument/inlayHint',
  'textDocument/codeLens',
  'textDocument/completion',
  'textDocument/definition',
  'textDocument/references',
  'workspace/symbol',
  'workspace/executeCommand',
  'textDocument/nothing',
  'initialize',
  '$/nothing',
];

const notifications: readonly string[] = [
  'textDocument/didOpen',
  'textDocument/didChange',
  'textDocument/didSave',
  'textDocument/didClose',
  'workspace/didChangeWatchedFiles',
  'workspace/didChangeConfiguration',
  'workspace/didChangeWorkspaceFolders',
  '$/cancelRequest',
  '$/setTrace',
  'nothing',
];

function rangeIn(random: Random) {
  const position = () => ({
    line: random.pick([0, 1, 2, 5, 20, 1e9, -1]),
    character: random.pick([0, 1, 3, 10, 80, 1e9, -1]),
  });
  return { start: position(), end: position() };
}

function anything(random: Random): object {
  const leaf = (): unknown => random.pick([null, true, 0, -1, 1.5, 1e300, '', 'x', 'file:///main.tf', [], {}, [null]]);
  const keys = [
    'textDocument',
    'uri',
    'position',
    'range',
    'line',
    'command',
    'arguments',
    'config',
    'run',
    'id',
    'value',
    'event',
    'changes',
  ];
  const made = Object.fromEntries(
    Array.from({ length: random.between(0, 4) }, () => [
      random.pick(keys),
      random.chance(0.3) ? { [random.pick(keys)]: leaf() } : leaf(),
    ]),
  );
  return random.chance(0.2) ? [leaf(), made] : made;
}
