/** Shared code of the checks of what Terraform rejects. */

import type { Hit } from '../../findings/check.ts';
import { waitsFor } from '../../model/fact.ts';
import type { Rejection } from '../../model/rejections.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';

/** @param messageOf absent: what Terraform says, and that it rejects that */
export function* rejectionHits(
  { rejections }: SecurityGroupModel,
  kind: Rejection['kind'],
  messageOf: (rejection: Rejection) => string = rejectedMessage,
): Iterable<Hit> {
  for (const rejection of rejections.all) {
    if (rejection.kind !== kind) continue;
    const { span, origin, isSensitive, existsIf } = rejection;
    const place = { span, origin, isSensitive };
    yield { answer: 'yes', subject: rejection, place, message: messageOf(rejection), existsIf: waitsFor(existsIf) };
  }
}

/** One sentence stays one. */
function rejectedMessage({ message, hint }: Rejection): string {
  const end = hint === undefined ? '.' : `; did you mean ${hint}?`;
  const words = message.replace(/\.$/, '');
  if (words.endsWith('?')) return `${words} Terraform rejects it${end}`;
  return /\. (?=[A-Z])/.test(words)
    ? `${words}. Terraform rejects it${end}`
    : `${words}, so Terraform rejects it${end}`;
}
