/** ICMP entries of network ACLs with a type or code that is missing or not valid. */

import { defineCheck } from '../findings/check.ts';
import type { AclEntry } from '../model/acl-entry.ts';
import { known } from '../model/fact.ts';
import { protocolOf } from '../model/rule.ts';
import { icmpRange } from '../network/icmp.ts';
import { hasIcmpTypes, ICMPV6 } from '../network/protocol.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { capitalized, nameOfEntry } from './shared/acl-text.ts';
import { type Fault, ruleHit } from './shared/rule-fault.ts';

export const aclInvalidIcmp = defineCheck({
  id: 'acl-invalid-icmp',
  summary: 'An ICMP entry of a network ACL has no type, or an invalid type or code',
  label: 'not valid for ICMP',
  help: 'Set icmp_type and icmp_code to -1 for all types, or to an ICMP type and code.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IcmpTypeCode.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const entry of model.sets.flatMap(({ entries }) => entries)) {
      const protocol = protocolOf(entry);
      if (protocol === undefined || !hasIcmpTypes(protocol)) continue;
      const fault = missingFault(entry) ?? rangeFault(entry);
      if (fault !== undefined) yield ruleHit(entry, fault);
    }
  },
});

/** The provider sends 0 for what is left out, which is the type of replies to pings. */
function missingFault(entry: AclEntry): Fault | undefined {
  const { icmpType } = entry.written;
  if (icmpType.kind !== 'known' || icmpType.value !== null) return undefined;
  const what = protocolOf(entry) === ICMPV6 ? 'which ICMPv6 does not use' : 'echo replies';
  return {
    place: entry,
    message: `${capitalized(nameOfEntry(entry))} has no icmp_type, so it matches type 0 alone: ${what}.`,
  };
}

function rangeFault(entry: AclEntry): Fault | undefined {
  const { icmpType, icmpCode } = entry.written;
  const [type, code] = [known(icmpType), known(icmpCode)];
  const isSensitive = icmpType.isSensitive === true || icmpCode.isSensitive === true;
  // What is not known yet may be right: -1 goes with everything that the other can be.
  const range = icmpRange(
    type === undefined ? (code === -1 ? -1 : 0) : (type ?? 0),
    code === undefined ? -1 : (code ?? 0),
    isSensitive ? [SENSITIVE, SENSITIVE] : [String(type ?? 0), String(code ?? 0)],
  );
  if (range.kind === 'icmp') return undefined;
  const isCode = range.fault === 'code' || range.fault === 'code-without-type';
  if (known(isCode ? icmpCode : icmpType) === undefined) return undefined;
  const left = code === null && isCode ? ' (icmp_code is missing, which stands for 0)' : '';
  return {
    place: isCode && code !== null ? icmpCode : icmpType,
    message: `${capitalized(range.reason)}${left}, so AWS rejects ${nameOfEntry(entry)}.`,
  };
}
