/** What could be open after apply, and the worst that it could be. */

import { groupBy } from '../../collections/group-by.ts';
import { placeInTree } from '../../model/place.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import type { Span } from '../../source/span.ts';
import type { GroupOpening } from './openings.ts';
import type { ExposureRow } from './rows.ts';
import type { ShownRoot } from './shown.ts';

export interface UndecidedExposure {
  readonly root: ShownRoot;
  /** Address of a service, or of a rule. */
  readonly address: string;
  /** Whether the internet may get to a service, or a rule may let a source in. */
  readonly kind: 'service' | 'rule';
  /** The most that it can be. */
  readonly worst: Traffic;
  /** Who may send it. */
  readonly from: string;
  readonly because: readonly string[];
  readonly span: Span;
}

/** Services first. */
export function undecidedIn(
  rows: readonly ExposureRow[],
  openings: readonly GroupOpening[],
): readonly UndecidedExposure[] {
  const services = rows.flatMap(({ root, service, span, answer, traffic, because }): UndecidedExposure | [] =>
    answer !== 'unknown'
      ? []
      : {
          ...{ root, because, kind: 'service', worst: traffic, from: 'internet' },
          address: service.address,
          span,
        },
  );
  const unknown = openings.filter(({ answer }) => answer === 'unknown');
  const byRule = [...groupBy(unknown, ({ rule }) => rule).values()].flatMap((own) => [
    ...groupBy(own, ({ source, because }) => JSON.stringify([source, because])).values(),
  ]);
  const rules = byRule.map((some): UndecidedExposure => {
    const [{ root, rule, source, because }] = some;
    return {
      ...{ root, because, kind: 'rule', from: source.name, address: rule.address },
      worst: unionOfTraffic(some.map(({ traffic }) => traffic)),
      span: placeInTree(rule.span, rule.calls),
    };
  });
  return [...services, ...rules];
}
