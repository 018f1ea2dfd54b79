/** The source of a unit, or of what a stack makes, as a directory of the tree. */

import type { FileSystem } from '../files.ts';
import { cleanPath, pathInTree } from '../terraform/functions/path.ts';
import { type MappedSources, mappedDirectory } from '../terraform/modules/mapped.ts';
import type { Value } from '../terraform/values/value.ts';
import { withoutTreeRoot } from './functions.ts';

export type FoundSource =
  | { readonly kind: 'directory'; readonly directory: string }
  | {
      readonly kind: 'unread';
      /** As for a called module. */
      readonly reason: 'remote' | 'computed' | 'outside' | 'missing';
      /** Empty where it is not known. */
      readonly source: string;
    };

/**
 * @param directory where the configuration lies that a relative source is of
 * @param mapped directories that stand for sources
 */
export function findSource(value: Value, files: FileSystem, directory: string, mapped: MappedSources): FoundSource {
  const text = knownSource(value);
  if (text === undefined) return { kind: 'unread', reason: 'computed', source: '' };
  const unread = (reason: Extract<FoundSource, { kind: 'unread' }>['reason']): FoundSource => ({
    kind: 'unread',
    reason,
    source: withoutTreeRoot(text),
  });
  const plain = text.replace(/\?.*$/, '').replace(/^file:\/\//, '');
  if (/^[./]/.test(plain)) {
    const place = pathInTree({ files, basePath: directory }, plain);
    if (place === undefined) return unread('outside');
    return files.list(place).kind === 'directory' ? { kind: 'directory', directory: place } : unread('missing');
  }
  const found = mappedDirectory(mapped, registrySource(text) ?? text);
  if (found !== undefined) return { kind: 'directory', directory: found };
  const isAddress = /^[a-z0-9+]+::|:\/\/|^[^/]+\.[^/]+\/|^[^/]+@/i.test(plain);
  const beside = isAddress ? undefined : cleanPath(`${directory === '' ? '.' : directory}/${plain}`);
  return beside !== undefined && files.list(beside).kind === 'directory'
    ? { kind: 'directory', directory: beside }
    : unread('remote');
}

/** `tfr://HOST/NAMESPACE/NAME/PROVIDER?version=V` as Terraform has it. */
function registrySource(text: string): string | undefined {
  const [, host = '', address] = /^tfr:\/\/([^/]*)\/([^?]+)/.exec(text) ?? [];
  if (address === undefined) return undefined;
  return host === '' || host === 'registry.terraform.io' ? address : `${host}/${address}`;
}

/** The text; of one whose ref alone is not known, what comes before that. */
function knownSource(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  const start = value.kind === 'unknown' ? value.pieces?.[0] : undefined;
  return typeof start === 'string' && start.includes('?') ? start.replace(/\?.*$/, '') : undefined;
}
