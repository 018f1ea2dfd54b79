/**
 * The configuration inside a plan in Terraform's binary format: every module that the plan was made of, also those that came from elsewhere.
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.14.0/internal/plans/planfile/config_snapshot.go
 */

import { unzipSync } from 'fflate';
import { isObject } from './planned-change.ts';

/** The files of one module. */
export interface ArchivedModule {
  /** Such as `web.inner`; empty for the root. */
  readonly key: string;
  /** As the call has it; empty for the root. */
  readonly source: string;
  readonly version: string | undefined;
  /** Where Terraform had it, relative to the directory of the root module. */
  readonly directory: string;
  /** By name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Bytes of one file, and of all. */
const LARGEST_FILE = 4 * 1024 * 1024;
const LARGEST = 64 * 1024 * 1024;

/** The archive is none, or has more in it than is read; the message ends a sentence. */
export class ArchiveFault extends Error {
  override readonly name = 'ArchiveFault';
}

/** @throws ArchiveFault */
export function modulesIn(bytes: Uint8Array): readonly ArchivedModule[] {
  const files = filesIn(bytes);
  const listed = files.get('modules.json');
  if (listed === undefined) throw new ArchiveFault('it is not a Terraform plan');
  const entries = jsonOf(listed);
  return (Array.isArray(entries) ? entries.filter(isObject) : []).map((entry) => {
    const key = textAt(entry, 'Key');
    const prefix = `m-${key}/`;
    return {
      key,
      source: textAt(entry, 'Source'),
      version: typeof entry['Version'] === 'string' ? entry['Version'] : undefined,
      directory: textAt(entry, 'Dir'),
      files: new Map(
        [...files].flatMap(([path, text]): [string, Uint8Array][] =>
          path.startsWith(prefix) && !path.slice(prefix.length).includes('/')
            ? [[path.slice(prefix.length), text]]
            : [],
        ),
      ),
    };
  });
}

function filesIn(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const folder = 'tfconfig/';
  let left = LARGEST;
  try {
    const found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.startsWith(folder)) return false;
        left -= originalSize;
        if (left < 0 || originalSize > LARGEST_FILE) throw new ArchiveFault('its configuration is too large');
        return true;
      },
    });
    return new Map(Object.entries(found).map(([name, text]) => [name.slice(folder.length), text]));
  } catch (error) {
    if (error instanceof ArchiveFault) throw error;
    throw new ArchiveFault('it is not a complete zip archive');
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ArchiveFault('its list of modules is not JSON');
  }
}

const textAt = (entry: Readonly<Record<string, unknown>>, name: string): string => {
  const text = entry[name];
  return typeof text === 'string' ? text : '';
};
