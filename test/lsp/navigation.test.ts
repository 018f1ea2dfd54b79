/** Where names lead: declarations, uses through modules, symbols of everything that is linted, lenses. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { CodeLens, Location, SymbolInformation } from 'vscode-languageserver/node';
import { able, Editor, type EditorOptions, type Files, marked, markedWith } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

const files: Files = {
  'main.tf': `variable "office" {
  default = "203.0.113.0/24"
}

locals {
  blocks = [var.office]
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "Machines that serve"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = local.blocks
  }
}

module "edge" {
  source = "./edge"
  office = var.office
  peers  = [aws_security_group.web.id]
}

resource "aws_instance" "web" {
  vpc_security_group_ids = [module.edge.group_id]
}
`,
  'terraform.tfvars': 'office = "0.0.0.0/0"\n',
  'edge/main.tf': `variable "office" {}
variable "peers" {
  default = []
}

resource "aws_security_group" "edge" {
  name        = "edge-gate"
  description = "The edge"
}

resource "aws_vpc_security_group_ingress_rule" "all" {
  security_group_id = aws_security_group.edge.id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = var.office
}

resource "aws_lb" "edge" {
  security_groups = var.peers
}

output "group_id" {
  value = aws_security_group.edge.id
}
`,
};

/** Opens a file with a cursor in it, at the n-th place of a text. */
async function openAt(path: string, text: string, options?: EditorOptions): Promise<object> {
  const [before, after] = text.split('▮') as [string, string];
  const whole = files[path]!;
  expect(whole.split(before + after)).toHaveLength(2);
  const { text: clean, position } = marked(whole.replace(before + after, text));
  editor = await Editor.start(files, options);
  await editor.open('main.tf', files['main.tf']!);
  if (path !== 'main.tf') await editor.open(path, clean);
  return { position };
}

