/** Diagnostics: when they come, where, and when they go. */

import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import { able, Editor, type EditorOptions, type Files, marked, markedWith } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

async function start(files: Files, options?: EditorOptions): Promise<Editor> {
  editor = await Editor.start(files, options);
  return editor;
}

const group = (source: string, name = 'web') => `resource "aws_security_group" "${name}" {
  name        = "${name}"
  description = "Machines that serve"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [${source}]
  }
}
`;

const open = group('"0.0.0.0/0"');
const closed = group('"10.0.0.0/16"');
const only = { checks: { 'inline-rules': 'off' }, extends: ['tfsg:recommended'] };
const config = { '.tfsgrc.json': JSON.stringify(only) };

const codes = (path: string) => editor.latest(path)?.diagnostics.map(({ code }) => code);

describe('a document', () => {
  test('has its findings when it is opened, with all that editors show of them', async () => {
    await start(config);
    await editor.open('main.tf', open);
    const [diagnostic, ...others] = await editor.shown('main.tf');
    expect(others).toEqual([]);
    expect(markedWith(open, diagnostic!.range)).toBe(group('⟦"0.0.0.0/0"⟧'));
    expect(diagnostic).toMatchObject({
      severity: DiagnosticSeverity.Error,
      source: 'tfsg',
      code: 'admin-port-open',
      codeDescription: { href: expect.stringMatching(/^file:\/\/\/.*\/docs\/checks\/admin-port-open\.md$/) },
      message: expect.stringContaining('SSH (22/tcp)'),
      data: { fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/), fix: null, suggestions: [] },
    });
  });

  test('has one at each rule, also where a report tells them together', async () => {
    const rules = [80, 443].map((port) => group('"10.0.0.0/8"').replaceAll('22', String(port)));
    const [first, second] = rules.map((text) =>
      text
        .split('\n')
        .slice(4, -2)
        .join('\n')
        .replace(/ *description.*\n/, ''),
    );
    await start(config);
    await editor.open('main.tf', closed.replace(/ {2}ingress[\s\S]*/, `${first}\n\n${second}\n}\n`));
    const shown = await editor.shown('main.tf');
    expect(shown.map(({ code, message, range }) => [code, message, range.start.line])).toEqual(
      [4, 11].map((line) => [
        'missing-rule-description',
        'This ingress rule of aws_security_group.web has no description. Say who needs the rule.',
        line,
      ]),
    );
  });

  test('has those of its text, not of the disk', async () => {
    await start({ 'main.tf': open });
    await editor.open('main.tf', closed);
    expect(await editor.shown('main.tf')).toEqual([]);
  });

  test('has none of those in the baseline, as on the command line', async () => {
    const entry = {
      ...{ file: 'main.tf', check: 'admin-port-open', subject: 'aws_security_group.web', direction: 'ingress' },
      ...{ traffic: '22/tcp', peers: '0.0.0.0/0', count: 1 },
    };
    const file = '.tfsg-baseline.json';
    await start({ ...config, [file]: JSON.stringify({ schemaVersion: 2, findings: [entry] }) });
    await editor.open('main.tf', open);
    expect(await editor.shown('main.tf')).toEqual([]);
    editor.write(file, JSON.stringify({ schemaVersion: 2, findings: [] }));
    const changes = [{ uri: editor.uri(file), type: 2 }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    expect(await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length > 0)).toHaveLength(1);
  });

  test('has what --base-config locks, whatever the repository says', async () => {
    const files = {
      'repository/.git/': '',
      'repository/.tfsgrc.json': '{ "checks": { "admin-port-open": "off" } }',
      'org/base.json': '{ "extends": ["./more.json"] }',
      'org/more.json': '{ "checks": { "admin-port-open": "high" } }',
    };
    await start(files, { baseConfig: 'org/base.json', folders: ['repository'] });
    await editor.open('repository/main.tf', open);
    expect(await editor.shown('repository/main.tf')).toMatchObject([{ code: 'admin-port-open' }]);
  });

  test('has them cleared when they are fixed, version by version', async () => {
    await start(config);
    await editor.open('main.tf', open);
    expect(await editor.shown('main.tf')).toHaveLength(1);
    const { range } = marked(group('⟦"0.0.0.0/0"⟧'));
    const version = await editor.change('main.tf', { range, text: '"10.0.0.0/16"' });
    expect(await editor.shown('main.tf', version)).toEqual([]);
  });

  test.each([
    ['local', 'local.cidr', 'locals {\n  cidr = "0.0.0.0/0"\n}\n'],
    ['variable', 'var.cidr', 'variable "cidr" {\n  default = "0.0.0.0/0"\n}\n'],
    ['resource', 'aws_vpc.main.cidr_block', 'resource "aws_vpc" "main" {\n  cidr_block = "0.0.0.0/0"\n}\n'],
  ])('knows a %s that is declared after the reference to it', async (_, reference, declaration) => {
    await start({ ...config, 'names.tf': '' });
    await editor.open('main.tf', group(reference));
    await editor.open('names.tf', '');
    await editor.shown('names.tf');
    expect(codes('main.tf')).not.toContain('admin-port-open');
    await editor.shown('names.tf', await editor.change('names.tf', { text: declaration }));
    await editor.diagnostics('main.tf', () => codes('main.tf')!.includes('admin-port-open'));
    await editor.shown('names.tf', await editor.change('names.tf', { text: '' }));
    await editor.diagnostics('main.tf', () => !codes('main.tf')!.includes('admin-port-open'));
  });

  test('is linted once after many changes, in the last version', async () => {
    await start(config);
    await editor.open('main.tf', closed);
    await editor.shown('main.tf');
    let version = 1;
    for (let round = 0; round < 20; round++) version = await editor.change('main.tf', { text: `${open}# ${round}\n` });
    await editor.shown('main.tf', version);
    const versions = editor.published.map((params) => params.version);
    expect(versions).toEqual([...versions].sort((a, b) => a! - b!));
    expect(versions.length).toBeLessThan(10);
  });

  test('gets the findings of what it needs from the rest of its directory', async () => {
    await start({ ...config, 'variables.tf': 'variable "office" {\n  default = "0.0.0.0/0"\n}\n' });
    await editor.open('main.tf', group('var.office'));
    const [diagnostic] = await editor.shown('main.tf');
    expect(diagnostic?.relatedInformation).toEqual([
      {
        location: {
          uri: editor.uri('variables.tf'),
          range: { start: { line: 1, character: 12 }, end: { line: 1, character: 23 } },
        },
        message: 'default of var.office',
      },
    ]);
  });

  test('gives the other files of the directory theirs, and takes them away when it is closed', async () => {
    await start({ ...config, 'other.tf': group('"0.0.0.0/0"', 'other') });
    await editor.open('main.tf', closed);
    await editor.diagnostics('other.tf', ({ diagnostics }) => diagnostics.length > 0);
    expect(codes('other.tf')).toEqual(['admin-port-open']);
    expect(editor.latest('other.tf')).not.toHaveProperty('version');
    await editor.close('main.tf');
    await editor.diagnostics('other.tf', ({ diagnostics }) => diagnostics.length === 0);
  });

  test('counts as it is on the disk once it is closed', async () => {
    await start({ ...config, 'main.tf': open, 'other.tf': '' });
    await editor.open('main.tf', closed);
    await editor.open('other.tf', '');
    expect(await editor.shown('main.tf')).toEqual([]);
    await editor.close('main.tf');
    await editor.diagnostics(
      'main.tf',
      ({ version, diagnostics }) => version === undefined && diagnostics.length === 1,
    );
  });

  test('that is not saved yet is linted in the folder where it will be', async () => {
    await start(config);
    await editor.open('new/folder/main.tf', open);
    expect(await editor.shown('new/folder/main.tf')).toHaveLength(1);
  });

  test('without a file is linted by itself', async () => {
    await start({});
    const uri = 'untitled:Untitled-1';
    await editor.openUri(uri, open);
    await editor.until(() => editor.published.some((params) => params.uri === uri && params.diagnostics.length > 0));
    await editor.openUri('untitled:Untitled-2', 'resource "', 'markdown');
    await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await editor.until(() => editor.published.at(-1)?.diagnostics.length === 0);
    expect(new Set(editor.published.map((params) => params.uri))).toEqual(new Set([uri]));
  });

  test('outside of all folders is linted like others', async () => {
    await start({ 'inside/': '', 'outside/main.tf': open, ...config }, { folders: ['inside'] });
    await editor.open('outside/main.tf', open);
    expect(await editor.shown('outside/main.tf')).toHaveLength(1);
  });

  test('of another version of the file, as beside a comparison, is left alone', async () => {
    await start(config);
    await editor.openUri('git:/main.tf?ref=HEAD', open);
    await editor.open('main.tf', closed);
    await editor.shown('main.tf');
    expect(editor.published.map(({ uri }) => uri)).toEqual([editor.uri('main.tf')]);
  });

  test('that is broken keeps the findings of what can be read', async () => {
    await start(config);
    await editor.open('main.tf', `${open}\nresource "aws_security_group" "broken" {\n  name = \n`);
    const found = await editor.shown('main.tf');
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['syntax', 'admin-port-open']));
    expect(found.find(({ code }) => code === 'syntax')).toMatchObject({
      severity: DiagnosticSeverity.Error,
      source: 'tfsg',
    });
  });

  test('has the severities and tags of its checks', async () => {
    await start({ '.tfsgrc.json': JSON.stringify({ extends: ['tfsg:strict'] }) });
    await editor.open(
      'main.tf',
      `${open}
resource "aws_security_group_rule" "again" {
  type              = "ingress"
  security_group_id = aws_security_group.web.id
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
  description       = "SSH"
}
`,
    );
    const found = await editor.shown('main.tf');
    const of = (code: string) => found.find((each) => each.code === code);
    expect(of('duplicate-rule')?.tags).toEqual([DiagnosticTag.Unnecessary]);
    expect(of('deprecated-rule-resource')).toMatchObject({ tags: [DiagnosticTag.Deprecated] });
    expect(of('admin-port-open')).not.toHaveProperty('tags');
    const severities = new Set(found.map(({ severity }) => severity));
    expect(severities.size).toBeGreaterThan(1);
  });

  test('is never shown the findings of an earlier state after those of a later one', async () => {
    await start(config);
    await editor.open('main.tf', `${open}}`);
    const version = await editor.change('main.tf', { text: closed });
    await editor.shown('main.tf', version);
    await editor.request('textDocument/hover', 'main.tf', { position: { line: 0, character: 0 } });
    const versions = editor.published.map((params) => params.version);
    expect(versions).toEqual([...new Set(versions)].sort());
    expect(editor.latest('main.tf')).toMatchObject({ version, diagnostics: [] });
  });
});

