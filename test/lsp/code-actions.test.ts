/** Code actions: what they offer where, and what the text is after them. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { lintFiles } from '../checks/lint-files.ts';
import { shellWith } from '../cli/shell.ts';
import { able, Editor, type EditorOptions, edited, type Files, marked } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

async function actionsAt(
  text: string,
  {
    path = 'main.tf',
    only,
    files = {},
    ...options
  }: EditorOptions & { path?: string; only?: string[]; files?: Files } = {},
): Promise<{ readonly text: string; readonly actions: readonly CodeAction[] }> {
  const { text: clean, range } = marked(text);
  editor = await Editor.start(files, options);
  await editor.open(path, clean);
  await editor.shown(path);
  return { text: clean, actions: await editor.codeActions(path, range, only) };
}

const titled = (actions: readonly CodeAction[], title: RegExp): CodeAction => {
  const found = actions.find((action) => title.test(action.title));
  if (found === undefined) throw new Error(`${title} is not among ${actions.map((each) => each.title).join(', ')}`);
  return found;
};

const group = (rules: string) => `resource "aws_security_group" "web" {
  name        = "web"
  description = "Machines that serve"
${rules}}
`;

const spelled = (cidr: string, protocol = '"tcp"') =>
  group(`
  ingress {
    description      = "HTTPS"
    from_port        = 443
    to_port          = 443
    protocol         = ${protocol}
    ipv6_cidr_blocks = ["${cidr}"]
  }
`);

describe('a fix', () => {
  test('fixes the text that it stands in, and is the one to take', async () => {
    const { text, actions } = await actionsAt(spelled('2001:▮DB8::/32'));
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    expect(fix).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'invalid-cidr', source: 'tfsg' }] });
    expect(edited(text, fix?.edit, editor.uri('main.tf'))).toBe(spelled('2001:db8::/32'));
    expect(fix?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: editor.uri('main.tf'), version: 1 } }]);
  });

  test('is offered from anywhere on the line', async () => {
    const { actions } = await actionsAt(spelled('2001:DB8::/32').replace('ipv6_cidr', '▮ipv6_cidr'));
    expect(actions.filter(({ isPreferred }) => isPreferred)).toHaveLength(1);
  });

  test('stands in the data of its diagnostic as well', async () => {
    await actionsAt(spelled('2001:▮DB8::/32'));
    const data = editor.latest('main.tf')?.diagnostics.find(({ code }) => code === 'invalid-cidr')?.data;
    expect(data).toMatchObject({ fix: { edits: [{ uri: editor.uri('main.tf'), newText: '"2001:db8::/32"' }] } });
  });

  test('is a plain change where the editor has no versions', async () => {
    const { text, actions } = await actionsAt(spelled('2001:▮DB8::/32'), { capabilities: {} });
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    expect(fix?.edit).toHaveProperty('changes');
    expect(edited(text, fix?.edit, editor.uri('main.tf'))).toBe(spelled('2001:db8::/32'));
  });

  test('is none where something else would change its meaning', async () => {
    const shared = `locals {\n  block = "2001:▮DB8::/32"\n}\n${group('')}
resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.web.id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv6         = local.block
}
resource "aws_vpc" "sized" {
  tags = { Length = length(replace(local.block, "D", "")) }
}
`;
    const { actions } = await actionsAt(shared);
    expect(actions.filter(({ isPreferred }) => isPreferred)).toEqual([]);
  });

  test('of a whole file fixes all that --fix fixes there, when it is asked for', async () => {
    const refused = spelled('2001:db8::5/32').replace('"web"', '"refused"');
    const twice = `${spelled('2001:▮DB8::/32')}${spelled('0::/0').replace('"web"', '"other"')}${refused}`;
    const { text, actions } = await actionsAt(twice, { only: ['source.fixAll'] });
    expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.tfsg']);
    expect(edited(text, actions[0]?.edit, editor.uri('main.tf'))).toBe(
      text.replace('2001:DB8::/32', '2001:db8::/32').replace('0::/0', '::/0'),
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    expect(await editor.codeActions('main.tf', range)).toEqual([]);
    expect(await editor.codeActions('main.tf', range, ['refactor'])).toEqual([]);
  });
});

describe('suggestions', () => {
  test('are offered beside one another, none of them as the one to take', async () => {
    const { text, actions } = await actionsAt(spelled('2001:▮db8::5/32'));
    const changes = actions.filter(({ title }) => title.startsWith('Write'));
    expect(changes.map(({ title, isPreferred, kind }) => ({ title, isPreferred, kind }))).toEqual([
      { title: 'Write 2001:db8::5/128, the host', isPreferred: undefined, kind: 'quickfix' },
      { title: 'Write 2001:db8::/32, the network', isPreferred: undefined, kind: 'quickfix' },
    ]);
    expect(changes.map(({ edit }) => edited(text, edit, editor.uri('main.tf')))).toEqual([
      spelled('2001:db8::5/128'),
      spelled('2001:db8::/32'),
    ]);
  });

  test('are nothing that a fix of the whole file makes', async () => {
    const { actions } = await actionsAt(spelled('2001:▮db8::5/32'), { only: ['source.fixAll'] });
    expect(actions).toEqual([]);
  });

  test('stand in the data of their diagnostic', async () => {
    await actionsAt(spelled('2001:▮db8::5/32'));
    const data = editor.latest('main.tf')?.diagnostics.find(({ code }) => code === 'invalid-cidr')?.data;
    expect(data).toMatchObject({
      fix: null,
      suggestions: [{ edits: [{ newText: '"2001:db8::5/128"' }] }, { edits: [{ newText: '"2001:db8::/32"' }] }],
    });
  });

  test('are left out where anything else would change', async () => {
    const { actions } = await actionsAt(`locals {
  block = "10.▮1.2.3/8"
}
${group(`
  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [local.block]
  }
`)}
resource "aws_instance" "bastion" {
  private_ip = split("/", local.block)[0]
}
`);
    expect(actions).toEqual([]);
    const { start } = editor.latest('main.tf')!.diagnostics.find(({ code }) => code === 'invalid-cidr')!.range;
    const atRule = await editor.codeActions('main.tf', { start, end: start });
    expect(atRule.map(({ title }) => title).filter((title) => title.startsWith('Write'))).toEqual([
      'Write 10.1.2.3/32, the host',
    ]);
  });
});

const withSnippets = {
  ...able,
  workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
};

/** The text after the only edit of an action, a snippet with its stops as they are written. */
function afterSnippet(text: string, action: CodeAction, path = 'main.tf'): string {
  const [change] = action.edit!.documentChanges as TextDocumentEdit[];
  const edits = change!.edits.map((edit) =>
    'snippet' in edit ? { range: edit.range, newText: edit.snippet.value } : edit,
  ) as TextEdit[];
  return edited(text, { changes: { [editor.uri(path)]: edits } }, editor.uri(path));
}

