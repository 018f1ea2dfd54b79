/** Completions: what is offered where, and the text after one is taken. */

import { afterEach, describe, expect, test } from '@jest/globals';
import {
  type CompletionItem,
  type CompletionList,
  CompletionTriggerKind,
  InsertTextFormat,
  type TextEdit,
} from 'vscode-languageserver/node';
import { able, Editor, type EditorOptions, edited, type Files, marked } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

async function offered(text: string, files: Files = {}, character?: string, options?: EditorOptions) {
  const path = 'main.tf';
  const { text: clean, position } = marked(text);
  editor = await Editor.start(files, options);
  await editor.open(path, clean);
  const context =
    character === undefined
      ? { triggerKind: CompletionTriggerKind.Invoked }
      : { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: character };
  const list = await editor.request<CompletionList | null>('textDocument/completion', path, { position, context });
  const items = list?.items ?? [];
  const take = (label: string): string => {
    const item = items.find((each) => each.label === label);
    if (item === undefined) throw new Error(`${label} is not among ${items.map((each) => each.label).join(', ')}`);
    return edited(clean, { changes: { x: [item.textEdit as TextEdit] } }, 'x');
  };
  return { items, labels: items.map(({ label }) => label), take };
}

const rule = (line: string) => `resource "aws_security_group" "web" {
  name = "web"

  ingress {
    ${line}
    protocol = "tcp"
  }
}
`;

describe('a port', () => {
  test.each([
    ['nothing yet', 'from_port = ▮'],
    ['a name', 'from_port = http▮'],
    ['a part of a number', 'from_port = 4▮'],
  ])('is chosen by its service, after %s', async (_, line) => {
    const { take, items } = await offered(rule(line));
    expect(take('443 HTTPS')).toBe(rule('from_port = 443'));
    expect(items.find(({ label }) => label === '443 HTTPS')).toMatchObject({ detail: 'tcp, udp' });
  });

  test('is the last of several where the range ends', async () => {
    const { take } = await offered(rule('to_port = ▮'));
    expect(take('5909 VNC')).toBe(rule('to_port = 5909'));
  });

  test('is chosen in a rule of its own, and in a dynamic block', async () => {
    const own = await offered(`resource "aws_vpc_security_group_ingress_rule" "ssh" {\n  from_port = ▮\n}\n`);
    expect(own.take('22 SSH')).toContain('from_port = 22\n');
    await editor.end();
    const dynamic = await offered(
      'resource "aws_security_group" "web" {\n  dynamic "ingress" {\n    for_each = [1]\n    content {\n      to_port = ▮\n    }\n  }\n}\n',
    );
    expect(dynamic.take('22 SSH')).toContain('to_port = 22\n');
  });

  test.each([
    ['another argument', rule('description = ▮')],
    ['another resource', 'resource "aws_lb_listener" "web" {\n  from_port = ▮\n}\n'],
    ['a comment', rule('# from_port = ▮')],
    ['an output', 'output "x" {\n  from_port = ▮\n}\n'],
  ])('is not offered in %s', async (_, text) => {
    expect((await offered(text)).labels).toEqual([]);
  });
});

describe('a protocol', () => {
  test('is written in quotes, which may be there already', async () => {
    const bare = await offered('resource "aws_security_group_rule" "ssh" {\n  protocol = ▮\n}\n');
    expect(bare.take('"-1"')).toContain('protocol = "-1"\n');
    await editor.end();
    const quoted = await offered('resource "aws_security_group_rule" "ssh" {\n  protocol = "▮"\n}\n', {}, '"');
    expect(quoted.take('"tcp"')).toContain('protocol = "tcp"\n');
  });
});