describe('modules', () => {
  const files = {
    ...config,
    'main.tf': 'module "edge" {\n  source = "./edge"\n  office = "0.0.0.0/0"\n}\n',
    'edge/main.tf': `variable "office" {}\n${group('var.office')}`,
  };

  test('have their findings at what a caller hands in, with the places on the way', async () => {
    await start(files);
    await editor.open('main.tf', files['main.tf']);
    const [diagnostic] = await editor.shown('main.tf');
    expect(markedWith(files['main.tf'], diagnostic!.range)).toContain('office = ⟦"0.0.0.0/0"⟧');
    expect(diagnostic?.relatedInformation?.map(({ location, message }) => [location.uri, message])).toEqual([
      [editor.uri('edge/main.tf'), expect.any(String)],
    ]);
  });

  test('are linted as the command line does where they alone are open: for nobody in particular', async () => {
    await start(files);
    await editor.open('edge/main.tf', files['edge/main.tf']);
    expect(await editor.shown('edge/main.tf')).toEqual([]);
    expect(editor.latest('main.tf')).toBeUndefined();
  });

  test('follow the open text of a module in the files that call it', async () => {
    await start(files);
    await editor.open('main.tf', files['main.tf']);
    expect(await editor.shown('main.tf')).toHaveLength(1);
    await editor.open('edge/main.tf', files['edge/main.tf'].replace('[var.office]', '["10.0.0.0/16"]'));
    await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === 0);
  });
});

