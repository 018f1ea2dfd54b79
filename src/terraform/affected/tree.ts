/** The directories of a tree as they are scanned: those with configurations, and files that several share. */

import type { FileSystem } from '../../files.ts';
import { isSkippedDirectory } from '../modules/discover.ts';
import { isTestFile } from '../modules/test-files.ts';
import { decodeText, emptyScan, joinScans, scanDirectory, scannedFiles, scanText, type TextScan } from './scan.ts';

export interface ScannedTree {
  /** Of directories with configuration, by path. */
  readonly scans: ReadonlyMap<string, TextScan>;
  /** Directories with a file of Terragrunt's or of a stack's. */
  readonly units: ReadonlySet<string>;
  /** Paths of files that lie there: of Terragrunt, without being units. */
  readonly included: readonly string[];
  /** Paths of tests, of configurations of tfsg and of templates that read files. */
  readonly tests: readonly string[];
  readonly settings: readonly string[];
  readonly templates: readonly string[];
  /** What links lead to, by their paths. */
  readonly links: ReadonlyMap<string, string>;
}

/** @param known what is the same as in a tree that was scanned before; undefined for a directory with changes */
export function scanTree(
  files: FileSystem,
  isInstalled: (path: string) => boolean,
  known: (directory: string) => TextScan | undefined,
): ScannedTree {
  const scans = new Map<string, TextScan>();
  const units = new Set<string>();
  const [included, tests, settings, templates] = [[] as string[], [] as string[], [] as string[], [] as string[]];
  const links = new Map<string, string>();
  const walk = (directory: string): void => {
    const listed = files.list(directory);
    if (listed.kind !== 'directory') return;
    const names: string[] = [];
    for (const { name, kind, isLink } of listed.entries) {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (isLink) links.set(path, files.real(path));
      if (kind === 'directory') {
        if (!isLink && !isSkippedDirectory(name) && !isInstalled(path)) walk(path);
      } else if (kind === 'file') {
        names.push(name);
        if (isTestFile(name)) tests.push(path);
        else if (isSettings(name)) settings.push(path);
        else if (isTemplate(name)) templates.push(path);
        else if (isIncludedFile(name)) included.push(path);
      }
    }
    const scanned = scannedFiles(names);
    if (scanned.length === 0) return;
    scans.set(directory, known(directory) ?? scanDirectory(files, directory, scanned));
    if (scanned.some((name) => name.startsWith('terragrunt.'))) units.add(directory);
  };
  walk('');
  // Units include the files of those above, and those that lie elsewhere.
  for (const unit of units) {
    const isAbove = [...units].some((each) => each !== unit && (unit === '' || each.startsWith(`${unit}/`)));
    if (isAbove) included.push(unit === '' ? 'terragrunt.hcl' : `${unit}/terragrunt.hcl`);
  }
  return { scans, units, included, tests, settings, templates, links };
}

const isSettings = (name: string): boolean => /tfsg.*\.json$/i.test(name);

/** Templates can call functions too. */
const isTemplate = (name: string): boolean => /\.(?:tf)?(?:tpl|tmpl)$/.test(name);

/** What units include or read. */
export const isIncludedFile = (name: string): boolean =>
  name.endsWith('.hcl') &&
  !name.startsWith('.') &&
  !/\.(?:tftest|tofutest|pkr|tfcomponent|tfstack|tfdeploy)\.hcl$|^terragrunt\./.test(name);

/** What units read in the files that they include. */
export function sharedScan(files: FileSystem, { included, units }: ScannedTree): TextScan {
  if (units.size === 0) return emptyScan;
  return joinScans(
    included.map((path) => {
      const read = files.read(path);
      return read.kind === 'file' ? scanText(decodeText(read.bytes), undefined, path) : emptyScan;
    }),
  );
}

/** The path, and those of links that lead to it. */
export function namesOf(path: string, links: ReadonlyMap<string, string>): readonly string[] {
  const names = [...links].flatMap(([link, target]) => {
    if (path === target) return [link];
    return path.startsWith(`${target}/`) ? [link + path.slice(target.length)] : [];
  });
  return [path, ...names];
}

export const isBelow = (folder: string, path: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/** Paths of the files of a directory that a run evaluates. */
export function configurationsIn(files: FileSystem, directory: string): readonly string[] {
  const listed = files.list(directory);
  const names =
    listed.kind === 'directory' ? listed.entries.filter(({ kind }) => kind === 'file').map(({ name }) => name) : [];
  return scannedFiles(names).map((name) => (directory === '' ? name : `${directory}/${name}`));
}
