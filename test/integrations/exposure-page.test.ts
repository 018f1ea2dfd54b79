/** The page of an exposure as a person has it: in Chromium, with the keyboard, filters, on paper, and with many groups. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { renderExposureHtml } from '../../src/report/exposure/page/page.ts';
import type { ShownExposures } from '../../src/report/exposure/shown.ts';
import { fixtureExposures, look, memoryExposures } from '../report/exposure/exposures.ts';
import { attacks } from '../report/hostile.ts';
import { type Browser, type BrowserTools, findBrowser, launch, type Page } from './chromium.ts';
import { temporaryFolder } from './released.ts';

/** The rows of a table that are shown, cell by cell. */
const rowsOf = (page: Page, selector: string): Promise<string[][]> =>
  page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(`${selector} tbody tr`)})].filter((row) => !row.hidden)
      .map((row) => [...row.cells].filter((cell) => !cell.hidden).map((cell) => cell.innerText.trim().replace(/\\s+/g, ' ')))`,
  );

function uses(tools: BrowserTools): void {
  const folder = temporaryFolder();
  let browser: Browser;
  let page: Page;
  /** What the page says that nobody should read, and what it asks for. */
  let said: string[];

  beforeAll(async () => {
    browser = await launch(tools);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    said = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) said.push(request.url());
    });
  });

  const open = async (exposures: ShownExposures): Promise<void> => {
    const file = join(folder, 'exposure.html');
    writeFileSync(file, renderExposureHtml(exposures, look));
    await page.goto(`file://${file}`);
  };

  describe('a shop', () => {
    beforeEach(async () => open(await fixtureExposures('shop')));

    test('obeys its own policy, and asks nobody for anything', async () => {
      expect(await page.evaluate('getComputedStyle(document.querySelector(".filters")).position')).toBe('sticky');
      expect(await page.locator('form.filters').boundingBox()).not.toBeNull();
      expect(said).toEqual([]);
    });

    test('filters by port, by the name of a service and by name', async () => {
      await page.locator('[name=port]').fill('443');
      expect((await rowsOf(page, '#exposed')).map(([, service]) => service)).toEqual(['aws_lb.front load balancer']);
      expect(await page.locator('output').allInnerTexts()).toEqual(['1 of 7 exposed services']);
      expect(await rowsOf(page, '#matrix')).toEqual([['internet', 'O80,443']]);
      await page.locator('[name=port]').fill('ssh');
      expect((await rowsOf(page, '#matrix')).map(([source]) => source)).toEqual([
        'internet',
        '192.0.2.0/24',
        'bastion',
      ]);
      await page.locator('[name=port]').fill('20-30, 5432');
      expect((await rowsOf(page, '#exposed')).map(([, service]) => service!.split(' ')[0])).toEqual([
        'aws_db_instance.orders',
        'aws_instance.app',
        'aws_instance.bastion',
        'aws_instance.worker',
      ]);
      await page.locator('.filters button').click();
      await page.locator('[name=name]').fill('cache');
      expect(await rowsOf(page, '#matrix')).toEqual([['app', 'D6379']]);
      await page.locator('.filters button').click();
      await page.evaluate('new Promise(requestAnimationFrame)');
      expect(await rowsOf(page, '#matrix')).toHaveLength(7);
      expect(said).toEqual([]);
    });

    test('moves through the matrix with the keyboard, and shows the rules of a cell', async () => {
      const focused = (): Promise<string> => page.evaluate('document.activeElement.innerText');
      await page.locator('#matrix td a').first().focus();
      expect(await focused()).toBe('O80,443');
      await page.keyboard.press('ArrowRight');
      expect(await focused()).toBe('A22?');
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toBe('A22');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Home');
      expect(await focused()).toBe('O80,443');
      await page.keyboard.press('Enter');
      expect(await page.locator('.detail p').allInnerTexts()).toEqual([
        'internet → front: TCP 80, 443 (HTTP and HTTPS)',
      ]);
      expect((await rowsOf(page, '.detail')).map((cells) => cells.join(' | '))).toEqual([
        'internet | O TCP 80 (HTTP) | Redirect to HTTPS | aws_security_group.front | groups.tf:23',
        'internet | O TCP 443 (HTTPS) | Customers | aws_security_group.front | groups.tf:14',
        'internet | O TCP 443 (HTTPS) | Customers | aws_security_group.front | groups.tf:15',
      ]);
      await page.keyboard.press('Escape');
      expect(await page.evaluate('document.querySelector(".detail").hidden')).toBe(true);
      // One stop for the whole matrix, beside the names.
      expect(await page.evaluate('document.querySelectorAll(".matrix td a[tabindex=\\"-1\\"]").length')).toBe(
        (await page.locator('.matrix td a').count()) - 1,
      );
    });

    test('marks the row and the column of a cell', async () => {
      await page.locator('#matrix td a', { hasText: '6379' }).hover();
      expect(await page.locator('#matrix thead .hot').allInnerTexts()).toEqual(['module.cache.cache']);
      expect(await page.evaluate('document.querySelector("#matrix tr.hot th").innerText')).toBe('app');
      await page.locator('h1').hover();
      expect(await page.locator('#matrix .hot').count()).toBe(0);
    });

    test('leads from a group to its rules, and from a rule to its line', async () => {
      await page.locator('#exposed a', { hasText: 'database' }).click();
      expect(await page.evaluate('document.getElementById("aws_security_group.database").open')).toBe(true);
      expect(
        await page.evaluate(
          'document.getElementById("aws_security_group.database").querySelector("tbody a[href^=http]").href',
        ),
      ).toBe('https://git.example.com/groups.tf#L73-L73');
    });

    test('zooms the graph, and shows what a group is connected with', async () => {
      const width = async (): Promise<number> => (await page.locator('.graph svg').boundingBox())!.width;
      const before = await width();
      await page.locator('[data-z=in]').click();
      expect(await width()).toBeGreaterThan(before);
      await page.locator('[data-z=fit]').click();
      expect(await width()).toBeCloseTo(before);
      await page.locator('.node', { hasText: 'module.cache' }).hover();
      expect(await page.evaluate('document.querySelectorAll(".edge.near").length')).toBe(1);
      expect(await page.evaluate('document.querySelectorAll(".node.near").length')).toBe(2);
    });

    test('has no text over another, and none outside of its box, in the graph', async () => {
      const overlaps = await page.evaluate(`(() => {
        const boxes = [...document.querySelectorAll('.node')].map((node) => node.querySelector('rect').getBoundingClientRect());
        const texts = [...document.querySelectorAll('.node')].flatMap((node, index) => [...node.querySelectorAll('text')].map((text) => [text.getBoundingClientRect(), boxes[index]]));
        const outside = texts.filter(([text, box]) => text.left < box.left || text.right > box.right || text.top < box.top || text.bottom > box.bottom);
        const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        return outside.length + boxes.filter((a, i) => boxes.some((b, j) => i < j && !apart(a, b))).length;
      })()`);
      expect(overlaps).toBe(0);
    });

    test('is readable in light and in dark', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect({ colorScheme, faint: await page.evaluate(faintTexts) }).toEqual({ colorScheme, faint: [] });
      }
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(18, 22, 28)');
    });

    test('prints everything but what needs a screen', async () => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('form.filters').boundingBox()).toBeNull();
      const pdf = await page.pdf();
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
      expect(await page.evaluate('[...document.querySelectorAll(".chains details")].every((each) => each.open)')).toBe(
        true,
      );
    });

    test('fits a narrow window', async () => {
      const narrow = await browser.newPage({ viewport: { width: 400, height: 800 } });
      await narrow.goto(`file://${join(folder, 'exposure.html')}`);
      expect(await narrow.evaluate('document.documentElement.scrollWidth')).toBe(400);
    });

    test('has tables with captions or names, headings in order, and a name for each control', async () => {
      expect(
        await page.evaluate(
          `[...document.querySelectorAll('table')].filter((each) => !each.caption && !each.ariaLabel).length`,
        ),
      ).toBe(0);
      expect(
        await page.evaluate(
          `[...document.querySelectorAll('input,select')].filter((each) => each.labels.length === 0).length`,
        ),
      ).toBe(0);
      const levels: number[] = await page.evaluate(
        `[...document.querySelectorAll('h1,h2,h3')].map((each) => Number(each.tagName[1]))`,
      );
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    });
  });

  test('two hundred groups by two hundred are one matrix, with a heading for each', async () => {
    const group = (index: number): string => `resource "aws_security_group" "g${index}" {
  ingress {
    protocol        = "tcp"
    from_port       = ${1000 + index}
    to_port         = ${1000 + index}
    security_groups = [aws_security_group.g${(index + 199) % 200}.id]
  }
}
`;
    await open(await memoryExposures({ 'main.tf': Array.from({ length: 200 }, (_, index) => group(index)).join('') }));
    expect(await page.evaluate('document.querySelectorAll("#matrix td").length')).toBe(200 * 200 + 1);
    await page.locator('[name=port]').fill('1150');
    expect(await rowsOf(page, '#matrix')).toEqual([['g149', 'O1150']]);
    const visible: string[] = await page.evaluate(
      `(() => { const box = document.querySelector('.matrix'); box.scrollTo(0, 0);
        return [...box.querySelectorAll('thead th')].filter((each) => !each.hidden).map((each) => each.innerText); })()`,
    );
    expect(visible).toEqual(['g150']);
    await page.locator('.filters button').click();
    await page.evaluate('new Promise(requestAnimationFrame)');
    // Headings stay where they are.
    const corner: [number, number] = await page.evaluate(
      `(() => { const box = document.querySelector('.matrix'); box.scrollTo(5000, 2000); const at = box.getBoundingClientRect();
        const last = box.querySelector('tbody tr:nth-child(150) th').getBoundingClientRect(); const head = box.querySelector('thead th:nth-child(100)').getBoundingClientRect();
        return [Math.round(last.left - at.left), Math.round(head.top - at.top)]; })()`,
    );
    expect(corner).toEqual([1, 1]);
    expect(said).toEqual([]);
  }, 60_000);

  test('texts of users run nothing', async () => {
    const names = attacks.map((text) =>
      text
        .replace(/\p{Surrogate}/gu, '')
        .replace(/[^\w .-]/gu, (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`),
    );
    await open(
      await memoryExposures({
        'main.tf': `resource "aws_security_group" "a" {
  for_each    = toset([${names.map((name) => `"${name}"`).join(', ')}])
  description = each.key
  ingress {
    description = each.key
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`,
      }),
    );
    expect(await page.evaluate('document.querySelectorAll("script, img, a[href^=javascript]").length')).toBe(1);
    expect(await page.locator('#groups .group').count()).toBe(new Set(attacks).size);
    for (const link of [0, 5, 12]) await page.locator('#matrix th a').nth(link).click();
    expect(said).toEqual([]);
  });
}

/** Texts whose contrast with what is behind them is less than WCAG 2.2 asks for: https://www.w3.org/TR/WCAG22/#contrast-minimum */
const faintTexts = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => channels(color).slice(0, 3).map((each) => each / 255).map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => { for (let at = element; at; at = at.parentElement) { const color = getComputedStyle(at).backgroundColor; if ((channels(color)[3] ?? 1) > 0) return color; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('main *, header *, form *')].filter((each) => each.closest('svg') === null && [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== '')).flatMap((each) => {
    const [a, b] = [light(getComputedStyle(each).color), light(behind(each))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    return ratio < 4.5 ? each.outerHTML.slice(0, 80) + ' ' + ratio.toFixed(2) : [];
  });
})()`;

const found = findBrowser();
if (typeof found === 'string') test.skip(`the page (skipped: ${found} can't be had here)`, () => undefined);
else describe('the page', () => uses(found));
