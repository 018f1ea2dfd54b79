/** Ports restricted in IPv4 but open to the internet in IPv6. */

import { groupBy } from '../collections/group-by.ts';
import { defineCheck } from '../findings/check.ts';
import { type FamilyGap, familyGapsOf } from '../model/questions/family-gap.ts';
import { unionOfTraffic } from '../network/traffic.ts';
import { spanKey } from '../source/span.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { dataPortOpen } from './data-port-open.ts';
import { internalPortOpen } from './internal-port-open.ts';
import { portOpen } from './port-open.ts';
import { describeOpenPorts } from './shared/open-ports.ts';
import { describeBlocks, nameOfPeer, nameSome } from './shared/rule-text.ts';

export const ipv6WiderThanIpv4 = defineCheck({
  id: 'ipv6-wider-than-ipv4',
  summary: 'A port restricted in IPv4 is open to the internet in IPv6',
  label: 'open in IPv6 only',
  help: 'Allow the same sources in both families, or remove IPv6 if nobody uses it.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {},
  // A port that is for nobody in IPv6 is told by what it is.
  coveredBy: [allTrafficOpen, adminPortOpen, dataPortOpen, internalPortOpen, portOpen],
  sources: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html'],
  about: 'security-group',
  options: {},
  *run(model) {
    const gaps = model.units.map((unit) => unit.flatMap(familyGapsOf));
    const keyOf = ({ exposure, reasons }: FamilyGap) => `${reasons.length} ${spanKey(exposure.peer.text.span)}`;
    for (const same of gaps.flatMap((ofUnit) => [...groupBy(ofUnit, keyOf).values()])) {
      const message = messageOf(same);
      for (const { exposure, sources, traffic, reasons } of same) {
        const { rule, peer } = exposure;
        const answer = reasons.length === 0 ? 'yes' : 'unknown';
        const related = sources.map((source) => ({
          message: `${nameOfPeer(source)}, allowed in IPv4`,
          span: source.text.span,
        }));
        yield {
          answer,
          subject: rule,
          rule,
          place: peer.text,
          message,
          related,
          reasons,
          existsIf: exposure.existsIf,
          opens: { family: peer.family, traffic },
        };
      }
    }
  },
});

/** @param gaps at one place */
function messageOf(gaps: readonly [FamilyGap, ...FamilyGap[]]): string {
  const [{ exposure, reasons }] = gaps;
  const blocks = [exposure.peer, ...exposure.partners.map(({ peer }) => peer)];
  const subject = describeBlocks(blocks, ['opens', 'open'], reasons.length === 0);
  const ports = describeOpenPorts(unionOfTraffic(gaps.map(({ traffic }) => traffic)));
  const sources = nameSome(
    gaps.flatMap((gap) => gap.sources),
    'block',
  );
  return `${subject} ${ports} to the whole IPv6 internet, while IPv4 allows only ${sources}.`;
}