describe('a description', () => {
  const rule = (lines: string) => group(`  ▮ingress {\n${lines}  }\n`);
  const ports =
    '    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ["10.0.0.0/24"]\n';

  test('is typed into a line that the fix puts in', async () => {
    const { text, actions } = await actionsAt(rule(ports), { capabilities: withSnippets });
    expect(afterSnippet(text, titled(actions, /^Add a description$/))).toBe(
      rule(`    description = "$1"\n${ports}`).replace('▮', ''),
    );
  });

  test('is left blank, which is the same finding, where nothing can be typed over', async () => {
    const { text, actions } = await actionsAt(rule(ports));
    const after = edited(text, titled(actions, /^Add a description$/).edit, editor.uri('main.tf'));
    expect(after).toBe(rule(`    description = ""\n${ports}`).replace('▮', ''));
    const { findings } = await lintFiles({ 'main.tf': after });
    expect(findings.map(({ check, message }) => `${check}: ${message}`)).toEqual([
      'missing-rule-description: The description of this ingress rule of aws_security_group.web is blank.',
    ]);
  });

  test.each([
    [
      'of a group stands behind its name',
      'resource "▮aws_security_group" "web" {\r\n  tags = {}\r\n  name = "web"\r\n}\r\n',
      'resource "aws_security_group" "web" {\r\n  tags = {}\r\n  name = "web"\r\n  description = "$1"\r\n}\r\n',
    ],
    [
      'of a group without anything stands alone',
      'resource "▮aws_security_group" "web" {\n}\n',
      'resource "aws_security_group" "web" {\n  description = "$1"\n}\n',
    ],
    [
      'of a dynamic block stands in its content',
      group(
        '  dynamic "ingress" {\n    for_each = [22]\n    ▮content {\n      from_port = ingress.value\n      to_port = ingress.value\n      protocol = "tcp"\n      cidr_blocks = ["10.0.0.0/24"]\n    }\n  }\n',
      ),
      group(
        '  dynamic "ingress" {\n    for_each = [22]\n    content {\n      description = "$1"\n      from_port = ingress.value\n      to_port = ingress.value\n      protocol = "tcp"\n      cidr_blocks = ["10.0.0.0/24"]\n    }\n  }\n',
      ),
    ],
    [
      'that is null is replaced',
      rule(`    description = ▮null\n${ports}`).replace('▮', ''),
      rule(`    description = "$1"\n${ports}`).replace('▮', ''),
    ],
  ])('%s', async (_, marks, wanted) => {
    const { text, actions } = await actionsAt(marks, { capabilities: withSnippets });
    expect(afterSnippet(text, titled(actions, /^Add a description$/))).toBe(wanted);
  });

  test('that says nothing is selected, and is left as it is where nothing can be typed over', async () => {
    const marks = 'resource "aws_security_group" "web" {\n  description = "▮Managed by Terraform"\n}\n';
    const { text, actions } = await actionsAt(marks, { capabilities: withSnippets });
    expect(afterSnippet(text, titled(actions, /^Replace the description$/))).toContain(
      'description = "${1:Managed by Terraform}"\n',
    );
    await editor.end();
    const plain = await actionsAt(marks);
    expect(plain.actions.filter(({ title }) => /description$/.test(title) && !/^(?:Ignore|Open)/.test(title))).toEqual(
      [],
    );
  });

  test('is not offered in a block of one line', async () => {
    const { actions } = await actionsAt('resource "▮aws_security_group" "web" { name = "web" }\n');
    expect(actions.filter(({ title }) => /^Add/.test(title))).toEqual([]);
  });
});

