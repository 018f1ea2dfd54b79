/** Invalid ICMP types and codes, and ports in their place. */

import { defineCheck } from '../findings/check.ts';
import { type Fact, known, shown } from '../model/fact.ts';
import { protocolOf, type Rule } from '../model/rule.ts';
import { isMisnamed } from '../model/written/misnamed.ts';
import { icmpName, icmpRange } from '../network/icmp.ts';
import { hasIcmpTypes, ICMPV6, type Protocol } from '../network/protocol.ts';
import { servicesIn } from '../network/services.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { type Fault, ruleHit } from './shared/rule-fault.ts';

export const invalidIcmp = defineCheck({
  id: 'invalid-icmp',
  summary: 'An ICMP rule has an invalid type or code, or a port number instead',
  label: 'not valid for ICMP',
  help: 'Use -1 and -1 for all types, or an ICMP type and code.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://www.iana.org/assignments/icmp-parameters/icmp-parameters.xhtml',
    'https://www.iana.org/assignments/icmpv6-parameters/icmpv6-parameters.xhtml',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const protocol = protocolOf(rule);
      if (protocol === undefined || !hasIcmpTypes(protocol)) continue;
      const fault = rangeFault(rule, protocol) ?? portFault(rule, protocol);
      if (fault !== undefined) yield ruleHit(rule, fault);
    }
  },
});

function rangeFault(rule: Rule, protocol: Protocol): Fault | undefined {
  const { fromPort, toPort, form } = rule;
  const [type, code] = [known(fromPort), known(toPort)];
  const isOptional = form.needsPorts === 'for-ports';
  if (isOptional && protocol === ICMPV6 && type === null && code === null) return undefined;
  // An end that is not known yet may be right: -1 goes with everything that the other can be.
  const range = icmpRange(
    type === undefined ? (code === -1 ? -1 : 0) : (type ?? undefined),
    code === undefined ? -1 : (code ?? undefined),
    [textOf(fromPort), textOf(toPort)],
  );
  if (range.kind === 'icmp') return undefined;
  if (range.fault === 'missing' && isMisnamed(rule, ['fromPort', 'toPort'])) return undefined;
  const isCode =
    range.fault === 'code' || range.fault === 'code-without-type' || (range.fault === 'missing' && type !== null);
  if (known(isCode ? toPort : fromPort) === undefined) return undefined;
  const refuses = range.fault === 'missing' && !isOptional ? 'Terraform' : 'AWS';
  return {
    place: isCode ? toPort : fromPort,
    message: `${capitalized(range.reason)}, so ${refuses} rejects the rule.`,
  };
}

/** A port from 0 to 255 at both ends, which ICMP has no type for. AWS takes it. */
function portFault({ fromPort, toPort, form }: Rule, protocol: Protocol): Fault | undefined {
  const [type, code] = [known(fromPort), known(toPort)];
  if (typeof type !== 'number' || type < 0 || type !== code) return undefined;
  if (icmpName(protocol === ICMPV6 ? 6 : 4, type) !== undefined) return undefined;
  const [service] = servicesIn([{ first: type, last: type }], 'tcp');
  if (service === undefined) return undefined;
  const name = protocol === ICMPV6 ? 'ICMPv6' : 'ICMP';
  const [text, port] =
    fromPort.isSensitive === true || toPort.isSensitive === true
      ? [SENSITIVE, 'the intended port']
      : [String(type), `port ${type} (${service.name})`];
  const message = `In an ${name} rule, ${form.fromPort} is the ICMP type, and ${text} is not an assigned type: ${port} stays closed.`;
  return { place: fromPort, message };
}

const textOf = (fact: Fact<number | null>): string => String(fact.kind === 'known' ? shown(fact) : undefined);

function capitalized(text: string): string {
  return text.replace(/^code/, 'Code');
}
