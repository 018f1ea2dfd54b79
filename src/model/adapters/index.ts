/** All adapters, by resource type; written by scripts/generate.ts. */

import { adapter as awsSecurityGroup } from './aws-security-group.ts';
import { adapter as awsSecurityGroupRule } from './aws-security-group-rule.ts';
import { adapter as awsVpcSecurityGroupRule } from './aws-vpc-security-group-rule.ts';

export const adapters = [awsSecurityGroup, awsSecurityGroupRule, awsVpcSecurityGroupRule];
