/** What a run costs after an edit, in a directory of 300 files and 2,100 rules, and whether that stays so. */

import { checks } from '../src/checks/index.ts';
import { fixedConfig } from '../src/config/discover.ts';
import { noSelection } from '../src/config/resolve.ts';
import { type FileSystem, memoryFileSystem, overlayFileSystem } from '../src/files.ts';
import { lint, QueryCache } from '../src/lint.ts';
import { noInputs } from '../src/terraform/instances/inputs.ts';

export const FILES = 300;
const RULES_PER_FILE = 7;

/** One file of the directory; each edit gives it other ports, and every third one an open source. */
export function groupFile(index: number, edit: number): string {
  const rules = Array.from({ length: RULES_PER_FILE }, (_, rule) => {
    const port = 8000 + rule + (edit % 50);
    const source = rule === 3 && edit % 3 === 1 ? '"0.0.0.0/0"' : 'local.office';
    return `  ingress {
    description = "Rule ${rule}"
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    cidr_blocks = [${source}]
  }
`;
  });
  return `resource "aws_security_group" "group_${index}" {
  name        = "group-${index}"
  description = "Group ${index}"
  vpc_id      = var.vpc_id
${rules.join('')}}
`;
}

/**
 * The directory before any edit, by name.
 *
 * @param environments that a variable which nobody gives could be; it decides a source in every tenth file
 */
export function editedDirectory(environments = 0): Readonly<Record<string, string>> {
  const variables = 'variable "vpc_id" {\n  type = string\n}\n\nlocals {\n  office = "10.1.0.0/16"\n}\n';
  const groups = Array.from({ length: FILES - 1 }, (_, index) => [
    `group-${index}.tf`,
    groupFile(index, 0) + (environments > 0 && index % 10 === 0 ? adminRule(index) : ''),
  ]);
  const directory = { 'variables.tf': variables, ...Object.fromEntries(groups) };
  return environments === 0 ? directory : { ...directory, 'environments.tf': environmentsFile(environments) };
}

const adminRule = (index: number): string => `
resource "aws_vpc_security_group_ingress_rule" "admin_${index}" {
  security_group_id = aws_security_group.group_${index}.id
  description       = "Administrators"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = local.sources[var.environment]
}
`;

function environmentsFile(count: number): string {
  const sources = Array.from(
    { length: count },
    (_, index) => `    env-${index} = "${index % 4 === 0 ? '0.0.0.0/0' : `10.${index}.0.0/16`}"\n`,
  );
  return `variable "environment" {\n  type = string\n}\n\nlocals {\n  sources = {\n${sources.join('')}  }\n}\n`;
}

/** @returns lines to print: wall-clock milliseconds of a run after an edit, and memory, at the start and after many edits */
export async function benchEdits(edits = 10_000): Promise<readonly string[]> {
  const base = memoryFileSystem(editedDirectory());
  const changed = new Map<string, Uint8Array>();
  const fileSystem: FileSystem = overlayFileSystem(base, changed);
  const { configFor } = fixedConfig(undefined, checks, noSelection);
  const options = {
    configFor,
    parser: 'native',
    inputs: noInputs,
    confirmSyntaxErrors: false,
    cache: new QueryCache(),
  } as const;
  const encoder = new TextEncoder();
  const timed = async (): Promise<number> => {
    const start = performance.now();
    await lint(fileSystem, [''], options);
    return performance.now() - start;
  };
  const lines = [`first run                      ${(await timed()).toFixed(0).padStart(5)} ms`];
  let times: number[] = [];
  for (let edit = 1; edit <= edits; edit++) {
    const index = (edit * 7919) % (FILES - 1);
    changed.set(`group-${index}.tf`, encoder.encode(groupFile(index, edit)));
    times.push(await timed());
    if (edit === 1000 || edit === edits) {
      lines.push(`edits ${String(Math.max(0, edit - 999)).padStart(5)} to ${String(edit).padEnd(6)} ${spread(times)}`);
    }
    if (times.length === 1000) times = [];
  }
  return lines;
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string => sorted[Math.floor(sorted.length * part)]!.toFixed(1).padStart(7);
  const heap = (process.memoryUsage().heapUsed / 1e6).toFixed(0);
  return `median${at(0.5)} ms, 95th percentile${at(0.95)} ms, ${heap} MB of heap`;
}
