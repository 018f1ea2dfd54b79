/** The key `environments` of a configuration. */

import type { Outcome, Problem } from '../../source/problem.ts';
import type { Environment } from '../config.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import { mistake } from '../mistake.ts';

/**
 * Environments with a mistake are left out.
 *
 * @param isSound whether the schema has nothing against an environment
 */
export function decodeEnvironments(
  node: JsonNode,
  isSound: (name: string) => boolean,
): Outcome<readonly Omit<Environment, 'folder'>[]> {
  const problems: Problem[] = [];
  const value = (node.kind === 'object' ? node.entries : []).flatMap(({ name, key, value: given }) => {
    if (!isSound(name)) return [];
    if (name.trim() === '') {
      problems.push(mistake(key, 'An environment needs a name.'));
      return [];
    }
    const varFiles = itemsOf(propertyOf(given, 'varFiles')).flatMap((item) => {
      const path = String(plainValue(item));
      const fault = faultOf(path);
      if (fault === undefined) return path;
      problems.push(mistake(item, fault));
      return [];
    });
    const vars = propertyOf(given, 'vars');
    const workspace = propertyOf(given, 'workspace');
    return {
      name,
      varFiles,
      variables: (vars?.kind === 'object' ? vars.entries : []).map((entry) => ({
        name: entry.name,
        text: textOf(plainValue(entry.value)),
      })),
      workspace: workspace === undefined ? undefined : String(plainValue(workspace)),
      span: key,
    };
  });
  return { value, problems };
}

function faultOf(path: string): string | undefined {
  if (path.trim() === '') return 'Expected the path of a variable file, such as "env/prod.tfvars".';
  if (/^(?:[/\\]|[A-Za-z]:)/.test(path)) {
    return "Paths of variable files are relative to a root module's directory, or to this file's.";
  }
  return undefined;
}

/** As `--var` takes it: texts as they are, everything else as an expression, whose texts are no templates. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).replace(/[$%](?=\{)/g, '$&$&');
}
