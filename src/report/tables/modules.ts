/** The output of `tfsg modules`: the calls of modules, for people and for programs. */

import { placeOf } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import { type ModuleCall, unreadReason } from '../../terraform/modules/calls.ts';
import type { UnreadModule } from '../../terraform/modules/load.ts';
import type { ModuleOrigin } from '../../terraform/modules/sources/resolve.ts';
import { whyUnread } from '../../terraform/modules/unread.ts';
import { formatCount } from '../../text/count.ts';
import { placeDocument, problemDocument, SCHEMA_VERSION } from '../document.ts';
import { escapeControls, type PlainText, plain, type SafeText, safeLines } from '../escape.ts';
import { jsonDocument } from '../formats/json.ts';
import type { InspectionLook } from '../inspect.ts';
import { painter } from '../style.ts';
import { alignedWidth, padded } from '../width.ts';

export interface ListedModules {
  readonly calls: readonly ModuleCall[];
  /** Calls of local modules that were read and are not listed. */
  readonly local: number;
  readonly unread: number;
  /** For a shell in the working directory; undefined where no command gets anything. */
  readonly command: string | undefined;
}

/** @param shownPath as the working directory has it */
export function listedModules(
  calls: readonly ModuleCall[],
  listsLocal: boolean,
  shownPath: (path: string) => string,
): ListedModules {
  const listed = calls.filter((call) => listsLocal || !isReadLocally(call));
  return {
    calls: listed,
    local: calls.length - listed.length,
    unread: calls.filter(isUnread).length,
    command: commandFor(calls, shownPath),
  };
}

const isUnread = ({ called }: ModuleCall): boolean => unreadReason(called) !== undefined;

const isReadLocally = ({ called }: ModuleCall): boolean => called.kind === 'module' && called.origin.kind === 'local';

/** What gets modules: `terraform get` needs no provider, no state, and no credentials but those of the modules. */
function commandFor(calls: readonly ModuleCall[], shownPath: (path: string) => string): string | undefined {
  const isFor = (reason: UnreadModule['reason']): readonly ModuleCall[] =>
    calls.filter(({ called }) => unreadReason(called) === reason);
  const program = calls.some(({ span }) => /\.tofu(?:\.json)?$/.test(span.file.path)) ? 'tofu' : 'terraform';
  const remote = isFor('remote');
  const isUnit = (root: string): boolean => remote.some(({ units }) => units.has(root));
  const roots = rootsFor(remote);
  const shown = (some: readonly string[]): readonly string[] => some.map((root) => quoted(shownPath(root)));
  const commands = [
    ...(isFor('submodule').length > 0 ? ['git submodule update --init'] : []),
    ...inEach(
      shown(roots.filter((root) => !isUnit(root))),
      `${program} get`,
      (root) => `${program} -chdir=${root} get`,
    ),
    ...inEach(shown(roots.filter(isUnit)), terragrunt, (root) => `(cd ${root} && ${terragrunt})`),
  ];
  return commands.length === 0 ? undefined : commands.join(' && ');
}

/** Terragrunt has no `get` of its own that all of its versions know. */
const terragrunt = 'terragrunt init -backend=false';

/** @param here the command in the working directory */
function inEach(folders: readonly string[], here: string, there: (root: string) => string): readonly string[] {
  if (folders.length > 1) return [`for root in ${folders.join(' ')}; do ${there('"$root"')}; done`];
  return folders.map((folder) => (folder === '.' ? here : there(folder)));
}

/** Root modules that together lead to every call: what one has installed, others are read with too. */
function rootsFor(calls: readonly ModuleCall[]): readonly string[] {
  const chosen: string[] = [];
  for (let left = calls; left.length > 0; ) {
    const counts = new Map<string, number>();
    for (const { roots } of left) for (const root of roots) counts.set(root, (counts.get(root) ?? 0) + 1);
    const best = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
    chosen.push(best);
    left = left.filter(({ roots }) => !roots.includes(best));
  }
  return chosen.sort();
}

