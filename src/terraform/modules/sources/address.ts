/** Sources of modules -> what they name, whatever way it is written. */

/** A package of modules, and the module in it. */
export interface ModuleAddress {
  readonly kind: 'registry' | 'git' | 'other';
  /**
   * - `registry`: `NAMESPACE/NAME/SYSTEM`, with the host in front unless it is the public registry
   * - `git`: host and path, without scheme, user, port and `.git`
   * - `other`: as written
   */
  readonly package: string;
  /** Directory of the module in the package; empty for its root. */
  readonly inside: string;
  /** Branch, tag or commit; undefined for the default branch, and where there are none. */
  readonly ref: string | undefined;
}

/** Whether the source of a module is a directory beside the call's. */
export const isLocalSource = (source: string): boolean => /^\.\.?(?:\/|\\|$)/.test(source);

/** Registries that a source without a host is of: Terraform's and OpenTofu's. */
const publicRegistries: ReadonlySet<string> = new Set(['registry.terraform.io', 'registry.opentofu.org']);

const registrySource =
  /^(?:(?<host>[\w-]+(?:\.[\w-]+)+(?::\d+)?|localhost(?::\d+)?)\/)?(?<name>[\w-]+\/[\w-]+\/[\w-]+)$/;

const gitUrl = /^(?:https?|ssh|git|file):\/\/(?:[^@/]*@)?(?<host>[^:/]*)(?::\d+)?\/(?<path>.*)$/i;

const gitOfScp = /^(?:[^@/:]+@)?(?<host>[^:/]+):(?<path>(?!\/\/).*)$/;

/** Hosts whose repositories are named without a scheme, with the directory behind the repository. */
const bareHosts = /^(?<host>github\.com|bitbucket\.org)\/(?<path>[^/]+\/[^/]+)(?:\/(?<inside>.+))?$/i;

/** Source: https://developer.hashicorp.com/terraform/language/modules/sources */
export function moduleAddress(source: string): ModuleAddress {
  const [address, written] = partsOfSource(source);
  const registry = registrySource.exec(address)?.groups;
  const bare = bareHosts.exec(address)?.groups;
  if (registry !== undefined && bare === undefined) {
    const host = registry['host']?.toLowerCase();
    const prefix = host === undefined || publicRegistries.has(host) ? '' : `${host}/`;
    return { kind: 'registry', package: prefix + registry['name']!, inside: written, ref: undefined };
  }
  const repository = bare === undefined ? gitRepository(address) : repositoryOf(bare['host']!, bare['path']!);
  if (repository === undefined) return { kind: 'other', package: address, inside: written, ref: undefined };
  const ref = /[?&]ref=(?<ref>[^&]*)/.exec(source)?.groups?.['ref'];
  return { kind: 'git', package: repository, inside: written || (bare?.['inside'] ?? ''), ref: ref || undefined };
}

/** Host and path of an address that only git can read, or that is marked as git's; undefined for any other. */
function gitRepository(address: string): string | undefined {
  const isMarked = address.startsWith('git::');
  const plain = isMarked ? address.slice('git::'.length) : address;
  if (!isMarked && !/^(?:ssh|git):\/\/|^[^@/:]+@|^https?:\/\/.*\.git$/i.test(plain)) return undefined;
  return repositoryOfUrl(plain);
}

/** What `git clone` takes, as host and path; undefined for a path of the disk. */
export function repositoryOfUrl(url: string): string | undefined {
  const parts = (gitUrl.exec(url) ?? gitOfScp.exec(url))?.groups;
  return parts && repositoryOf(parts['host']!, parts['path']!);
}

const repositoryOf = (host: string, path: string): string =>
  `${host.toLowerCase()}/${withoutEndSlashes(path.replace(/^\/+/, '')).replace(/\.git$/, '')}`;

/** A regular expression would look at each slash of a long row again and again. */
export function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/**
 * The address of a package, and the directory in it, without version or ref.
 *
 * Source: https://developer.hashicorp.com/terraform/language/modules/sources#modules-in-package-sub-directories
 */
export function partsOfSource(source: string): readonly [address: string, inside: string] {
  const [plain = ''] = source.split('?', 1);
  const scheme = plain.indexOf('://');
  const at = plain.indexOf('//', scheme === -1 ? 0 : scheme + '://'.length);
  if (at === -1) return [plain, ''];
  const inside = plain.slice(at + '//'.length).replace(/\/$/, '');
  return [plain.slice(0, at), inside === '.' ? '' : inside];
}
