/** Entries of network ACLs that Terraform or AWS rejects. */

import { defineCheck } from '../findings/check.ts';
import type { AclEntry } from '../model/acl-entry.ts';
import { type KnownFact, quotedFact, shown } from '../model/fact.ts';
import type { CidrPeer } from '../model/rule.ts';
import { protocolOf } from '../model/rule.ts';
import { parseAclProtocol } from '../network/acl-protocol.ts';
import { MAX_PORT, portRange } from '../network/ports.ts';
import { hasPorts } from '../network/protocol.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { capitalized, nameOfEntry } from './shared/acl-text.ts';
import { type Fault, ruleHit } from './shared/rule-fault.ts';

export const aclInvalidEntry = defineCheck({
  id: 'acl-invalid-entry',
  summary: 'An entry of a network ACL has a number, action, protocol, port or block that Terraform or AWS rejects',
  label: 'rejected',
  help: 'Correct the argument.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl.go',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl_rule.go',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const entry of model.sets.flatMap(({ entries }) => entries)) {
      if (entry.isOpenEnded) continue;
      for (const fault of faultsOf(entry)) yield ruleHit(entry, fault);
    }
  },
});

/** What AWS keeps the numbers above for is its own. */
const maximumNumber = 32766;

function* faultsOf(entry: AclEntry): Iterable<Fault> {
  const { number, action, form, peers, written } = entry;
  const isInline = form.kind === 'inline';
  const who = isInline ? 'Terraform' : 'AWS';
  if (number.kind === 'known' && number.value !== null && !(number.value >= 1 && number.value <= maximumNumber)) {
    const message = `${form.number} is ${shown(number)}, but ${who} takes numbers from 1 to ${maximumNumber} only.`;
    yield { place: number, message };
  }
  if (isText(action) && action.value !== 'allow' && action.value !== 'deny') {
    const message = `${form.action} is ${quotedFact(action)}, but must be "allow" or "deny".`;
    yield { place: action, message };
  }
  const { protocol } = written;
  if (isText(protocol)) {
    const read = parseAclProtocol(protocol.value);
    if (read.kind === 'invalid' || !read.isAccepted) {
      const hint = read.kind === 'invalid' ? '' : ` Write ${JSON.stringify(spelled(read.canonical))}.`;
      yield {
        place: protocol,
        message: `Terraform rejects the protocol ${quotedFact(protocol)} in network ACLs.${hint}`,
      };
    }
  }
  yield* portFaults(entry);
  if (peers.length === 0) {
    yield {
      place: entry,
      message: `${capitalized(nameOfEntry(entry))} has neither cidr_block nor ipv6_cidr_block, so ${isInline ? 'AWS' : 'Terraform'} rejects it.`,
    };
  } else if (peers.length > 1 && peers.every(({ cidr }) => cidr !== undefined)) {
    yield {
      place: peers[1]!.text,
      message: `${capitalized(nameOfEntry(entry))} has cidr_block and ipv6_cidr_block, but takes one of them only.`,
    };
  }
  for (const peer of peers) {
    const fault = blockFault(peer, isInline);
    if (fault !== undefined) yield fault;
  }
}

const isText = (fact: AclEntry['action']): fact is KnownFact<string> => fact.kind === 'known' && fact.value !== null;

/** As entries of network ACLs have it. */
const spelled = (canonical: string): string => (canonical === 'icmpv6' ? 'ipv6-icmp' : canonical);

function* portFaults(entry: AclEntry): Iterable<Fault> {
  const { fromPort, toPort } = entry.written;
  const protocol = protocolOf(entry);
  if (protocol === undefined || !hasPorts(protocol)) return;
  const outside = [fromPort, toPort].find(
    (port) => port.kind === 'known' && port.value !== null && !(port.value >= 0 && port.value <= MAX_PORT),
  );
  if (outside?.kind === 'known') {
    yield {
      place: outside,
      message: `${shown(outside)} is not a port from 0 to ${MAX_PORT}, so ${entry.form.kind === 'inline' ? 'Terraform' : 'AWS'} rejects ${nameOfEntry(entry)}.`,
    };
    return;
  }
  if (fromPort.kind !== 'known' || toPort.kind !== 'known') return;
  const range = portRange(fromPort.value ?? 0, toPort.value ?? 0);
  if (range.kind !== 'invalid') return;
  const isSensitive = fromPort.isSensitive === true || toPort.isSensitive === true;
  const why = isSensitive ? SENSITIVE : range.reason;
  const missing = toPort.value === null ? ' (to_port is missing, which stands for 0)' : '';
  yield { place: fromPort, message: `${why}${missing}, so AWS rejects ${nameOfEntry(entry)}.` };
}

function blockFault({ argument, family, cidr, text }: CidrPeer, isInline: boolean): Fault | undefined {
  if (cidr === undefined || text.kind !== 'known') return undefined;
  const name = quotedFact(text);
  if (cidr.kind === 'invalid') {
    const why = text.isSensitive === true ? '' : `: ${cidr.reason}`;
    return { place: text, message: `${argument} is ${name}, which is not a CIDR block${why}.` };
  }
  if (cidr.cidr.family !== family) {
    const home = family === 4 ? 'ipv6_cidr_block' : 'cidr_block';
    return {
      place: text,
      message: `${name} is an IPv${cidr.cidr.family} block, which ${isInline ? 'Terraform' : 'AWS'} rejects in ${argument}: move it to ${home}.`,
    };
  }
  if (cidr.kind !== 'host-bits') return undefined;
  const write =
    text.isSensitive === true ? '' : `: write ${cidr.canonical} for the network or ${cidr.host} for the host`;
  return {
    place: text,
    message: isInline
      ? `${name} has host bits set, which Terraform rejects${write}.`
      : `${name} has host bits set, which AWS drops, so every apply replaces the entry${write}.`,
  };
}
