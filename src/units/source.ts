/** The source of a unit, or of what a stack makes, as a directory of the tree. */

import type { FileSystem } from '../files.ts';
import type { Span } from '../source/span.ts';
import { cleanPath, pathInTree, withoutTreeRoot } from '../terraform/functions/path.ts';
import { type MappedSources, mappedDirectory } from '../terraform/modules/mapped.ts';
import { ownRepositoryDirectory } from '../terraform/modules/sources/own-repository.ts';
import type { ModuleFinder, ModuleOrigin } from '../terraform/modules/sources/resolve.ts';
import type { Value } from '../terraform/values/value.ts';

export type FoundSource = FoundDirectory | UnreadSource;

export interface FoundDirectory {
  readonly kind: 'directory';
  readonly directory: string;
  readonly origin: ModuleOrigin;
  /** As it is evaluated. */
  readonly source: string;
}

interface UnreadSource {
  readonly kind: 'unread';
  /** As for a called module. */
  readonly reason: 'remote' | 'computed' | 'outside' | 'missing';
  /** Empty where it is not known. */
  readonly source: string;
  /** As Terraform has it, for `remote`. */
  readonly address?: { readonly source: string; readonly version: string | undefined };
}

/** A unit, or a part of a stack, whose source was not read. */
export interface UnreadUnit {
  readonly directory: string;
  readonly source: UnreadSource;
  /** Where the source is written. */
  readonly span: Span;
}

/** Where sources are looked for. */
export interface SourcePlace {
  readonly files: FileSystem;
  /** Where the configuration lies that a relative source is of. */
  readonly directory: string;
  readonly finder: ModuleFinder;
  /** Directories that stand for sources. */
  readonly mapped: MappedSources;
  /** Takes a source that is no directory. */
  onRemote(source: string): void;
  /** What was downloaded for this alone, by the source as it is evaluated. */
  downloaded?(source: string): string | undefined;
}

/** @param values what the source may be: the first that is found counts */
export function findSource(values: readonly Value[], place: SourcePlace): FoundSource {
  const all = values.map((value) => findOne(value, place));
  const found = all.find(({ kind }) => kind === 'directory');
  return found ?? all.find((each) => each.kind === 'unread' && each.source !== '') ?? all[0]!;
}

function findOne(value: Value, place: SourcePlace): FoundSource {
  const { files, directory, finder, mapped, onRemote, downloaded } = place;
  const text = knownSource(value);
  if (text === undefined) return { kind: 'unread', reason: 'computed', source: '' };
  const unread = (reason: UnreadSource['reason']): UnreadSource => ({
    kind: 'unread',
    reason,
    source: withoutTreeRoot(text),
  });
  const found = (module: string, origin: ModuleOrigin): FoundDirectory => ({
    kind: 'directory',
    directory: module,
    origin,
    source: withoutTreeRoot(text),
  });
  // A repository that is named by a relative path is the tree's own.
  const plain = text.replace(/\?.*$/, '').replace(/^(?:git::|file:\/\/)(?=[./])/, '');
  if (/^[./]/.test(plain)) {
    const local = pathInTree({ files, basePath: directory }, plain);
    if (local === undefined) return unread('outside');
    return files.list(local).kind === 'directory' ? found(local, { kind: 'local' }) : unread('missing');
  }
  const { source = text, version } = registrySource(text) ?? {};
  onRemote(source);
  const configured = mappedDirectory(mapped, source);
  if (configured !== undefined) return found(configured, { kind: 'mapped' });
  const cached = value.kind === 'string' ? downloaded?.(text) : undefined;
  if (cached !== undefined) return found(cached, { kind: 'installed' });
  const module = finder.find({ source, version, directory }, mapped, undefined);
  if (module !== undefined) return found(module.directory, module.origin);
  // What holds no configuration of Terraform's, such as units of a stack.
  const own = ownRepositoryDirectory(files, source, directory);
  if (own !== undefined) return found(own.directory, { kind: 'repository', version: own.ref });
  const isAddress = /^[a-z0-9+]+::|:\/\/|^[^/]+\.[^/]+\/|^[^/]+@/i.test(plain);
  const beside = isAddress ? undefined : cleanPath(`${directory === '' ? '.' : directory}/${plain}`);
  return beside !== undefined && files.list(beside).kind === 'directory'
    ? found(beside, { kind: 'local' })
    : { ...unread('remote'), address: { source, version } };
}

/** `tfr://HOST/NAMESPACE/NAME/PROVIDER?version=V` as Terraform has it. */
function registrySource(text: string): { readonly source: string; readonly version: string | undefined } | undefined {
  const [, host = '', address, version] = /^tfr:\/\/([^/]*)\/([^?]+)(?:\?(?:.*&)?version=([^&]*))?/.exec(text) ?? [];
  if (address === undefined) return undefined;
  return { source: host === '' || host === 'registry.terraform.io' ? address : `${host}/${address}`, version };
}

/** The text; of one whose ref alone is not known, what comes before that. */
function knownSource(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  const start = value.kind === 'unknown' ? value.pieces?.[0] : undefined;
  return typeof start === 'string' && start.includes('?') ? start.replace(/\?.*$/, '') : undefined;
}
