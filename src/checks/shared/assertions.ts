/** What the checks of assertions have in common. */

import {
  type PathEnd,
  type PathStep,
  type RootExposure,
  type ServicePath,
  servicesOn,
} from '../../exposure/exposure.ts';
import type { Related } from '../../findings/finding.ts';
import type { Assertion } from '../../model/questions/assertion.ts';

/** What gets from where an assertion says to where it says, whatever the traffic. */
export function assertedPaths(
  { isFromInternet, isFrom, isTo, isDirect }: Assertion,
  exposure: RootExposure,
): readonly ServicePath[] {
  const isStart = (end: PathEnd): boolean => end.names.some(isFrom);
  return [
    ...(isFromInternet ? exposure.pathsFrom('internet', isDirect) : []),
    ...exposure.pathsFrom(isStart, isDirect),
  ].filter(({ to }) => to.names.some(isTo));
}

/** `aws_lb.web > aws_instance.app`: the services on a way. */
export function wayOf(path: readonly PathStep[]): string {
  return [...new Set(servicesOn(path))].join(' > ');
}

/** The steps as related places, which comments there are not about. */
export function stepsOf(path: readonly PathStep[]): readonly Related[] {
  return path
    .filter(({ span }) => !span.file.isVirtual)
    .map(({ address, text, span }) => ({ message: `${address} ${text}`, span, isUse: true as const }));
}
