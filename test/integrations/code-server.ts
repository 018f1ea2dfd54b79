/** VS Code in a browser: code-server, which runs extensions as VS Code's remote server does, and Chromium. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { cleanEnvironment, must } from './released.ts';
import { npmPackage, root, succeeds } from './tools.ts';

/** What is needed of Playwright. */
interface Locator {
  first(): Locator;
  nth(index: number): Locator;
  click(): Promise<void>;
  dblclick(): Promise<void>;
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
  setDefaultTimeout(milliseconds: number): void;
}
interface Chromium {
  launch(options: object): Promise<{
    newPage(options: { readonly viewport: { readonly width: number; readonly height: number } }): Promise<Page>;
    close(): Promise<void>;
  }>;
}

/** Where the tools are. */
export interface Tools {
  readonly chromium: string;
  /** Entry point of code-server. */
  readonly codeServer: string;
  /** Entry point of the packer of extensions. */
  readonly vsce: string;
  /** Folder with playwright-core in its node_modules. */
  readonly playwright: string;
}

/** The tools, installed where they can be; else the name of the one that can't. */
export function findTools(): Tools | string {
  const environment = cleanEnvironment();
  const chromium = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((path) => existsSync(path));
  if (chromium === undefined) return 'Chromium';
  const vsce = npmPackage('@vscode/vsce@3.9.2', environment);
  if (vsce === undefined) return 'vsce';
  const playwright = npmPackage('playwright-core@1.65.1', environment);
  if (playwright === undefined) return 'playwright-core';
  const codeServer = npmPackage('code-server@4.100.3', environment, (home) => completeCodeServer(home, environment));
  if (codeServer === undefined) return 'code-server';
  return {
    chromium,
    codeServer: join(codeServer, 'node_modules/code-server/out/node/entry.js'),
    vsce: join(vsce, 'node_modules/@vscode/vsce/vsce'),
    playwright,
  };
}

/** What its install script does, less the downloads that only searches need, and less the terminal. */
function completeCodeServer(home: string, env: NodeJS.ProcessEnv): boolean {
  const server = join(home, 'node_modules/code-server/lib/vscode');
  const isComplete =
    succeeds('npm', ['rebuild', 'argon2'], { cwd: home, env }) &&
    succeeds('npm', ['install', '--omit=dev', '--ignore-scripts'], { cwd: server, env }) &&
    succeeds('npm', ['rebuild', '@vscode/spdlog', 'native-watchdog'], { cwd: server, env });
  if (isComplete) symlinkSync('node_modules', join(server, 'node_modules.asar'));
  return isComplete;
}

/** Packs the extension from dist/. @returns path of the .vsix */
export function packExtension({ vsce }: Tools, folder: string): string {
  must(root, process.execPath, join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/build-vscode.ts');
  const vsix = join(folder, 'tfsg.vsix');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--out', vsix];
  must(join(root, 'editors/vscode/dist'), process.execPath, vsce, ...args);
  return vsix;
}

/** VS Code with the extension and nothing else, for nobody in particular. */
export class Editor {
  readonly #tools: Tools;
  readonly #home: string;
  readonly #environment: Record<string, string>;
  #server: ChildProcess | undefined;
  #close: () => Promise<void> = async () => {};

  /** @param home absolute path of an empty folder */
  constructor(tools: Tools, home: string) {
    this.#tools = tools;
    this.#home = home;
    this.#environment = {
      ...cleanEnvironment(),
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_DATA_HOME: join(home, 'data'),
      EXTENSIONS_GALLERY: '{}',
    };
    this.#write('User', {
      'workbench.startupEditor': 'none',
      'extensions.autoUpdate': false,
      'extensions.autoCheckUpdates': false,
      'telemetry.telemetryLevel': 'off',
      'files.autoSave': 'off',
    });
    this.configure({});
  }

  get extensions(): string {
    return join(this.#home, 'extensions');
  }

  /** Writes the settings of the machine, which alone may name programs. */
  configure(settings: Readonly<Record<string, unknown>>): void {
    this.#write('Machine', settings);
  }

  /** @throws Error with the output if it can't be installed */
  install(vsix: string): void {
    const args = [...this.#arguments(), '--install-extension', vsix];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      ...{ env: this.#environment, encoding: 'utf8', timeout: 60_000 },
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
  }

  /** A window with a folder. */
  async open(folder: string, viewport: { readonly width: number; readonly height: number }): Promise<Page> {
    const url = await this.#serve();
    const playwright: { readonly chromium: Chromium } = createRequire(join(this.#tools.playwright, 'package.json'))(
      'playwright-core',
    );
    const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'].map(
      (each) => `--disable-${each}`,
    );
    const browser = await playwright.chromium.launch({
      executablePath: this.#tools.chromium,
      args: ['--no-sandbox', '--no-first-run', ...quiet],
      timeout: 60_000,
    });
    this.#close = () => browser.close();
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(30_000);
    await page.route(
      ({ hostname }) => hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    await page.goto(`${url}?folder=${encodeURIComponent(folder)}`);
    return page;
  }

  async close(): Promise<void> {
    await this.#close().catch(() => {});
    this.#kill();
  }

  #write(scope: string, settings: Readonly<Record<string, unknown>>): void {
    const folder = join(this.#home, 'user', scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  }

  #arguments(): string[] {
    return [this.#tools.codeServer, '--user-data-dir', join(this.#home, 'user'), '--extensions-dir', this.extensions];
  }

  /** @returns the address */
  #serve(): Promise<string> {
    const options = ['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-workspace-trust'];
    const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
    const server = spawn(process.execPath, [...this.#arguments(), ...options, ...quiet], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that it can be ended with all that it starts.
      detached: true,
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      let output = '';
      const listen = (data: Buffer): void => {
        output += data.toString();
        const [, url] = /listening on (http:\S+)/.exec(output) ?? [];
        if (url !== undefined) resolve(url);
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      server.on('exit', () => reject(new Error(output)));
      setTimeout(() => reject(new Error(`code-server does not listen:\n${output}`)), 60_000).unref();
    });
  }

  #kill(): void {
    const pid = this.#server?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
