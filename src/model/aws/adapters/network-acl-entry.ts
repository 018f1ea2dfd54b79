/** Entries of network ACLs of either form. */

import { parseAclProtocol } from '../../../network/acl-protocol.ts';
import { hasIcmpTypes, parseProtocol } from '../../../network/protocol.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import type { AclEntry, AclForm, WrittenEntry } from '../../acl-entry.ts';
import type { Fact } from '../../fact.ts';
import { numberFact, peersOf, type ResourceArguments, wordFact } from '../arguments.ts';

/** What an entry's arguments don't say. */
type Circumstances = Pick<
  AclEntry,
  'direction' | 'directionReasons' | 'owner' | 'existsIf' | 'indefinite' | 'isOpenEnded'
>;

/** @param instance the resource that the entry is written in */
export function entryOf(
  instance: ResourceInstance,
  form: AclForm,
  from: ResourceArguments,
  circumstances: Circumstances,
): AclEntry {
  const written: WrittenEntry = {
    protocol: wordFact(from, 'protocol'),
    fromPort: numberFact(from, 'from_port'),
    toPort: numberFact(from, 'to_port'),
    icmpType: numberFact(from, 'icmp_type'),
    icmpCode: numberFact(from, 'icmp_code'),
  };
  const action = wordFact(from, form.action);
  return {
    noun: 'entry',
    address: instance.address,
    resourceAddress: instance.resourceAddress,
    calls: instance.calls,
    form,
    type: instance.type,
    instance,
    number: numberFact(from, form.number),
    action: action.kind === 'known' ? { ...action, value: action.value?.toLowerCase() ?? null } : action,
    ...trafficFacts(written, form),
    written,
    peers: (
      [
        ['cidr_block', 4],
        ['ipv6_cidr_block', 6],
      ] as const
    ).flatMap(([name, family]) =>
      // The provider sends no empty text, and plans have one for what is absent.
      peersOf(from, name, { kind: 'cidr', family, isList: false })
        .filter((peer) => peer.kind === 'cidr')
        .filter(({ text }) => text.kind === 'unknown' || text.value !== ''),
    ),
    span: from.span,
    ...circumstances,
  };
}

/**
 * What AWS makes of what is written. The provider sends 0 for what is left out; the ports of an inline entry it requires.
 *
 * Source: expandNetworkACLEntry in https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl.go
 */
function trafficFacts(
  { protocol: written, fromPort, toPort, icmpType, icmpCode }: WrittenEntry,
  { kind }: AclForm,
): Pick<AclEntry, 'protocol' | 'fromPort' | 'toPort'> {
  const read = written.kind === 'known' && written.value !== null ? parseAclProtocol(written.value) : undefined;
  const protocol =
    written.kind === 'known' && read?.kind === 'protocol' ? { ...written, value: read.canonical } : written;
  const parsed = protocol.kind === 'known' ? parseProtocol(protocol.value ?? '') : undefined;
  if (parsed?.kind === 'protocol' && hasIcmpTypes(parsed.protocol))
    return { protocol, fromPort: orZero(icmpType), toPort: orZero(icmpCode) };
  return kind === 'inline'
    ? { protocol, fromPort, toPort }
    : { protocol, fromPort: orZero(fromPort), toPort: orZero(toPort) };
}

const orZero = (fact: Fact<number | null>): Fact<number | null> =>
  fact.kind === 'known' && fact.value === null ? { ...fact, value: 0 } : fact;
