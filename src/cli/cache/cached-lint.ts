/** `tfsg lint --cache`: puts out again what an earlier run has put out, if nothing that it hangs on has changed. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Layer } from '../../config/layer.ts';
import { diskFileSystem, listedOnce } from '../../files.ts';
import { MAX_BASELINE_BYTES } from '../../findings/baseline/configured.ts';
import { safe } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { version } from '../../version.ts';
import { suppressionsOf } from '../accepted.ts';
import { lintOnce, runLint } from '../commands/lint.ts';
import { isInside, locateTree, readGiven } from '../files/tree.ts';
import { folderOfJob } from '../hosted-files.ts';
import type { Io } from '../io.ts';
import type { LintArguments } from '../options/arguments.ts';
import { isMistaken, openSession, type Session } from '../session.ts';
import { roomOfSummary } from '../step-summary.ts';
import { digestAgain, type IsOwn, type Recording, recordFiles } from './recorded-files.ts';
import { isSame, putAgain, recordIo, safePuts } from './recorded-io.ts';
import { cacheLocation, openStore, type Store } from './store.ts';

/** Counts up where what is kept is kept in another way. */
const FORMAT = 1;

/** Whether a cache can serve: nothing is written but reports, and all that counts lies in the tree, is on the command line or named there. */
function isCacheable({ fix, plans, stdinFilename, diff, accepted }: LintArguments): boolean {
  return (
    fix === undefined &&
    plans.length === 0 &&
    stdinFilename === undefined &&
    diff === undefined &&
    !accepted.updatesBaseline
  );
}

/**
 * Output and exit code are those of a run without a cache. What is wrong with the cache is said on stderr, and changes nothing else.
 *
 * @throws UsageError as a run without a cache, and if there is no place for one
 */
export async function lintCached(given: LintArguments, io: Io): Promise<ExitCode> {
  if (!isCacheable(given)) return runLint(given, io);
  const own = locateTree(io.cwd, []).root;
  let opened: Opened | undefined;
  const session = await openSession(given, io, (root, admits) => {
    const roots = [root, own];
    const store = openStore(cacheLocation(given.cacheLocation, root, io), roots);
    const isOwn = typeof store === 'string' ? () => false : isOwnIn(store, root);
    const recording = recordFiles(diskFileSystem(root, admits), isOwn);
    opened = { store, isOwn, recording, roots };
    return listedOnce(recording.files);
  });
  const { store, isOwn, recording, roots } = opened!;
  const complain = (text: string): void => {
    if (!given.quiet) io.stderr.write(safe`tfsg: --cache: ${text}.\n`);
  };
  if (typeof store === 'string') complain(`results are not kept: ${store}`);
  if (typeof store === 'string' || session.options.plans !== undefined || isMistaken(session.configs))
    return lintOnce(given, session, io);

  const baseline = baselineOf(given, io);
  const key = keyOf(given, session, baseline, io);
  const entry = store.read(key);
  if (entry === 'damaged') complain(`${store.fileOf(key)} is damaged and was not used`);
  else if (entry !== undefined && (await isSame(entry.surroundings, io))) {
    // A disk of its own: what is asked of that of the session may change what it answers.
    const disk = diskFileSystem(session.tree.root, session.tree.admits);
    const puts = digestAgain(disk, entry.asked, isOwn) === entry.digest ? safePuts(entry.puts) : undefined;
    if (puts !== undefined) {
      store.touch(key);
      return (await putAgain(puts, io, roots)) ? entry.code : 2;
    }
  }
  const recorded = recordIo(io);
  const code = await lintOnce(given, session, recorded.io);
  const digest = recording.digest();
  // What could not be written was said on stderr, and may be written the next time.
  const isWhole = recorded.isComplete(given.outputs.length) && baselineOf(given, io) === baseline;
  if (digest === undefined || !isWhole) return code;
  const surroundings = recorded.surroundings();
  const fault = store.write(key, { asked: recording.asked(), digest, surroundings, puts: recorded.puts, code });
  if (fault !== undefined) complain(`results are not kept: ${fault}`);
  return code;
}

interface Opened {
  /** A text where there is none: why. */
  readonly store: Store | string;
  readonly isOwn: IsOwn;
  readonly recording: Recording;
  /** Of the trees out of which no link is followed. */
  readonly roots: readonly string[];
}

function isOwnIn(store: Store, root: string): IsOwn {
  // Nearly never: most are in no folder that a run lists.
  if (!isInside(root, store.folder)) return () => false;
  return (path) => store.isOwn(join(root, path));
}

/** The text of the baseline that the command line names, which nothing else reads; undefined for none. */
function baselineOf({ accepted: { baseline } }: LintArguments, io: Io): string | undefined {
  if (typeof baseline !== 'string' || !existsSync(resolve(io.cwd, baseline))) return undefined;
  return Buffer.from(readGiven(io.cwd, baseline, '--baseline', MAX_BASELINE_BYTES)).toString('base64');
}

/** One text for all that is not asked of the tree or read from the environment. */
function keyOf(given: LintArguments, session: Session, baseline: string | undefined, io: Io): string {
  const { tree, paths, configs, problems, options } = session;
  const terminalOf = ({ isTerminal, columns }: Io['stdout']) => [isTerminal, columns ?? null];
  const facts = [
    ...[FORMAT, version, programSum(), process.version],
    ...[io.cwd, tree.root, folderOfJob(io) ?? null, roomOfSummary(io) ?? null],
    // Comments that suppress findings can end with a day.
    suppressionsOf(given.accepted, io).today,
    ...[terminalOf(io.stdout), terminalOf(io.stderr)],
    ...[given, paths, problems.map(({ severity, message }) => [severity, message])],
    ...[options.inputs, options.dataDirectory ?? null, baseline ?? null],
    // Of files of the command line, which may lie anywhere; all others are asked of the tree.
    [...(given.config === undefined ? [] : configs.layersFor('')), ...(configs.selection.base?.layers ?? [])].map(
      textOfLayer,
    ),
  ];
  const text = JSON.stringify(facts, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

function textOfLayer(layer: Layer): unknown {
  if (layer.kind === 'file') return [layer.file.file.path, layer.file.file.text];
  return layer.preset;
}

/** Of the code that runs: two builds of one version may differ. */
function programSum(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const hash = createHash('sha256');
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile()))
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
