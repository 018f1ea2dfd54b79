/** tfsg beside other tools, where they are installed: each on the same trees, in turns. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { median, type ProcessTime, processTime, seconds } from './process-time.ts';

interface Tool {
  readonly name: string;
  readonly command: string;
  /** Of a run over the working directory that needs no network, and prints JSON or writes results.json into a folder. */
  readonly argsFor: (folder: string) => readonly string[];
  readonly version: readonly string[];
}

const program = join(import.meta.dirname, '../dist/cli.js');

const tools: readonly Tool[] = [
  {
    name: 'tfsg',
    command: process.execPath,
    argsFor: () => [program, '--no-config', '--format', 'json', '.'],
    version: [program, '--version'],
  },
  {
    name: 'trivy',
    command: 'trivy',
    argsFor: () => [
      'config',
      '--quiet',
      '--skip-check-update',
      '--misconfig-scanners',
      'terraform',
      '--format',
      'json',
      '.',
    ],
    version: ['--version'],
  },
  {
    name: 'tfsec',
    command: 'tfsec',
    argsFor: () => ['--format', 'json', '--force-all-dirs', '--no-color', '.'],
    version: ['--version'],
  },
  {
    name: 'checkov',
    command: 'checkov',
    argsFor: () => ['--directory', '.', '--framework', 'terraform', '--output', 'json', '--quiet', '--skip-download'],
    version: ['--version'],
  },
  { name: 'tflint', command: 'tflint', argsFor: () => ['--recursive', '--format', 'json'], version: ['--version'] },
  {
    name: 'KICS',
    command: 'kics',
    argsFor: (folder) => [
      ...['scan', '--path', '.', '--type', 'Terraform', '--no-progress', '--silent', '--disable-full-descriptions'],
      ...['--report-formats', 'json', '--output-path', folder],
    ],
    version: ['version'],
  },
];

/** Milliseconds after which a run is ended. */
const LIMIT = 10 * 60 * 1000;

/**
 * Needs a built dist/. The tools are those on the path.
 *
 * @param trees folders
 * @returns lines to print: a table in Markdown, with the median of each tool's times and of their ratios to tfsg's
 */
export function benchRace(trees: readonly string[], turns = 3): readonly string[] {
  const there = tools.flatMap((tool) => {
    const version = versionOf(tool);
    return version === undefined ? [] : [{ ...tool, version }];
  });
  const missing = tools.filter(({ name }) => !there.some((tool) => tool.name === name)).map(({ name }) => name);
  return [
    '| tree | tool | wall time | processor time | of tfsg | result |',
    '| --- | --- | --- | --- | --- | --- |',
    ...trees.flatMap((tree) => {
      const times = Array.from({ length: turns }, () => there.map((tool) => timeOf(tool, tree)));
      return there.map(({ name, version }, at) => {
        const all = times.map((turn) => turn[at]!);
        const of = (key: 'wall' | 'processor'): number => median(all.map((each) => each[key]));
        const ratio = median(times.map((turn) => turn[at]!.processor / turn[0]!.processor));
        const cells = [basename(tree), `${name} ${version}`.trimEnd(), seconds(of('wall')), seconds(of('processor'))];
        return `| ${[...cells, ratio.toFixed(1), resultOf(all)].join(' | ')} |`;
      });
    }),
    ...(missing.length === 0 ? [] : ['', `Not installed: ${missing.join(', ')}.`]),
  ];
}

interface Timed extends ProcessTime {
  readonly hasResult: boolean;
}

function timeOf({ command, argsFor }: Pick<Tool, 'command' | 'argsFor'>, tree: string): Timed {
  const folder = mkdtempSync(join(tmpdir(), 'tfsg-race-'));
  try {
    const [written, output] = [join(folder, 'written'), join(folder, 'output')];
    mkdirSync(written);
    const time = processTime(command, argsFor(written), { cwd: tree, limit: LIMIT, output });
    return { ...time, hasResult: isJson(output) || isJson(join(written, 'results.json')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

function resultOf(all: readonly Timed[]): string {
  if (all.some(({ code }) => code === undefined)) return `ended after ${LIMIT / 60_000} minutes`;
  return all.every(({ hasResult }) => hasResult) ? 'yes' : `none: it ended with exit code ${all[0]!.code}`;
}

/** Undefined where the tool is not installed. */
function versionOf({ command, version }: Tool): string | undefined {
  const { status, stdout } = spawnSync(command, version, { encoding: 'utf8' });
  return status === 0 ? (/\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] ?? '') : undefined;
}
