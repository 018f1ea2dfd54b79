/** Which resource types take security groups, in which arguments, and what AWS gives those that name none. */

/** What a service is, as far as it matters who connects to it. */
export type ServiceKind =
  | 'cache'
  | 'cluster'
  | 'compute'
  | 'database'
  | 'endpoint'
  | 'file system'
  | 'function'
  | 'interface'
  | 'job'
  | 'load balancer'
  | 'queue'
  | 'search'
  | 'VPN';

/** When a service that names no group gets its VPC's default group. */
export interface DefaultGroupUse {
  /** Arguments or blocks that may name groups elsewhere: where one is written, nothing is said. */
  readonly unless?: readonly string[];
  /** A block that has to be there: without it the service is in no VPC. */
  readonly within?: string;
  /** An argument that has to have this value, in any case of letters; `absent` is the value of one that is not written. */
  readonly onlyIf?: { readonly argument: string; readonly value: string; readonly absent: string };
}

export interface AttachmentType {
  readonly kind: ServiceKind;
  /** Arguments, with the blocks that they stand in: `vpc_config.security_group_ids`. */
  readonly arguments: readonly string[];
  /** Undefined where AWS makes a group of its own, demands one or says nothing of it. */
  readonly usesDefaultGroup?: DefaultGroupUse;
}

const vpcGroups = ['vpc_security_group_ids'];
const groups = ['security_groups'];
const groupIds = ['security_group_ids'];
const vpcConfig = ['vpc_config.security_group_ids'];
const instance: AttachmentType = {
  kind: 'compute',
  arguments: [...vpcGroups, ...groups],
  usesDefaultGroup: { unless: ['launch_template', 'network_interface', 'primary_network_interface'] },
};
const applicationLoadBalancer: AttachmentType = {
  kind: 'load balancer',
  arguments: groups,
  usesDefaultGroup: { onlyIf: { argument: 'load_balancer_type', value: 'application', absent: 'application' } },
};
const searchDomain: AttachmentType = {
  kind: 'search',
  arguments: ['vpc_options.security_group_ids'],
  usesDefaultGroup: { within: 'vpc_options' },
};
const fileSystem: AttachmentType = { kind: 'file system', arguments: groupIds };

/**
 * Sources: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources of each type for the arguments;
 * for the default group https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html and the pages of the
 * services' own API.
 */
export const ATTACHMENT_TYPES: Readonly<Record<string, AttachmentType>> = {
  __proto__: null as never,
  aws_instance: instance,
  aws_spot_instance_request: instance,
  aws_launch_configuration: { kind: 'compute', arguments: groups },
  aws_launch_template: {
    kind: 'compute',
    arguments: [...vpcGroups, 'security_group_names', 'network_interfaces.security_groups'],
  },
  aws_ecs_service: {
    kind: 'compute',
    arguments: ['network_configuration.security_groups'],
    usesDefaultGroup: { within: 'network_configuration' },
  },
  aws_batch_compute_environment: { kind: 'compute', arguments: ['compute_resources.security_group_ids'] },
  aws_sagemaker_notebook_instance: { kind: 'compute', arguments: groups },
  aws_sagemaker_model: { kind: 'compute', arguments: vpcConfig },
  aws_imagebuilder_infrastructure_configuration: { kind: 'job', arguments: groupIds },
  aws_network_interface: { kind: 'interface', arguments: groups, usesDefaultGroup: {} },
  aws_network_interface_sg_attachment: { kind: 'interface', arguments: ['security_group_id'] },
  aws_lb: applicationLoadBalancer,
  aws_alb: applicationLoadBalancer,
  aws_elb: { kind: 'load balancer', arguments: groups, usesDefaultGroup: { unless: ['availability_zones'] } },
  aws_db_instance: { kind: 'database', arguments: vpcGroups, usesDefaultGroup: {} },
  aws_rds_cluster: { kind: 'database', arguments: vpcGroups, usesDefaultGroup: {} },
  aws_db_proxy: { kind: 'database', arguments: vpcGroups },
  aws_docdb_cluster: { kind: 'database', arguments: vpcGroups },
  aws_neptune_cluster: { kind: 'database', arguments: vpcGroups },
  aws_redshift_cluster: { kind: 'database', arguments: vpcGroups, usesDefaultGroup: {} },
  aws_redshiftserverless_workgroup: { kind: 'database', arguments: groupIds },
  aws_elasticache_cluster: { kind: 'cache', arguments: groupIds },
  aws_elasticache_replication_group: { kind: 'cache', arguments: groupIds },
  aws_elasticache_serverless_cache: { kind: 'cache', arguments: groupIds },
  aws_memorydb_cluster: { kind: 'cache', arguments: groupIds },
  aws_dax_cluster: { kind: 'cache', arguments: groupIds, usesDefaultGroup: {} },
  aws_opensearch_domain: searchDomain,
  aws_elasticsearch_domain: searchDomain,
  aws_msk_cluster: { kind: 'queue', arguments: ['broker_node_group_info.security_groups'] },
  aws_msk_serverless_cluster: { kind: 'queue', arguments: vpcConfig },
  aws_mq_broker: { kind: 'queue', arguments: groups },
  aws_efs_mount_target: { kind: 'file system', arguments: groups, usesDefaultGroup: {} },
  aws_fsx_lustre_file_system: fileSystem,
  aws_fsx_ontap_file_system: fileSystem,
  aws_fsx_openzfs_file_system: fileSystem,
  aws_fsx_windows_file_system: fileSystem,
  aws_eks_cluster: { kind: 'cluster', arguments: vpcConfig },
  aws_emr_cluster: {
    kind: 'cluster',
    arguments: [
      'ec2_attributes.emr_managed_master_security_group',
      'ec2_attributes.emr_managed_slave_security_group',
      'ec2_attributes.service_access_security_group',
    ],
  },
  aws_mwaa_environment: { kind: 'cluster', arguments: ['network_configuration.security_group_ids'] },
  aws_vpc_endpoint: {
    kind: 'endpoint',
    arguments: groupIds,
    usesDefaultGroup: { onlyIf: { argument: 'vpc_endpoint_type', value: 'Interface', absent: 'Gateway' } },
  },
  aws_route53_resolver_endpoint: { kind: 'endpoint', arguments: groupIds },
  aws_ec2_client_vpn_endpoint: { kind: 'VPN', arguments: groupIds },
  aws_apigatewayv2_vpc_link: { kind: 'job', arguments: groupIds },
  aws_apprunner_vpc_connector: { kind: 'job', arguments: groups },
  aws_codebuild_project: { kind: 'job', arguments: vpcConfig },
  aws_dms_replication_instance: { kind: 'job', arguments: vpcGroups },
  aws_glue_connection: { kind: 'job', arguments: ['physical_connection_requirements.security_group_id_list'] },
  aws_synthetics_canary: { kind: 'job', arguments: vpcConfig },
  aws_lambda_function: { kind: 'function', arguments: vpcConfig },
};
