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

/** Modules of the publishers that there are stand-ins of. */
const publishers = /\b(?:terraform-aws-modules|cloudposse)\//;

/**
 * The stand-in for a source: the latest that the version allows.
 *
 * @param source of the public registry, or of GitHub where its `ref` is the tag of a version
 * @param version a constraint; undefined for any
 */
export async function standInFor(source: string, version: string | undefined): Promise<StandIn | undefined> {
  if (!publishers.test(source)) return undefined;
  const called = registryModule(source) ?? gitHubModule(source);
  if (called === undefined) return undefined;
  const { module, inside } = called;
  const constraint = called.version ?? version ?? '>= 0';
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

interface Called {
  readonly module: string;
  /** Directory in the module. */
  readonly inside: string;
  /** Where the source itself says it. */
  readonly version?: string;
}

/** Source: https://developer.hashicorp.com/terraform/language/modules/sources#terraform-registry */
function registryModule(source: string): Called | undefined {
  const [, module, inside = ''] =
    /^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?((?:[\w-]+\/){2}[\w-]+)(?:\/\/(.+?)\/?)?$/.exec(source) ?? [];
  return module === undefined ? undefined : { module, inside };
}

/**
 * Of a branch or a commit nobody knows the version.
 *
 * Source: https://developer.hashicorp.com/terraform/registry/modules/publish#requirements
 */
function gitHubModule(source: string): Called | undefined {
  const [, publisher, provider, name, inside = '', query = ''] =
    /^(?:git::)?(?:https:\/\/|ssh:\/\/git@|git@)?github\.com[/:]([\w-]+)\/terraform-([a-z0-9]+)-([\w-]+?)(?:\.git)?(?:\/\/([^?]+?)\/?)?(?:\?(.*))?$/.exec(
      source,
    ) ?? [];
  if (publisher === undefined) return undefined;
  const module = `${publisher}/${name}/${provider}`;
  const ref = new URLSearchParams(query).get('ref');
  if (ref === null) return { module, inside };
  const [, version] = /^(?:(?:refs\/)?tags\/)?v?(\d+\.\d+\.\d+)$/.exec(ref) ?? [];
  return version === undefined ? undefined : { module, inside, version };
}