describe('other files', () => {
  const files = { ...config, 'variables.tf': 'variable "office" {}\n', 'terraform.tfvars': 'office = "10.0.0.0/16"\n' };
  const main = group('var.office');

  test('are watched where the editor can', async () => {
    const registered: unknown[] = [];
    const capabilities = {
      ...able,
      workspace: { ...able.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
    };
    await start(files, {
      capabilities,
      prepare: (connection) =>
        connection.onRequest('client/registerCapability', ({ registrations }) => {
          registered.push(...registrations);
          return null;
        }),
    });
    await editor.open('main.tf', main);
    expect(await editor.shown('main.tf')).toEqual([]);
    expect(registered).toEqual([expect.objectContaining({ method: 'workspace/didChangeWatchedFiles' })]);

    editor.write('terraform.tfvars', 'office = "0.0.0.0/0"\n');
    const changes = [{ uri: editor.uri('terraform.tfvars'), type: 2 }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    const [found] = await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === 1);
    expect(found?.relatedInformation?.[0]).toMatchObject({ message: 'value of var.office' });

    editor.write('.tfsgrc.json', JSON.stringify({ extends: ['tfsg:off'] }));
    const more = [{ uri: editor.uri('.tfsgrc.json'), type: 2 }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: more });
    await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === 0);
  });

  test('are read again on save where it can not', async () => {
    await start(files);
    await editor.open('main.tf', main);
    expect(await editor.shown('main.tf')).toEqual([]);
    editor.write('terraform.tfvars', 'office = "0.0.0.0/0"\n');
    await editor.save('main.tf', main);
    await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === 1);
  });

  test('count as they are open: values and configuration before they are saved', async () => {
    await start(files);
    await editor.open('main.tf', main);
    await editor.open('terraform.tfvars', 'office = "0.0.0.0/0"\n', 'terraform-vars');
    await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === 1);
    await editor.open('.tfsgrc.json', JSON.stringify({ extends: ['tfsg:off'] }), 'json');
    await editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === 0);
    await editor.change('.tfsgrc.json', { text: '{ "extend": [] }' });
    const [mistake] = await editor.diagnostics('.tfsgrc.json', ({ diagnostics }) => diagnostics.length > 0);
    expect(mistake).toMatchObject({ code: 'configuration', message: expect.stringContaining('extends') });
  });

  test('that are deleted lose their diagnostics', async () => {
    await start({ ...config, 'other.tf': group('"0.0.0.0/0"', 'other') });
    await editor.open('main.tf', '');
    await editor.diagnostics('other.tf', ({ diagnostics }) => diagnostics.length === 1);
    unlinkSync(join(editor.folder, 'other.tf'));
    const changes = [{ uri: editor.uri('other.tf'), type: 3 }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await editor.diagnostics('other.tf', ({ diagnostics }) => diagnostics.length === 0);
  });
});

