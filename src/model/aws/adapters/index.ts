/** All adapters, by resource type; written by scripts/generate.ts. */

import { adapter as awsEc2ManagedPrefixList } from './aws-ec2-managed-prefix-list.ts';
import { adapter as awsNetworkAcl } from './aws-network-acl.ts';
import { adapter as awsNetworkAclAssociation } from './aws-network-acl-association.ts';
import { adapter as awsNetworkAclRule } from './aws-network-acl-rule.ts';
import { adapter as awsSecurityGroup } from './aws-security-group.ts';
import { adapter as awsSecurityGroupRule } from './aws-security-group-rule.ts';
import { adapter as awsVpcSecurityGroupRule } from './aws-vpc-security-group-rule.ts';
import { adapter as awsccEc2SecurityGroup } from './awscc-ec2-security-group.ts';
import { adapter as awsccEc2SecurityGroupRule } from './awscc-ec2-security-group-rule.ts';

export const adapters = [
  awsEc2ManagedPrefixList,
  awsNetworkAcl,
  awsNetworkAclAssociation,
  awsNetworkAclRule,
  awsSecurityGroup,
  awsSecurityGroupRule,
  awsVpcSecurityGroupRule,
  awsccEc2SecurityGroup,
  awsccEc2SecurityGroupRule,
];
