/** Configurations of tfsg's own that stand for modules of the registry that are not there: they make the same groups, rules and outputs. */

import type { StandInData } from './data.ts';
import { allowsLine, byLine } from './versions.ts';

/** What stands for the module of a call. */
export interface StandIn {
  /** Of the registry: `terraform-aws-modules/vpc/aws`. */
  readonly module: string;
  /** Which of its versions it is like: `5.x`. */
  readonly versions: string;
  /** Where its text is found: of no file of any tree. */
  readonly directory: string;
}

/** Paths of a tree are relative, so none of them starts like this. */
const prefix = '/stand-in/';

/** Whether a path, or a directory, is that of a stand-in. */
export const isStandIn = (path: string): boolean => path.startsWith(prefix);

/** `as terraform-aws-modules/vpc/aws 5.x makes it`, of what is found in a stand-in. */
export const madeBy = ({ module, versions }: StandIn): string => `as ${module} ${versions} makes it`;

/** What a source names, as `moduleAddress` has it. */
interface Address {
  readonly package: string;
  readonly inside: string;
  readonly ref: string | undefined;
}

/** Of modules whose publishers there are stand-ins of, in the public registry, or as the repository that it has them from. */
const knownPackage =
  /^(?:(?<module>(?:terraform-aws-modules|cloudposse)\/[\w-]+\/[\w-]+)|github\.com\/(?<publisher>terraform-aws-modules|cloudposse)\/terraform-(?<provider>[a-z0-9]+)-(?<name>[\w-]+))$/;

/**
 * The stand-in for a module: the latest that the version allows.
 *
 * Source: https://developer.hashicorp.com/terraform/registry/modules/publish#requirements, for the names of repositories and tags
 *
 * @param version a constraint; undefined for any. Of a repository the ref says it; of a branch or a commit nobody knows it
 */
export async function standInFor(address: Address, version: string | undefined): Promise<StandIn | undefined> {
  const { module: named, publisher, provider, name } = knownPackage.exec(address.package)?.groups ?? {};
  if (named === undefined && publisher === undefined) return undefined;
  const module = named ?? `${publisher}/${name}/${provider}`;
  const { inside, ref } = address;
  const tag = /^(?:(?:refs\/)?tags\/)?v?(\d+\.\d+\.\d+)$/;
  const constraint = (ref === undefined ? version : (tag.exec(ref)?.[1] ?? 'unknown')) ?? '>= 0';
  const found = (await standIns()).flatMap((each) => (each.module === module ? each.lines : []));
  const line = found.sort(byLine).find((each) => allowsLine(constraint, each));
  if (line === undefined) return undefined;
  const directory = `${prefix}${module}/${line}.x${inside === '' ? '' : `/${inside}`}`;
  return (await standInText(directory)) === undefined ? undefined : { module, versions: `${line}.x`, directory };
}

/** The configuration of a stand-in; undefined where there is none. */
export async function standInText(directory: string): Promise<string | undefined> {
  const [, module, line, inside = ''] =
    /^\/stand-in\/((?:[^/]+\/){2}[^/]+)\/([^/]+)\.x(?:\/(.+))?$/.exec(directory) ?? [];
  if (line === undefined) return undefined;
  const found = (await standIns()).find((each) => each.module === module && each.lines.includes(line));
  const preset = found?.presets?.[inside.replace(/^modules\//, '')];
  const isPreset = preset !== undefined && inside.startsWith('modules/');
  const text = found?.texts[isPreset ? 'modules/_' : inside];
  return text && `${text}locals {\nline = ${line}\npreset = ${JSON.stringify(preset ?? null)}\n}\n`;
}

/** Few runs need them. */
const standIns = async (): Promise<readonly StandInData[]> => (await import('./texts.generated.ts')).standIns;