/** `main.tf: variable ⟦"office"⟧`: each place in its line. */
function shown(locations: readonly Location[] | null): readonly string[] {
  return (locations ?? [])
    .map(({ uri, range }) => {
      const path = uri.slice(editor.uri('').length).replace(/^\//, '');
      const line = markedWith(files[path]!, range).split('\n')[range.start.line]!;
      return `${path}: ${line.trim().replace(/ +/g, ' ')}`;
    })
    .sort();
}

describe('a definition', () => {
  test.each([
    ['a variable', 'main.tf', 'blocks = [var.of▮fice]', ['main.tf: ⟦variable "office"⟧ {']],
    ['the first name of a reference', 'main.tf', 'blocks = [v▮ar.office]', ['main.tf: ⟦variable "office"⟧ {']],
    ['a local', 'main.tf', 'cidr_blocks = local.bl▮ocks', ['main.tf: ⟦blocks⟧ = [var.office]']],
    ['a resource', 'main.tf', 'aws_security_gr▮oup.web.id', ['main.tf: ⟦resource "aws_security_group" "web"⟧ {']],
    ['its attribute', 'main.tf', 'aws_security_group.web.i▮d', ['main.tf: ⟦resource "aws_security_group" "web"⟧ {']],
    ['a module call', 'main.tf', 'mod▮ule.edge.group_id', ['main.tf: ⟦module "edge"⟧ {']],
    ['an output of a module', 'main.tf', 'module.edge.gr▮oup_id', ['edge/main.tf: ⟦output "group_id"⟧ {']],
    ['an argument of a module call', 'main.tf', 'of▮fice = var.office', ['edge/main.tf: ⟦variable "office"⟧ {}']],
    ['the source of a module call', 'main.tf', 'source = "./ed▮ge"', ['edge/main.tf: ⟦⟧variable "office" {}']],
    ['an entry of a variable file', 'terraform.tfvars', 'of▮fice = "0', ['main.tf: ⟦variable "office"⟧ {']],
    ['nothing', 'main.tf', 'from_p▮ort   = 22', []],
  ])('of %s', async (_, path, text, wanted) => {
    const params = await openAt(path, text);
    expect(shown(await editor.request('textDocument/definition', path, params))).toEqual(wanted);
  });
});

test('definitions and references are left to another server where the settings say so', async () => {
  const params = await openAt('main.tf', 'blocks = [var.of▮fice]', {
    initializationOptions: { languageFeatures: false },
  });
  expect(await editor.request('textDocument/definition', 'main.tf', params)).toBeNull();
  const context = { includeDeclaration: true };
  expect(await editor.request('textDocument/references', 'main.tf', { ...params, context })).toBeNull();
});

describe('references', () => {
  const references = async (path: string, text: string, includeDeclaration = false) => {
    const params = await openAt(path, text);
    return shown(await editor.request('textDocument/references', path, { ...params, context: { includeDeclaration } }));
  };

  test('of a variable are its uses, the arguments of callers, and what variable files set', async () => {
    expect(await references('edge/main.tf', 'variable "off▮ice" {}')).toEqual([
      'edge/main.tf: cidr_ipv4 = ⟦var.office⟧',
      'main.tf: ⟦office⟧ = var.office',
    ]);
    await editor.end();
    expect(await references('main.tf', 'variable "off▮ice" {', true)).toEqual([
      'main.tf: blocks = [⟦var.office⟧]',
      'main.tf: office = ⟦var.office⟧',
      'main.tf: ⟦variable "office"⟧ {',
      'terraform.tfvars: ⟦office⟧ = "0.0.0.0/0"',
    ]);
  });

  test('of a group are its uses, also where a module hands its id on', async () => {
    expect(await references('main.tf', 'resource "aws_security_group" "w▮eb"')).toEqual([
      'main.tf: peers = [⟦aws_security_group.web⟧.id]',
    ]);
    await editor.end();
    expect(await references('edge/main.tf', 'security_group_id = aws_security_group.ed▮ge.id')).toEqual([
      'edge/main.tf: security_group_id = ⟦aws_security_group.edge⟧.id',
      'edge/main.tf: value = ⟦aws_security_group.edge⟧.id',
      'main.tf: vpc_security_group_ids = [⟦module.edge.group_id⟧]',
    ]);
  });

  test('of a name that only a block has are none', async () => {
    const text =
      'resource "aws_security_group" "web" {\n  dynamic "ingress" {\n    for_each = [22]\n    content {\n      from_port = ingress.va▮lue\n      to_port = ingress.value\n    }\n  }\n}\n';
    const { text: clean, position } = marked(text);
    editor = await Editor.start({});
    await editor.open('main.tf', clean);
    const context = { includeDeclaration: true };
    expect(await editor.request('textDocument/references', 'main.tf', { position, context })).toBeNull();
  });

  test('of an output are in the modules that call', async () => {
    expect(await references('edge/main.tf', 'output "gro▮up_id"')).toEqual([
      'main.tf: vpc_security_group_ids = [⟦module.edge.group_id⟧]',
    ]);
  });
});

describe('symbols of the workspace', () => {
  test('are groups and rules by their addresses and names', async () => {
    await openAt('main.tf', 'blocks = [▮var.office]');
    const ask = async (query: string) =>
      (await editor.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query })).map(({ name }) => name);
    expect(await ask('')).toEqual([
      'aws_security_group.web (web)',
      'module.edge.aws_security_group.edge (edge-gate)',
      'module.edge.aws_vpc_security_group_ingress_rule.all (ingress TCP 443 (HTTPS))',
    ]);
    expect(await ask('EdgeGate')).toEqual(['module.edge.aws_security_group.edge (edge-gate)']);
    expect(await ask('nothing of that name')).toEqual([]);
  });
});

describe('a lens', () => {
  const lenses = async (path: string, options?: EditorOptions) => {
    await openAt(path, path === 'main.tf' ? 'blocks = [▮var.office]' : 'value = ▮aws', options);
    const found = await editor.request<CodeLens[] | null>('textDocument/codeLens', path);
    return found?.map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`);
  };

  test('says what the internet reaches of a group, and how many services have it', async () => {
    expect(await lenses('main.tf')).toEqual(['9: internet → TCP 22 (SSH) · used by 1']);
    await editor.end();
    expect(await lenses('edge/main.tf')).toEqual(['6: internet → TCP 443 (HTTPS) · used by 1']);
  });

  test('is off where the settings say so, and asked for again after each run', async () => {
    let refreshed = 0;
    const options: EditorOptions = {
      capabilities: { ...able, workspace: { codeLens: { refreshSupport: true } } },
      initializationOptions: { codeLens: false },
      prepare: (connection) =>
        connection.onRequest('workspace/codeLens/refresh', () => {
          refreshed += 1;
          return null;
        }),
    };
    expect(await lenses('main.tf', options)).toBeUndefined();
    await editor.shown('main.tf');
    expect(refreshed).toBeGreaterThan(0);
  });
});
