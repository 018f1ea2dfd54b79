/** YAML policies of checkov. */

import { type Demand, isOfRules, NoCounterpart, type Operator, type Policy } from './policy.ts';
import { allTextsIn, asObject, textIn, type Untyped } from './untyped.ts';

const operators: Readonly<Record<string, Operator>> = {
  equals: 'equals',
  exists: 'exists',
  contains: 'contains',
  within: 'is one of',
  subset: 'has only',
  starting_with: 'starts with',
  ending_with: 'ends with',
  regex_match: 'matches',
  is_empty: 'is empty',
  greater_than: 'is greater than',
  greater_than_or_equal: 'is at least',
  less_than: 'is less than',
  less_than_or_equal: 'is at most',
};

/**
 * What a file declares; undefined for one that is not a policy.
 *
 * Source: https://www.checkov.io/3.Custom%20Policies/YAML%20Custom%20Policies.html
 */
export function checkovPolicy(document: Untyped): Policy | { readonly id: string; readonly left: string } | undefined {
  const [metadata, definition] = [asObject(document['metadata']), document['definition']];
  if (metadata === undefined || definition === undefined) return undefined;
  const id = textIn(metadata['id']) ?? 'a policy';
  const types = new Set<string>();
  try {
    const demand = demandOf(definition, types);
    if (demand === undefined) throw new NoCounterpart('It only chooses resources.');
    const others = [...types].filter((type) => !isOfRules(type));
    if (others.length > 0 && others.length < types.size)
      throw new NoCounterpart(`It is about ${others.join(', ')}, too.`);
    return {
      id,
      types: [...types],
      message: textIn(metadata['name']) ?? id,
      severity: textIn(metadata['severity']),
      help: textIn(metadata['guideline']) ?? textIn(metadata['guidelines']),
      demand,
    };
  } catch (error) {
    if (!(error instanceof NoCounterpart)) throw error;
    return { id, left: error.message };
  }
}

/** Undefined for what only chooses resources. */
function demandOf(definition: unknown, types: Set<string>): Demand | undefined {
  if (Array.isArray(definition)) return together('and', definition, types);
  const node = asObject(definition);
  if (node === undefined) throw new NoCounterpart('Its definition is not an object.');
  for (const kind of ['and', 'or'] as const) if (node[kind] !== undefined) return together(kind, node[kind], types);
  if (node['not'] !== undefined) {
    const part = demandOf(node['not'], types);
    if (part === undefined) throw new NoCounterpart('It chooses resources by what they are not.');
    return { kind: 'not', part };
  }
  const condition = textIn(node['cond_type']) ?? '';
  const value = node['value'];
  if (condition === 'filter') {
    for (const type of Array.isArray(value) ? value : [value]) types.add(String(type));
    return undefined;
  }
  if (condition !== 'attribute')
    throw new NoCounterpart(`It has a condition of the kind ${JSON.stringify(condition)}.`);
  for (const type of allTextsIn(node['resource_types'])) types.add(type);
  const path = (textIn(node['attribute']) ?? '').split('.').filter((step) => step !== '');
  const named = (textIn(node['operator']) ?? '').replace(/^jsonpath_/, 'jsonpath ');
  return attributeDemand(path, named, value);
}

function attributeDemand(path: readonly string[], named: string, value: unknown): Demand {
  if (named === 'is_true' || named === 'is_false')
    return { kind: 'attribute', path, operator: 'equals', value: named === 'is_true' };
  const isNegated = named.startsWith('not_') || named === 'is_not_empty';
  const name = named.replace(/^not_/, '').replace('is_not_empty', 'is_empty');
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined) throw new NoCounterpart(`Its operator ${JSON.stringify(named)} has no counterpart.`);
  const demand: Demand = { kind: 'attribute', path, operator, value };
  return isNegated ? { kind: 'not', part: demand } : demand;
}

function together(kind: 'and' | 'or', parts: unknown, types: Set<string>): Demand | undefined {
  if (!Array.isArray(parts)) throw new NoCounterpart(`Its "${kind}" is not a list.`);
  const demands = parts.map((part) => demandOf(part, types));
  const asked = demands.filter((demand) => demand !== undefined);
  if (asked.length === 0) return undefined;
  if (asked.length < demands.length && kind === 'or') throw new NoCounterpart('It chooses resources in an "or".');
  return asked.length === 1 ? asked[0] : { kind, parts: asked };
}
