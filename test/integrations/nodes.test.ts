/** The built program on every version of Node that package.json names: the same bytes and exit codes as on the oldest. */

import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { cleanEnvironment, temporaryFolder } from './released.ts';
import { npmPackage, root } from './tools.ts';

const [oldest, ...newer] = ['20', '22', '24', '26'] as const;

/** A program `node`; undefined where npm's package with it is not to be had. */
function nodeOf(version: string): string | undefined {
  const name = `node-${process.platform}-${process.arch}`;
  const home = npmPackage(`${name}@${version}`, cleanEnvironment());
  const program = home && join(home, 'node_modules', name, 'bin/node');
  if (program === undefined || !existsSync(program)) return undefined;
  return spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.startsWith(`v${version}.`)
    ? program
    : undefined;
}

test('package.json and CI name the same versions', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8'));
  const [first, ...others] = jobs.node.strategy.matrix.node;
  expect(engines.node).toBe(`>=${first}`);
  expect([first.split('.')[0], ...others]).toEqual([oldest, ...newer]);
});

/** A message of the Language Server Protocol. */
function message(content: object): string {
  const text = JSON.stringify({ jsonrpc: '2.0', ...content });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** What a process reads, piece by piece: each once it has printed a text. */
type Conversation = readonly (readonly [after: string, text: string])[];

const session: Conversation = [
  ['', message({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } })],
  ['"id":1', message({ method: 'initialized', params: {} }) + message({ id: 2, method: 'shutdown' })],
  ['"id":2', message({ method: 'exit' })],
];

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a process to its end. */
function run(program: string, args: readonly string[], input: Conversation, options: SpawnOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'pipe' });
    const printed = { stdout: '', stderr: '' };
    const pieces = [...input];
    const answer = (): void => {
      while (pieces[0] !== undefined && printed.stdout.includes(pieces[0][0])) child.stdin.write(pieces.shift()![1]);
      if (pieces.length === 0) child.stdin.end();
    };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text;
        answer();
      });
    }
    child.stdin.on('error', () => undefined);
    child.on('error', reject).on('close', (code) => resolve({ code, ...printed }));
    answer();
  });
}

/** Groups with rules, in more files than one, by way of functions, regular expressions, YAML, modules and a configuration. */
function writeLargeProject(folder: string): void {
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  mkdirSync(join(folder, '.git'));
  write(
    '.tfsgrc.json',
    '{ "extends": ["tfsg:strict"], "overrides": [{ "files": ["part-1*"], "checks": { "port-open": "off" } }] }\n',
  );
  write('ports.yaml', 'web: [80, 443]\nssh: 22\n');
  write(
    'locals.tf',
    'locals {\n  ports = yamldecode(file("ports.yaml"))\n  name  = replace("wéb-1", "/[0-9]+/", "x")\n}\n',
  );
  write(
    'net/main.tf',
    'variable "cidrs" {}\nresource "aws_security_group" "net" {\n  ingress {\n    cidr_blocks = var.cidrs\n  }\n}\n',
  );
  for (let file = 0; file < 20; file++) {
    const groups = Array.from({ length: 10 }, (_, index) => {
      const name = `group_${file}_${index}`;
      return `resource "aws_security_group" "${name}" {
  name = "\${local.name}-${name}"
}
resource "aws_vpc_security_group_ingress_rule" "${name}" {
  security_group_id = aws_security_group.${name}.id
  description       = "Rule \${upper(local.name)}"
  ip_protocol       = "tcp"
  from_port         = local.ports.ssh + ${index}
  to_port           = local.ports.ssh + ${index}
  cidr_ipv4         = cidrsubnet("0.0.0.0/0", ${file % 4}, 0)
}
`;
    });
    write(
      `part-${file}.tf`,
      `${groups.join('')}module "net_${file}" {\n  source = "./net"\n  cidrs  = ["${file}.0.0.0/8"]\n}\n`,
    );
  }
}

