/** The plans that the command line names. */

import { type Plan, readPlan } from '../plan/plan.ts';
import type { Problem } from '../source/problem.ts';
import { SourceFile } from '../source/source-file.ts';
import { type DiskTree, readGiven } from './files/tree.ts';
import { type Io, UsageError } from './io.ts';

/** Bytes: V8 has no longer strings. */
const LARGEST = 512 * 1024 * 1024;

export interface GivenPlans {
  readonly plans: readonly Plan[];
  readonly problems: readonly Problem[];
}

/**
 * @param files as given; `-` for standard input
 * @throws UsageError if one can't be read
 */
export function readPlans(
  files: readonly string[],
  io: Io,
  tree: DiskTree,
  readStdin: (io: Io) => Uint8Array,
): GivenPlans {
  const read = files.map((file) => {
    const bytes = file === '-' ? readStdin(io) : readGiven(io.cwd, file, '--plan', LARGEST);
    const path = file === '-' ? 'plan on standard input' : tree.pathOf(file);
    if (isZip(bytes)) return { value: undefined, problems: [binaryPlan(file)] };
    return readPlan(new SourceFile(path, decoded(bytes, file), file === '-'));
  });
  return { plans: read.flatMap(({ value }) => value ?? []), problems: read.flatMap(({ problems }) => problems) };
}

const binaryPlan = (file: string): Problem => ({
  kind: 'file',
  severity: 'error',
  message: `${file} is a plan in Terraform's binary format.`,
  hint: `Write it as JSON: terraform show -json ${file} > plan.json`,
});

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;

/** PowerShell writes UTF-16 with `>`. */
function decoded(bytes: Uint8Array, file: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : bytes[1] === 0
          ? 'utf-16le'
          : 'utf-8';
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new UsageError(`--plan ${file}: it is too large for one text.`);
  }
}
