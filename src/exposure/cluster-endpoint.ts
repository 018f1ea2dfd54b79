/** The public endpoint of an EKS cluster, which is outside of its VPC: no group filters it, a list of its own does. */

import { boolFact } from '../model/aws/arguments.ts';
import { argumentsAt } from '../model/aws/attachments.ts';
import { waitsFor } from '../model/fact.ts';
import { addressSet } from '../network/address-set.ts';
import { parseCidr } from '../network/cidr.ts';
import type { Family } from '../network/ip-address.ts';
import { TCP } from '../network/protocol.ts';
import { coversInternet } from '../network/special-addresses.ts';
import { trafficOfValues } from '../network/traffic.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { TrafficPiece } from './pieces.ts';
import { referencesIn } from './references.ts';
import { type NetworkService, stepOf } from './services.ts';
import { allOf, eachOnce, ifExists, type ReachVerdict, unknown, yes } from './verdict.ts';

const https = trafficOfValues(TCP, [{ first: 443, last: 443 }]);

/** Whether a service can have one. */
export const hasEndpoint = ({ type }: ResourceInstance): boolean => type === 'aws_eks_cluster';

/**
 * The API server, where the whole internet gets to it. It leads no further.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 */
export function endpointOf(service: NetworkService, family: Family): readonly TrafficPiece[] {
  if (family === 6 || !hasEndpoint(service.instance)) return [];
  return argumentsAt(service.instance, ['vpc_config']).flatMap(({ from, span }): readonly TrafficPiece[] => {
    const access = boolFact(from, 'endpoint_public_access');
    if (access.kind === 'known' && access.value === false) return [];
    const { address } = service.instance;
    const step = {
      kind: 'public address',
      address,
      text: 'has a public endpoint',
      span: access.kind === 'known' && access.value === true ? access.span : span,
    } as const;
    const open: ReachVerdict = access.kind === 'unknown' ? unknown(waitsFor(access.reasons), step) : yes(step);
    const allowed = allowedBy(referencesIn(from, 'public_access_cidrs'));
    if (allowed === undefined) return [];
    const verdict = ifExists(allOf([open, allowed, yes(stepOf(service))]), service.existsIf);
    return [{ traffic: https, verdict, hops: verdict.answer === 'yes' ? 1 : null }];
  });
}

/** Undefined where it is not the whole internet; without a list it is. */
function allowedBy(blocks: ReturnType<typeof referencesIn>): ReachVerdict | undefined {
  if (blocks.length === 0) return yes();
  const cidrs = blocks.flatMap((block) => {
    const parsed = block.kind === 'text' ? parseCidr(block.text) : undefined;
    return parsed === undefined || parsed.kind === 'invalid' || parsed.cidr.family !== 4 ? [] : parsed.cidr;
  });
  if (coversInternet(addressSet(4, cidrs))) return yes();
  const open = blocks.flatMap((block) => (block.kind === 'text' ? [] : block.because));
  return open.length === 0 ? undefined : unknown(eachOnce(open));
}
