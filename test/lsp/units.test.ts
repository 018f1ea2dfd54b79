/** Terragrunt's units and stacks in an editor. */

import { afterEach, expect, test } from '@jest/globals';
import { Editor, type EditorOptions } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

const module = `variable "cidrs" {
  type = list(string)
}

resource "aws_security_group" "this" {
  name        = "group"
  description = "SSH"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.cidrs
  }
}
`;

const unit = `include "root" {
  path   = find_in_parent_folders("root.hcl")
  expose = true
}

terraform {
  source = "../../module"
}

inputs = {
  cidrs = include.root.locals.cidrs
}
`;

const rootWith = (cidr: string) => `locals {\n  cidrs = ["${cidr}"]\n}\n`;
const stackWith = (cidr: string) =>
  `component "group" {\n  source = "../module"\n  inputs = {\n    cidrs = ["${cidr}"]\n  }\n}\n`;

const files = {
  '.tfsgrc.json': '{ "extends": ["tfsg:recommended"], "checks": { "inline-rules": "off" } }',
  'module/main.tf': module,
  'live/root.hcl': rootWith('10.0.0.0/8'),
  'live/web/terragrunt.hcl': unit,
};

async function start(options?: EditorOptions): Promise<void> {
  editor = await Editor.start(files, options);
}

const codes = (path: string) => editor.latest(path)?.diagnostics.map(({ code }) => code);
const shows = (path: string, code: string | undefined) =>
  editor.until(() => codes(path) !== undefined && codes(path)!.join() === (code ?? ''));

test('an open unit is linted, at the texts that are open', async () => {
  await start();
  await editor.open('live/root.hcl', rootWith('0.0.0.0/0'), 'hcl');
  await editor.open('live/web/terragrunt.hcl', unit, 'hcl');
  await shows('module/main.tf', 'admin-port-open');
  await editor.change('live/root.hcl', { text: rootWith('10.0.0.0/8') });
  await shows('module/main.tf', undefined);
  await editor.change('live/web/terragrunt.hcl', { text: unit.replace('include.root.locals.cidrs', '["0.0.0.0/0"]') });
  await shows('module/main.tf', 'admin-port-open');
  await editor.close('live/web/terragrunt.hcl');
  await shows('module/main.tf', undefined);
});

test('a module has what its units open where the whole workspace is linted', async () => {
  await start({ initializationOptions: { workspace: true } });
  await editor.open('module/main.tf', module);
  await editor.open('live/root.hcl', rootWith('0.0.0.0/0'), 'hcl');
  await shows('module/main.tf', 'admin-port-open');
  await editor.close('live/root.hcl');
  await shows('module/main.tf', undefined);
});

test('an open stack is linted', async () => {
  await start();
  await editor.open('stack/main.tfcomponent.hcl', stackWith('0.0.0.0/0'), 'hcl');
  await shows('module/main.tf', 'admin-port-open');
  await editor.change('stack/main.tfcomponent.hcl', { text: stackWith('10.0.0.0/8') });
  await shows('module/main.tf', undefined);
});

test('a mistake in a unit is shown where it is', async () => {
  await start();
  await editor.open('live/web/terragrunt.hcl', unit.replace('inputs = {', 'inputs = {{'), 'hcl');
  await editor.until(() => (codes('live/web/terragrunt.hcl') ?? []).length > 0);
  expect(codes('live/web/terragrunt.hcl')).toContain('syntax');
});
