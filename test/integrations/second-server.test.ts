/** tfsg beside another language server on the same document, in Neovim. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { type Desk, deskWith, faulty } from './editors.ts';
import { describeWith } from './on-path.ts';

/**
 * Both servers attach, the other one formats the document, which moves or rewrites lines, and tfsg fixes what it finds in the text after that.
 *
 * @param command of the other server, as Lua
 */
const script = (command: string) => `
local function say(...) io.stdout:write(table.concat({ ... }, ' ') .. '\\n') end
local function wait(what, isDone)
  if not vim.wait(20000, isDone, 20) then say('waited in vain for', what) vim.cmd('cquit') end
end
local function found(source)
  local texts = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    if each.source == source then table.insert(texts, (each.code or each.message) .. '@' .. (each.lnum + 1)) end
  end
  return table.concat(texts, ' ')
end
local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n') end

vim.cmd('edit net/main.tf')
vim.bo.filetype = 'terraform'
local ids = {}
for name, cmd in pairs({ tfsg = { 'tfsg', 'lsp', '--stdio' }, other = ${command} }) do
  ids[name] = vim.lsp.start_client({ name = name, cmd = cmd, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(0, ids[name])
end
wait('diagnostics', function() return found('tfsg') ~= '' end)
say('found', found('tfsg'))

local other = vim.lsp.get_client_by_id(ids.other)
wait('the other server', function() return other.initialized end)
local before = text()
local options = { tabSize = 2, insertSpaces = true }
local params = { textDocument = vim.lsp.util.make_text_document_params(0), options = options }
local answer = other.request_sync('textDocument/formatting', params, 20000, 0)
vim.lsp.util.apply_text_edits(answer.result, 0, other.offset_encoding)
wait('the formatted text', function() return text() ~= before end)
wait('diagnostics of the formatted text', function()
  local line = tonumber((found('tfsg'):match('@(%d+)')))
  return line ~= nil and (vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1] or ''):find('2001:DB8', 1, true) ~= nil
end)
say('after formatting', found('tfsg'), found('second'))

local line = tonumber((found('tfsg'):match('@(%d+)')))
local column = vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]:find('2001', 1, true)
vim.api.nvim_win_set_cursor(0, { line, column })
local position = vim.lsp.util.make_position_params(0, 'utf-16')
local hovers = vim.lsp.buf_request_sync(0, 'textDocument/hover', position, 20000)
local second = (hovers[ids.other] or {}).result or {}
say('hovers', hovers[ids.tfsg].result.contents.value:sub(1, 15), type(second.contents) == 'string' and second.contents or '')

vim.ui.select = function(items, shown, choose)
  for _, item in ipairs(items) do
    if shown.format_item(item):find('2001:db8', 1, true) then return choose(item) end
  end
  say('no such action')
  vim.cmd('cquit')
end
vim.lsp.buf.code_action()
wait('the edit', function() return text():find('2001:db8', 1, true) ~= nil end)
wait('no diagnostics', function() return found('tfsg') == '' end)
say('fixed', found('second'))
vim.cmd('silent write')
vim.cmd('quitall!')
`;

describeWith('nvim', 'Neovim with two servers', () => {
  let desk: Desk;
  afterEach(() => desk?.remove());

  function run(command: string): { readonly lines: readonly string[]; readonly text: string } {
    desk = deskWith({ 'script.lua': script(command) });
    const { stdout, stderr } = spawnSync(
      'nvim',
      ['--headless', '--clean', '-n', '-c', 'luafile script.lua', '-c', 'cquit'],
      { cwd: desk.folder, env: desk.environment, encoding: 'utf8', timeout: 80_000 },
    );
    return {
      lines: `${stdout}${stderr}`.trim().split(/\r?\n/),
      text: readFileSync(join(desk.folder, 'net/main.tf'), 'utf8'),
    };
  }

  test('shows the diagnostics of both, and fixes what the other one has moved', () => {
    const server = join(import.meta.dirname, 'second-server.cjs');
    const { lines, text } = run(`{ ${JSON.stringify(process.execPath)}, ${JSON.stringify(server)}, '--stdio' }`);
    expect(lines).toEqual([
      'found invalid-cidr@3',
      'after formatting invalid-cidr@4 10 lines@1',
      'hovers `2001:DB8::/32` A word of the second server',
      'fixed 10 lines@1',
    ]);
    expect(text).toBe(`# formatted\n${faulty.replace('2001:DB8', '2001:db8')}`);
  }, 90_000);

  describeWith('terraform-ls', 'terraform-ls', () => {
    test('aligns what tfsg fixes afterwards', () => {
      const { lines, text } = run("{ 'terraform-ls', 'serve' }");
      expect(lines.at(-1)).toMatch(/^fixed/);
      expect(text).toContain('"2001:db8::/32"');
      expect(text).toMatch(/^ {2}ip_protocol {2,}= "tcp"$/m);
    }, 90_000);
  });
});
