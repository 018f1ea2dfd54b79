/** The extension as a person has it: packed, installed and used in VS Code. */

import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { version } from '../../src/version.ts';
import type { Page } from './chromium.ts';
import { Editor, findTools, packExtension, type Tools } from './code-server.ts';
import { must, temporaryFolder } from './released.ts';
import { root } from './tools.ts';

const text = `resource "aws_security_group" "bastion" {
  name        = "bastion"
  description = "Way in for administrators"
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.bastion.id
  description       = "SSH"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "office" {
  security_group_id = aws_security_group.bastion.id
  description       = "Office"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv6         = "2001:DB8:7::/48"
}

resource "aws_instance" "bastion" {
  vpc_security_group_ids = [aws_security_group.bastion.id]
}
`;
const fixed = text.replace('2001:DB8:7', '2001:db8:7');

function uses(tools: Tools): void {
  const home = temporaryFolder();
  const folder = join(home, 'network');
  const main = join(folder, 'main.tf');
  const editor = new Editor(tools, join(home, 'editor'));
  const installed = join(editor.extensions, `tfsg.tfsg-${version}`);
  const program = join(installed, 'server/dist/cli.js');
  let page: Page;

  beforeAll(async () => {
    mkdirSync(join(folder, '.git'), { recursive: true });
    writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(main, text);
    editor.install(packExtension(tools, home));
    page = await editor.open(folder, { width: 1080, height: 660 });
  }, 180_000);
  afterAll(async () => {
    await editor.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Waits until there are so many underlined places. */
  async function underlined(count: number): Promise<void> {
    if (count > 0)
      await page
        .locator('.squiggly-error')
        .nth(count - 1)
        .waitFor();
    await page.locator('.squiggly-error').nth(count).waitFor({ state: 'hidden' });
  }

  /** Waits until an element is in view: an editor that redraws takes it away and sets it again. */
  async function middleOf(selector: string, place: number): Promise<[number, number]> {
    const element = page.locator(selector).nth(place);
    for (;;) {
      await element.waitFor();
      const box = await element.boundingBox();
      if (box !== null) return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }

  const list = '.action-widget .monaco-list-row.action';

  /** Opens what is offered at a place. @returns what is offered */
  async function offersAt(place: number): Promise<string[]> {
    await page.mouse.click(...(await middleOf('.squiggly-error', place)));
    // On a busy machine, the key can come before the editor knows what to offer.
    for (let left = 5; left >= 0; left--) {
      await page.keyboard.press('Control+.');
      const first = page.locator(list).first();
      const isShown = await first.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (isShown) break;
      if (left === 0) throw new Error('No quick fix is offered.');
    }
    return (await page.locator(list).allInnerTexts()).map((each) => each.trim());
  }

  /** Takes the offer with a number. */
  async function take(number: number): Promise<void> {
    for (let each = 0; each < number; each++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator(list).first().waitFor({ state: 'hidden' });
  }

  async function command(title: string): Promise<void> {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').waitFor();
    await page.keyboard.type(title);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await page.keyboard.press('Enter');
  }

  async function open(name: string): Promise<void> {
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await page.locator('.tab.active', { hasText: name }).waitFor();
  }

  async function save(): Promise<string> {
    await page.keyboard.press('Control+s');
    await page.locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    return readFileSync(main, 'utf8');
  }

  test('the package has the program, its pages and its licenses, and nothing else', () => {
    expect(
      readdirSync(installed)
        .filter((name) => !name.startsWith('.'))
        .sort(),
    ).toEqual(
      [
        ...['LICENSE.txt', 'extension.cjs', 'language-configuration.json', 'licenses.txt', 'package.json', 'readme.md'],
        ...['server', 'terraform.tmLanguage.json'],
      ].sort(),
    );
    expect(readdirSync(join(installed, 'server')).sort()).toEqual(['dist', 'docs', 'package.json', 'schema']);
    expect(must(folder, process.execPath, program, '--version')).toBe(`${version}\n`);
    expect(must(folder, process.execPath, program, 'explain', 'admin-port-open')).toMatch(/^# admin-port-open\n/);
  });

  test('colours Terraform where no other extension does', async () => {
    await open('main.tf');
    await page.locator('.statusbar-item', { hasText: 'Terraform (tfsg)' }).waitFor();
    // Without colours, a line is one piece of text.
    const words = page.locator('.view-line > span > span', { hasText: 'resource' });
    while (!(await words.allInnerTexts()).includes('resource')) await words.first().waitFor();
  });

  test('underlines faults and says what they mean', async () => {
    await open('main.tf');
    await underlined(2);
    await page.mouse.move(...(await middleOf('.squiggly-error', 0)));
    const hover = page.locator('.monaco-hover:visible .hover-row');
    await hover.nth(2).waitFor();
    await page.locator('.monaco-hover:visible', { hasText: 'Quick Fix...' }).waitFor();
    if (process.env['UPDATE_FIXTURES'] === '1') {
      await page.screenshot({
        path: join(root, 'docs/editors/vscode.png'),
        clip: { x: 311, y: 34, width: 769, height: 566 },
      });
    }
    const rows = (await hover.allInnerTexts()).join('\n');
    expect(rows).toContain('0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.');
    expect(rows).toContain('used by aws_instance.bastion (compute)');
    expect(rows).toContain('0.0.0.0/0: the whole IPv4 internet');
  });

  test('fixes a fault with one key', async () => {
    expect(await offersAt(1)).toEqual([
      'Write 2001:db8:7::/48',
      'Ignore invalid-cidr here, with a reason',
      'Ignore invalid-cidr in the whole block aws_vpc_security_group_ingress_rule.office, with a reason',
      'Open documentation for invalid-cidr',
    ]);
    await take(0);
    await underlined(1);
    expect(await save()).toBe(fixed);
  });

  test('makes all safe fixes of a file', async () => {
    await page.keyboard.press('Control+z');
    await underlined(2);
    await command('tfsg: Apply All Safe Fixes in File');
    await underlined(1);
    expect(await save()).toBe(fixed);
  });

  test('makes them on save, if asked to', async () => {
    editor.configure({ 'editor.codeActionsOnSave': { 'source.fixAll.tfsg': 'explicit' } });
    writeFileSync(main, text);
    await underlined(2);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# The end');
    expect(await save()).toBe(`${fixed}# The end`);
    await underlined(1);
    editor.configure({});
    writeFileSync(main, fixed);
    await page.locator('.view-line', { hasText: 'The end' }).waitFor({ state: 'hidden' });
  });

  test('lets a narrower source be typed in the place of an open one', async () => {
    const offers = await offersAt(0);
    await take(offers.indexOf('Limit 0.0.0.0/0 to other addresses'));
    await page.keyboard.type('203.0.113.7/32');
    await underlined(0);
    expect(await save()).toBe(fixed.replace('0.0.0.0/0', '203.0.113.7/32'));
    writeFileSync(main, fixed);
    await underlined(1);
  });

  test('suppresses a fault with the reason that is typed', async () => {
    const offers = await offersAt(0);
    await take(offers.indexOf('Ignore admin-port-open here, with a reason'));
    await underlined(0);
    await page.keyboard.type('Until the VPN is there');
    expect(await save()).toBe(
      fixed.replace(/^ {2}cidr_ipv4/m, '  # tfsg:ignore admin-port-open -- Until the VPN is there\n  cidr_ipv4'),
    );
    writeFileSync(main, fixed);
    await underlined(1);
  });

  test('shows the page of a check', async () => {
    const offers = await offersAt(0);
    await take(offers.indexOf('Open documentation for admin-port-open'));
    await page.locator('.tab.active', { hasText: 'Preview admin-port-open.md' }).waitFor();
    await page.locator('.tab', { hasText: 'main.tf' }).click();
    await underlined(1);
  });

  test('says that a program is not there, and starts it once it is', async () => {
    const path = join(home, 'elsewhere/tfsg');
    editor.configure({ 'tfsg.path': path });
    await page.locator('.notifications-toasts', { hasText: `tfsg.path is ${path}, which is not a program.` }).waitFor();
    await underlined(0);
    mkdirSync(join(home, 'elsewhere'));
    writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
    chmodSync(path, 0o755);
    await command('tfsg: Restart Server');
    await underlined(1);
    await page.locator(`.statusbar-item[aria-label*="tfsg ${version}, named by tfsg.path"]`).waitFor();
    editor.configure({});
    await page.locator(`.statusbar-item[aria-label*="tfsg ${version}, part of the extension"]`).waitFor();
    await underlined(1);
  });

  test('heeds a configuration as soon as it is saved, and knows its keys', async () => {
    const config = join(folder, '.tfsgrc.json');
    await underlined(1);
    writeFileSync(config, '{\n  // Administration\n  "checks": { "admin-port-open": "off" }\n}\n');
    await underlined(0);
    writeFileSync(config, '{\n  // Administration\n  "chekcs": { "admin-port-open": "off" }\n}\n');
    await open('.tfsgrc.json');
    await page.locator('.statusbar-item', { hasText: 'JSON with Comments' }).waitFor();
    await page.mouse.move(...(await middleOf('.squiggly-warning', 0)));
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Property chekcs is not allowed.' });
    await hover.waitFor();
    expect(await hover.allInnerTexts()).toEqual([expect.stringContaining('is not a key of .tfsgrc.json')]);
    await page.mouse.move(500, 400);
    await hover.waitFor({ state: 'hidden' });
    await page.locator('.tab', { hasText: 'main.tf' }).click();
    await underlined(1);
  });
}

const tools = findTools();
if (typeof tools === 'string') describe.skip(`VS Code (skipped: ${tools} is not here)`, () => test('', () => {}));
else describe('VS Code', () => uses(tools));
