/** Called modules that were not read, as problems: one for each reason, with the command that fixes it. */

import type { Problem } from '../../source/problem.ts';
import { type Span, spanKey } from '../../source/span.ts';
import type { StandIn } from '../stand-ins/stand-in.ts';
import { type CalledModule, type LoadedModule, modulesOf, type UnreadModule } from './load.ts';

/** A call of a module that was not read. */
interface UnreadCall {
  readonly source: string;
  readonly span: Span;
  readonly standIn: StandIn | undefined;
  /** Directories of the roots that lead to it. */
  readonly roots: string[];
}

/** More sources, or folders, than these are counted. */
const MAX_NAMED = 3;

/** Reasons that have a problem of their own where the call stands: see Loader. */
type Told = Exclude<UnreadModule['reason'], 'cycle' | 'depth'> | 'stand-in';

/** Why a module was not read: after "the module is". */
export function whyUnread(reason: UnreadModule['reason']): string {
  if (reason === 'cycle') return 'called by itself';
  return reason === 'depth' ? 'nested too deep' : reasons[reason].because;
}

interface Telling {
  readonly because: string;
  /** What follows; absent: their rules were not checked. */
  effect?(calls: readonly UnreadCall[]): string;
  hint(calls: readonly UnreadCall[]): string;
}

const install = (calls: readonly UnreadCall[]): string => {
  const folders = listed(calls.flatMap(({ roots }) => roots.map((root) => root || '.')));
  return `Run "terraform get" in ${folders}`;
};

const reasons: Readonly<Record<Told, Telling>> = {
  remote: { because: 'not installed', hint: (calls) => `${install(calls)}; tfsg then reads .terraform/modules.` },
  'stand-in': {
    because: 'not installed',
    effect: (calls) =>
      calls.length === 1
        ? `tfsg checked its stand-in for ${calls[0]!.standIn!.versions}`
        : 'tfsg checked its stand-ins',
    hint: (calls) =>
      `${install(calls)} to have ${calls.length === 1 ? 'the module itself' : 'the modules themselves'} checked.`,
  },
  submodule: {
    because: 'in a git submodule that is not checked out',
    hint: () => 'Run "git submodule update --init".',
  },
  missing: { because: 'missing', hint: () => 'Correct the source, or check out its directory.' },
  outside: {
    because: 'outside the directories that tfsg reads',
    hint: () => 'Run tfsg on a directory, or in a repository, that contains the module too.',
  },
  computed: {
    because: 'called with a source that depends on unknown values',
    hint: () => 'Give the variables in it a value (--var, --var-file), or write it as a plain string.',
  },
};

/** A warning for each reason that modules were not read for, at the first call. */
export function unreadModules(roots: Iterable<LoadedModule>): readonly Problem[] {
  const byReason = new Map<Told, Map<string, UnreadCall>>();
  for (const root of roots) {
    for (const { calls, moduleCalls } of modulesOf(root)) {
      for (const [name, called] of calls) {
        const reason = reasonOf(called);
        if (reason === undefined) continue;
        const { span: header, content } = moduleCalls.get(name)!;
        const span = content.attributes.get('source')?.value ?? header;
        const [source, standIn] =
          called.kind === 'module' ? [called.standIn!.module, called.standIn] : [called.source, undefined];
        const same = byReason.get(reason) ?? new Map<string, UnreadCall>();
        const call = same.get(spanKey(span)) ?? { source, span, standIn, roots: [] };
        call.roots.push(root.directory);
        byReason.set(reason, same.set(spanKey(span), call));
      }
    }
  }
  return [...byReason].map(([reason, found]) => {
    const calls = [...found.values()];
    const { because, hint, effect } = reasons[reason];
    const sources = calls.filter(({ source }) => source !== '');
    const versionOf = ({ standIn }: UnreadCall): string =>
      standIn === undefined || calls.length === 1 ? '' : ` ${standIn.versions}`;
    const named = listed(sources.map((call) => JSON.stringify(call.source) + versionOf(call)));
    const [what, their] =
      calls.length === 1
        ? [`The module${named === '' ? '' : ` ${named}`} is`, 'its']
        : [`${calls.length} called modules are`, 'their'];
    const names = calls.length === 1 || named === '' ? '' : ` (${named})`;
    return {
      kind: 'module',
      severity: 'warning',
      message: `${what} ${because}${names}, so ${effect?.(calls) ?? `${their} rules were not checked`}.`,
      span: calls[0]!.span,
      hint: hint(calls),
    };
  });
}

/** Undefined where there is nothing to tell here. */
function reasonOf(called: CalledModule): Told | undefined {
  if (called.kind === 'module') return called.standIn && 'stand-in';
  return called.reason === 'cycle' || called.reason === 'depth' ? undefined : called.reason;
}

/** `a, b, c and 4 more`, each once. */
export function listed(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const rest = different.length - MAX_NAMED;
  return rest > 0 ? `${different.slice(0, MAX_NAMED).join(', ')} and ${rest} more` : different.join(', ');
}
