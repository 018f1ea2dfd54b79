/** The source of a unit, or of what a stack makes, as a directory of the tree. */

import type { FileSystem } from '../files.ts';
import type { Span } from '../source/span.ts';
import { cleanPath, pathInTree, withoutTreeRoot } from '../terraform/functions/path.ts';
import { type MappedSources, mappedDirectory } from '../terraform/modules/mapped.ts';
import { ownRepositoryDirectory } from '../terraform/modules/sources/own-repository.ts';
import type { ModuleFinder } from '../terraform/modules/sources/resolve.ts';
import type { Value } from '../terraform/values/value.ts';

export type FoundSource =
  | { readonly kind: 'directory'; readonly directory: string }
  | {
      readonly kind: 'unread';
      /** As for a called module. */
      readonly reason: 'remote' | 'computed' | 'outside' | 'missing';
      /** Empty where it is not known. */
      readonly source: string;
    };

/** A unit, or a part of a stack, whose source was not read. */
export interface UnreadUnit {
  readonly directory: string;
  readonly source: Extract<FoundSource, { kind: 'unread' }>;
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
}

/** @param values what the source may be: the first that is found counts */
export function findSource(values: readonly Value[], place: SourcePlace): FoundSource {
  const all = values.map((value) => findOne(value, place));
  const found = all.find(({ kind }) => kind === 'directory');
  return found ?? all.find((each) => each.kind === 'unread' && each.source !== '') ?? all[0]!;
}

function findOne(value: Value, { files, directory, finder, mapped, onRemote }: SourcePlace): FoundSource {
  const text = knownSource(value);
  if (text === undefined) return { kind: 'unread', reason: 'computed', source: '' };
  const unread = (reason: Extract<FoundSource, { kind: 'unread' }>['reason']): FoundSource => ({
    kind: 'unread',
    reason,
    source: withoutTreeRoot(text),
  });
  // A repository that is named by a relative path is the tree's own.
  const plain = text.replace(/\?.*$/, '').replace(/^(?:git::|file:\/\/)(?=[./])/, '');
  if (/^[./]/.test(plain)) {
    const place = pathInTree({ files, basePath: directory }, plain);
    if (place === undefined) return unread('outside');
    return files.list(place).kind === 'directory' ? { kind: 'directory', directory: place } : unread('missing');
  }
  const { source = text, version } = registrySource(text) ?? {};
  onRemote(source);
  const found =
    mappedDirectory(mapped, source) ??
    finder.find({ source, version, directory }, mapped, undefined)?.directory ??
    ownRepositoryDirectory(files, source, directory)?.directory;
  if (found !== undefined) return { kind: 'directory', directory: found };
  const isAddress = /^[a-z0-9+]+::|:\/\/|^[^/]+\.[^/]+\/|^[^/]+@/i.test(plain);
  const beside = isAddress ? undefined : cleanPath(`${directory === '' ? '.' : directory}/${plain}`);
  return beside !== undefined && files.list(beside).kind === 'directory'
    ? { kind: 'directory', directory: beside }
    : unread('remote');
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
