/** Plans, and the root modules that they were made of -> the models of what they make. */

import { type BuiltRoot, configurationOf, type StepsOf } from './build-root.ts';
import { QueryCache } from './collections/query-cache.ts';
import type { FileSystem } from './files.ts';
import type { ModelSource } from './model/kind-model.ts';
import { isOfGroups, isOfModel, normalize } from './model/normalize.ts';
import type { SecurityModel } from './model/security-model.ts';
import { type Plan, withFaults } from './plan/plan.ts';
import { inputsOf, rootOf } from './plan/plan-roots.ts';
import type { PlannedResource } from './plan/planned-change.ts';
import { type PlannedState, plannedResources } from './plan/planned-resources.ts';
import type { Outcome, Problem } from './source/problem.ts';
import type { Configuration } from './terraform/instances/configuration.ts';
import type { Inputs } from './terraform/instances/inputs.ts';
import { type LoadedModule, modulesOf } from './terraform/modules/load.ts';
import { decodeModule } from './terraform/modules/module.ts';
import { formatList } from './text/count.ts';

/**
 * A model for each plan, at the places of the root that it was made of.
 *
 * @param roots that can be that
 * @param inputs what is given for a root, beside what the plan says
 */
export function buildPlanned(
  fileSystem: FileSystem,
  plans: readonly Plan[],
  roots: readonly LoadedModule[],
  inputs: (root: LoadedModule) => Inputs,
  stepsOf: (root: LoadedModule) => StepsOf,
): Outcome<readonly BuiltRoot[]> {
  const problems: Problem[] = [];
  const built = (plan: Plan): BuiltRoot => {
    const written = rootOf(plan, roots);
    const root = written ?? { ...decodeModule('', []).value, calls: new Map(), problems: [] };
    if (written === undefined) problems.push(withoutConfiguration(plan));
    const given = inputs(root);
    const evaluated = (others: Inputs['variables']) =>
      configurationOf(
        fileSystem,
        root,
        { ...given, variables: [...given.variables, ...others] },
        stepsOf(root),
        new QueryCache(),
      );
    const first = evaluated([]);
    const variables = inputsOf(plan, root, first.inputs.value.variables, first.configuration);
    const { configuration, inputs: read } = variables.length === 0 ? first : evaluated(variables);
    const trees = [...modulesOf(root).flatMap((module) => module.trees), ...read.value.trees];
    const files = [...trees.map(({ file }) => file), plan.file];
    const source: ModelSource = { root: root.directory, environment: undefined, files, trees };
    const resourcesIn = plannedResources(plan, written && configuration);
    const modelOf = (state: PlannedState): Outcome<SecurityModel> => normalize(resourcesIn(state), source);
    const resources = resourcesIn('after');
    const after = normalize(resources, source);
    const others = {
      before: modelOf('before'),
      drift: modelOf('drift'),
      recorded: modelOf('recorded'),
      forgotten: modelOf('forgotten'),
    };
    // What can't be read is found now.
    for (const { value: model } of [after, ...Object.values(others)]) {
      for (const kind of model.kinds) model.of(kind).evaluateAll();
    }
    problems.push(...read.problems, ...after.problems, ...oddActions(plan));
    if (written !== undefined) problems.push(...leftOut(plan, configuration));
    return {
      model: after.value,
      configuration,
      resources,
      workspace: given.workspace,
      inputs: read.value.trees,
      cache: new QueryCache(),
      inWorld: () => ({ model: () => after.value, configuration, cache: undefined }),
      planned: {
        before: others.before.value,
        resourcesBefore: resourcesIn('before'),
        drift: others.drift.value,
        recorded: others.recorded.value,
        forgotten: others.forgotten.value,
        deleted: plan.changes.filter((each) => isOfGroups(each) && isDeleted(each)).length,
      },
    };
  };
  const value = plans.flatMap((plan) => {
    const root = withFaults(plan.file, () => ({ value: built(plan), problems: [] }));
    problems.push(...root.problems);
    return root.value ?? [];
  });
  return { value, problems };
}

const actions = new Set(['no-op', 'create', 'read', 'update', 'delete', 'forget']);

/** That of a group or rule nobody knows what happens. */
function oddActions({ file, changes }: Plan): readonly Problem[] {
  return changes.filter(isOfModel).flatMap((change): Problem[] => {
    if (change.actions.length > 0 && change.actions.every((each) => actions.has(each))) return [];
    const what = change.actions.length === 0 ? 'no action' : `the action ${formatList(change.actions)}`;
    return [
      {
        kind: 'unread',
        severity: 'warning',
        message: `This plan has ${what} for ${change.address}, which tfsg does not know: it is checked as if the plan made it.`,
        span: { file, ...change.range },
      },
    ];
  });
}

/** OpenTofu does not say in a plan that it is one of `-target`. */
function leftOut({ file, changes }: Plan, configuration: Configuration): readonly Problem[] {
  const planned = new Set(changes.map(({ address }) => address));
  const missing = configuration
    .instances(isOfModel)
    .filter(({ existsIf, address }) => existsIf === undefined && !planned.has(address))
    .map(({ address }) => address);
  if (missing.length === 0 || changes.length === 0) return [];
  const shown = missing.length > 3 ? [...missing.slice(0, 2), `${missing.length - 2} others`] : missing;
  return [
    {
      kind: 'unread',
      severity: 'warning',
      message: `The configuration has ${formatList(shown)}, and this plan does not: it is one of \`terraform plan -target\`, or of another configuration.`,
      span: { file, start: file.textStart, end: file.textStart + 1 },
    },
  ];
}

const isDeleted = ({ actions }: PlannedResource): boolean => actions.length === 1 && actions[0] === 'delete';

function withoutConfiguration({ file }: Plan): Problem {
  return {
    kind: 'unread',
    severity: 'warning',
    message:
      'The configuration of this plan is not among the linted files: findings have places in the plan alone, and blocks whose number only apply knows are not seen.',
    span: { file, start: file.textStart, end: file.textStart + 1 },
    hint: 'Name the directory of the root module beside the plan.',
  };
}
