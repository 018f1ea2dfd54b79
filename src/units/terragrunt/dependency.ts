/** What a unit that another depends on gives to it. */

import type { Span } from '../../source/span.ts';
import { EvaluationError } from '../../terraform/values/errors.ts';
import { isMapping, unknownValue, type Value } from '../../terraform/values/value.ts';

/** A `dependency` block, with those of included files that it overrides. */
export interface Dependency {
  readonly name: string;
  readonly header: Span;
  /** Undefined where no block sets it. */
  argument(name: string): Value | undefined;
  /** The outputs of the unit at a path, as it is written; undefined where its module was not read. */
  outputsAt(path: string): Value | undefined;
  /** Takes that `mock_outputs` stand for the outputs. */
  usesMocks(): void;
}

/** The outputs of the unit where these can be told, else what is written in place of them. */
export function outputsOfDependency({ name, header, argument, outputsAt, usesMocks }: Dependency): Value {
  const reason = { name: `dependency.${name}.outputs`, span: header };
  const unknown = unknownValue(reason);
  const mocks = argument('mock_outputs');
  if (isBool(argument('enabled'), false) || isBool(argument('skip_outputs'), true)) return mocks ?? unknown;
  const path = argument('config_path');
  const outputs = path?.kind === 'string' ? outputsAt(path.value) : undefined;
  if (outputs?.kind !== 'unknown' || outputs.attribute === undefined) {
    if (mocks !== undefined) usesMocks();
    return mocks ?? outputs ?? unknown;
  }
  const { attribute: member } = outputs;
  return {
    ...outputs,
    reasons: unknown.reasons,
    attribute: (output) => {
      const mock = mocks !== undefined && isMapping(mocks) ? mocks.entries.get(output) : undefined;
      const value = mock === undefined ? member(output) : (outputIn(member, output) ?? mock);
      // What apply gives has the name that the unit has for it.
      return value.kind === 'unknown'
        ? { ...value, reasons: [{ ...reason, name: `${reason.name}.${output}` }] }
        : value;
    },
  };
}

/** Undefined where the module has no such output. */
function outputIn(member: (name: string) => Value, name: string): Value | undefined {
  try {
    return member(name);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return undefined;
  }
}

const isBool = (value: Value | undefined, wanted: boolean): boolean => value?.kind === 'bool' && value.value === wanted;
