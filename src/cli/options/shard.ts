/** `--shard`: which part of the root modules a run checks. */

import { MAX_SHARDS, type Shard } from '../../terraform/modules/shard.ts';
import { UsageError } from '../io.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * By which variables a service tells the jobs that it made of one.
 *
 * Sources: https://docs.gitlab.com/ci/variables/predefined_variables/,
 * https://learn.microsoft.com/azure/devops/pipelines/build/variables, https://circleci.com/docs/reference/variables/,
 * https://buildkite.com/docs/pipelines/configure/environment-variables
 */
const services = [
  { index: 'CI_NODE_INDEX', total: 'CI_NODE_TOTAL', first: 1 },
  { index: 'SYSTEM_JOBPOSITIONINPHASE', total: 'SYSTEM_TOTALJOBSINPHASE', first: 1 },
  { index: 'CIRCLE_NODE_INDEX', total: 'CIRCLE_NODE_TOTAL', first: 0 },
  { index: 'BUILDKITE_PARALLEL_JOB', total: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
] as const;

/**
 * @param text `2/4`, or `ci` for what the variables of a CI job say
 * @throws UsageError for anything else
 */
export function readShard(text: string, environment: Environment): Shard {
  if (text === 'ci') return shardOfJob(environment);
  const [, first, second] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (index <= count && count <= MAX_SHARDS) return { index, count };
  const range = count > MAX_SHARDS ? `N up to ${MAX_SHARDS}` : 'I from 1 to N';
  throw new UsageError(`--shard needs I/N with ${range}, not ${JSON.stringify(text)}.`);
}

function shardOfJob(environment: Environment): Shard {
  const service = services.find(({ total }) => (environment[total] ?? '') !== '');
  if (service === undefined) {
    const names = services.map(({ total }) => total).join(', ');
    throw new UsageError(`--shard ci needs the variables of a CI job, but none is set: ${names}. Write --shard I/N.`);
  }
  const { index: position, total, first } = service;
  const [given, count] = [environment[position] ?? '', Number(environment[total])];
  // GitLab numbers only the jobs of `parallel`.
  const index = given === '' && count === 1 ? 1 : /^\d+$/.test(given) ? Number(given) - first + 1 : 0;
  if (Number.isInteger(count) && index >= 1 && index <= count && count <= MAX_SHARDS) return { index, count };
  const said = [position, total].map((name) => `${name}=${environment[name] ?? ''}`).join(' and ');
  throw new UsageError(`--shard ci cannot use ${said}: write --shard I/N.`);
}