const quoted = (path: string): string => (/^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** `{ schemaVersion, modules, local, command, problems }`. */
export function renderModulesJson({ calls, local, command }: ListedModules, problems: readonly Problem[]): SafeText {
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    modules: calls.map(({ name, source, version, called, span, roots }) => ({
      name,
      source: source ?? null,
      version: version ?? null,
      ...(called.kind === 'module' && called.standIn === undefined
        ? {
            from: called.origin.kind,
            directory: called.module.directory || '.',
            found: called.origin.version ?? null,
            unread: null,
          }
        : { from: null, directory: null, found: null, unread: unreadReason(called) }),
      standIn: called.kind === 'module' ? (called.standIn?.versions ?? null) : null,
      ...placeDocument(span),
      roots: roots.map((root) => root || '.'),
    })),
    local,
    command: command ?? null,
    problems: problems.map(problemDocument),
  });
}

/** Columns of a source, and of where its module is, that others are aligned with. */
const MAX_ALIGNED = 60;

/** A line for each call, those that were not read last; then how many there are, and the command that gets the rest. */
export function renderModules(listed: ListedModules, { shownPath, color }: InspectionLook): SafeText {
  const paint = painter(color);
  const rows = listed.calls.map((call) => ({
    isRead: !isUnread(call),
    source: `${call.source ?? `module ${JSON.stringify(call.name)}`} ${call.version ?? ''}`.trimEnd(),
    result: resultText(call, shownPath),
    place: placeOf(call.span, shownPath(call.span.file.path)),
  }));
  const widths = [
    alignedWidth(
      rows.map(({ source }) => source),
      MAX_ALIGNED,
    ),
    alignedWidth(
      rows.map(({ result }) => result),
      MAX_ALIGNED,
    ),
  ] as const;
  const line = ({ isRead, source, result, place }: (typeof rows)[number]): PlainText => {
    const shown = escapeControls(padded(result, widths[1]));
    const start = escapeControls(padded(source, widths[0]));
    return plain`${start}  ${isRead ? shown : paint('bold', shown)}  ${paint('dim', escapeControls(place))}`;
  };
  const lines = [...rows.filter(({ isRead }) => isRead), ...rows.filter(({ isRead }) => !isRead)].map(line);
  return safeLines([
    ...lines,
    ...(lines.length === 0 ? [] : [escapeControls('')]),
    escapeControls(totalsOf(listed)),
    ...(listed.command === undefined ? [] : [plain`Run: ${escapeControls(listed.command)}`]),
  ]);
}

function resultText({ called }: ModuleCall, shownPath: (path: string) => string): string {
  if (called.kind === 'unresolved') return `not read: ${whyUnread(called.reason)}`;
  if (called.standIn !== undefined) return `not read: ${whyUnread('remote')}, stand-in for ${called.standIn.versions}`;
  const { module, origin } = called;
  const note = notes[origin.kind](origin.version);
  return `${shownPath(module.directory)}${note === '' ? '' : ` (${note})`}`;
}

const notes: Readonly<Record<ModuleOrigin['kind'], (version: string | undefined) => string>> = {
  local: () => '',
  mapped: () => 'configured',
  installed: (version) => version ?? '',
  elsewhere: (version) => [...(version === undefined ? [] : [version]), 'installed elsewhere'].join(', '),
  repository: (ref) => (ref === undefined ? 'working tree' : `working tree, not ${ref}`),
  'stand-in': (versions) => `stand-in for ${versions}`,
};

function totalsOf({ calls, local, unread }: ListedModules): string {
  const count = calls.length + local;
  if (count === 0) return 'no module calls';
  const locals = local === 0 ? '' : ` (${formatCount(local, 'local module')} not listed)`;
  return `${formatCount(count, 'module call')}, ${unread === 0 ? 'all read' : `${unread} not read`}${locals}`;
}
