/**
 * What `terraform show -json` says of a plan.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format and
 * https://github.com/hashicorp/terraform/blob/v1.14.0/internal/command/jsonplan/plan.go
 */

import type { Outcome, Problem } from '../source/problem.ts';
import type { SourceFile, TextRange } from '../source/source-file.ts';
import { afterObject, given, JsonFault, MAX_DEPTH, memberRanges, parsed } from './json-ranges.ts';
import { PlanConfiguration } from './plan-configuration.ts';
import { changesOf, deferredOf, isObject, type PlannedResource } from './planned-change.ts';

export interface Plan {
  readonly file: SourceFile;
  /** Of managed resources and data sources, deferred ones included, in the order of the plan. */
  readonly changes: readonly PlannedResource[];
  /** What is in AWS otherwise than the state says. */
  readonly drift: readonly PlannedResource[];
  /** Values of the variables of the root module, defaults included. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** That it was made of. It has no places. */
  readonly configuration: PlanConfiguration;
}

/** Major versions whose format is known: Terraform up to 1.0 wrote 0, with the same members. */
const majors = ['0', '1'];

/** What can't be read is a problem; then there is no plan. */
export function readPlan(file: SourceFile): Outcome<Plan | undefined> {
  return withFaults(file, () => planOf(file));
}

/** Calls what reads a plan, or more of it: its states are read when they are first asked for. */
export function withFaults<T>(file: SourceFile, read: () => Outcome<T>): Outcome<T | undefined> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const start = Math.min(error.offset, file.text.length);
    return failed(file, faults[error.kind], 'Write it with `terraform show -json PLAN > plan.json`.', start);
  }
}

const faults: Readonly<Record<JsonFault['kind'], string>> = {
  syntax: 'This plan is not valid JSON.',
  depth: `This plan has more than ${MAX_DEPTH} lists and objects in each other.`,
  shape: 'This plan has something else here than Terraform writes.',
};

function planOf(file: SourceFile): Outcome<Plan | undefined> {
  const { text, textStart } = file;
  if (text.trim() === '') return failed(file, 'This plan is empty.', 'See what `terraform show -json PLAN` says.');
  const members = membersIn(text, textStart);
  const read = (name: string): unknown => {
    const range = members.get(name);
    return range && parsed(range, text);
  };
  if (!members.has('resource_changes') && !members.has('planned_values')) return failed(file, ...describe(members));
  const version = read('format_version');
  if (typeof version !== 'string' || !majors.includes(version.split('.')[0]!)) {
    const shown = version === undefined ? 'no format version' : `format version ${JSON.stringify(version)}`;
    return failed(file, `This plan has ${shown}; tfsg reads versions ${majors.join(' and ')}.`, undefined);
  }
  const rest = afterObject(text, members, textStart);
  if (rest < text.length) return failed(file, 'There is more text after this plan.', 'Pass each plan by itself.', rest);
  const changes = [
    ...changesOf(text, given(members, 'resource_changes', text)),
    ...deferredOf(text, given(members, 'deferred_changes', text)),
  ];
  const configurations = given(members, 'configuration', text);
  const root = configurations && given(memberRanges(text, configurations.start), 'root_module', text);
  const plan: Plan = {
    file,
    changes,
    drift: changesOf(text, given(members, 'resource_drift', text)),
    variables: variablesOf(read('variables')),
    configuration: new PlanConfiguration(text, root),
  };
  const problems: Problem[] = [];
  const say = (message: string, hint?: string): void => {
    problems.push({
      kind: 'unread',
      severity: 'warning',
      message,
      span: { file, start: textStart, end: textStart + 1 },
      ...(hint && { hint }),
    });
  };
  if (read('errored') === true) say('This plan ended with an error: resources are missing in it.', 'Plan again.');
  else if (read('complete') === false)
    say('This plan is not complete: Terraform defers changes to a later plan, or was told to leave some out.');
  else if (changes.length === 0)
    say('This plan has no changes, as one of `terraform plan -refresh-only`: no resources were checked.');
  return { value: plan, problems };
}

function membersIn(text: string, at: number): ReadonlyMap<string, TextRange> {
  try {
    return memberRanges(text, at);
  } catch (error) {
    if (error instanceof JsonFault && error.kind === 'shape') return new Map();
    throw error;
  }
}

/** What a text is that is no plan. */
function describe(members: ReadonlyMap<string, TextRange>): readonly [string, string] {
  const hint = 'Write the plan with `terraform plan -out=PLAN` and `terraform show -json PLAN > plan.json`.';
  if (members.has('values') || members.has('terraform_version')) return ['This is a state, not a plan.', hint];
  if (members.has('@level')) return ['This is the log of `terraform plan -json`, not a plan.', hint];
  return ['This is not a plan in JSON.', hint];
}

function failed(
  file: SourceFile,
  message: string,
  hint: string | undefined,
  start: number = file.textStart,
): Outcome<undefined> {
  const end = Math.min(start + 1, file.text.length);
  return {
    value: undefined,
    problems: [{ kind: 'file', severity: 'error', message, span: { file, start, end }, ...(hint && { hint }) }],
  };
}

function variablesOf(variables: unknown): ReadonlyMap<string, unknown> {
  if (!isObject(variables)) return new Map();
  return new Map(Object.entries(variables).map(([name, given]) => [name, isObject(given) ? given['value'] : null]));
}