describe('folders', () => {
  const strict = JSON.stringify({ extends: ['tfsg:off'], checks: { 'missing-rule-description': 'low' } });
  const bare = open.replace(/^ *description = "SSH"\n/m, '');

  test('each have their own tree', async () => {
    await start(
      { 'one/.git/': '', 'two/.git/': '', 'one/main.tf': bare, 'two/main.tf': bare, 'two/.tfsgrc.json': strict },
      { folders: ['one', 'two'] },
    );
    await editor.open('one/main.tf', bare);
    await editor.open('two/main.tf', bare);
    expect((await editor.shown('two/main.tf')).map(({ code }) => code)).toEqual(['missing-rule-description']);
    expect((await editor.shown('one/main.tf')).map(({ code }) => code)).toContain('admin-port-open');
  });

  test('come and go', async () => {
    const capabilities = { ...able, workspace: { ...able.workspace, workspaceFolders: true } };
    await start({ 'one/main.tf': open, 'two/main.tf': open, ...config }, { folders: ['one'], capabilities });
    await editor.open('one/main.tf', open);
    await editor.shown('one/main.tf');
    const event = {
      added: [{ uri: editor.uri('two'), name: 'two' }],
      removed: [{ uri: editor.uri('one'), name: 'one' }],
    };
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    await editor.open('two/main.tf', open);
    expect(await editor.shown('two/main.tf')).toHaveLength(1);
    expect(codes('one/main.tf')).toHaveLength(1);
  });
});

