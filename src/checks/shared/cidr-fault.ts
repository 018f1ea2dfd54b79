/** Messages about invalid CIDR blocks. */

import { type KnownFact, quoted } from '../../model/fact.ts';
import type { CidrPeer } from '../../model/rule.ts';
import type { CidrText } from '../../network/cidr.ts';

/** The argument of the other family, for each that holds CIDR blocks. */
const counterpart: Readonly<Record<string, string>> = {
  __proto__: null as never,
  cidr_blocks: 'ipv6_cidr_blocks',
  ipv6_cidr_blocks: 'cidr_blocks',
  cidr_ipv4: 'cidr_ipv6',
  cidr_ipv6: 'cidr_ipv4',
};

/** A sentence, or undefined for a block as it should be. */
export function cidrFault(
  { family, argument }: CidrPeer,
  text: KnownFact<string>,
  block: CidrText,
): string | undefined {
  const example = family === 4 ? '10.0.0.0/8' : '2001:db8::/32';
  const shown = quoted(text);
  const isSensitive = text.isSensitive === true;
  if (block.kind === 'invalid') {
    if (block.fault === 'empty') {
      return `${argument} contains an empty string; expected a CIDR block such as ${example}.`;
    }
    const meant = block.suggestion === undefined ? '' : ` (did you mean ${block.suggestion}?)`;
    const reason = isSensitive ? '' : `: ${block.reason}${meant}`;
    return `${shown} is not a CIDR block, so Terraform rejects the rule${reason}.`;
  }
  if (block.cidr.family !== family) {
    const found = `IPv${block.cidr.family} block${block.cidr.family === 4 && text.value.includes(':') ? ' in IPv6 notation' : ''}`;
    const home = counterpart[argument];
    const place = home === undefined ? '' : `: move it to ${home}`;
    return `${shown} is an ${found}, which Terraform rejects in ${argument}${place}.`;
  }
  switch (block.kind) {
    case 'canonical':
      return undefined;
    case 'host-bits':
      return isSensitive
        ? `${shown} has host bits set, which Terraform rejects.`
        : `${shown} has host bits set, which Terraform rejects: write ${block.canonical} for the network or ${block.host} for the host.`;
    case 'spelling':
    case 'ipv4-mapped':
      return `${shown} is a non-canonical spelling of ${isSensitive ? 'its block' : block.canonical} that people and tools can misread.`;
  }
}
