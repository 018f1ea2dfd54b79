/** Texts in the place of a CIDR block that are none, or not as AWS has them. */

import { addressSet } from '../model/address-set.ts';
import { bitsOf, type Cidr, type CidrText, parseCidr } from '../model/cidr.ts';
import type { CidrPeer } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-group.ts';
import { publicPart } from '../model/special-addresses.ts';
import { defineCheck, type Hit } from './check.ts';
import { cidrFault } from './cidr-fault.ts';
import { literalOf } from './literal.ts';
import { emptyDefault, isOfNothing } from './placeholder.ts';
import { ruleHit } from './rule-fault.ts';

export const invalidCidr = defineCheck({
  id: 'invalid-cidr',
  summary: 'A source or destination is not a CIDR block of the family that its argument takes, or is spelled unusually',
  severity: 'high',
  set: 'recommended',
  aliases: [],
  sources: [
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/verify/validate.go',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html',
    'https://www.rfc-editor.org/rfc/rfc5952',
  ],
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      for (const peer of rule.peers) {
        // Terraform itself checks a text that is not known yet, as soon as it is.
        if (peer.kind !== 'cidr' || peer.text.kind === 'unknown' || peer.cidr === undefined) continue;
        const message = cidrFault(peer, peer.text, peer.cidr);
        if (message === undefined) continue;
        const fix = fixOf(model, peer, peer.text.value, peer.cidr);
        const isEmpty = peer.text.value === '';
        if (isEmpty && isOfNothing(rule, model)) continue;
        const because = isEmpty ? emptyDefault(model, peer.text) : undefined;
        yield { ...ruleHit(rule, { place: peer.text, message, because }), ...(fix && { fix }) };
      }
    }
  },
});

/** Safe where the text is written out at one place, and no private address becomes a block with public ones. */
function fixOf(model: SecurityModel, { family, text }: CidrPeer, value: string, block: CidrText): Hit['fix'] {
  if (block.kind === 'invalid' || block.kind === 'canonical' || block.cidr.family !== family) return undefined;
  const host = parseCidr(value.replace(/\/.*$/s, `/${bitsOf(family)}`));
  const isPrivate = host.kind !== 'invalid' && !hasPublic(host.cidr);
  if (block.kind === 'host-bits' && isPrivate && hasPublic(block.cidr)) return undefined;
  const span = literalOf(model, { ...text, value });
  if (span === undefined) return undefined;
  return { message: `Write ${block.canonical}.`, edits: [{ span, text: `"${block.canonical}"` }] };
}

const hasPublic = (block: Cidr): boolean => publicPart(addressSet(block.family, [block])).intervals.length > 0;
