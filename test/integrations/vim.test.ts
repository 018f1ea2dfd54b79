/** Vim: its quickfix list, and ALE where Debian's package of it is installed. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Desk, deskWith, settingsOf } from './editors.ts';
import { describeWith } from './on-path.ts';

const ALE = '/usr/share/vim-ale';

let desk: Desk;
afterEach(() => desk?.remove());

/** What a script writes to the file `out`, line by line. */
function vim(files: Readonly<Record<string, string>>, cwd = '.'): readonly string[] {
  desk = deskWith(files);
  const script = join(desk.folder, 'script.vim');
  const argv = ['-Nu', 'NONE', '-i', 'NONE', '-n', '--not-a-term', '-es', '-S', script, '-c', 'cquit'];
  const run = spawnSync('vim', argv, {
    cwd: join(desk.folder, cwd),
    env: desk.environment,
    encoding: 'utf8',
    timeout: 30_000,
  });
  const out = join(desk.folder, 'out');
  if (!existsSync(out)) throw new Error(`${run.status} ${run.stdout}${run.stderr}`);
  return readFileSync(out, 'utf8').trim().split('\n');
}

const list = `
function! Item(index, each) abort
  return fnamemodify(bufname(a:each.bufnr), ':p') . ':' . a:each.lnum . ':' . a:each.col . ' ' . a:each.type . ' ' . a:each.text
endfunction
`;

describeWith('vim', 'Vim', () => {
  test.each(['.', 'net', '/'])('has the findings in its quickfix list, started in %s', (cwd) => {
    const script = `filetype on
augroup filetypedetect
  autocmd BufNewFile,BufRead *.tf set filetype=terraform
augroup END
source <sfile>:h/settings.vim
${list}
execute 'edit' expand('<sfile>:h') . '/net/main.tf'
write
call writefile(map(filter(getqflist(), 'v:val.valid'), function('Item')), expand('<sfile>:h') . '/out')
quitall!
`;
    const found = vim({ 'settings.vim': settingsOf('vim'), 'script.vim': script }, cwd === '/' ? '../..' : cwd);
    expect(found).toEqual([expect.stringMatching(/\/net\/main\.tf:3:23 E .*2001:DB8::\/32.* \[invalid-cidr\]$/)]);
    expect(found[0]).toContain(desk.folder);
  });

  const described = existsSync(ALE) ? describe : describe.skip;
  described(existsSync(ALE) ? 'ALE' : 'ALE (skipped: it is not installed)', () => {
    test('has the findings in its own list', () => {
      const script = `set runtimepath^=${ALE}
filetype on
autocmd BufNewFile,BufRead *.tf set filetype=terraform
let g:ale_linters = {'terraform': ['tfsg']}
runtime plugin/ale.vim
source <sfile>:h/settings.vim
${list}
let s:folder = expand('<sfile>:h')
execute 'edit' s:folder . '/net/main.tf'
call ale#Queue(0)
call ale#test#WaitForJobs(20000)
let s:found = ale#engine#GetLoclist(bufnr('%'))
call writefile(map(s:found, {_, each -> each.lnum . ':' . each.col . ' ' . each.type . ' ' . each.code . ' ' . each.text}), s:folder . '/out')
quitall!
`;
      const found = vim({ 'settings.vim': settingsOf('ale'), 'script.vim': script });
      expect(found).toEqual([expect.stringMatching(/^3:23 E invalid-cidr .*2001:DB8/)]);
    });
  });
});
