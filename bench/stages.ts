/** What each stage of a run over a large tree costs, next to its floor: walking and reading the files, and a bare lexer. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checks } from '../src/checks/index.ts';
import { type Configs, discoverConfigs } from '../src/config/discover.ts';
import { noSelection } from '../src/config/resolve.ts';
import { diskFileSystem, type FileSystem, listedOnce } from '../src/files.ts';
import { Scanner } from '../src/hcl/native/scanner.ts';
import { END } from '../src/hcl/native/token-kind.ts';
import { evaluateModels, type LintOptions, lint, moduleCallsIn } from '../src/lint.ts';
import { loadFormat } from '../src/report/render.ts';
import { emptySummary, type Report } from '../src/report/report.ts';
import { SourceFile } from '../src/source/source-file.ts';
import { noInputs } from '../src/terraform/instances/inputs.ts';
import { discover } from '../src/terraform/modules/discover.ts';
import { generateCorpus } from './corpus.ts';

/** Files of one root of a tree that is made. */
const FILES_OF_ROOT = 12;

interface Stage {
  readonly name: string;
  run(): Promise<unknown> | unknown;
  /** The stage that it does again before its own work. */
  readonly after?: string;
}

/**
 * All stages in turns in one process, after one turn to warm up, and then the whole program in a process of its own, from dist/.
 *
 * @param directory a tree of configurations; undefined for one that is made
 * @returns lines to print: for each stage milliseconds of processor time by its best turn, without the stages before it, and how many times
 *   the floor that is
 */
export async function benchStages(directory?: string, turns = 3): Promise<readonly string[]> {
  if (directory !== undefined) return linesOf(directory, turns);
  const made = mkdtempSync(join(tmpdir(), 'tfsg-bench-'));
  try {
    for (const [index, { text }] of generateCorpus().entries()) {
      const path = join(made, `root-${Math.floor(index / FILES_OF_ROOT)}`, `${index}.tf`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return await linesOf(made, turns);
  } finally {
    rmSync(made, { recursive: true });
  }
}

async function linesOf(directory: string, turns: number): Promise<readonly string[]> {
  const stages = stagesOf(directory);
  const best = new Map<string, number>();
  for (let turn = 0; turn <= turns; turn++) {
    for (const { name, run } of stages) {
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      if (turn > 0) best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / 1000));
    }
  }
  const own = stages.map(({ name, after }) => ({
    name,
    time: best.get(name)! - (after === undefined ? 0 : best.get(after)!),
  }));
  const floor = own.slice(0, 2).reduce((sum, { time }) => sum + time, 0);
  const line = (name: string, time: number, more = ''): string =>
    `${name.padEnd(34)} ${time.toFixed(0).padStart(7)} ms ${(time / floor).toFixed(1).padStart(6)}${more}`;
  const { time, memory } = wholeProgram(directory);
  return [
    `${filesIn(directory).length} files`,
    ...own.map((each) => line(each.name, each.time)),
    line('the program, in its own process', time, `  ${memory.toFixed(0)} MB`),
  ];
}

function stagesOf(directory: string): readonly Stage[] {
  let texts: readonly (readonly [path: string, text: string])[] = [];
  let report: Report = { findings: [], undecided: [], problems: [], summary: emptySummary };
  const fresh = (): { readonly files: FileSystem; readonly configs: Configs; readonly options: LintOptions } => {
    const files = listedOnce(diskFileSystem(directory));
    const configs = discoverConfigs(files, checks, noSelection);
    return { files, configs, options: { configFor: configs.configFor, parser: 'native', inputs: noInputs } };
  };
  const withOptions = (run: (files: FileSystem, options: LintOptions) => unknown) => () => {
    const { files, options } = fresh();
    return run(files, options);
  };
  return [
    {
      name: 'floor: walk and read',
      run() {
        texts = filesIn(directory).map((path) => [path, readFileSync(path, 'utf8')]);
      },
    },
    {
      name: 'floor: bare lexer',
      run() {
        for (const [path, text] of texts) lex(new SourceFile(path, text));
      },
    },
    { name: 'discover', run: withOptions((files) => discover(files, [''], () => true, undefined)) },
    { name: 'read, parse and load', after: 'discover', run: withOptions((files, o) => moduleCallsIn(files, [''], o)) },
    {
      name: 'evaluate and normalize',
      after: 'read, parse and load',
      run: withOptions((files, options) => evaluateModels(files, [''], options)),
    },
    {
      name: 'check one world, and rejections',
      after: 'evaluate and normalize',
      run: withOptions((files, options) => lint(files, [''], { ...options, worlds: 'one' })),
    },
    {
      name: 'the other worlds',
      after: 'check one world, and rejections',
      run: withOptions(async (files, options) => {
        report = await lint(files, [''], options);
      }),
    },
    {
      name: 'render',
      run: async () =>
        (await loadFormat('json'))(report, { checks, pageOf: () => '', color: false, width: 80, unknown: false }),
    },
  ];
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.tf'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every token outside of strings and heredocs, and what stands in those as if it were none. */
function lex(file: SourceFile): void {
  const scanner = new Scanner(file);
  do scanner.advance();
  while (scanner.kind !== END);
}

/** Processor time in milliseconds, and megabytes at the most. */
function wholeProgram(directory: string): { readonly time: number; readonly memory: number } {
  const tell =
    'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();console.error("usage",u.userCPUTime+u.systemCPUTime,u.maxRSS)})';
  const cli = join(import.meta.dirname, '../dist/cli.js');
  const run = spawnSync(process.execPath, ['--import', tell, cli, directory, '-f', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const usage = /^usage (\d+) (\d+)$/m.exec(run.stderr);
  if (usage === null) throw new Error(`dist/cli.js said nothing of its usage: ${run.stderr}`);
  return { time: Number(usage[1]) / 1000, memory: Number(usage[2]) / 1024 };
}
