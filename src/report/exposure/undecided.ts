/** What could be open after apply, and the worst that it could be. */

import { groupBy } from '../../collections/group-by.ts';
import { placeInTree } from '../../model/place.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import type { Span } from '../../source/span.ts';
import { withRestCounted } from '../../text/count.ts';
import { keyOfMember } from './fold.ts';
import type { GroupOpening, Source } from './openings.ts';
import type { ExposureRow } from './rows.ts';
import type { ShownRoot } from './shown.ts';

export interface UndecidedExposure {
  readonly root: ShownRoot;
  /** Address of a service or of a rule, without keys where it is several rules. */
  readonly address: string;
  /** Whether the internet may get to a service, or a rule may allow a source. */
  readonly kind: 'service' | 'rule';
  /** The most that it can be. */
  readonly worst: Traffic;
  /** Who may send it. */
  readonly from: string;
  readonly because: readonly string[];
  readonly span: Span;
}

/** More sources of one rule are counted. */
const MAX_SOURCES = 3;

const inside: ReadonlySet<Source['kind']> = new Set(['private', 'group']);

/** Services first, then rules that may allow something from outside; `others` counts those that only may allow private addresses and groups. */
export function undecidedIn(
  rows: readonly ExposureRow[],
  openings: readonly GroupOpening[],
): { readonly shown: readonly UndecidedExposure[]; readonly others: number } {
  const services = rows.flatMap(({ root, service, span, answer, traffic, because }): UndecidedExposure | [] =>
    answer !== 'unknown'
      ? []
      : { ...{ root, because, span, kind: 'service', worst: traffic, from: 'internet' }, address: service.address },
  );
  const unknown = openings.filter(({ answer }) => answer === 'unknown');
  const fromOutside = unknown.filter(({ source }) => !inside.has(source.kind));
  const alike = groupBy(fromOutside, ({ root, rule, source, because }) =>
    JSON.stringify([keyOfMember({ root, group: rule.resourceAddress }, 'group'), source.kind, because]),
  );
  const rules = [...alike.values()].map((some): UndecidedExposure => {
    const [{ root, rule, because }] = some;
    const sources = [...new Set(some.map(({ source }) => source.name))];
    return {
      ...{ root, because, kind: 'rule' },
      address: some.every((each) => each.rule.address === rule.address) ? rule.address : rule.resourceAddress,
      worst: unionOfTraffic(some.map(({ traffic }) => traffic)),
      from: withRestCounted(sources, MAX_SOURCES, 'source').join(', '),
      span: placeInTree(rule.span, rule.calls),
    };
  });
  const told = new Set(fromOutside.map(({ rule }) => rule));
  const others = new Set(unknown.map(({ rule }) => rule).filter((rule) => !told.has(rule)));
  return { shown: [...services, ...rules], others: others.size };
}
