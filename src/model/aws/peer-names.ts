/** How people name prefix lists and security groups: by identifier, or by address in the configuration. */

const prefixListTypes = ['aws_prefix_list', 'aws_ec2_managed_prefix_list'];
const groupTypes = ['aws_security_group', 'aws_default_security_group', 'awscc_ec2_security_group'];

/** The identifier that AWS gives a prefix list or group. */
const identifier = (prefix: 'pl' | 'sg'): string => `^${prefix}-[0-9a-f]+$`;

/** A resource or data source, in a module or not, with a key or without. */
const address = (types: readonly string[]): string => `(?:^|\\.)(?:${types.join('|')})\\.[\\w-]+(?:\\[.*\\])?$`;

/** `pl-68a54001`, `data.aws_prefix_list.s3`. */
export const PREFIX_LIST_NAME = new RegExp(`${identifier('pl')}|${address(prefixListTypes)}`);

/** `sg-0123`, `module.edge.aws_security_group.lb["a"]`. */
export const GROUP_NAME = new RegExp(`${identifier('sg')}|${address(groupTypes)}`);
