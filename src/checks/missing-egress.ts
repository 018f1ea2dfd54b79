/** Machines whose groups have no egress rule. */

import { defineCheck } from '../findings/check.ts';
import { closedServices } from '../model/faults/closed-services.ts';
import { hasUncreatedEgress } from '../model/written/uncreated-egress.ts';
import { formatList } from '../text/count.ts';
import { localAddress } from './shared/description.ts';

export const missingEgress = defineCheck({
  id: 'missing-egress',
  summary: 'No group of a machine has an egress rule, so it can open no connections',
  label: 'opens no connections',
  help: 'Add the egress rules that the machine needs.',
  severity: 'info',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group'],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { service, groups, place } of closedServices(model)) {
      if (groups.some((group) => hasUncreatedEgress(group, model))) continue;
      // Instances of one block are one.
      const names = [...new Set(groups.map(localAddress))];
      yield {
        answer: 'yes',
        subject: service,
        place,
        message: `${formatList(names)} ${names.length === 1 ? 'has' : 'have'} no egress rule, because Terraform removes the one that AWS creates: ${localAddress(service)} can open no connections.`,
        reasons: [],
      };
    }
  },
});
