/** Invalid port ranges. */

import { defineCheck } from '../findings/check.ts';
import { type Fact, known, shown } from '../model/fact.ts';
import { protocolOf, type Rule } from '../model/rule.ts';
import { isMisnamed } from '../model/written/misnamed.ts';
import { MAX_PORT, portRange } from '../network/ports.ts';
import { hasIcmpTypes, hasPorts, type Protocol } from '../network/protocol.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { type Fault, reasonsOf, ruleHit } from './shared/rule-fault.ts';

export const invalidPortRange = defineCheck({
  id: 'invalid-port-range',
  summary: 'The port range of a rule is incomplete, reversed or outside 0-65535',
  label: 'not a port range',
  help: 'Write the lower port first, and for one port write it twice.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const protocol = protocolOf(rule);
      const fault = rule.isOpenEnded ? undefined : (missingEnd(rule, protocol) ?? rangeFault(rule, protocol));
      if (fault !== undefined) yield ruleHit(rule, fault);
    }
  },
});

/** The provider wants both ends of every rule in the older two forms, and of TCP and UDP in the newer; ICMP has types. */
function missingEnd(rule: Rule, protocol: Protocol | undefined): Fault | undefined {
  const missing = (['fromPort', 'toPort'] as const).filter((end) => known(rule[end]) === null);
  const [first] = missing;
  if (first === undefined || isMisnamed(rule, missing) || (protocol !== undefined && hasIcmpTypes(protocol)))
    return undefined;
  const isOptional = rule.form.needsPorts === 'for-ports';
  if (isOptional && protocol !== undefined && !hasPorts(protocol)) return undefined;
  if (isOptional && protocol === undefined && rule.protocol.kind === 'known') return undefined;
  const reasons = isOptional ? reasonsOf(rule.protocol) : undefined;
  const refuses = isOptional && protocol !== undefined ? 'AWS' : 'Terraform';
  // Where the protocol is missing too, invalid-protocol says all of it.
  if (missing.length === 2 && known(rule.protocol) === null) return undefined;
  const what = missing.length === 2 ? `${rule.form.fromPort} and ${rule.form.toPort} are` : `${rule.form[first]} is`;
  return { place: rule[first], message: `${what} missing, so ${refuses} rejects the rule.`, reasons };
}

function rangeFault(rule: Rule, protocol: Protocol | undefined): Fault | undefined {
  if (rule.protocol.kind === 'known' && (protocol === undefined || !hasPorts(protocol))) return undefined;
  const [from, to] = [known(rule.fromPort), known(rule.toPort)];
  const reasons = reasonsOf(rule.protocol);
  for (const fact of [rule.fromPort, rule.toPort]) {
    const port = known(fact) ?? undefined;
    if (port === undefined || portRange(port, port).kind === 'ports') continue;
    // A rule of ICMP or of every protocol may have it.
    if (port === -1 && reasons !== undefined) return undefined;
    return { place: fact, message: outsideMessage(fact, port), reasons };
  }
  if (typeof from !== 'number' || typeof to !== 'number' || from <= to) return undefined;
  const [start, end] = [rule.fromPort, rule.toPort].map((fact) => fact.kind === 'known' && shown(fact));
  const message = `The port range is reversed (${start} to ${end}), so AWS rejects the rule.`;
  return { place: rule.fromPort, message, reasons };
}

function outsideMessage({ isSensitive }: Fact<number | null>, port: number): string {
  const all = port === -1 && isSensitive !== true ? ': use 0 to 65535 for all ports' : '';
  return `${isSensitive === true ? SENSITIVE : port} is not a port from 0 to ${MAX_PORT}, so AWS rejects the rule${all}.`;
}