describe('a narrower source', () => {
  const open = (vpc: string, source: string) => `resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
variable "world" {
  default = ["0.0.0.0/0"]
}
resource "aws_security_group" "web" {
  name        = "web"
  description = "Machines that serve"
  vpc_id      = ${vpc}
  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ${source}
  }
}
`;
  const limits = (actions: readonly CodeAction[]) =>
    actions.map(({ title }) => title).filter((title) => title.startsWith('Limit'));

  test('is typed in the place of the block, which is selected', async () => {
    const { text, actions } = await actionsAt(open('"vpc-1"', '["▮0.0.0.0/0"]'), { capabilities: withSnippets });
    expect(limits(actions)).toEqual(['Limit 0.0.0.0/0 to other addresses']);
    expect(afterSnippet(text, titled(actions, /^Limit/))).toBe(open('"vpc-1"', '["${1:0.0.0.0/0}"]'));
    expect(titled(actions, /^Limit/)).not.toHaveProperty('isPreferred');
  });

  test('is the block of the VPC in every editor, where the configuration has that', async () => {
    const { text, actions } = await actionsAt(open('aws_vpc.main.id', '["▮0.0.0.0/0"]'));
    expect(limits(actions)).toEqual(['Limit 0.0.0.0/0 to aws_vpc.main.cidr_block']);
    const after = edited(text, titled(actions, /^Limit/).edit, editor.uri('main.tf'));
    expect(after).toBe(open('aws_vpc.main.id', '[aws_vpc.main.cidr_block]'));
    const { findings } = await lintFiles({ 'main.tf': after });
    expect(findings.map(({ check }) => check)).toEqual([]);
  });

  test('is offered where the value is written, too, and not where it is used', async () => {
    const marks = open('aws_vpc.main.id', 'var.world').replace('"0.0.0.0/0"', '"▮0.0.0.0/0"');
    const { text, actions } = await actionsAt(marks, { capabilities: withSnippets });
    expect(limits(actions)).toEqual(['Limit 0.0.0.0/0 to other addresses']);
    expect(afterSnippet(text, titled(actions, /^Limit/))).toBe(marks.replace('▮0.0.0.0/0', '${1:0.0.0.0/0}'));
  });

  test('is not offered for a source that somebody else decides', async () => {
    const { actions } = await actionsAt(open('"vpc-1"', '[format("%s/0", "▮0.0.0.0")]'), {
      capabilities: withSnippets,
    });
    expect(limits(actions)).toEqual([]);
  });
});

