/** The calls of modules, and what was read for each. */

import { type Span, spanKey } from '../../source/span.ts';
import { isStandIn } from '../stand-ins/stand-in.ts';
import { compareStrings } from '../values/value.ts';
import { type CalledModule, type LoadedModule, modulesOf, rootDirectory, type UnreadModule } from './load.ts';
import { literalText } from './module.ts';

/** A call, as it was read in one way; it may be read in another way in other root modules. */
export interface ModuleCall {
  /** Of a unit its directory. */
  readonly name: string;
  /** As written; undefined where it is no plain text. */
  readonly source: string | undefined;
  /** The versions that it allows, as written. */
  readonly version: string | undefined;
  readonly called: CalledModule;
  /** Of the source, or of the call where it has none. */
  readonly span: Span;
  /** Directories of the root modules that lead to it, or of the Terragrunt units that apply these. */
  readonly roots: readonly string[];
  /** Those of the roots that Terragrunt applies. */
  readonly units: ReadonlySet<string>;
}

/** What applies a module otherwise than by a call: its source has the version in it. */
export const appliedCall = (call: Omit<ModuleCall, 'version'>): ModuleCall => ({ ...call, version: undefined });

/**
 * Each call of the root modules and of what they call, by place.
 *
 * @param others of what is no module, such as a Terragrunt unit
 */
export function moduleCallsOf(roots: Iterable<LoadedModule>, others: readonly ModuleCall[]): readonly ModuleCall[] {
  const found = new Map<string, ModuleCall & { readonly roots: string[]; readonly units: Set<string> }>();
  for (const root of roots) {
    for (const { directory, calls, moduleCalls } of modulesOf(root)) {
      if (isStandIn(directory)) continue;
      for (const [name, called] of calls) {
        const { span: header, content } = moduleCalls.get(name)!;
        const written = content.attributes.get('source')?.value;
        const span = written ?? header;
        const key = JSON.stringify([spanKey(span), ...resultOf(called)]);
        const version = literalText(content.attributes.get('version')?.value);
        const source = literalText(written);
        const call = found.get(key) ?? { name, source, version, called, span, roots: [], units: new Set() };
        call.roots.push(rootDirectory(root));
        if (root.unit !== undefined) call.units.add(root.unit);
        found.set(key, call);
      }
    }
  }
  return [...found.values(), ...others].sort(
    (a, b) => compareStrings(a.span.file.path, b.span.file.path) || a.span.start - b.span.start,
  );
}

/** Why the module of a call was not read; undefined for one that was. What a stand-in is there for was not read either. */
export function unreadReason(called: CalledModule): UnreadModule['reason'] | undefined {
  if (called.kind === 'unresolved') return called.reason;
  return called.standIn === undefined ? undefined : 'remote';
}

const resultOf = (called: CalledModule): readonly (string | undefined)[] =>
  called.kind === 'module'
    ? [called.module.directory, called.origin.kind, called.origin.version]
    : [called.source, called.reason];
