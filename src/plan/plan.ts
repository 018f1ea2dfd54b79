/**
 * What `terraform show -json` says of a plan.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format and
 * https://github.com/hashicorp/terraform/blob/v1.14.0/internal/command/jsonplan/plan.go
 */

import type { Outcome, Problem } from '../source/problem.ts';
import type { SourceFile, TextRange } from '../source/source-file.ts';
import { elementRanges, JsonFault, memberRanges, parsed } from './json-ranges.ts';

/** One state of a resource as JSON, and the parts of it that are unknown or sensitive: true, or of the same shape with true in it. */
export interface PlannedObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly unknown: unknown;
  readonly sensitive: unknown;
  /** Where the elements of a list are in the text of the plan. */
  readonly elementsOf: (name: string) => readonly TextRange[];
}

/** A change of one resource instance. Its states are read when they are first asked for. */
export interface PlannedResource {
  /** With module path and instance keys, as Terraform prints it. */
  readonly address: string;
  /** Of the module, with instance keys; empty for the root. */
  readonly moduleAddress: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Of count or for_each; undefined where it has none, or it is not known. */
  readonly index: number | string | undefined;
  readonly isIndexUnknown: boolean;
  /** Where a `moved` block says that it was before. */
  readonly previousAddress: string | undefined;
  /** The key of an object of an earlier apply that is still to be deleted; undefined for the current one. */
  readonly deposed: string | undefined;
  /** `no-op`, `create`, `read`, `update`, `delete`, `forget`; two of them for a replacement. */
  readonly actions: readonly string[];
  /** Why a later plan decides about it; undefined for what this one does. */
  readonly deferredBecause: string | undefined;
  /** Of its address in the text of the plan. */
  readonly range: TextRange;
  readonly before: PlannedObject | undefined;
  readonly after: PlannedObject | undefined;
}

export interface Plan {
  readonly file: SourceFile;
  /** Of managed resources and data sources, deferred ones included, in the order of the plan. */
  readonly changes: readonly PlannedResource[];
  /** What is in AWS otherwise than the state says. */
  readonly drift: readonly PlannedResource[];
  /** Values of the variables of the root module, defaults included. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** The root module of the configuration, in the text; undefined where there is none. */
  readonly configuration: TextRange | undefined;
  /** What the configuration of the root module declares: addresses of resources, and `module.NAME` for calls. */
  readonly declared: ReadonlySet<string>;
}

/** The newest major version whose format is known. */
const MAJOR = '1';

/** What can't be read is a problem; then there is no plan. */
export function readPlan(file: SourceFile): Outcome<Plan | undefined> {
  try {
    return planOf(file);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const start = Math.min(error.offset, file.text.length);
    return failed(
      file,
      'This plan is not valid JSON.',
      'Write it with `terraform show -json PLAN > plan.json`.',
      start,
    );
  }
}

