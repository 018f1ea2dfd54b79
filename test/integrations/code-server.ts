/** VS Code in a browser: code-server, which runs extensions as VS Code's remote server does, and Chromium. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserTools, findBrowser, launch, type Page } from './chromium.ts';
import { cleanEnvironment, must } from './released.ts';
import { npmPackage, root, succeeds } from './tools.ts';

/** Where the tools are. */
export interface Tools extends BrowserTools {
  /** Entry point of code-server. */
  readonly codeServer: string;
  /** Entry point of the packer of extensions. */
  readonly vsce: string;
}

/** The tools, installed where they can be; else the name of the one that can't. */
export function findTools(): Tools | string {
  const environment = cleanEnvironment();
  const browser = findBrowser();
  if (typeof browser === 'string') return browser;
  const vsce = npmPackage('@vscode/vsce@3.9.2', environment);
  if (vsce === undefined) return 'vsce';
  const codeServer = npmPackage('code-server@4.100.3', environment, (home) => completeCodeServer(home, environment));
  if (codeServer === undefined) return 'code-server';
  return {
    ...browser,
    codeServer: join(codeServer, 'node_modules/code-server/out/node/entry.js'),
    vsce: join(vsce, 'node_modules/@vscode/vsce/vsce'),
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
    const browser = await launch(this.#tools);
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