describe('a comment', () => {
  const ignored = async (marks: string, options?: Parameters<typeof actionsAt>[1], title = /^Ignore \S+ here$/) => {
    const { text, actions } = await actionsAt(marks, options);
    const action = titled(actions, title);
    const after = edited(text, action.edit, editor.uri(options?.path ?? 'main.tf'));
    const check = /^Ignore (\S+)/.exec(action.title)![1]!;
    // What counts is that it suppresses what it was written for.
    const before = await lintFiles({ ...options?.files, [options?.path ?? 'main.tf']: text });
    const left = await lintFiles({ ...options?.files, [options?.path ?? 'main.tf']: after });
    const count = (report: typeof left) => report.findings.filter((finding) => finding.check === check).length;
    expect(count(left)).toBeLessThan(count(before));
    expect(left.problems.filter(({ kind }) => kind !== 'module')).toEqual(
      before.problems.filter(({ kind }) => kind !== 'module'),
    );
    return after;
  };

  const ssh = (line: string) => `  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
${line}
  }
`;

  test('stands above its line, indented alike', async () => {
    const after = await ignored(group(ssh('    cidr_blocks = ["▮0.0.0.0/0"]')));
    expect(after).toBe(group(ssh('    # tfsg:ignore admin-port-open\n    cidr_blocks = ["0.0.0.0/0"]')));
  });

  test('stands above the element of a list', async () => {
    const after = await ignored(group(ssh('\tcidr_blocks = [\n\t\t"10.0.0.0/8",\n\t\t"▮0.0.0.0/0",\n\t]')));
    expect(after).toContain('\t\t"10.0.0.0/8",\n\t\t# tfsg:ignore admin-port-open\n\t\t"0.0.0.0/0",\n');
  });

  test('ends its line as the others end', async () => {
    const after = await ignored(group(ssh('    cidr_blocks = ["▮0.0.0.0/0"]')).replaceAll('\n', '\r\n'));
    expect(after).toContain('\r\n    # tfsg:ignore admin-port-open\r\n    cidr_blocks');
    expect(after).not.toMatch(/[^\r]\n/);
  });

  test('stands above a heredoc, not in it', async () => {
    const after = await ignored(
      group(`  ingress {
    description = <<-EOT
      ▮SSH — for everybody
    EOT
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/24"]
  }
`),
    );
    expect(after).toContain('    # tfsg:ignore invalid-description\n    description = <<-EOT\n');
  });

  test('stands above a value in an interpolation that goes over lines', async () => {
    const after = await ignored(group(ssh('    cidr_blocks = ["${\n      "▮0.0.0.0/0"\n    }"]')));
    expect(after).toMatch(/# tfsg:ignore admin-port-open\n/);
  });

  test('stands above a block of one line', async () => {
    const after = await ignored('resource "aws_security_group" "web" { name = "▮sg-web" }\n', {}, /reserved-name here/);
    expect(after).toBe('# tfsg:ignore reserved-name\nresource "aws_security_group" "web" { name = "sg-web" }\n');
  });

  test('stands above a whole resource', async () => {
    const after = await ignored(
      group(ssh('    cidr_blocks = ["▮0.0.0.0/0"]')),
      {},
      /in the whole block aws_security_group\.web/,
    );
    expect(after).toBe(`# tfsg:ignore admin-port-open\n${group(ssh('    cidr_blocks = ["0.0.0.0/0"]'))}`);
  });

  test('stands at both blocks of a rule that is open in both families', async () => {
    const both = '    cidr_blocks = ["▮0.0.0.0/0"]\n    ipv6_cidr_blocks = ["::/0"]';
    const after = await ignored(group(ssh(both)));
    const comment = '    # tfsg:ignore admin-port-open\n';
    expect(after).toContain(`${comment}    cidr_blocks = ["0.0.0.0/0"]\n${comment}    ipv6_cidr_blocks`);
    const above = await ignored(group(ssh(both)), {}, /in the whole block aws_security_group\.web/);
    expect(above.match(/tfsg:ignore/g)).toHaveLength(1);
  });

  test('stands above both resources that differ by the family alone', async () => {
    const one = (name: string, source: string) => `resource "aws_vpc_security_group_ingress_rule" "${name}" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  ${source}
}
`;
    const files = one('a', 'cidr_ipv4 = "▮0.0.0.0/0"') + one('b', 'cidr_ipv6 = "::/0"');
    const rule = 'aws_vpc_security_group_ingress_rule';
    const after = await ignored(files, {}, new RegExp(`in the whole blocks ${rule}\\.a and ${rule}\\.b$`));
    expect(after.match(/^# tfsg:ignore admin-port-open$/gm)).toHaveLength(2);
  });

  test('is for the worlds of its finding, or for all', async () => {
    const rule = ssh('    cidr_blocks = var.environment == "dev" ? ["▮0.0.0.0/0"] : ["10.0.0.0/8"]');
    const marked = `variable "environment" {}\n${group(rule)}`;
    const { actions } = await actionsAt(marked);
    expect(actions.map(({ title }) => title).filter((title) => /^Ignore admin/.test(title))).toEqual([
      'Ignore admin-port-open where var.environment is "dev"',
      'Ignore admin-port-open here',
      'Ignore admin-port-open in the whole block aws_security_group.web',
    ]);
    const after = await ignored(marked, {}, /^Ignore \S+ where/);
    expect(after).toContain('    # tfsg:ignore admin-port-open when var.environment == "dev"\n    cidr_blocks');
    expect(await ignored(marked)).toContain('    # tfsg:ignore admin-port-open\n    cidr_blocks');
  });

  test('stands beside the value that a caller of a module gives', async () => {
    const files = { 'main.tf': `variable "office" {}\n${group(ssh('    cidr_blocks = [var.office]'))}` };
    const module = { 'main.tf': 'module "edge" {\n  source = "./edge"\n  office = "▮0.0.0.0/0"\n}\n' };
    const after = await ignored(module['main.tf'], { files: { 'edge/main.tf': files['main.tf'] } });
    expect(after).toContain('  # tfsg:ignore admin-port-open\n  office = "0.0.0.0/0"\n');
  });

  test('goes below another at the same place, and both hold', async () => {
    const after = await ignored(group(ssh('    # tfsg:ignore broad-public-cidr\n    cidr_blocks = ["▮0.0.0.0/0"]')));
    expect(after).toContain('broad-public-cidr\n    # tfsg:ignore admin-port-open\n    cidr');
  });

  test('lets its reason be typed where the editor has snippets', async () => {
    const { actions } = await actionsAt(group(ssh('    cidr_blocks = ["▮0.0.0.0/0"]')), { capabilities: withSnippets });
    const edit = titled(actions, /here, with a reason/).edit?.documentChanges?.[0];
    expect(edit).toMatchObject({
      edits: [{ snippet: { value: '    # tfsg:ignore admin-port-open -- ${1:reason}\n' } }],
    });
  });

  test('stands in for a reason that the configuration asks for, and is told until somebody writes it', async () => {
    const config = JSON.stringify({ suppressions: { requireReason: true } });
    const { text, actions } = await actionsAt(group(ssh('    cidr_blocks = ["▮0.0.0.0/0"]')), {
      files: { '.tfsgrc.json': config },
    });
    const after = edited(text, titled(actions, /here, with a reason/).edit, editor.uri('main.tf'));
    expect(after).toContain('    # tfsg:ignore admin-port-open -- reason\n    cidr_blocks');
    const shell = shellWith({ 'main.tf': after, '.tfsgrc.json': config });
    const { code, stdout } = await shell.tfsg('-f unix');
    shell.remove();
    expect(code).toBe(1);
    expect(stdout).toMatch(/high: .*\[admin-port-open\]|critical: .*\[admin-port-open\]/);
    expect(stdout).toContain('"-- reason" is a placeholder, so this suppression comment has no effect.');
  });

  test.each([{ suppressions: { locked: ['admin-port-open'] } }, { suppressions: { inline: false } }])(
    'is not offered where the configuration has it count for nothing: %j',
    async (config) => {
      const { actions } = await actionsAt(group(ssh('    cidr_blocks = ["▮0.0.0.0/0"]')), {
        files: { '.tfsgrc.json': JSON.stringify(config) },
      });
      expect(actions.filter(({ title }) => /^Ignore admin/.test(title))).toEqual([]);
    },
  );

  test('is the first property of the whole block in JSON', async () => {
    const others = { ipv6_cidr_blocks: null, prefix_list_ids: null, security_groups: null, self: null };
    const rule = { description: 'SSH', from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['▮0.0.0.0/0'] };
    const ingress = [{ ...rule, ...others }];
    const json = JSON.stringify({ resource: { aws_security_group: { web: { name: 'web', ingress } } } }, null, 2);
    const { text, actions } = await actionsAt(json, { path: 'main.tf.json' });
    const offered = actions.filter(({ title }) => /^Ignore/.test(title));
    expect(offered.map(({ title }) => title)).toEqual([
      'Ignore admin-port-open in the whole block aws_security_group.web',
    ]);
    const after = edited(text, offered[0]!.edit, editor.uri('main.tf.json'));
    expect(after).toContain('"web": {\n        "//": "tfsg:ignore admin-port-open",\n        "name": "web",');
    const shell = shellWith({ 'main.tf.json': after });
    const { stdout } = await shell.tfsg('-f unix --check admin-port-open');
    shell.remove();
    expect(stdout).toBe('');
  });
});

describe('the page of a check', () => {
  const text = group('').replace('"web"\n', '"▮sg-web"\n');

  test('is opened by the editor', async () => {
    const shown: unknown[] = [];
    const { actions } = await actionsAt(text, {
      prepare: (connection) =>
        connection.onRequest('window/showDocument', (params) => {
          shown.push(params);
          return { success: true };
        }),
    });
    const { command } = titled(actions, /^Open documentation for reserved-name$/);
    await editor.connection.sendRequest('workspace/executeCommand', {
      command: command!.command,
      arguments: command!.arguments,
    });
    expect(shown).toEqual([{ uri: expect.stringMatching(/\/docs\/checks\/reserved-name\.md$/) }]);
    const request = editor.connection.sendRequest('workspace/executeCommand', {
      command: 'tfsg.openPage',
      arguments: ['../x'],
    });
    await expect(request).rejects.toThrow('There is no documentation for ../x.');
  });

  test('is not offered where the editor opens none', async () => {
    const { actions } = await actionsAt(text, { capabilities: { ...able, window: {} } });
    expect(actions.filter(({ title }) => title.startsWith('Open'))).toEqual([]);
  });
});
