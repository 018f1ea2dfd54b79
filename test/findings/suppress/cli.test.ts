/** The options about comments on the command line, whose clock says 2026-01-01. */

import { afterEach, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from '../../cli/shell.ts';

let shell: Shell | undefined;
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

function here(comment: string, more: Readonly<Record<string, string>> = {}): Shell {
  shell = shellWith({ 'main.tf': open.replace('["0.0.0.0/0"]', `["0.0.0.0/0"] # ${comment}`), ...more });
  return shell;
}

const mine = 'tfsg:ignore admin-port-open';

test('suppressed findings fail no run and are counted', async () => {
  const { code, stdout, stderr } = await here(`${mine} -- why`).tfsg('');
  expect([code, stdout, stderr]).toEqual([0, '', 'tfsg: nothing found in 1 file (1 group, 1 rule); 1 suppressed\n']);
  const { summary } = JSON.parse((await shell!.tfsg('-f json')).stdout);
  expect([summary.critical, summary.suppressed]).toEqual([0, 1]);
});

test('--no-inline-suppressions lets nothing pass', async () => {
  expect((await here(`${mine} -- why`).tfsg('--no-inline-suppressions')).code).toBe(1);
});

test('a comment ends by the clock', async () => {
  expect((await here(`${mine} until=2026-01-01 -- why`).tfsg('')).code).toBe(0);
  shell!.remove();
  const { code, stdout } = await here(`${mine} until=2025-12-31 -- why`).tfsg('-f unix');
  expect(code).toBe(1);
  expect(stdout).toContain('warning: This suppression expired on 2026-01-01 and has no effect.');
});

test('--report-unused-suppressions warns, and fails no run', async () => {
  const world = here(`${mine}, missing-rule-description -- why`);
  const { code, stdout } = await world.tfsg('--report-unused-suppressions -f unix');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^main\.tf:10:\d+: warning: Unused suppression: there is no finding of missing-rule-description here\. [^\n]+\n$/,
  );
  expect((await world.tfsg('--check data-port-open --report-unused-suppressions')).stdout).toBe('');
  const sharded = await world.tfsg('--report-unused-suppressions --shard 1/2');
  expect(sharded.code).toBe(2);
  expect(sharded.stderr).toContain('--report-unused-suppressions cannot be used with --shard');
});

test('the configuration has its say', async () => {
  const settings = { suppressions: { requireReason: true, locked: ['all-traffic-open'], honor: ['tfsec'] } };
  const world = here(mine, { '.tfsgrc.json': JSON.stringify(settings) });
  expect((await world.tfsg('')).code).toBe(1);
  expect((await world.tfsg('')).stdout).toContain('This suppression comment needs a reason');
});

test('shards count for themselves, and are the whole together', async () => {
  shell = shellWith({
    'a/main.tf': open.replace('["0.0.0.0/0"]', '["0.0.0.0/0"] # tfsg:ignore admin-port-open -- a'),
    'b/main.tf': open.replace('["0.0.0.0/0"]', '["0.0.0.0/0"] # tfsg:ignore admin-port-open -- b'),
  });
  await shell.tfsg('--shard 1/2 -f json -o json=1.json');
  await shell.tfsg('--shard 2/2 -f json -o json=2.json');
  const merged = JSON.parse((await shell.tfsg('merge 1.json 2.json -f json')).stdout);
  expect(merged).toEqual(JSON.parse((await shell.tfsg('. -f json')).stdout));
  expect(merged.summary.suppressed).toBe(2);
});
