/** Where the files of a CI job's checkout are to be seen: on the server that the job belongs to. */

import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { RenderOptions } from '../report/format.ts';
import type { Io } from './io.ts';

interface Host {
  /** Folder of the checkout. */
  readonly folder: string;
  /** Address of the files at the job's commit. */
  readonly base: string;
  /** Part of the address that names lines. */
  readonly lines: (first: number, last: number) => string;
}

/**
 * Sources: https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
 * https://docs.gitlab.com/ci/variables/predefined_variables/,
 * https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
 */
function hostOf({ environment }: Pick<Io, 'environment'>): Host | undefined {
  const all = (...names: readonly string[]): readonly string[] | undefined => {
    const values = names.flatMap((name) => environment[name] || []);
    return values.length < names.length ? undefined : values;
  };
  const github = all('GITHUB_WORKSPACE', 'GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_SHA');
  if (github !== undefined) {
    const [folder, server, repository, commit] = github as [string, string, string, string];
    const lines = (first: number, last: number) => (first === last ? `L${first}` : `L${first}-L${last}`);
    return { folder, base: `${server}/${repository}/blob/${commit}`, lines };
  }
  const gitlab = all('CI_PROJECT_DIR', 'CI_PROJECT_URL', 'CI_COMMIT_SHA');
  if (gitlab !== undefined) {
    const [folder, project, commit] = gitlab as [string, string, string];
    const lines = (first: number, last: number) => (first === last ? `L${first}` : `L${first}-${last}`);
    return { folder, base: `${project}/-/blob/${commit}`, lines };
  }
  const bitbucket = all('BITBUCKET_CLONE_DIR', 'BITBUCKET_GIT_HTTP_ORIGIN', 'BITBUCKET_COMMIT');
  if (bitbucket === undefined) return undefined;
  const [folder, origin, commit] = bitbucket as [string, string, string];
  const lines = (first: number, last: number) => `lines-${first}:${last}`;
  return { folder, base: `${origin}/src/${commit}`, lines };
}

/** The folder of a job's checkout, with links followed; undefined outside of a job. */
export function folderOfJob(io: Io): string | undefined {
  const host = hostOf(io);
  return host && realPath(host.folder);
}

/** The addresses of `urlsOfFiles`, found with the first address that is asked for: what does not ask hangs on no job. */
export function lateUrlsOfFiles(io: Io, root: string): NonNullable<RenderOptions['urlOf']> {
  let found: { readonly urlOf: RenderOptions['urlOf'] } | undefined;
  return (...place) => {
    found ??= { urlOf: urlsOfFiles(io, root) };
    return found.urlOf?.(...place);
  };
}

/** Undefined outside of a job, and for a tree outside of its checkout. */
export function urlsOfFiles(io: Io, root: string): RenderOptions['urlOf'] {
  const host = hostOf(io);
  const folder = folderOfJob(io);
  if (host === undefined || folder === undefined || !/^https?:\/\/\S+$/.test(host.base)) return undefined;
  const below = relative(folder, root);
  if (below.startsWith('..')) return undefined;
  const prefix = below === '' ? [] : below.split(sep);
  return (path, first, last) => {
    const file = [...prefix, ...path.split('/')].map(encodeURIComponent).join('/');
    return `${host.base}/${file}#${host.lines(first, last)}`;
  };
}

function realPath(folder: string): string | undefined {
  try {
    return realpathSync.native(folder);
  } catch {
    return undefined;
  }
}
