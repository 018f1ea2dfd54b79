/** TCP and UDP entries of network ACLs for port 0 alone. */

import { defineCheck } from '../findings/check.ts';
import { known } from '../model/fact.ts';
import { protocolOf } from '../model/rule.ts';
import { describeProtocol, hasPorts } from '../network/protocol.ts';
import { capitalized, nameOfEntry } from './shared/acl-text.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const aclPortZero = defineCheck({
  id: 'acl-port-zero',
  summary: 'A TCP or UDP entry of a network ACL matches port 0 alone, where all ports are meant',
  label: 'port 0 alone',
  help: 'Write the ports that the entry is for, or 0 to 65535 for all of them.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl_rule.go',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const entry of model.sets.flatMap(({ entries }) => entries)) {
      const { fromPort, toPort, written } = entry;
      const protocol = protocolOf(entry);
      if (protocol === undefined || protocol === 'all' || !hasPorts(protocol)) continue;
      if (known(fromPort) !== 0 || known(toPort) !== 0) continue;
      const isMissing = known(written.fromPort) === null && known(written.toPort) === null;
      const name = capitalized(nameOfEntry(entry));
      const why = isMissing ? 'has no ports, which stands for port 0 alone' : 'matches port 0 alone';
      const message = `${name} ${why}: nothing uses ${describeProtocol(protocol)} port 0, so it does nothing. For all ports, write 0 to 65535.`;
      yield ruleHit(entry, { place: isMissing ? entry : written.fromPort, message });
    }
  },
});