interface Case {
  readonly name: string;
  /** What is written to an empty folder, where the program runs. */
  readonly write?: (folder: string) => void;
  readonly argv: readonly string[];
  readonly input?: Conversation;
  readonly code: number;
  /** Part of what is printed, so that not everybody prints nothing. */
  readonly says: string;
}

const legacy = (folder: string): void =>
  cpSync(join(root, 'fixtures/projects/web-sg/legacy'), folder, { recursive: true });

const cases: readonly Case[] = [
  { name: 'a small project', write: legacy, argv: [], code: 1, says: 'admin-port-open' },
  ...['pretty', 'json', 'sarif', 'junit'].map((format) => ({
    name: `a larger project as ${format}`,
    write: writeLargeProject,
    argv: ['-f', format, '--unknown'],
    code: 1,
    says: 'group_19_9',
  })),
  {
    name: 'every fixture',
    argv: [join(root, 'fixtures'), '--no-config', '-f', 'json', '--unknown'],
    code: 2,
    says: '"summary"',
  },
  { name: 'fixes', write: legacy, argv: ['--fix'], code: 1, says: 'fixed' },
  { name: 'inspect', write: legacy, argv: ['inspect', '-f', 'json'], code: 0, says: '0.0.0.0/0' },
  {
    name: 'files that are no text, lead nowhere or are folders',
    write: (folder) => {
      writeFileSync(join(folder, 'bytes.tf'), Uint8Array.of(0x61, 0xff, 0x0a));
      writeFileSync(join(folder, 'zero.tf'), 'a\0b');
      symlinkSync('nowhere.tf', join(folder, 'link.tf'));
      mkdirSync(join(folder, 'folder.tf'));
    },
    argv: ['.', 'folder.tf', 'missing.tf'],
    code: 2,
    says: 'This file is not valid UTF-8',
  },
  { name: 'a configuration that is a folder', write: legacy, argv: ['-c', '.'], code: 2, says: 'it is a directory' },
  { name: 'a mistake on the command line', argv: ['--formt', 'json'], code: 2, says: 'Did you mean --format?' },
  { name: 'help', argv: ['--help'], code: 0, says: '--fail-on' },
  {
    name: 'the language server, started and stopped',
    argv: ['lsp', '--stdio'],
    input: session,
    code: 0,
    says: '"serverInfo"',
  },
];

describe.each(cases)('$name', ({ write, argv, input = [], code, says }) => {
  const outcomes = new Map<string, unknown>();
  let caches: string;
  beforeAll(() => {
    caches = temporaryFolder();
  });
  afterAll(() => rmSync(caches, { recursive: true }));

  /** What a run prints, and leaves in the folder. */
  async function outcomeOn(node: string): Promise<object> {
    const folder = temporaryFolder();
    write?.(folder);
    const { code, stdout, stderr } = await run(node, [join(root, 'dist/cli.js'), ...argv], input, {
      cwd: folder,
      env: { PATH: process.env['PATH'], XDG_CACHE_HOME: caches },
    });
    const main = join(folder, 'main.tf');
    const left = existsSync(main) ? readFileSync(main, 'utf8') : null;
    rmSync(folder, { recursive: true });
    return { code, stdout: stdout.replaceAll(folder, ''), stderr: stderr.replaceAll(folder, ''), left };
  }

  for (const version of [oldest, ...newer]) {
    const node = nodeOf(version);
    const isFirst = version === oldest;
    const name = `on Node ${version}${isFirst ? '' : ` as on Node ${oldest}`}`;
    const needed = nodeOf(oldest) === undefined ? oldest : version;
    if (node === undefined || nodeOf(oldest) === undefined) {
      test.skip(`${name} (skipped: Node ${needed} can't be installed from npm here)`, () => undefined);
      continue;
    }
    test(name, async () => {
      const first = await outcomeOn(node);
      outcomes.set(version, first);
      // Where the first run has kept what it compiled, this one uses it.
      expect(await outcomeOn(node)).toEqual(first);
      if (isFirst) {
        expect(first).toMatchObject({ code });
        expect(JSON.stringify(first)).toContain(JSON.stringify(says).slice(1, -1));
      } else expect(first).toEqual(outcomes.get(oldest));
    });
  }
});