describe('problems without a place', () => {
  test('are shown once while they last', async () => {
    await start(config, { initializationOptions: { config: 'missing.json' } });
    await editor.open('main.tf', open);
    await editor.shown('main.tf');
    const version = await editor.change('main.tf', { text: closed });
    await editor.shown('main.tf', version);
    expect(editor.messages).toEqual([
      {
        method: 'window/showMessage',
        message: expect.stringMatching(/^tfsg: Cannot read the configuration missing\.json: /),
      },
    ]);
  });
});

describe('encodings', () => {
  // A smiley has two code units, four bytes and one code point.
  const text = group('/* 😀 */ "0.0.0.0/0"');
  test.each([
    { encodings: undefined, chosen: 'utf-16', start: 28, end: 39 },
    { encodings: ['utf-8', 'utf-16'], chosen: 'utf-8', start: 30, end: 41 },
    { encodings: ['utf-32', 'utf-8'], chosen: 'utf-32', start: 27, end: 38 },
    { encodings: ['utf-7'], chosen: 'utf-16', start: 28, end: 39 },
  ])('$encodings', async ({ encodings, chosen, start: first, end }) => {
    const general = encodings === undefined ? {} : { general: { positionEncodings: encodings } };
    await start(config, { capabilities: { ...able, ...general } });
    expect(editor.result.capabilities.positionEncoding).toBe(chosen);
    await editor.open('main.tf', text);
    const [diagnostic] = await editor.shown('main.tf');
    const range = { start: { line: 9, character: first }, end: { line: 9, character: end } };
    expect(diagnostic?.range).toEqual(range);
    const version = await editor.change('main.tf', { range, text: '"10.0.0.0/16"' });
    expect(await editor.shown('main.tf', version)).toEqual([]);
  });
});

describe('lines', () => {
  test('of a file of the disk begin behind its byte order mark, which editors leave out', async () => {
    await start({ ...config, 'other.tf': `\ufeff/* */ ${group('"0.0.0.0/0"', 'other').replaceAll('\n', ' \r\n')}` });
    await editor.open('main.tf', closed);
    const [diagnostic] = await editor.diagnostics('other.tf', ({ diagnostics }) => diagnostics.length > 0);
    expect(diagnostic?.range).toEqual({ start: { line: 9, character: 19 }, end: { line: 9, character: 30 } });
  });
});

describe('a value from another place', () => {
  const world = 'variable "world" {\n  default = ["0.0.0.0/0"]\n}\n';
  const rule = group('"0.0.0.0/0"').replace('["0.0.0.0/0"]', 'var.world');
  const marks = async (count: number) => {
    const all = await editor.diagnostics('variables.tf', ({ diagnostics }) => diagnostics.length === count);
    expect(new Set(all.map(({ severity }) => severity))).toEqual(new Set(count === 0 ? [] : [DiagnosticSeverity.Hint]));
    return all;
  };

  test('is named in the message, and marked where it is written', async () => {
    await start({ ...config, 'variables.tf': world });
    await editor.open('main.tf', rule);
    const [found] = await editor.shown('main.tf');
    expect(found?.message).toContain(
      ' Value from the default of var.world (variables.tf:2:14). Not reached from the internet: ',
    );
    const [mark] = await marks(1);
    expect(markedWith(world, mark!.range)).toContain('default = [⟦"0.0.0.0/0"⟧]');
    expect(mark).toMatchObject({
      source: 'tfsg',
      code: 'admin-port-open',
      message: 'Source of admin-port-open (main.tf:10:19): 0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.',
      relatedInformation: [{ location: { uri: editor.uri('main.tf') } }],
    });
  });

  test('is marked once for several findings, and no more when there are none', async () => {
    await start({ ...config, 'variables.tf': world });
    const ports = [22, 3389, 5900, 5985, 10000];
    const text = ports.map((port) => rule.replaceAll('22', String(port)).replaceAll('web', `web${port}`)).join('');
    await editor.open('main.tf', text);
    await editor.shown('main.tf');
    expect((await marks(1)).map(({ message }) => message)).toEqual([
      'Source of 5 findings: admin-port-open (main.tf:10:19), admin-port-open (main.tf:22:19), admin-port-open (main.tf:34:19) and 2 more findings.',
    ]);
    const version = await editor.change('main.tf', { text: closed });
    await editor.shown('main.tf', version);
    await marks(0);
  });

  test('is not named where the finding stands at it', async () => {
    await start(config);
    await editor.open('main.tf', open);
    const [found] = await editor.shown('main.tf');
    expect(found?.message).not.toContain('Value from');
  });
});

