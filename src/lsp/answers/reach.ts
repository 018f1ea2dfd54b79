/** What the internet reaches of groups, rules and services, for lenses and hovers. */

import type { ExposedService, RootExposure, ServiceExposure } from '../../exposure/exposure.ts';
import { type Located, type PartReach, worstReachOf } from '../../findings/finding.ts';
import { GroupReaches } from '../../lint-reach.ts';
import { ownerKey } from '../../model/owner-key.ts';
import type { Exposure } from '../../model/questions/exposure.ts';
import type { Rule } from '../../model/rule.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { reachSentence } from '../../report/exposure/reach-text.ts';

/** Models with what the internet reaches of each, in the same order. */
export interface ReachSource {
  readonly models: readonly SecurityGroupModel[];
  readonly exposures: readonly RootExposure[];
}

/** Traffic that a rule opens, and whether the internet gets there. */
export interface ReachedExposure {
  readonly exposure: Exposure;
  readonly reach: PartReach<Located>;
}

/** What rules open for certain. */
export function reachedBy(rules: readonly Rule[], opened: readonly Exposure[], source: ReachSource): ReachedExposure[] {
  const mine = opened.filter(({ answer, rule }) => answer === 'yes' && rules.includes(rule));
  if (mine.length === 0) return [];
  const index = source.models.findIndex((model) => model.rules.includes(mine[0]!.rule));
  const [model, exposure] = [source.models[index], source.exposures[index]];
  if (model === undefined || exposure === undefined) return [];
  const groups = new GroupReaches(model, exposure);
  return mine.map((each) => {
    const { rule, peer, traffic } = each;
    const opens = { key: ownerKey(rule.owner), family: peer.family, traffic };
    return { exposure: each, reach: groups.of(opens, model.namesOf(rule)[0]) };
  });
}

/** The worst of some; undefined where there is none. */
export function worstOf(found: readonly ReachedExposure[]): PartReach<Located> | undefined {
  return worstReachOf(found.map(({ reach }) => reach));
}

/** `Reached from the internet: aws_internet_gateway.main > aws_instance.web.`; empty where nothing is open. */
export function worstSentence(found: readonly ReachedExposure[]): string {
  const worst = worstOf(found);
  return worst === undefined
    ? ''
    : reachSentence({ reach: worst.reach, reachBecause: worst.because, related: worst.way });
}

/** The services at a place. */
export function servicesAt(path: string, offset: number, { exposures }: ReachSource): readonly ExposedService[] {
  return exposures.flatMap(({ services }) =>
    services.filter(({ span }) => span.file.path === path && span.start <= offset && offset <= span.end),
  );
}

/** How the internet gets to a service, or why it does not. */
export function wayText({ answer, path, because }: ServiceExposure): string {
  const steps = new Set(path.map(({ address }) => address));
  if (answer === 'yes') return `reached from the internet: ${[...steps].join(' > ')}`;
  return answer === 'no' ? `not reached: ${because.join(', ')}` : `depends on ${because.join(', ')}`;
}
