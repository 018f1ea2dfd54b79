/** Messages about invalid CIDR blocks. */

import { type KnownFact, quotedFact } from '../../model/fact.ts';
import type { CidrPeer } from '../../model/rule.ts';
import type { RuleForm } from '../../model/rule-form.ts';
import type { CidrText } from '../../network/cidr.ts';
import type { Family } from '../../network/ip-address.ts';

/** A sentence, or undefined for a block as it should be. */
export function cidrFault(
  { family, argument }: CidrPeer,
  text: KnownFact<string>,
  block: CidrText,
  form: RuleForm,
): string | undefined {
  const example = family === 4 ? '10.0.0.0/8' : '2001:db8::/32';
  const shown = quotedFact(text);
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
    const home = argumentFor(form, block.cidr.family);
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

/** The argument that holds the CIDR blocks of a family. */
function argumentFor({ peers }: RuleForm, family: Family): string | undefined {
  return Object.entries(peers).find(([, kind]) => kind.kind === 'cidr' && kind.family === family)?.[0];
}