describe('a group', () => {
  const groups = `resource "aws_security_group" "lb" {
  name = "front-lb"
}
resource "aws_security_group" "many" {
  for_each = toset(["a"])
}
resource "aws_security_group" "maybe" {
  count = 1
}
data "aws_security_group" "bastion" {
}
`;
  const all = [
    'aws_security_group.lb.id',
    'aws_security_group.many[each.key].id',
    'aws_security_group.maybe[0].id',
    'data.aws_security_group.bastion.id',
  ];

  test.each([
    ['a rule of its own', 'resource "aws_vpc_security_group_ingress_rule" "a" {\n  security_group_id = ▮\n}\n'],
    ['a source', 'resource "aws_vpc_security_group_ingress_rule" "a" {\n  referenced_security_group_id = aws▮\n}\n'],
    ['a list', 'resource "aws_instance" "a" {\n  vpc_security_group_ids = [▮]\n}\n'],
    ['a list of lines', 'resource "aws_lb" "a" {\n  security_groups = [\n    "sg-1",\n    ▮\n  ]\n}\n'],
    ['a block', 'resource "aws_lambda_function" "a" {\n  vpc_config {\n    security_group_ids = [▮]\n  }\n}\n'],
  ])('of the directory is offered in %s', async (_, text) => {
    const { labels, items } = await offered(text, { 'groups.tf': groups, 'other/main.tf': groups });
    expect(labels).toEqual(all);
    expect(items[0]).toMatchObject({ detail: 'front-lb' });
  });

  test('takes the place of a text that was begun', async () => {
    const { take } = await offered('resource "aws_lb" "a" {\n  security_groups = ["sg▮"]\n}\n', {
      'groups.tf': groups,
    });
    expect(take(all[0]!)).toContain('security_groups = [aws_security_group.lb.id]\n');
  });

  test('that is written in the same document, and not saved, is offered', async () => {
    const { labels } = await offered(`${groups}resource "aws_lb" "a" {\n  security_groups = [▮\n}\n`);
    expect(labels).toEqual(all);
  });
});

test('a prefix list of the directory is offered', async () => {
  const { labels } = await offered(
    'resource "aws_ec2_managed_prefix_list" "office" {\n  name = "office"\n}\nresource "aws_security_group_rule" "a" {\n  prefix_list_ids = [▮]\n}\n',
  );
  expect(labels).toEqual(['aws_ec2_managed_prefix_list.office.id']);
});

describe('an argument', () => {
  test('that is not there yet is offered, the required ones first', async () => {
    const own = await offered('resource "aws_vpc_security_group_ingress_rule" "a" {\n  ▮\n}\n');
    expect(own.labels.slice(0, 2).sort()).toEqual(['ip_protocol', 'security_group_id']);
    await editor.end();
    const { labels, take } = await offered(rule('fr▮'));
    expect(labels).toContain('cidr_blocks');
    expect(labels).not.toContain('protocol');
    expect(take('from_port')).toBe(rule('from_port = '));
  });

  test('is left to another server where the settings say so', async () => {
    const options = { initializationOptions: { languageFeatures: false } };
    expect((await offered(rule('fr▮'), {}, undefined, options)).labels).toEqual([]);
    await editor.end();
    expect((await offered(rule('from_port = ▮'), {}, undefined, options)).labels).toContain('22 SSH');
  });

  test('keeps the value that stands behind it', async () => {
    const { take } = await offered(rule('fr▮om = 22'));
    expect(take('from_port')).toBe(rule('from_port = 22'));
  });

  test('can be a block, which a snippet closes', async () => {
    const text = 'resource "aws_security_group" "web" {\n  ▮\n}\n';
    const { take } = await offered(text);
    expect(take('egress')).toBe('resource "aws_security_group" "web" {\n  egress\n}\n');
    await editor.end();
    const completion = { completionItem: { snippetSupport: true } };
    const capabilities = { ...able, textDocument: { ...able.textDocument, completion } };
    const { items } = await offered(text, {}, undefined, { capabilities });
    expect(items.find(({ label }) => label === 'egress')).toMatchObject({
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { newText: 'egress {\n  $0\n}' },
    });
    expect(items.find(({ label }) => label === 'name')).not.toHaveProperty('insertTextFormat');
  });

  test('is not offered behind a space that was typed, and in resources that have nothing to do with groups', async () => {
    expect((await offered(rule(' ▮'), {}, ' ')).labels).toEqual([]);
    await editor.end();
    expect((await offered('resource "aws_vpc" "web" {\n  ▮\n}\n')).labels).toEqual([]);
  });
});

describe('a check', () => {
  test('is offered in a comment, those that found something first', async () => {
    const open = rule('cidr_blocks = ["0.0.0.0/0"]\n    from_port = 22\n    to_port = 22');
    const { labels, items, take } = await offered(`${open}# tfsg:ignore ad▮\n`);
    expect(labels.slice(0, 3)).toContain('admin-port-open');
    expect(labels).toContain('unused-group');
    expect((items as CompletionItem[]).every(({ detail }) => detail !== '')).toBe(true);
    expect(take('admin-port-open')).toBe(`${open}# tfsg:ignore admin-port-open\n`);
  });

  test.each(['// tfsg:ignore-file ▮', '  a = 1 # tfsg:ignore port-open, ▮', '/* tfsg:ignore ▮'])(
    'is offered in %s',
    async (line) => {
      expect((await offered(`locals {\n${line}\n}\n`)).labels).toContain('admin-port-open');
    },
  );

  test('is not offered in the reason', async () => {
    expect((await offered('# tfsg:ignore port-open -- see ▮\n')).labels).toEqual([]);
  });
});
