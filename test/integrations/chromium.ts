/** Chromium, and Playwright to use it. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { cleanEnvironment } from './released.ts';
import { npmPackage } from './tools.ts';

/** What is needed of Playwright. */
interface Locator {
  first(): Locator;
  nth(index: number): Locator;
  click(): Promise<void>;
  dblclick(): Promise<void>;
  hover(): Promise<void>;
  fill(text: string): Promise<void>;
  selectOption(value: string): Promise<unknown>;
  focus(): Promise<void>;
  count(): Promise<number>;
  waitFor(options?: { readonly state?: 'visible' | 'hidden'; readonly timeout?: number }): Promise<void>;
  allInnerTexts(): Promise<string[]>;
  boundingBox(): Promise<{
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null>;
}

export interface Page {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  readonly mouse: { move(x: number, y: number): Promise<void>; click(x: number, y: number): Promise<void> };
  goto(url: string): Promise<unknown>;
  locator(selector: string, options?: { readonly hasText?: string }): Locator;
  route(matches: (url: URL) => boolean, handle: (route: { abort(): Promise<void> }) => Promise<void>): Promise<void>;
  screenshot(options: { readonly path: string; readonly clip?: object }): Promise<unknown>;
  pdf(options?: object): Promise<Uint8Array>;
  setDefaultTimeout(milliseconds: number): void;
  emulateMedia(options: {
    readonly colorScheme?: 'light' | 'dark';
    readonly media?: 'print' | 'screen';
  }): Promise<void>;
  /** @param expression of JavaScript */
  evaluate<T>(expression: string): Promise<T>;
  on(event: 'console', listen: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', listen: (error: Error) => void): void;
  on(event: 'request', listen: (request: { url(): string }) => void): void;
}

export interface Browser {
  newPage(options: { readonly viewport: { readonly width: number; readonly height: number } }): Promise<Page>;
  close(): Promise<void>;
}

/** Where both are. */
export interface BrowserTools {
  readonly chromium: string;
  /** Folder with playwright-core in its node_modules. */
  readonly playwright: string;
}

/** Both, installed where they can be; else the name of the one that can't. */
export function findBrowser(): BrowserTools | string {
  const chromium = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((path) => existsSync(path));
  if (chromium === undefined) return 'Chromium';
  const playwright = npmPackage('playwright-core@1.65.1', cleanEnvironment());
  return playwright === undefined ? 'playwright-core' : { chromium, playwright };
}

export function launch({ chromium, playwright }: BrowserTools): Promise<Browser> {
  const { chromium: type }: { readonly chromium: { launch(options: object): Promise<Browser> } } = createRequire(
    join(playwright, 'package.json'),
  )('playwright-core');
  const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'].map((each) => `--disable-${each}`);
  return type.launch({ executablePath: chromium, args: ['--no-sandbox', '--no-first-run', ...quiet], timeout: 60_000 });
}
