/** The option of checks that ignore trusted sources. */

import { fromKey } from '../../findings/check.ts';
import type { TrustedSources } from '../../model/questions/trusted.ts';

/** Its value is what the configuration's key `trusted` says. */
export const trustedOption = fromKey<TrustedSources>({
  key: 'trusted',
  default: { cidrs: [], prefixLists: [], groups: [] },
  summary: 'Trusted sources, which all checks ignore.',
});
