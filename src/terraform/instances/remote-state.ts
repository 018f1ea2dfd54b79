/** Data sources that read what a root module of the tree makes: `terraform_remote_state`, and those that look up a resource. */

import { EvaluationError } from '../values/errors.ts';
import { anyType } from '../values/type.ts';
import { type UnknownValue, unknownValue, type Value } from '../values/value.ts';
import type { ResourceInstance } from './instance.ts';

/** What a `terraform_remote_state` asks for, evaluated. */
export interface AskedState {
  readonly backend: string;
  readonly config: Value;
  /** Undefined for the default workspace. */
  readonly workspace: Value | undefined;
}

/** A root module whose state it is. */
export interface StateOfRoot {
  readonly names: Iterable<string>;
  /** Undefined where it has no such output. */
  output(name: string): Value | undefined;
}

/** What a root can read of others, and of itself. */
export interface StatesOfRoots {
  /** Undefined where it is of no root, or of which one is not known. */
  find(asked: AskedState): StateOfRoot | undefined;
  /** Whether data sources of a type look up resources. */
  isLookup(type: string): boolean;
  /** The resource that a data source looks up; undefined where it is none of the tree, or which one is not known. */
  lookUp(asked: ResourceInstance): UnknownValue | undefined;
  /** References that are being followed in all roots together. */
  readonly depth: { count: number };
}

const isRemoteState = (type: string): boolean => type === 'terraform_remote_state';

/** Whether a data source may read what a root makes. */
export const readsRoots = ({ mode, type }: ResourceInstance, states: StatesOfRoots): boolean =>
  mode === 'data' && (isRemoteState(type) || states.isLookup(type));

/**
 * The attributes of a data source, with what roots make of them.
 *
 * @param within evaluates something that belongs to the data source
 */
export function asRead(
  value: UnknownValue,
  instance: ResourceInstance,
  states: StatesOfRoots,
  within: <T>(compute: () => T) => T,
): UnknownValue {
  let outputs: Value | undefined;
  let found: { readonly resource: UnknownValue | undefined } | undefined;
  return {
    ...value,
    attribute(name) {
      const own = value.attribute!(name);
      if (isRemoteState(instance.type)) {
        if (name !== 'outputs') return own;
        outputs ??= within(() => stateOutputs(instance, states));
        return outputs;
      }
      if (own.kind !== 'unknown') return own;
      found ??= { resource: within(() => states.lookUp(instance)) };
      return within(() => somethingOf(() => found?.resource?.attribute?.(name))) ?? own;
    },
  };
}

/** The outputs of a data source; what is not known of them is an attribute of it. */
function stateOutputs(instance: ResourceInstance, states: StatesOfRoots): Value {
  const { address, resourceAddress, body, span } = instance;
  const reason = { name: `${resourceAddress}.outputs`, span };
  const [backend, config] = [body.attribute('backend')?.value, body.attribute('config')?.value];
  const workspace = body.attribute('workspace')?.value;
  const state =
    backend?.kind === 'string' && config !== undefined
      ? states.find({ backend: backend.value, config, workspace })
      : undefined;
  const outputs: UnknownValue = { ...unknownValue(reason, anyType), identity: { address, path: ['outputs'] } };
  if (state === undefined) return outputs;
  const output = (name: string): Value =>
    somethingOf(() => state.output(name)) ?? {
      ...unknownValue({ name: `${reason.name}.${name}`, span }, anyType),
      identity: { address, path: ['outputs', name] },
    };
  return {
    ...outputs,
    notNull: true,
    attribute: output,
    members: () => new Map([...state.names].map((name) => [name, output(name)])),
  };
}

/** Undefined where nothing is known of it: a state has no output that is null. */
function somethingOf(evaluate: () => Value | undefined): Value | undefined {
  try {
    const value = evaluate();
    if (value === undefined || value.kind === 'null') return undefined;
    return value.kind === 'unknown' && isNothing(value) ? undefined : value;
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

const isNothing = ({ identity, attribute, known, knownEntries, whole }: UnknownValue): boolean =>
  [identity, attribute, known, knownEntries, whole].every((each) => each === undefined);
