/** Texts in the place of a CIDR block that are none, or not as AWS has them. */

import type { CidrText } from '../model/cidr.ts';
import { waitsFor } from '../model/fact.ts';
import type { CidrPeer } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-group.ts';
import { defineCheck, type Hit } from './check.ts';
import { literalOf } from './literal.ts';

/** The argument of the other family, for each that holds CIDR blocks. */
const counterpart: Readonly<Record<string, string>> = {
  __proto__: null as never,
  cidr_blocks: 'ipv6_cidr_blocks',
  ipv6_cidr_blocks: 'cidr_blocks',
  cidr_ipv4: 'cidr_ipv6',
  cidr_ipv6: 'cidr_ipv4',
};

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
      const because = waitsFor(rule.possible);
      for (const peer of rule.peers) {
        // Terraform itself checks a text that is not known yet, as soon as it is.
        if (peer.kind !== 'cidr' || peer.text.kind === 'unknown' || peer.cidr === undefined) continue;
        const message = messageOf(peer, peer.text.value, peer.cidr);
        if (message === undefined) continue;
        const fix = fixOf(model, peer, peer.text.value, peer.cidr);
        const answer = because.length > 0 ? 'unknown' : 'yes';
        yield { answer, subject: rule, rule, place: peer.text, message, because, ...(fix && { fix }) };
      }
    }
  },
});

/** Undefined for a block as it should be. */
function messageOf({ family, argument }: CidrPeer, text: string, block: CidrText): string | undefined {
  const example = family === 4 ? '10.0.0.0/8' : '2001:db8::/32';
  const shown = JSON.stringify(text);
  if (block.kind === 'invalid') {
    if (block.fault === 'empty') {
      return `An empty text stands in ${argument}, where Terraform needs a CIDR block such as ${example}.`;
    }
    const meant = block.suggestion === undefined ? '' : ` (${block.suggestion} may be meant)`;
    return `${shown} is not a CIDR block, so Terraform refuses the rule: ${block.reason}${meant}.`;
  }
  if (block.cidr.family !== family) {
    const found = `IPv${block.cidr.family} block${block.kind === 'ipv4-mapped' ? ' in the spelling of IPv6' : ''}`;
    const home = counterpart[argument];
    const place = home === undefined ? '' : `: it belongs in ${home}`;
    return `${shown} is an ${found}, so Terraform refuses it in ${argument}${place}.`;
  }
  switch (block.kind) {
    case 'canonical':
      return undefined;
    case 'host-bits':
      return `${shown} has bits set beyond its prefix, so Terraform refuses the rule: its block is ${block.canonical}.`;
    case 'spelling':
    case 'ipv4-mapped':
      return `${shown} is an unusual spelling of ${block.canonical}, which other tools and people can take for another block.`;
  }
}

/** Safe where the block stays the same and its text is written out at one place. */
function fixOf(model: SecurityModel, { family, text }: CidrPeer, value: string, block: CidrText): Hit['fix'] {
  if (block.kind === 'invalid' || block.kind === 'canonical' || block.cidr.family !== family) return undefined;
  const span = literalOf(model, { ...text, value });
  if (span === undefined) return undefined;
  return { message: `Write ${block.canonical}.`, edits: [{ span, text: `"${block.canonical}"` }] };
}
