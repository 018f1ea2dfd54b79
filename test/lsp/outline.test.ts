/** Document symbols and inlay hints. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { DocumentSymbol, InlayHint, SymbolInformation } from 'vscode-languageserver/node';
import { able, Editor, marked, markedWith } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

const text = `variable "office" {
  default = "203.0.113.0/24"
}

resource "aws_security_group" "web" {
  name = "web"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", var.office]
  }

  dynamic "egress" {
    for_each = [53, 123]
    content {
      from_port   = egress.value
      to_port     = egress.value
      protocol    = "udp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_vpc_security_group_ingress_rule" "data" {
  security_group_id            = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 6379
  referenced_security_group_id = "sg-0123"
}
`;

describe('symbols', () => {
  test('are the groups with their rules, and the rules that are resources', async () => {
    editor = await Editor.start({});
    await editor.open('main.tf', text);
    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', 'main.tf');
    const lines = (all: readonly DocumentSymbol[], indent = ''): string[] =>
      all.flatMap(({ name, detail, selectionRange, range, children = [] }) => {
        const [, selected] = markedWith(text, selectionRange).split(/[⟦⟧]/);
        const whole = markedWith(text, range).split(/[⟦⟧]/)[1]!;
        expect(whole).toContain(selected);
        return [`${indent}${name} | ${detail} | ${selected} ... ${whole.at(-1)}`, ...lines(children, `${indent}  `)];
      });
    expect(lines(symbols)).toEqual([
      'aws_security_group.web | web | resource "aws_security_group" "web" ... }',
      '  ingress TCP 22 (SSH) | from 16,777,472 addresses | ingress ... }',
      '  egress UDP 53 (DNS) | to the whole IPv4 internet, and 1 more | content ... }',
      'aws_vpc_security_group_ingress_rule.data | ingress TCP 3306-6379 (RDP, VNC listener, VNC, WinRM and 16 more services) from sg-0123 | resource "aws_vpc_security_group_ingress_rule" "data" ... }',
    ]);
  });

  test('are a list for editors without a tree', async () => {
    editor = await Editor.start({}, { capabilities: {} });
    await editor.open('main.tf', text);
    const symbols = await editor.request<SymbolInformation[]>('textDocument/documentSymbol', 'main.tf');
    expect(symbols.map(({ name, containerName }) => [containerName, name])).toContainEqual([
      'aws_security_group.web',
      'ingress TCP 22 (SSH) from 16,777,472 addresses',
    ]);
    expect(symbols[0]?.location.uri).toBe(editor.uri('main.tf'));
  });

  test('are those of a module in its own file, without where it is called from', async () => {
    const module = text.replace('default = "203.0.113.0/24"', '');
    editor = await Editor.start({ 'edge/main.tf': module, 'main.tf': '' });
    await editor.open('main.tf', 'module "edge" {\n  source = "./edge"\n  office = "10.0.0.0/8"\n}\n');
    await editor.open('edge/main.tf', module);
    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', 'edge/main.tf');
    expect(symbols[0]).toMatchObject({
      name: 'aws_security_group.web',
      children: [{ detail: 'from 16,777,216 addresses' }, {}],
    });
    expect(await editor.request('textDocument/documentSymbol', 'main.tf')).toEqual([]);
  });
});

describe('hints', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  const hinted = async (initializationOptions: unknown, of = range): Promise<string | null> => {
    editor = await Editor.start({}, { initializationOptions });
    await editor.open('main.tf', text);
    const hints = await editor.request<InlayHint[] | null>('textDocument/inlayHint', 'main.tf', { range: of });
    if (hints === null) return null;
    return hints
      .toReversed()
      .reduce((lines, { position: { line, character }, label }) => {
        lines[line] = `${lines[line]!.slice(0, character)}‹${label as string}›${lines[line]!.slice(character)}`;
        return lines;
      }, text.split('\n'))
      .filter((line) => line.includes('‹'))
      .map((line) => line.trim())
      .join('\n');
  };

  test('are off if nobody asks for them', async () => {
    expect(await hinted(undefined)).toBeNull();
  });

  test('say what names stand for, and whose ports they are', async () => {
    expect(await hinted({ inlayHints: true })).toBe(
      [
        'from_port   = 22‹SSH›',
        'cidr_blocks = ["10.0.0.0/8", var.office‹203.0.113.0/24›]',
        'for_each = [53‹DNS›, 123‹NTP›]',
        'from_port   = egress.value‹DNS, NTP›',
        'to_port                      = 6379‹RDP, VNC listener, VNC, WinRM and 16 more services›',
      ].join('\n'),
    );
  });

  test('are those of the part that is seen', async () => {
    const { range: seen } = marked(text.replace('from_port   = 22', '⟦from_port   = 22⟧'));
    expect(await hinted({ tfsg: { inlayHints: true } }, seen)).toBe('from_port   = 22‹SSH›');
  });

  test('come and go with the setting', async () => {
    let inlayHints = false;
    const refreshed: number[] = [];
    const workspace = {
      ...able.workspace,
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: true },
      inlayHint: { refreshSupport: true },
    };
    editor = await Editor.start(
      {},
      {
        capabilities: { ...able, workspace },
        prepare: (connection) => {
          connection.onRequest('workspace/configuration', ({ items }) => items.map(() => ({ inlayHints })));
          connection.onRequest('workspace/inlayHint/refresh', () => {
            refreshed.push(1);
            return null;
          });
        },
      },
    );
    await editor.open('main.tf', text);
    await editor.shown('main.tf');
    const ask = () => editor.request<InlayHint[] | null>('textDocument/inlayHint', 'main.tf', { range });
    expect(await ask()).toBeNull();
    inlayHints = true;
    const before = refreshed.length;
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await editor.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: editor.uri('main.tf') },
      position: range.start,
    });
    expect(await ask()).not.toBeNull();
    expect(refreshed.length).toBeGreaterThanOrEqual(before);
  });
});
