/** Names of protocols as entries of network ACLs have them, of which there are more than for security groups. */

import { type Protocol, parseProtocol } from './protocol.ts';

/** By number from 0 on; nothing where IANA has no name, or where the provider does not take it. */
const NAMES: readonly string[] =
  `hopopt icmp igmp ggp ipv4 st tcp cbt egp igp bbn-rcc-mon nvp-ii pup argus emcon xnet chaos udp mux dcn-meas hmp prm xns-idp trunk-1 trunk-2 leaf-1 leaf-2
rdp irtp iso-tp4 netblt mfe-nsp merit-inp dccp 3pc idpr xtp ddp idpr-cmtp tp++ il ipv6 sdrp ipv6-route ipv6-frag idrp rsvp gre dsr bna esp ah i-nlsp swipe narp
mobile tlsp - ipv6-icmp ipv6-nonxt ipv6-opts - cftp - sat-expak kryptolan rvd ippc - sat-mon visa ipcv cpnx cphb wsn pvp br-sat-mon sun-nd wb-mon wb-expak iso-ip
vmtp secure-vmtp vines ttp nsfnet-igp dgp tcf eigrp ospfigp sprite-rpc larp mtp ax.25 ipip micp scc-sp etherip encap - gmtp ifmp pnni pim aris scps qnx a/n ipcomp
snp compaq-peer ipx-in-ip vrrp pgm - l2tp dd iatp stp srp uti smp sm ptp isis-over-ipv4 fire crtp crudp sscopmce iplt sps pipe sctp fc rsvp-e2e-ignore
mobility-header udplite mpls-in-ip manet hip shim6 wesp rohc`.split(/\s+/);

/** What the protocol of an entry says; `isAccepted` is false for a spelling that the provider rejects, though its meaning is clear. */
export type AclProtocol =
  | { readonly kind: 'protocol'; readonly protocol: Protocol; readonly canonical: string; readonly isAccepted: boolean }
  | { readonly kind: 'invalid' };

/**
 * Reads the protocol of an entry: the names that IANA gives protocols in lower case, `all`, and numbers. `icmpv6`, which rules of security groups
 * have, and capitals are rejected. `canonical` is what a rule of a security group says for the same.
 *
 * Source: networkACLProtocolNumber in https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl.go
 */
export function parseAclProtocol(text: string): AclProtocol {
  const number = NAMES.indexOf(text.toLowerCase());
  const read = parseProtocol(number === -1 || text === '-' ? text : number);
  if (read.kind === 'invalid') return { kind: 'invalid' };
  const { protocol, canonical } = read;
  const isName = text === 'all' || NAMES.includes(text);
  const isNumber = /^[+-]?[0-9]+$/.test(text);
  return { kind: 'protocol', protocol, canonical, isAccepted: isNumber ? isKnown(protocol) : isName };
}

/** Whether the provider knows the number. */
function isKnown(protocol: Protocol): boolean {
  return protocol === 'all' || (protocol < NAMES.length && protocol !== 57) || protocol === 253 || protocol === 254;
}
