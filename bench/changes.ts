/** What `tfsg changes` costs where a change touches one root of 200, next to linting that root. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, processTime } from './process-time.ts';

const ROOTS = 200;
const CALLS_PER_ROOT = 10;
const GROUPS_PER_ROOT = 10;
const EDITED = 'live/root-7';

const program = join(import.meta.dirname, '..', 'dist/cli.js');

/**
 * Both processes in turns, after two turns each to warm up. Needs git, bash and a built dist/.
 *
 * @returns lines to print: processor time (user and system) in milliseconds, the median of each, and the median of the ratios
 */
export function benchChanges(turns = 21): readonly string[] {
  if (spawnSync('git', ['--version']).status !== 0) return ['skipped: git is not installed'];
  const folder = mkdtempSync(join(tmpdir(), 'tfsg-bench-'));
  try {
    commitRoots(folder);
    writeRoot(folder, EDITED, '0.0.0.0/0');
    const lint: number[] = [];
    const changes: number[] = [];
    for (let turn = -2; turn < turns; turn++) {
      const ofLint = processTime(process.execPath, [program, EDITED], { cwd: folder }).processor;
      const ofChanges = processTime(process.execPath, [program, 'changes', '--base', 'HEAD'], {
        cwd: folder,
      }).processor;
      if (turn < 0) continue;
      lint.push(ofLint);
      changes.push(ofChanges);
    }
    const ratio = median(changes.map((time, index) => time / lint[index]!));
    return [
      `lint of the root ${median(lint).toFixed(0)} ms, changes ${median(changes).toFixed(0)} ms: ratio ${ratio.toFixed(2)}`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function commitRoots(folder: string): void {
  writeFile(folder, 'modules/service/main.tf', MODULE);
  for (let index = 0; index < ROOTS; index++) writeRoot(folder, `live/root-${index}`, `10.${index}.0.0/16`);
  const git = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
  };
  git('init', '--quiet');
  // Of what was written in the same second as its index, git itself is not certain.
  const before = new Date(Date.now() - 60_000);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('.tf')) utimesSync(join(folder, path), before, before);
  }
  git('add', '--all');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message', 'roots');
}

function writeFile(folder: string, path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** @param block that the first group of the root lets in */
function writeRoot(folder: string, directory: string, block: string): void {
  const each = (count: number, of: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => of(index)).join('\n');
  writeFile(
    folder,
    `${directory}/main.tf`,
    `variable "environment" {}

locals {
  offices = { dev = ["10.0.0.0/16"], prod = ["192.168.0.0/16"] }
}

${each(
  CALLS_PER_ROOT,
  (index) => `module "service_${index}" {
  source = "../../modules/service"
  name   = "service-${index}"
  cidrs  = local.offices[var.environment]
}

resource "aws_instance" "service_${index}" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [module.service_${index}.id]
}
`,
)}`,
  );
  writeFile(
    folder,
    `${directory}/groups.tf`,
    each(
      GROUPS_PER_ROOT,
      (index) => `resource "aws_security_group" "group_${index}" {
  name        = "group-${index}"
  description = "Group ${index}"

  ingress {
    description     = "Of the service"
    from_port       = ${8000 + index}
    to_port         = ${8000 + index}
    protocol        = "tcp"
    security_groups = [module.service_${index % CALLS_PER_ROOT}.id]
  }

  ingress {
    description = "Of users"
    from_port   = 8443
    to_port     = 8443
    protocol    = "tcp"
    cidr_blocks = ["${index === 0 ? block : '10.0.0.0/16'}"]
  }

  ingress {
    description = "Of the offices"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = local.offices[var.environment]
  }
}
`,
    ),
  );
}

const MODULE = `variable "name" {}

variable "cidrs" {
  type = list(string)
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "Of a service"
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = toset(var.cidrs)
  security_group_id = aws_security_group.this.id
  description       = "Of the offices"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
}

output "id" {
  value = aws_security_group.this.id
}
`;
