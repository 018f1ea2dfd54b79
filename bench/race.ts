/** tfsg beside other tools, where they are installed: each on the same trees, in turns. */

import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { median, type ProcessTime, processTime, seconds } from './process-time.ts';

interface Tool {
  readonly name: string;
  readonly command: string;
  /** Of a run over the working directory that needs no network. */
  readonly args: readonly string[];
  readonly version: readonly string[];
}

const program = join(import.meta.dirname, '../dist/cli.js');

const tools: readonly Tool[] = [
  {
    name: 'tfsg',
    command: process.execPath,
    args: [program, '--no-config', '--format', 'json', '.'],
    version: [program, '--version'],
  },
  {
    name: 'trivy',
    command: 'trivy',
    args: ['config', '--quiet', '--skip-check-update', '--misconfig-scanners', 'terraform', '--format', 'json', '.'],
    version: ['--version'],
  },
  {
    name: 'tfsec',
    command: 'tfsec',
    args: ['--format', 'json', '--force-all-dirs', '--no-color', '.'],
    version: ['--version'],
  },
  {
    name: 'checkov',
    command: 'checkov',
    args: ['--directory', '.', '--framework', 'terraform', '--output', 'json', '--quiet', '--skip-download'],
    version: ['--version'],
  },
  { name: 'tflint', command: 'tflint', args: ['--recursive', '--format', 'json'], version: ['--version'] },
  {
    name: 'KICS',
    command: 'kics',
    args: ['scan', '--path', '.', '--type', 'Terraform', '--no-progress', '--silent', '--disable-full-descriptions'],
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
    '| tree | tool | wall time | processor time | of tfsg | exit code |',
    '| --- | --- | --- | --- | --- | --- |',
    ...trees.flatMap((tree) => {
      const times = Array.from({ length: turns }, () =>
        there.map(({ command, args }) => processTime(command, args, tree, LIMIT)),
      );
      return there.map(({ name, version }, at) => {
        const all = times.map((turn) => turn[at]!);
        const of = (key: 'wall' | 'processor'): number => median(all.map((each) => each[key]));
        const ratio = median(times.map((turn) => turn[at]!.processor / turn[0]!.processor));
        const cells = [basename(tree), `${name} ${version}`, seconds(of('wall')), seconds(of('processor'))];
        return `| ${[...cells, ratio.toFixed(1), codesOf(all)].join(' | ')} |`;
      });
    }),
    ...(missing.length === 0 ? [] : ['', `Not installed: ${missing.join(', ')}.`]),
  ];
}

function codesOf(all: readonly ProcessTime[]): string {
  return [
    ...new Set(all.map(({ code }) => (code === undefined ? `ended after ${LIMIT / 60_000} minutes` : code))),
  ].join(', ');
}

/** Undefined where the tool is not installed. */
function versionOf({ command, version }: Tool): string | undefined {
  const { status, stdout } = spawnSync(command, version, { encoding: 'utf8' });
  return status === 0 ? (/\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] ?? '') : undefined;
}
