/** ICMP types and codes that no message has. */

import { defineCheck } from '../findings/check.ts';
import { type Fact, type KnownFact, known, shown } from '../model/fact.ts';
import { protocolOf, type Rule } from '../model/rule.ts';
import { ECHO_REQUEST, icmpName, unassignedPart } from '../network/icmp.ts';
import { hasIcmpTypes, ICMPV6 } from '../network/protocol.ts';
import { invalidIcmp } from './invalid-icmp.ts';
import { type Fault, ruleHit } from './shared/rule-fault.ts';

export const unassignedIcmp = defineCheck({
  id: 'unassigned-icmp',
  summary: 'An ICMP rule has a type or code that no message has',
  label: 'no such message',
  help: 'Write the type in from_port and the code in to_port.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  coveredBy: [invalidIcmp],
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
      const fault = faultOf(rule, protocol === ICMPV6 ? 6 : 4);
      if (fault !== undefined) yield ruleHit(rule, fault);
    }
  },
});

function faultOf({ fromPort, toPort, form }: Rule, family: 4 | 6): Fault | undefined {
  const type = known(fromPort);
  if (typeof type !== 'number') return undefined;
  const protocol = family === 6 ? 'ICMPv6' : 'ICMP';
  const echo = ECHO_REQUEST[family];
  switch (unassignedPart(family, type, known(toPort) ?? -1)) {
    case undefined:
      return undefined;
    case 'type': {
      const meant = type === ECHO_REQUEST[family === 6 ? 4 : 6] || type === 0 ? ` (echo request is ${echo})` : '';
      const message = `${textOf(fromPort)} is not an assigned ${protocol} type, so the rule allows nothing${meant}.`;
      return { place: fromPort, message };
    }
    case 'code': {
      const name = icmpName(family, type) ?? 'this message';
      const remedy =
        known(toPort) === echo
          ? `for ${icmpName(family, echo)}, set ${form.fromPort} to ${echo} and ${form.toPort} to 0`
          : `set ${form.toPort} to -1 for all codes`;
      const message = `${protocol} type ${textOf(fromPort)} (${name}) has no code ${textOf(toPort)}, so the rule allows nothing: ${remedy}.`;
      return { place: toPort, message };
    }
  }
}

const textOf = (fact: Fact<number | null>): string => String(shown(fact as KnownFact<number>));
