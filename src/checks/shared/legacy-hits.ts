/** Hits of the checks of Terraform 0.11 syntax. */

import type { Hit } from '../../findings/check.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { legacyPlacesIn } from '../../model/written/legacy-resources.ts';
import { localAddress } from './description.ts';

/** @param isRejected whether by what Terraform no longer accepts, or by what it does */
export function* legacyHits(model: SecurityGroupModel, isRejected: boolean): Iterable<Hit> {
  for (const { subject, spelling } of model.once(legacyPlacesIn)) {
    const { span, message, many, fix } = spelling;
    if (spelling.isRejected !== isRejected) continue;
    const together = { words: ['', many] as const, name: localAddress(subject) };
    yield { answer: 'yes', subject, place: { span }, message, together, ...(fix && { fix }) };
  }
}