function planOf(file: SourceFile): Outcome<Plan | undefined> {
  const { text, textStart } = file;
  const members = memberRanges(text, textStart);
  const read = (name: string): unknown => {
    const range = members.get(name);
    return range && parsed(range, text);
  };
  const version = read('format_version');
  if (typeof version !== 'string') return failed(file, ...describe(members));
  if (version.split('.')[0] !== MAJOR) {
    return failed(file, `This plan has format version ${version}; tfsg reads version ${MAJOR}.`, undefined);
  }
  if (!members.has('resource_changes') && !members.has('planned_values')) return failed(file, ...describe(members));
  const changes = [
    ...changesOf(text, members.get('resource_changes')),
    ...deferredOf(text, members.get('deferred_changes')),
  ];
  const configurations = members.get('configuration');
  const configuration = configurations && memberRanges(text, configurations.start).get('root_module');
  const plan: Plan = {
    file,
    changes,
    drift: changesOf(text, members.get('resource_drift')),
    variables: variablesOf(read('variables')),
    configuration,
    declared: declaredIn(text, configuration),
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
  else if (changes.length === 0 && plan.declared.size > 0)
    say('This plan changes nothing, as one of `terraform plan -refresh-only`: its resources were not checked.');
  return { value: plan, problems };
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

function changesOf(text: string, range: TextRange | undefined): readonly PlannedResource[] {
  if (range === undefined || text.startsWith('null', range.start)) return [];
  return [...elementRanges(text, range.start)].map((element) => changeOf(text, element, undefined));
}

function deferredOf(text: string, range: TextRange | undefined): readonly PlannedResource[] {
  if (range === undefined || text.startsWith('null', range.start)) return [];
  return [...elementRanges(text, range.start)].flatMap((element) => {
    const members = memberRanges(text, element.start);
    const change = members.get('resource_change');
    const reason = members.get('reason');
    return change === undefined
      ? []
      : changeOf(text, change, String((reason && parsed(reason, text)) ?? 'unknown').replaceAll('_', ' '));
  });
}

function changeOf(text: string, range: TextRange, deferredBecause: string | undefined): PlannedResource {
  const members = memberRanges(text, range.start);
  const read = (name: string): unknown => {
    const found = members.get(name);
    return found && parsed(found, text);
  };
  const textOf = (name: string): string => {
    const found = read(name);
    return typeof found === 'string' ? found : '';
  };
  const index = read('index');
  const previous = read('previous_address');
  const change = members.get('change');
  let parts: ReadonlyMap<string, TextRange> | undefined;
  const rangeOf = (name: string): TextRange | undefined => {
    parts ??= change === undefined ? new Map() : memberRanges(text, change.start);
    return parts.get(name);
  };
  const part = (name: string): unknown => {
    const found = rangeOf(name);
    return found && parsed(found, text);
  };
  const states = new Map<string, PlannedObject | undefined>();
  const state = (name: 'before' | 'after'): PlannedObject | undefined => {
    if (!states.has(name)) {
      const value = part(name);
      const unknown = name === 'after' && part('after_unknown');
      const elementsOf = (list: string): readonly TextRange[] => {
        const range = memberRanges(text, rangeOf(name)!.start).get(list);
        return range === undefined ? [] : [...elementRanges(text, range.start)];
      };
      const sensitive = part(`${name}_sensitive`);
      states.set(name, isObject(value) ? { value, unknown, sensitive, elementsOf } : undefined);
    }
    return states.get(name);
  };
  return {
    address: textOf('address'),
    moduleAddress: textOf('module_address'),
    mode: read('mode') === 'data' ? 'data' : 'managed',
    type: textOf('type'),
    name: textOf('name'),
    index: typeof index === 'number' || typeof index === 'string' ? index : undefined,
    isIndexUnknown: read('index_unknown') === true,
    previousAddress: typeof previous === 'string' ? previous : undefined,
    deposed: members.has('deposed') ? textOf('deposed') : undefined,
    deferredBecause,
    range: members.get('address') ?? { start: range.start, end: range.start + 1 },
    // Most changes are of resources that nobody asks for, and long.
    get actions() {
      const actions = part('actions');
      return Array.isArray(actions) ? actions.map(String) : [];
    },
    get before() {
      return state('before');
    },
    get after() {
      return state('after');
    },
  };
}

function variablesOf(variables: unknown): ReadonlyMap<string, unknown> {
  if (!isObject(variables)) return new Map();
  return new Map(Object.entries(variables).map(([name, given]) => [name, isObject(given) ? given['value'] : null]));
}

/** The configuration of a plan has no places. */
function declaredIn(text: string, root: TextRange | undefined): ReadonlySet<string> {
  if (root === undefined) return new Set();
  const members = memberRanges(text, root.start);
  const [resources, calls] = [members.get('resources'), members.get('module_calls')];
  const addresses = [...(resources === undefined ? [] : elementRanges(text, resources.start))].flatMap(({ start }) => {
    const address = memberRanges(text, start).get('address');
    return address === undefined ? [] : String(parsed(address, text));
  });
  const names = calls === undefined ? [] : [...memberRanges(text, calls.start).keys()];
  return new Set([...addresses, ...names.map((name) => `module.${name}`)]);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
