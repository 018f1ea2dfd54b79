/** How AWS connects each type of service to a network, as far as it decides whether the internet can send to it. */

import type { Flag } from './public-addresses.ts';

/** In which subnets a service is. */
export type SubnetArgument =
  /** In none that an argument names. */
  | undefined
  /** A list of subnets, or one; `in`: the blocks that it stands in. */
  | { readonly list: string; readonly in?: readonly string[] }
  /** The name of a group of subnets. */
  | { readonly group: string; readonly types: readonly string[] };

/** A service of which one argument says whether it has a public IPv4 address. */
export interface FlaggedService {
  readonly subnets: NonNullable<SubnetArgument>;
  readonly flag: Flag;
  /** Whether AWS puts it into one of the subnets. */
  readonly isInOne?: true;
}

/** One kind of group in AWS, which all databases of RDS, Neptune and DocumentDB take. */
export const databaseSubnetGroups: readonly string[] = [
  'aws_db_subnet_group',
  'aws_docdb_subnet_group',
  'aws_neptune_subnet_group',
];

export const publiclyAccessible: Flag = { argument: 'publicly_accessible', absent: false };
const assignPublicIp: Flag = { argument: 'assign_public_ip', absent: false };

/**
 * Sources: the page of each type in https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources. Of `aws_redshift_cluster`
 * also https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade
 */
export const FLAGGED_SERVICES: Readonly<Record<string, FlaggedService>> = {
  __proto__: null as never,
  aws_cloudwatch_event_target: {
    subnets: { list: 'subnets', in: ['ecs_target', 'network_configuration'] },
    flag: assignPublicIp,
  },
  aws_db_instance: {
    subnets: { group: 'db_subnet_group_name', types: databaseSubnetGroups },
    isInOne: true,
    flag: publiclyAccessible,
  },
  aws_dms_replication_instance: {
    subnets: { group: 'replication_subnet_group_id', types: ['aws_dms_replication_subnet_group'] },
    isInOne: true,
    flag: publiclyAccessible,
  },
  aws_ecs_service: { subnets: { list: 'subnets', in: ['network_configuration'] }, flag: assignPublicIp },
  aws_ecs_task_set: { subnets: { list: 'subnets', in: ['network_configuration'] }, flag: assignPublicIp },
  aws_m2_environment: { subnets: { list: 'subnet_ids' }, isInOne: true, flag: publiclyAccessible },
  aws_mq_broker: { subnets: { list: 'subnet_ids' }, isInOne: true, flag: publiclyAccessible },
  aws_redshift_cluster: {
    subnets: { group: 'cluster_subnet_group_name', types: ['aws_redshift_subnet_group'] },
    isInOne: true,
    flag: { argument: 'publicly_accessible', absent: { from: 6, before: true, since: false } },
  },
  aws_redshiftserverless_workgroup: { subnets: { list: 'subnet_ids' }, flag: publiclyAccessible },
  aws_scheduler_schedule: {
    subnets: { list: 'subnets', in: ['target', 'ecs_parameters', 'network_configuration'] },
    flag: assignPublicIp,
  },
  aws_timestreaminfluxdb_db_cluster: { subnets: { list: 'vpc_subnet_ids' }, flag: publiclyAccessible },
  aws_timestreaminfluxdb_db_instance: { subnets: { list: 'vpc_subnet_ids' }, isInOne: true, flag: publiclyAccessible },
};

