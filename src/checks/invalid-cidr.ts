/** Invalid CIDR blocks, and non-canonical spellings. */

import { defineCheck, type Hit } from '../findings/check.ts';
import type { CidrPeer } from '../model/rule.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { literalOf } from '../model/written/literal.ts';
import { hasEmptyOwner, rootDefault } from '../model/written/placeholder.ts';
import { addressSet } from '../network/address-set.ts';
import { type CidrText, parseCidr } from '../network/cidr.ts';
import { publicPart } from '../network/special-addresses.ts';
import { cidrFault } from './shared/cidr-fault.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const invalidCidr = defineCheck({
  id: 'invalid-cidr',
  summary: 'A source or destination is not a valid CIDR block for its argument, or has a non-canonical spelling',
  label: 'not a valid block here',
  help: 'Write the intended block.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/verify/validate.go',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html',
    'https://www.rfc-editor.org/rfc/rfc5952',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      for (const peer of rule.peers) {
        // Terraform itself checks a text that is not known yet, as soon as it is.
        if (peer.kind !== 'cidr' || peer.text.kind === 'unknown' || peer.cidr === undefined) continue;
        const message = cidrFault(peer, peer.text, peer.cidr, rule.form);
        if (message === undefined) continue;
        const isEmpty = peer.text.value === '';
        if (isEmpty && hasEmptyOwner(rule, model)) continue;
        const reasons = isEmpty ? rootDefault(model, peer.text) : undefined;
        yield {
          ...ruleHit(rule, { place: peer.text, message, reasons }),
          ...changesOf(model, peer, peer.text.value, peer.cidr),
        };
      }
    }
  },
});

/**
 * Where the text is written out at one place. Another spelling is the same block. Which of its two readings a text with host bits
 * has, only who wrote it knows; of a private address, a block with public ones is not offered.
 */
function changesOf(
  model: SecurityGroupModel,
  { family, text }: CidrPeer,
  value: string,
  block: CidrText,
): Pick<Hit, 'fix' | 'suggestions'> {
  if (block.kind === 'invalid' || block.kind === 'canonical' || block.cidr.family !== family) return {};
  const span = literalOf(model, { ...text, value });
  if (span === undefined) return {};
  const write = (canonical: string, words = ''): NonNullable<Hit['fix']> => ({
    message: `Write ${canonical}${words}.`,
    edits: [{ span, text: `"${canonical}"` }],
  });
  if (block.kind !== 'host-bits') return { fix: write(block.canonical) };
  const isOffered = hasPublic(block.host) || !hasPublic(block.canonical);
  return {
    suggestions: [write(block.host, ', the host'), ...(isOffered ? [write(block.canonical, ', the network')] : [])],
  };
}

function hasPublic(text: string): boolean {
  const read = parseCidr(text);
  return read.kind === 'canonical' && publicPart(addressSet(read.cidr.family, [read.cidr])).intervals.length > 0;
}
