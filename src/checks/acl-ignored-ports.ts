/** Ports of network-ACL entries that are ignored because the protocol is -1. */

import { defineCheck } from '../findings/check.ts';
import type { AclEntry } from '../model/acl-entry.ts';
import { type Fact, known, shown } from '../model/fact.ts';
import { protocolOf } from '../model/rule.ts';
import { MAX_PORT } from '../network/ports.ts';
import { capitalized, nameOfEntry } from './shared/acl-text.ts';
import { reasonsOf, ruleHit } from './shared/rule-fault.ts';

export const aclIgnoredPorts = defineCheck({
  id: 'acl-ignored-ports',
  summary: 'An entry of a network ACL names ports with protocol -1, which matches every port',
  label: 'ignored',
  help: 'Name the protocol of the port.',
  severity: 'high',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl.go',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const entry of model.sets.flatMap(({ entries }) => entries)) {
      const protocol = protocolOf(entry);
      if (entry.isOpenEnded || (protocol !== 'all' && entry.protocol.kind === 'known')) continue;
      const place = portThatCounts(entry);
      // An entry of which little is known says nothing about its ports.
      if (place === undefined || (place.kind === 'unknown' && protocol === undefined)) continue;
      const reasons = [...(reasonsOf(entry.protocol) ?? []), ...(reasonsOf(place) ?? [])];
      yield ruleHit(entry, { place, message: messageOf(entry, place), reasons });
    }
  },
});

/** The first end that names a port, or may; undefined where they are those of every port. */
function portThatCounts({ written: { fromPort, toPort }, form }: AclEntry): Fact<number | null> | undefined {
  const ends = [fromPort, toPort];
  const isEveryPort = known(fromPort) !== undefined && (known(fromPort) ?? 0) <= 1 && known(toPort) === MAX_PORT;
  // A standalone entry says what it does; of an inline one Terraform takes 0 alone.
  if (isEveryPort && form.kind === 'standalone') return undefined;
  const isPort = (value: number | null): boolean =>
    value !== null && value !== 0 && (value !== -1 || form.kind === 'inline');
  return ends.find((end) => end.kind === 'known' && isPort(end.value)) ?? ends.find(({ kind }) => kind === 'unknown');
}

function messageOf(entry: AclEntry, place: Fact<number | null>): string {
  const name = capitalized(nameOfEntry(entry));
  if (place.kind === 'unknown' || entry.protocol.kind === 'unknown')
    return `If the protocol of ${nameOfEntry(entry)} is -1, its ports do not limit it.`;
  const port = shown(place);
  if (entry.form.kind === 'inline')
    return `${name} has port ${port} with protocol -1, which Terraform rejects: set from_port and to_port to 0, or name a protocol.`;
  return `${name} ignores port ${port}: protocol -1 matches every protocol and port. Name a protocol such as "tcp".`;
}
