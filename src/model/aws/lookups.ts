/** Data sources that look up a group, a VPC or a subnet: which resource of the tree it is. */

import type { ResourceInstance } from '../../terraform/instances/instance.ts';
import { addressOfOtherRoot } from '../../terraform/instances/other-root.ts';
import { isMapping, isSequence, type Value } from '../../terraform/values/value.ts';

/** A resource of the tree. */
export class LookupCandidate {
  readonly instance: ResourceInstance;
  /** Of its root module, the same for all of that. */
  readonly root: string;
  readonly #values = new Map<string, Value | undefined>();

  constructor(instance: ResourceInstance, root: string) {
    this.instance = instance;
    this.root = root;
  }

  /** Of an argument; undefined where it is not written. */
  value(argument: string): Value | undefined {
    if (!this.#values.has(argument)) this.#values.set(argument, this.instance.body.attribute(argument)?.value);
    return this.#values.get(argument);
  }
}

/** Types of data sources that stand for a resource of the same type. */
export const lookedUpTypes: ReadonlySet<string> = new Set(['aws_security_group', 'aws_subnet', 'aws_vpc']);

/** What a resource has to have: any of some values in an argument, or in one of its tags. */
interface Criterion {
  readonly argument: string;
  readonly tag?: string;
  readonly values: readonly Value[];
}

/** Arguments that only say where the resource is looked for. */
const narrowing: ReadonlySet<string> = new Set([
  'count',
  'depends_on',
  'for_each',
  'provider',
  'region',
  'state',
  'timeouts',
]);

/**
 * What filters are named for arguments.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html and those of VPCs and subnets
 */
const filterArguments: Readonly<Record<string, string>> = {
  __proto__: null as never,
  'group-name': 'name',
  'vpc-id': 'vpc_id',
  cidr: 'cidr_block',
  'cidr-block': 'cidr_block',
  cidrBlock: 'cidr_block',
};

/**
 * The one resource that a data source finds in the tree: by its identifier, or the only one that has the name, the tags or the block
 * asked for. Undefined where that is not certain.
 *
 * @param ofType the resources of its type
 * @param own the root module of the data source
 */
export function resourceLookedUp(
  asked: ResourceInstance,
  ofType: readonly LookupCandidate[],
  own: string,
): LookupCandidate | undefined {
  const criteria = criteriaOf(asked);
  if (criteria === undefined) return undefined;
  const id = criteria.find(({ argument }) => argument === 'id');
  if (id !== undefined) {
    const [value] = id.values;
    const identity = value?.kind === 'unknown' ? value.identity : undefined;
    if (identity?.path.length !== 1 || identity.path[0] !== 'id') return undefined;
    return ofType.find(({ instance: { address }, root }) => {
      const known = root === own ? address : addressOfOtherRoot(address, root);
      return known === identity.address;
    });
  }
  if (criteria.every(({ argument }) => argument === 'vpc_id')) return undefined;
  const judged = ofType.map((candidate) => ({ candidate, answer: answerOf(criteria, candidate) }));
  const [found, other] = judged.filter(({ answer }) => answer === 'yes');
  if (found === undefined || other !== undefined) return undefined;
  const { root } = found.candidate;
  const isOpen = judged.some(({ candidate: each, answer }) => answer === 'maybe' && [root, own].includes(each.root));
  return isOpen ? undefined : found.candidate;
}

/** Undefined where something is asked for that is not compared here, or not known. */
function criteriaOf({ body }: ResourceInstance): readonly Criterion[] | undefined {
  const criteria: Criterion[] = [];
  for (const name of body.names) {
    const value = body.attribute(name)?.value;
    if (narrowing.has(name) || value === undefined || value.kind === 'null') continue;
    if (name === 'tags') {
      if (!isMapping(value)) return undefined;
      for (const [tag, text] of value.entries) criteria.push({ argument: 'tags', tag, values: [text] });
    } else if (['id', 'name', 'vpc_id', 'cidr_block'].includes(name))
      criteria.push({ argument: name, values: [value] });
    else return undefined;
  }
  for (const block of body.blocks) {
    if (block.type !== 'filter' || block.existsIf !== undefined || block.indefinite !== undefined) return undefined;
    const [name, values] = [block.body.attribute('name')?.value, block.body.attribute('values')?.value];
    if (name?.kind !== 'string' || values === undefined || !isSequence(values)) return undefined;
    const tag = /^tag:(?<tag>.+)$/.exec(name.value)?.groups?.['tag'];
    const argument = tag === undefined ? filterArguments[name.value] : 'tags';
    if (argument === undefined) return undefined;
    criteria.push({ argument, ...(tag !== undefined && { tag }), values: values.items });
  }
  const isPlain = ({ values }: Criterion): boolean =>
    values.every((value) => value.kind !== 'string' || !/[*?]/.test(value.value));
  return criteria.length > 0 && criteria.every(isPlain) ? criteria : undefined;
}

type Answer = 'yes' | 'no' | 'maybe';

function answerOf(criteria: readonly Criterion[], candidate: LookupCandidate): Answer {
  const answers = criteria.map((each) => answerTo(each, candidate));
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') || candidate.instance.existsIf !== undefined ? 'maybe' : 'yes';
}

function answerTo({ argument, tag, values }: Criterion, candidate: LookupCandidate): Answer {
  const written = candidate.value(argument);
  // A VPC that is not written, or not known, could only leave the resource out, and then nothing is found.
  if (argument === 'vpc_id' && written?.kind !== 'string') return 'yes';
  const value = tag === undefined ? written : tagOf(written, tag);
  if (value === undefined) return isGivenByApply(argument, candidate.instance.body.names) ? 'maybe' : 'no';
  const answers = values.map((wanted): Answer => {
    if (value.kind === 'string' && wanted.kind === 'string') return value.value === wanted.value ? 'yes' : 'no';
    return argument === 'vpc_id' ? 'yes' : 'maybe';
  });
  return answers.find((each) => each === 'yes') ?? answers.find((each) => each === 'maybe') ?? 'no';
}

/** Undefined where there is no such tag. */
function tagOf(tags: Value | undefined, tag: string): Value | undefined {
  if (tags === undefined || tags.kind === 'null') return undefined;
  if (isMapping(tags)) return tags.entries.get(tag);
  return (tags.kind === 'unknown' ? tags.knownEntries?.get(tag) : undefined) ?? tags;
}

/** Whether an argument that is not written gets a value all the same. */
function isGivenByApply(argument: string, names: Iterable<string>): boolean {
  if (argument === 'cidr_block') return true;
  // A name that starts with a prefix, or that AWS makes, is none that somebody writes.
  return argument === 'name' && [...names].includes('name_prefix');
}
