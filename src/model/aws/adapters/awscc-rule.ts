/**
 * What inline and standalone rules of the awscc provider have in common.
 *
 * Sources: https://github.com/hashicorp/terraform-provider-awscc/tree/main/docs/resources (ec2_security_group.md, ec2_security_group_ingress.md and
 * ec2_security_group_egress.md: the arguments, which ports a rule needs, that AWS adds no rule without a destination, what a description may have) and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */

import type { RuleForm } from '../../rule-form.ts';

export const awsccRule: Omit<RuleForm, 'kind' | 'blocks' | 'group' | 'isReplacedOnChange'> = {
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
  descriptionRefusedBy: 'AWS',
  replacedBy: undefined,
};
