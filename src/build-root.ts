/** A root module -> the rule model of what it makes. */

import { concatenated } from './collections/append.ts';
import { QueryCache } from './collections/query-cache.ts';
import type { RootCase } from './config/environment-inputs.ts';
import type { FileSystem } from './files.ts';
import type { Block, SyntaxTree } from './hcl/syntax.ts';
import { ATTACHMENT_TYPES } from './model/aws/attachment-types.ts';
import { awsAttribute } from './model/aws/aws-attributes.ts';
import { isInModel, isOfModel, normalize, type SomeAddresses } from './model/normalize.ts';
import type { SecurityModel } from './model/security-model.ts';
import type { Outcome } from './source/problem.ts';
import { type Configuration, Evaluator, type IsAsked } from './terraform/instances/configuration.ts';
import { type Inputs, type ReadInputs, readInputs } from './terraform/instances/inputs.ts';
import type { Resources } from './terraform/instances/instance.ts';
import type { World } from './terraform/instances/world.ts';
import { type LoadedModule, modulesOf, rootDirectory } from './terraform/modules/load.ts';
import type { RootSteps } from './terraform/values/budget.ts';

export interface BuiltRoot {
  readonly model: SecurityModel;
  readonly configuration: Configuration;
  /** What the model is made of: those of the configuration, or of a plan of it. */
  readonly resources: Resources;
  /** What `terraform.workspace` is; undefined where it is left open. */
  readonly workspace: string | undefined;
  /** Of the variable files that it was evaluated with. */
  readonly inputs: readonly SyntaxTree[];
  /** Of this root in this environment. */
  readonly cache: QueryCache;
  readonly inWorld: InWorld;
  /** Where the values are of a plan: what there is beside what it makes; absent elsewhere. */
  readonly planned?: Planned;
}

export interface Planned {
  /** As the state has it. */
  readonly before: SecurityModel;
  /** What that is made of. */
  readonly resourcesBefore: Resources;
  /** What is in AWS otherwise than the state says. */
  readonly drift: SecurityModel;
  /** As the state says these are. */
  readonly recorded: SecurityModel;
  /** What Terraform leaves in AWS and no longer knows of. */
  readonly forgotten: SecurityModel;
  /** How many groups and rules, as resources, are deleted. */
  readonly deleted: number;
}

/**
 * A root where inputs that nobody gives are something.
 *
 * @param name of the world, the same for the same
 * @param addresses without keys of the only resources that its model is made of; undefined for all
 * @param isKnown whether all that is going to be asked of an earlier configuration is in the cache of the world; absent: it is not
 */
type InWorld = (
  world: World,
  name: string,
  addresses: SomeAddresses | undefined,
  isKnown?: (earlier: Configuration, cache: QueryCache) => boolean,
) => RootInWorld;

export interface RootInWorld {
  /** The same as in the run before where nothing is different of what was asked of it. */
  readonly configuration: Configuration;
  model(): SecurityModel;
  /** Of this world, if there are later runs. */
  readonly cache: QueryCache | undefined;
}

/** The steps of a root whose variable files have so many UTF-16 code units. */
export type StepsOf = (inputs: number) => RootSteps;

/** Whether no security group hangs on a block, as far as its type says. */
export function isAside({ type: { name }, labels }: Block): boolean {
  const type = labels[0]?.name ?? '';
  return (
    name === 'data' || (name === 'resource' && !isOfModel({ mode: 'managed', type }) && !ATTACHMENT_TYPES.has(type))
  );
}

/** @param hasLaterRuns whether what is known of worlds is kept */
export function buildRoot(
  fileSystem: FileSystem,
  root: LoadedModule,
  { environment, inputs: given }: RootCase,
  stepsOf: StepsOf,
  all: QueryCache,
  hasLaterRuns: boolean,
): Outcome<BuiltRoot> {
  const cache = all.within(JSON.stringify([rootDirectory(root), root.unit !== undefined, environment ?? null]));
  const built = (isFresh: boolean) => {
    const { configuration, inputs, inWorld } = configurationOf(fileSystem, root, given, stepsOf, cache, isFresh);
    const trees = concatenated([...modulesOf(root).map((module) => module.trees), inputs.value.trees]);
    const source = { root: rootDirectory(root), environment, files: trees.map(({ file }) => file), trees };
    const rootIn: InWorld = (world, name, addresses, isKnown = () => false) => {
      const ofWorld = hasLaterRuns ? cache.within(`world ${name}`) : cache.aside();
      const isAsked: IsAsked = (resource, address) => !isOfModel(resource) || isInModel(resource, address, addresses);
      const other = inWorld(world, hasLaterRuns ? name : undefined, isAsked, (earlier) => isKnown(earlier, ofWorld));
      return {
        configuration: other,
        model: () => normalize(other, source, ofWorld, addresses).value,
        cache: hasLaterRuns ? ofWorld : undefined,
      };
    };
    return { configuration, inputs, model: normalize(configuration, source, cache), inWorld: rootIn };
  };
  const updated = built(false);
  const { configuration, inputs, model, inWorld } = updated.configuration.isExact ? updated : built(true);
  for (const kind of model.value.kinds) model.value.of(kind).evaluateAll();
  return {
    value: {
      model: model.value,
      configuration,
      resources: configuration,
      workspace: given.workspace,
      inputs: inputs.value.trees,
      cache,
      inWorld,
    },
    problems: [...inputs.problems, ...configuration.problems, ...model.problems],
  };
}

/** A root of which only what is asked for is evaluated, beside everything else. */
export function configurationBeside(
  fileSystem: FileSystem,
  root: LoadedModule,
  given: Inputs,
  stepsOf: StepsOf,
): Configuration {
  const { value: inputs } = readInputs(fileSystem, root, given);
  const steps = stepsOf(inputs.trees.reduce((sum, { file }) => sum + file.text.length, 0));
  return new Evaluator(new QueryCache(), awsAttribute).configure(root, inputs, fileSystem, steps);
}

export function configurationOf(
  fileSystem: FileSystem,
  root: LoadedModule,
  given: Inputs,
  stepsOf: StepsOf,
  cache: QueryCache,
  isFresh = false,
): {
  readonly configuration: Configuration;
  readonly inputs: Outcome<ReadInputs>;
  readonly inWorld: (
    world: World,
    key: string | undefined,
    isAsked: IsAsked,
    isKnown: (earlier: Configuration) => boolean,
  ) => Configuration;
} {
  const inputs = readInputs(fileSystem, root, given, cache);
  const steps = stepsOf(inputs.value.trees.reduce((sum, { file }) => sum + file.text.length, 0));
  const evaluator = new Evaluator(cache, awsAttribute);
  const configuration = evaluator.configure(root, inputs.value, fileSystem, steps, isFresh);
  // Modules first, as where only they are asked for.
  configuration.directories();
  return {
    configuration,
    inputs,
    inWorld: (world, key, isAsked, isKnown) =>
      evaluator.configureWorld(root, { ...inputs.value, world }, fileSystem, steps, key, isAsked, isKnown),
  };
}