/**
 * Services whose interfaces never have a public address, with the arguments that name their subnets: those that AWS makes for functions,
 * endpoints and jobs, and databases and caches that have no public endpoint.
 *
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html,
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/elasticache-vpc-accessing.html,
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/connect-from-outside-a-vpc.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html#rds-proxy.limitations,
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html,
 * https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html, https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 * and https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export const PRIVATE_SERVICES: Readonly<Record<string, SubnetArgument>> = {
  __proto__: null as never,
  aws_apigatewayv2_vpc_link: { list: 'subnet_ids' },
  aws_apprunner_vpc_connector: { list: 'subnets' },
  aws_codebuild_project: { list: 'subnets', in: ['vpc_config'] },
  aws_datasync_location_efs: { list: 'subnet_arn', in: ['ec2_config'] },
  aws_dax_cluster: { group: 'subnet_group_name', types: [] },
  aws_db_option_group: undefined,
  aws_db_proxy: { list: 'vpc_subnet_ids' },
  aws_db_proxy_endpoint: { list: 'vpc_subnet_ids' },
  aws_docdb_cluster: { group: 'db_subnet_group_name', types: databaseSubnetGroups },
  aws_docdbelastic_cluster: { list: 'subnet_ids' },
  aws_ec2_client_vpn_endpoint: { list: 'subnet_ids' },
  aws_ec2_instance_connect_endpoint: { list: 'subnet_id' },
  aws_efs_mount_target: { list: 'subnet_id' },
  aws_eks_cluster: { list: 'subnet_ids', in: ['vpc_config'] },
  aws_elasticache_cluster: { group: 'subnet_group_name', types: ['aws_elasticache_subnet_group'] },
  aws_elasticache_replication_group: { group: 'subnet_group_name', types: ['aws_elasticache_subnet_group'] },
  aws_elasticache_serverless_cache: { list: 'subnet_ids' },
  aws_elasticsearch_domain: { list: 'subnet_ids', in: ['vpc_options'] },
  aws_elasticsearch_vpc_endpoint: { list: 'subnet_ids', in: ['vpc_options'] },
  aws_emr_studio: { list: 'subnet_ids' },
  aws_emrserverless_application: { list: 'subnet_ids', in: ['network_configuration'] },
  aws_finspace_kx_cluster: { list: 'subnet_ids', in: ['vpc_configuration'] },
  aws_fsx_file_cache: { list: 'subnet_ids' },
  aws_fsx_lustre_file_system: { list: 'subnet_ids' },
  aws_fsx_ontap_file_system: { list: 'subnet_ids' },
  aws_fsx_openzfs_file_system: { list: 'subnet_ids' },
  aws_fsx_windows_file_system: { list: 'subnet_ids' },
  aws_glue_connection: { list: 'subnet_id', in: ['physical_connection_requirements'] },
  aws_kinesis_firehose_delivery_stream: {
    list: 'subnet_ids',
    in: ['opensearch_configuration', 'vpc_config'],
  },
  aws_lambda_function: { list: 'subnet_ids', in: ['vpc_config'] },
  aws_memorydb_cluster: { group: 'subnet_group_name', types: ['aws_memorydb_subnet_group'] },
  aws_msk_serverless_cluster: { list: 'subnet_ids', in: ['vpc_config'] },
  aws_msk_vpc_connection: { list: 'client_subnets' },
  aws_mskconnect_connector: { list: 'subnets', in: ['kafka_cluster', 'apache_kafka_cluster', 'vpc'] },
  aws_mwaa_environment: { list: 'subnet_ids', in: ['network_configuration'] },
  aws_neptunegraph_private_graph_endpoint: { list: 'subnet_ids' },
  aws_opensearch_domain: { list: 'subnet_ids', in: ['vpc_options'] },
  aws_opensearch_vpc_endpoint: { list: 'subnet_ids', in: ['vpc_options'] },
  aws_opensearchserverless_vpc_endpoint: { list: 'subnet_ids' },
  aws_osis_pipeline: { list: 'subnet_ids', in: ['vpc_options'] },
  aws_osis_pipeline_endpoint: undefined,
  aws_quicksight_vpc_connection: { list: 'subnet_ids' },
  aws_redshift_endpoint_access: { group: 'subnet_group_name', types: ['aws_redshift_subnet_group'] },
  aws_redshiftserverless_endpoint_access: { list: 'subnet_ids' },
  aws_route53_resolver_endpoint: { list: 'subnet_id', in: ['ip_address'] },
  aws_sagemaker_domain: { list: 'subnet_ids' },
  aws_sagemaker_model: { list: 'subnets', in: ['vpc_config'] },
  aws_sagemaker_notebook_instance: { list: 'subnet_id' },
  aws_sagemaker_user_profile: undefined,
  aws_sagemaker_workforce: { list: 'subnets', in: ['workforce_vpc_config'] },
  aws_synthetics_canary: { list: 'subnet_ids', in: ['vpc_config'] },
  aws_vpc_endpoint: { list: 'subnet_ids' },
  aws_vpc_endpoint_security_group_association: undefined,
  aws_vpclattice_resource_gateway: { list: 'subnet_ids' },
  aws_vpclattice_service_network_vpc_association: undefined,
};
