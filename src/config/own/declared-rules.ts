/** Files of own rules that configs name, or that lie beside them. */

import type { FileSystem } from '../../files.ts';
import type { Check } from '../../findings/check.ts';
import type { AskedTogether } from '../../rules/index.ts';
import { readRules } from '../../rules/index.ts';
import { placeOf } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import { joinPath } from '../../terraform/modules/load.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { NamedRuleFile } from '../keys/rules.ts';
import { filesIn, type Layer, type OwnRules } from '../layer.ts';
import { mistake } from '../mistake.ts';

/** Name of the file of own rules that needs no mention. */
export const RULES_FILE = 'tfsg.rules.hcl';

/** The own rules of all layers. */
export function ownChecksOf(layers: readonly Layer[]): readonly Check[] {
  return filesIn(layers).flatMap(({ rules }) => rules?.checks ?? []);
}

/**
 * The own rules of one config; undefined where it has none.
 *
 * @param folder of the config
 * @param named undefined where the config does not say
 * @param others all other checks, whose ids are taken
 * @param together the same object for rules that are asked together
 */
export function readOwnRules(
  fileSystem: FileSystem,
  folder: string,
  named: readonly NamedRuleFile[] | undefined,
  others: readonly Check[],
  together: AskedTogether,
  problems: Problem[],
): OwnRules | undefined {
  const checks: Check[] = [];
  const files: string[] = [];
  const add = (path: string, bytes: Uint8Array): void => {
    const taken = new Map(
      [...others, ...checks].map(({ id, own }) => [id, own ? placeOf(own.span) : 'a check of tfsg']),
    );
    const { value, problems: found } = readRules(path, bytes, taken, together);
    checks.push(...value.checks);
    files.push(path);
    problems.push(...found);
  };
  if (named === undefined) {
    const path = folder === '' ? RULES_FILE : `${folder}/${RULES_FILE}`;
    const read = fileSystem.read(path);
    if (read.kind === 'missing') {
      problems.push(...misnamedRules(fileSystem, folder));
      return undefined;
    }
    if (read.kind === 'file') add(path, read.bytes);
    else problems.push({ kind: 'configuration', severity: 'error', message: `Cannot read ${path}: ${read.message}.` });
  }
  for (const { path: written, node } of named ?? []) {
    const path = folder.startsWith('/') ? `${folder}/${written}` : joinPath(folder, written);
    const read = path === undefined ? undefined : fileSystem.read(path);
    if (path === undefined || read === undefined) problems.push(mistake(node, `${written} is outside the tree.`));
    else if (read.kind === 'error') problems.push(mistake(node, `Cannot read ${written}: ${read.message}.`));
    else if (read.kind === 'missing')
      problems.push(mistake(node, `File not found: ${path}.`, nearbyFile(fileSystem, path)));
    else add(path, read.bytes);
  }
  return files.length === 0 ? undefined : { checks, files };
}

function nearbyFile(fileSystem: FileSystem, path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  const listing = fileSystem.list(slash === -1 ? '' : path.slice(0, slash));
  const names = listing.kind === 'directory' ? listing.entries.map(({ name }) => name) : [];
  const nearest = nearestName(path.slice(slash + 1), names);
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}

/** Whether a folder has a file of own rules. */
export function hasRules(fileSystem: FileSystem, folder: string): boolean {
  const listing = fileSystem.list(folder);
  return (
    listing.kind === 'directory' && listing.entries.some(({ name, kind }) => name === RULES_FILE && kind === 'file')
  );
}

/** Warnings for files that are probably meant as one of own rules. */
export function misnamedRules(fileSystem: FileSystem, folder: string): readonly Problem[] {
  const listing = fileSystem.list(folder);
  const names = listing.kind === 'directory' ? listing.entries.map(({ name }) => name) : [];
  return names
    .filter((name) => name !== RULES_FILE && /^\.?tfsg[-_.]?rules?[-_.](?:hcl|tf|ya?ml|json)$/i.test(name))
    .map((name) => ({
      kind: 'configuration',
      severity: 'warning',
      message: `${folder === '' ? '' : `${folder}/`}${name} has no effect: own rules lie in ${RULES_FILE}.`,
      hint: 'Rename it, or name it in "rules" of a .tfsgrc.json.',
    }));
}

/** A file of own rules beside no config, in a folder whose config lies above. */
export function strayRules(folder: string): Problem {
  const path = `${folder}/${RULES_FILE}`;
  return {
    kind: 'configuration',
    severity: 'warning',
    message: `${path} has no effect: it does not lie beside a .tfsgrc.json or at the repository root.`,
    hint: 'Name it in "rules" of a .tfsgrc.json.',
  };
}