describe('the whole workspace', () => {
  const files = { ...config, 'a/main.tf': open, 'b/main.tf': open };

  test('is linted without an open document where the settings say so', async () => {
    await start(files, { initializationOptions: { workspace: true } });
    for (const path of ['a/main.tf', 'b/main.tf'])
      await editor.diagnostics(path, ({ diagnostics }) => diagnostics.length === 1);
    await editor.open('a/main.tf', closed);
    await editor.diagnostics('a/main.tf', ({ diagnostics }) => diagnostics.length === 0);
    expect(codes('b/main.tf')).toEqual(['admin-port-open']);
    await editor.close('a/main.tf');
    await editor.diagnostics('a/main.tf', ({ diagnostics }) => diagnostics.length === 1);
  });

  test('is linted again when something is saved or changes on the disk; while typing, the directories of open documents', async () => {
    const caller = 'module "b" {\n  source = "../b"\n  office = "0.0.0.0/0"\n}\n';
    const module = `variable "office" {}\n${group('var.office')}`;
    await start({ ...config, 'a/main.tf': '', 'b/main.tf': module }, { initializationOptions: { workspace: true } });
    await editor.open('b/main.tf', module);
    await editor.shown('b/main.tf');
    await editor.open('a/main.tf', caller);
    await editor.diagnostics('a/main.tf', () => codes('a/main.tf')?.includes('admin-port-open') === true);
    await editor.shown(
      'a/main.tf',
      await editor.change('a/main.tf', { text: caller.replace('0.0.0.0/0', '10.0.0.0/24') }),
    );
    expect(codes('a/main.tf')).toEqual([]);
    await editor.close('a/main.tf');
    editor.write('a/main.tf', caller);
    const changes = [{ uri: editor.uri('a/main.tf'), type: 2 }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await editor.diagnostics('a/main.tf', () => codes('a/main.tf')?.includes('admin-port-open') === true);
    await editor.change('b/main.tf', { text: `${module}${group('"0.0.0.0/0"', 'other')}` });
    await editor.diagnostics('b/main.tf', () => codes('b/main.tf')?.includes('admin-port-open') === true);
    expect(codes('a/main.tf')).toContain('admin-port-open');
    await editor.save('b/main.tf', group('"10.0.0.0/24"'));
    await editor.change('b/main.tf', { text: module.replace('var.office', '"10.0.0.0/24"') });
    await editor.save('b/main.tf', module.replace('var.office', '"10.0.0.0/24"'));
    await editor.diagnostics('a/main.tf', () => codes('a/main.tf')?.includes('admin-port-open') !== true);
  });

  test('is not linted otherwise, nor any more where the setting is taken back', async () => {
    let workspace = false;
    const capabilities = { ...able, workspace: { configuration: true } };
    await start(files, {
      capabilities,
      prepare: (connection) =>
        connection.onRequest('workspace/configuration', ({ items }: { items: object[] }) =>
          items.map(() => ({ workspace })),
        ),
    });
    await editor.open('a/main.tf', open);
    await editor.shown('a/main.tf');
    expect(editor.latest('b/main.tf')).toBeUndefined();
    const change = () => editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    workspace = true;
    await change();
    await editor.diagnostics('b/main.tf', ({ diagnostics }) => diagnostics.length === 1);
    workspace = false;
    await change();
    await editor.diagnostics('b/main.tf', ({ diagnostics }) => diagnostics.length === 0);
    expect(codes('a/main.tf')).toEqual(['admin-port-open']);
  });
});
