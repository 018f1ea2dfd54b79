/** Custom checks of tfsec (`*_tfchecks.json` and `.yaml`). */

import { type Demand, NoCounterpart, type Operator, type Policy } from './policy.ts';
import { allTextsIn, asObject, textIn, type Untyped } from './untyped.ts';

const operators: Readonly<Record<string, readonly [Operator, isNegated?: true]>> = {
  isPresent: ['exists'],
  requiresPresence: ['exists'],
  notPresent: ['exists', true],
  isEmpty: ['is empty'],
  startsWith: ['starts with'],
  endsWith: ['ends with'],
  contains: ['contains'],
  notContains: ['contains', true],
  equals: ['equals'],
  notEqual: ['equals', true],
  onlyContains: ['has only'],
  isAny: ['is one of'],
  isNone: ['is one of', true],
  regexMatches: ['matches'],
  lessThan: ['is less than'],
  lessThanOrEqualTo: ['is at most'],
  greaterThan: ['is greater than'],
  greaterThanOrEqualTo: ['is at least'],
};

/**
 * What a file declares; a check that has no counterpart says why.
 *
 * Source: https://aquasecurity.github.io/tfsec/latest/guides/configuration/custom-checks/
 */
export function tfsecPolicies(document: Untyped): readonly (Policy | { readonly id: string; readonly left: string })[] {
  const checks = Array.isArray(document['checks']) ? document['checks'] : [];
  return checks.map((each, index) => {
    const check = asObject(each) ?? {};
    const id = textIn(check['code']) ?? `check ${index + 1}`;
    try {
      const kinds = allTextsIn(check['requiredTypes']);
      if (kinds.length > 0 && !kinds.includes('resource'))
        throw new NoCounterpart(`It is about ${kinds.join(', ')}, and own rules ask what resources make.`);
      const spec = asObject(check['matchSpec']);
      if (spec === undefined) throw new NoCounterpart('It has no matchSpec.');
      return {
        id,
        types: allTextsIn(check['requiredLabels']),
        message: textIn(check['errorMessage']) ?? textIn(check['description']) ?? id,
        severity: textIn(check['severity']),
        help: allTextsIn(check['relatedLinks'])[0] ?? textIn(check['resolution']),
        demand: demandOf(spec, []),
      };
    } catch (error) {
      if (!(error instanceof NoCounterpart)) throw error;
      return { id, left: error.message };
    }
  });
}

/** @param within the blocks that it is asked of */
function demandOf(spec: Untyped, within: readonly string[]): Demand {
  const action = textIn(spec['action']) ?? '';
  const parts = (Array.isArray(spec['predicateMatchSpec']) ? spec['predicateMatchSpec'] : []).map((each) =>
    demandOf(asObject(each) ?? {}, within),
  );
  if (action === 'and' || action === 'or') return { kind: action, parts };
  if (action === 'not') return { kind: 'not', part: { kind: 'and', parts } };
  if (spec['preConditions'] !== undefined) throw new NoCounterpart('It has preConditions.');
  const name = textIn(spec['name']) ?? '';
  const path = [...within, ...name.split('.').filter((step) => step !== '')];
  const nested = asObject(spec['subMatch']) ?? asObject(spec['subMatchOne']);
  if (nested !== undefined) {
    if (spec['subMatchOne'] !== undefined)
      throw new NoCounterpart('It has subMatchOne: one of several blocks has to match.');
    return demandOf(nested, path);
  }
  if (action === 'hasTag') {
    const value = asObject(spec['value']);
    const key = value === undefined ? spec['value'] : value['key'];
    if (value?.['value'] !== undefined)
      return { kind: 'attribute', path: ['tags', String(key)], operator: 'equals', value: value['value'] };
    return { kind: 'attribute', path: ['tags'], operator: 'contains', value: key };
  }
  const found = Object.hasOwn(operators, action) ? operators[action] : undefined;
  if (found === undefined) throw new NoCounterpart(`Its action ${JSON.stringify(action)} has no counterpart.`);
  const [operator, isNegated] = found;
  const demand: Demand = { kind: 'attribute', path, operator, value: spec['value'] };
  const asked: Demand = isNegated === true ? { kind: 'not', part: demand } : demand;
  if (spec['ignoreUndefined'] !== true || operator === 'exists') return asked;
  const isThere: Demand = { kind: 'attribute', path, operator: 'exists', value: undefined };
  return { kind: 'or', parts: [{ kind: 'not', part: isThere }, asked] };
}
