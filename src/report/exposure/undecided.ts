/** What could be open after apply, and the worst that it could be. */

import type { Traffic } from '../../network/traffic.ts';
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
  const services = rows.flatMap(({ root, service, answer, traffic, because }): UndecidedExposure | [] =>
    answer !== 'unknown'
      ? []
      : {
          ...{ root, because, kind: 'service', worst: traffic, from: 'internet' },
          address: service.address,
          span: service.span,
        },
  );
  const rules = openings
    .filter(({ answer }) => answer === 'unknown')
    .map(
      ({ root, rule, traffic, source, because }): UndecidedExposure => ({
        ...{ root, because, kind: 'rule', worst: traffic, from: source.name },
        address: rule.address,
        span: rule.span,
      }),
    );
  return [...services, ...rules];
}
