/** Neovim's own client, without a screen. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Desk, deskWith, faulty, settingsOf } from './editors.ts';
import { describeWith } from './on-path.ts';

/** What a person does: look, choose an action, save. Each step is a line of the output. */
const script = `
vim.cmd('filetype on')
if vim.filetype then vim.filetype.add({ extension = { tf = 'terraform' } }) end
dofile('settings.lua')
local function say(...) io.stdout:write(table.concat({ ... }, ' ') .. '\\n') end
local function wait(what, isDone)
  if not vim.wait(20000, isDone, 20) then say('waited in vain for', what) vim.cmd('cquit') end
end
local function codes()
  local texts = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(texts, each.code .. '@' .. (each.lnum + 1) .. ':' .. (each.col + 1) .. '/' .. each.severity)
  end
  table.sort(texts)
  return table.concat(texts, ' ')
end

vim.cmd('edit net/main.tf')
wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
say('found', codes())

vim.api.nvim_win_set_cursor(0, { 3, 26 })
local hovers = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(0, 'utf-16'), 20000)
for _, answer in pairs(hovers) do say('hover', (vim.split(answer.result.contents.value, '\\n'))[1]) end

vim.ui.select = function(items, options, choose)
  local titles = {}
  for _, item in ipairs(items) do
    local title = options.format_item(item)
    table.insert(titles, title)
    if title:find('2001:db8', 1, true) then return choose(item) end
  end
  say('no such action among', table.concat(titles, ', '))
  vim.cmd('cquit')
end
vim.lsp.buf.code_action()
wait('the edit', function() return vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]:find('2001:db8', 1, true) ~= nil end)
wait('no diagnostics', function() return #vim.diagnostic.get(0) == 0 end)
say('fixed')
vim.cmd('silent write')
vim.cmd('quitall')
`;

describeWith('nvim', 'Neovim', () => {
  let desk: Desk;
  afterAll(() => desk?.remove());

  test('shows diagnostics, fixes them with a code action, and shows that they are gone', () => {
    const [, minor] = /v0\.(\d+)/.exec(spawnSync('nvim', ['--version'], { encoding: 'utf8' }).stdout) ?? [];
    const settings = settingsOf(minor === undefined || Number(minor) >= 11 ? 'neovim' : 'neovim-old');
    desk = deskWith({ 'settings.lua': settings, 'script.lua': script });
    const { status, stdout, stderr } = spawnSync(
      'nvim',
      ['--headless', '--clean', '-n', '-c', 'luafile script.lua', '-c', 'cquit'],
      {
        ...{ cwd: desk.folder, env: desk.environment, encoding: 'utf8', timeout: 60_000 },
      },
    );
    expect(`${stdout}${stderr}`.trim().split(/\r?\n/)).toEqual([
      // Neovim counts bytes.
      'found invalid-cidr@3:24/1',
      'hover `2001:DB8::/32`: the same as 2001:db8::/32: 2^96 addresses: not on the internet (Documentation)',
      'fixed',
    ]);
    expect(status).toBe(0);
    expect(readFileSync(join(desk.folder, 'net/main.tf'), 'utf8')).toBe(faulty.replace('2001:DB8', '2001:db8'));
  }, 90_000);
});
