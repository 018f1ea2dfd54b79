/** Where the values at fault are written, if not at the findings themselves. */

import type { Finding, Related } from '../findings/finding.ts';
import { spanKey } from '../source/span.ts';

/** The places where somebody wrote the values that a finding is about, each once. */
export function sourcesOf({ related }: Pick<Finding, 'related'>): readonly Related[] {
  return [
    ...new Map(
      related.flatMap((each) => (each.isSource === true ? [[spanKey(each.span), each] as const] : [])),
    ).values(),
  ];
}
