/**
 * What inline and standalone rules of the awscc provider have in common.
 *
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */

import type { RuleForm } from '../../rule-form.ts';

export const awsccRule: Omit<RuleForm, 'kind' | 'blocks' | 'group'> = {
  protocol: 'ip_protocol',
  fromPort: 'from_port',
  toPort: 'to_port',
  peers: {
    cidr_ip: { kind: 'cidr', family: 4, isList: false },
    cidr_ipv_6: { kind: 'cidr', family: 6, isList: false },
    source_prefix_list_id: { kind: 'prefix-list', isList: false },
    source_security_group_id: { kind: 'group', isList: false },
    source_security_group_name: { kind: 'group', isList: false },
    destination_prefix_list_id: { kind: 'prefix-list', isList: false },
    destination_security_group_id: { kind: 'group', isList: false },
  },
  exclusive: [],
  needsPorts: 'for-ports',
  portsOfAllProtocols: 'ignored',
  withoutPeers: 'dropped',
  isReplacedOnChange: false,
  descriptionRefusedBy: 'AWS',
  replacedBy: undefined,
};
