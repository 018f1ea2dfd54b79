/** Interfaces with more groups than AWS allows. */

import { groupBy } from '../collections/group-by.ts';
import { defineCheck } from '../findings/check.ts';
import { countGroups } from '../model/faults/group-count.ts';
import { formatCount } from '../text/count.ts';
import { localAddress } from './shared/description.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const groupQuota = defineCheck({
  id: 'group-quota',
  summary: "A resource has more security groups than AWS's quota per network interface",
  label: 'too many groups',
  help: 'Merge groups that are always used together.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html'],
  about: 'security-group',
  options: {
    max: {
      type: 'integer',
      default: 5,
      min: 1,
      max: 16,
      summary: 'Quota of the account: security groups per network interface.',
    },
  },
  *run(model, { max }) {
    for (const service of model.attachments) {
      for (const groups of groupBy(service.groups, ({ list }) => list).values()) {
        const certain = groups.filter(({ existsIf }) => existsIf === undefined);
        const counted = countGroups(certain) > max ? certain : groups;
        const count = countGroups(counted);
        if (count <= max) continue;
        const message = `${localAddress(service)} has ${formatCount(count, 'security group')}. The AWS quota is ${max} per network interface, so it rejects the rest.`;
        const reasons = counted.flatMap(({ existsIf }) => existsIf ?? []);
        yield hitIfAllExist(service, { place: { span: service.span }, message, reasons });
      }
    }
  },
});
