/** Values for variables that no root module declares. */

import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { LoadedModule } from '../modules/load.ts';
import { type Inputs, isAutomaticVariableFile } from './inputs.ts';

/** More names than these are counted. */
const MAX_NAMED = 3;

/** An error for each `--var` whose name no root declares: nothing else can be meant by it. None where there is no root. */
export function undeclaredOptions({ variables }: Inputs, roots: readonly LoadedModule[]): readonly Problem[] {
  if (roots.length === 0) return [];
  const declared = declaredIn(roots);
  const names = variables.flatMap((given) => (given.kind === 'var' && !declared.has(given.name) ? given.name : []));
  return [...new Set(names)].map((name) => ({
    kind: 'configuration',
    severity: 'error',
    message: `--var ${name}: no root module declares a variable ${JSON.stringify(name)}.`,
    ...hintFor(name, declared),
  }));
}

/** Which variable files gave values for variables that are not declared; Terraform warns of these too. */
export class UndeclaredValues {
  readonly #declared: ReadonlySet<string>;
  readonly #files = new Map<
    string,
    { readonly names: ReadonlyMap<string, Span>; readonly declared: ReadonlySet<string> }
  >();

  /** @param roots all of the run: a file that is given by name is given to each */
  constructor(roots: readonly LoadedModule[]) {
    this.#declared = declaredIn(roots);
  }

  /** @param trees of the variable files of a root */
  add(root: LoadedModule, trees: readonly SyntaxTree[]): void {
    for (const { body, file } of trees) {
      const names = new Map<string, Span>();
      // Of a file that can't be parsed nothing may be shown, not even its start: what looks like a name may be a secret.
      if (!file.shows({ start: 0, end: 0 })) continue;
      for (const item of body.items) if (item.kind === 'attribute') names.set(item.name.name, item.name);
      const declared = isAutomaticVariableFile(root.directory, file.path) ? declaredIn([root]) : this.#declared;
      this.#files.set(file.path, { names, declared });
    }
  }

  /** One for each file, at the first of such names. */
  get problems(): readonly Problem[] {
    return [...this.#files.values()].flatMap(({ names, declared }): Problem[] => {
      const undeclared = [...names].filter(([name]) => !declared.has(name));
      const [first] = undeclared;
      if (first === undefined) return [];
      const [name, span] = first;
      const rest = undeclared.length - MAX_NAMED;
      const shown = undeclared.slice(0, MAX_NAMED).map(([each]) => JSON.stringify(each));
      const listed = rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
      const message =
        undeclared.length === 1
          ? `The variable ${listed} is not declared, so Terraform ignores its value.`
          : `The variables ${listed} are not declared, so Terraform ignores their values.`;
      return [{ kind: 'terraform', severity: 'warning', message, span, ...hintFor(name, declared) }];
    });
  }
}

function declaredIn(roots: readonly LoadedModule[]): ReadonlySet<string> {
  return new Set(roots.flatMap(({ variables }) => [...variables.keys()]));
}

function hintFor(name: string, declared: ReadonlySet<string>): Pick<Problem, 'hint'> {
  const nearest = nearestName(name, declared);
  return nearest === undefined ? {} : { hint: `Did you mean ${JSON.stringify(nearest)}?` };
}
