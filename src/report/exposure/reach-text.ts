/** Whether the internet gets to what a finding is about, in words. */

import type { FindingOf, InternetReach } from '../../findings/finding.ts';

const titles: Readonly<Record<InternetReach, string>> = {
  internet: 'reached from the internet:',
  unknown: 'whether the internet gets there depends on:',
  vpc: 'not reached from the internet:',
  unattached: 'not reached from the internet:',
};

/** More reasons than these are counted. */
const MAX_REASONS = 3;

export interface ReachText {
  /** Ends with a colon. */
  readonly title: string;
  /** The way, `aws_internet_gateway.main > aws_instance.web`, or the reasons. */
  readonly text: string;
}

/** Undefined where the internet is not asked for. */
export function reachTextOf<P>(
  finding: Pick<FindingOf<P>, 'reach' | 'reachBecause' | 'related'>,
): ReachText | undefined {
  const { reach, reachBecause = [], related } = finding;
  if (reach === undefined) return undefined;
  const steps = new Set(related.flatMap(({ step }) => step ?? []));
  const rest = reachBecause.length - MAX_REASONS;
  const reasons = [...reachBecause.slice(0, MAX_REASONS), ...(rest > 0 ? [`${rest} more`] : [])];
  return { title: titles[reach], text: reach === 'internet' ? [...steps].join(' > ') : reasons.join(', ') };
}

/** `Reached from the internet: aws_internet_gateway.main > aws_instance.web.`; empty where the internet is not asked for. */
export function reachSentence<P>(finding: Pick<FindingOf<P>, 'reach' | 'reachBecause' | 'related'>): string {
  const told = reachTextOf(finding);
  return told === undefined ? '' : `${told.title[0]!.toUpperCase()}${told.title.slice(1)} ${told.text}.`;
}
