/** Called modules that were not read, as problems: one for each reason, with the command that fixes it. */

import type { Problem } from '../../source/problem.ts';
import { type Span, spanKey } from '../../source/span.ts';
import { type LoadedModule, modulesOf, type UnreadModule } from './load.ts';

/** A call of a module that was not read. */
interface UnreadCall {
  readonly source: string;
  readonly span: Span;
  /** Directories of the roots that lead to it. */
  readonly roots: string[];
}

/** More sources, or folders, than these are counted. */
const MAX_NAMED = 3;

/** Reasons that have a problem of their own where the call stands: see Loader. */
type Told = Exclude<UnreadModule['reason'], 'cycle' | 'depth'>;

/** Why a module was not read: after "the module is". */
export function whyUnread(reason: UnreadModule['reason']): string {
  if (reason === 'cycle') return 'called by itself';
  return reason === 'depth' ? 'nested too deep' : reasons[reason].because;
}

const reasons: Readonly<Record<Told, { readonly because: string; hint(calls: readonly UnreadCall[]): string }>> = {
  remote: {
    because: 'not installed',
    hint: (calls) => {
      const folders = listed(calls.flatMap(({ roots }) => roots.map((root) => root || '.')));
      return `Run "terraform init -backend=false" in ${folders}; tfsg then reads .terraform/modules.`;
    },
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
        if (called.kind !== 'unresolved' || called.reason === 'cycle' || called.reason === 'depth') continue;
        const { span: header, content } = moduleCalls.get(name)!;
        const span = content.attributes.get('source')?.value ?? header;
        const same = byReason.get(called.reason) ?? new Map<string, UnreadCall>();
        const call = same.get(spanKey(span)) ?? { source: called.source, span, roots: [] };
        call.roots.push(root.directory);
        byReason.set(called.reason, same.set(spanKey(span), call));
      }
    }
  }
  return [...byReason].map(([reason, found]) => {
    const calls = [...found.values()];
    const { because, hint } = reasons[reason];
    const sources = calls.map(({ source }) => source).filter((source) => source !== '');
    const named = listed(sources.map((source) => JSON.stringify(source)));
    const [what, their] =
      calls.length === 1
        ? [`The module${named === '' ? '' : ` ${named}`} is`, 'its']
        : [`${calls.length} called modules are`, 'their'];
    const names = calls.length === 1 || named === '' ? '' : ` (${named})`;
    return {
      kind: 'module',
      severity: 'warning',
      message: `${what} ${because}${names}, so ${their} rules were not checked.`,
      span: calls[0]!.span,
      hint: hint(calls),
    };
  });
}

/** `a, b, c and 4 more`, each once. */
export function listed(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const rest = different.length - MAX_NAMED;
  return rest > 0 ? `${different.slice(0, MAX_NAMED).join(', ')} and ${rest} more` : different.join(', ');
}
