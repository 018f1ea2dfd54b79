/** Which resource types take security groups, and in which arguments. */

const groups = ['security_groups'];
const groupIds = ['security_group_ids'];
const groupArns = ['security_group_arns'];
const oneGroup = ['security_group_id'];
const vpcGroups = ['vpc_security_group_ids'];
const vpcConfig = ['vpc_config.security_group_ids'];
const vpcConfiguration = ['vpc_configuration.security_group_ids'];
const vpcOptions = ['vpc_options.security_group_ids'];
const network = ['network_configuration.security_groups'];
const instance = [...vpcGroups, ...groups];
const sandbox = ['network_configuration.vpc_config.security_groups'];
const jwtAuthorizer = privateEndpoints('authorizer_configuration.custom_jwt_authorizer', 'private_endpoint_overrides');

/** The arguments of a private endpoint of Amazon Bedrock AgentCore, and of those that replace it for some domains. */
function privateEndpoints(at: string, overrides: string): readonly string[] {
  const endpoint = 'private_endpoint.managed_vpc_resource.security_group_ids';
  return [`${at}.${endpoint}`, `${at}.${overrides}.${endpoint}`];
}

/**
 * By what the service is, as far as it matters who connects to it; an endpoint or proxy in front of a service is of the
 * service's kind. An argument has the blocks before it that it stands in, and holds ids; or ARNs, as `security_group_arns`
 * says; or in `security_groups` and `security_group_names` of instances names.
 *
 * It is every argument of the provider's schemas of 5.100.0 and 6.66.0 that gives a resource security groups, but for
 * services that AWS has ended (OpsWorks, WorkLink). Others name a group as a source (`aws_eks_node_group`) or for the time of
 * a destroy (`aws_lambda_function.replacement_security_group_ids`), or groups that are no VPC's
 * (`aws_medialive_input.input_security_groups`, `aws_elasticache_replication_group.security_group_names`).
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources of each type.
 */
export const GROUP_ARGUMENTS = {
  compute: {
    aws_instance: instance,
    aws_spot_instance_request: instance,
    aws_spot_fleet_request: ['launch_specification.vpc_security_group_ids'],
    aws_launch_configuration: groups,
    aws_launch_template: [...vpcGroups, 'security_group_names', 'network_interfaces.security_groups'],
    aws_ecs_service: network,
    aws_ecs_task_set: network,
    aws_ecs_express_gateway_service: network,
    aws_ecs_capacity_provider: [
      'managed_instances_provider.instance_launch_template.network_configuration.security_groups',
    ],
    aws_cloudwatch_event_target: ['ecs_target.network_configuration.security_groups'],
    aws_scheduler_schedule: ['target.ecs_parameters.network_configuration.security_groups'],
    aws_batch_compute_environment: ['compute_resources.security_group_ids'],
    aws_m2_environment: groupIds,
    aws_appstream_fleet: vpcConfig,
    aws_appstream_image_builder: vpcConfig,
    aws_workspaces_directory: ['workspace_creation_properties.custom_security_group_id'],
    aws_sagemaker_notebook_instance: groups,
    aws_sagemaker_domain: [
      'default_user_settings.security_groups',
      'default_space_settings.security_groups',
      'domain_settings.security_group_ids',
    ],
    aws_sagemaker_user_profile: ['user_settings.security_groups'],
  },
  interface: {
    aws_network_interface: groups,
    aws_network_interface_sg_attachment: oneGroup,
  },
  'load balancer': {
    aws_lb: groups,
    aws_alb: groups,
    aws_elb: groups,
  },
  database: {
    aws_db_instance: vpcGroups,
    aws_db_option_group: ['option.vpc_security_group_memberships'],
    aws_db_proxy: vpcGroups,
    aws_db_proxy_endpoint: vpcGroups,
    aws_rds_cluster: vpcGroups,
    aws_docdb_cluster: vpcGroups,
    aws_docdbelastic_cluster: vpcGroups,
    aws_neptune_cluster: vpcGroups,
    aws_neptunegraph_private_graph_endpoint: vpcGroups,
    aws_redshift_cluster: vpcGroups,
    aws_redshift_endpoint_access: vpcGroups,
    aws_redshiftserverless_workgroup: groupIds,
    aws_redshiftserverless_endpoint_access: vpcGroups,
    aws_timestreaminfluxdb_db_instance: vpcGroups,
    aws_timestreaminfluxdb_db_cluster: vpcGroups,
    aws_finspace_kx_cluster: vpcConfiguration,
  },
  cache: {
    aws_elasticache_cluster: groupIds,
    aws_elasticache_replication_group: groupIds,
    aws_elasticache_serverless_cache: groupIds,
    aws_memorydb_cluster: groupIds,
    aws_dax_cluster: groupIds,
  },
  search: {
    aws_opensearch_domain: vpcOptions,
    aws_opensearch_vpc_endpoint: vpcOptions,
    aws_elasticsearch_domain: vpcOptions,
    aws_elasticsearch_vpc_endpoint: vpcOptions,
    aws_opensearchserverless_vpc_endpoint: groupIds,
  },
  queue: {
    aws_msk_cluster: ['broker_node_group_info.security_groups'],
    aws_msk_serverless_cluster: vpcConfig,
    aws_msk_vpc_connection: groups,
    aws_mq_broker: groups,
  },
  'file system': {
    aws_efs_mount_target: groups,
    aws_s3files_mount_target: groups,
    aws_s3outposts_endpoint: oneGroup,
    aws_fsx_file_cache: groupIds,
    aws_fsx_lustre_file_system: groupIds,
    aws_fsx_ontap_file_system: groupIds,
    aws_fsx_openzfs_file_system: groupIds,
    aws_fsx_windows_file_system: groupIds,
    aws_transfer_server: ['endpoint_details.security_group_ids'],
    aws_transfer_web_app: ['endpoint_details.vpc.security_group_ids'],
  },
  cluster: {
    aws_eks_cluster: vpcConfig,
    aws_emr_cluster: [
      'ec2_attributes.emr_managed_master_security_group',
      'ec2_attributes.emr_managed_slave_security_group',
      'ec2_attributes.service_access_security_group',
      'ec2_attributes.additional_master_security_groups',
      'ec2_attributes.additional_slave_security_groups',
    ],
    aws_emr_studio: ['engine_security_group_id', 'workspace_security_group_id'],
    aws_mwaa_environment: ['network_configuration.security_group_ids'],
  },
  endpoint: {
    aws_vpc_endpoint: groupIds,
    aws_vpc_endpoint_security_group_association: oneGroup,
    aws_ec2_instance_connect_endpoint: groupIds,
    aws_route53_resolver_endpoint: groupIds,
    aws_verifiedaccess_endpoint: groupIds,
    aws_vpclattice_resource_gateway: groupIds,
    aws_vpclattice_service_network_vpc_association: groupIds,
    aws_osis_pipeline: vpcOptions,
    aws_osis_pipeline_endpoint: vpcOptions,
    aws_medialive_input: ['vpc.security_group_ids'],
    aws_sagemaker_workforce: ['workforce_vpc_config.security_group_ids'],
  },
  VPN: {
    aws_ec2_client_vpn_endpoint: groupIds,
  },
  function: {
    aws_lambda_function: vpcConfig,
    aws_lambda_capacity_provider: vpcConfig,
    aws_lambdacore_network_connector: ['configuration.vpc_egress_configuration.security_group_ids'],
  },
  /** What nobody connects to: it opens connections itself. */
  job: {
    aws_agentregistry_registry: privateEndpoints(
      'discovery_configuration.authorizer_configuration.custom_jwt_authorizer',
      'private_endpoint_override',
    ),
    aws_apigatewayv2_vpc_link: groupIds,
    aws_apprunner_vpc_connector: groups,
    aws_bedrock_custom_model: vpcConfig,
    aws_bedrock_model_invocation_job: vpcConfig,
    aws_bedrockagentcore_agent_runtime: ['network_configuration.network_mode_config.security_groups', ...jwtAuthorizer],
    aws_bedrockagentcore_browser: sandbox,
    aws_bedrockagentcore_code_interpreter: sandbox,
    aws_bedrockagentcore_gateway: jwtAuthorizer,
    aws_bedrockagentcore_gateway_target: ['private_endpoint.managed_vpc_resource.security_group_ids'],
    aws_bedrockagentcore_harness: [
      'environment.agentcore_runtime_environment.network_configuration.network_mode_config.security_groups',
      ...jwtAuthorizer,
    ],
    aws_bedrockagentcore_oauth2_credential_provider: privateEndpoints(
      'oauth2_provider_config.custom_oauth2_provider_config',
      'private_endpoint_override',
    ),
    aws_bedrockagentcore_registry: jwtAuthorizer,
    aws_codebuild_fleet: vpcConfig,
    aws_codebuild_project: [...vpcConfig, 'environment.docker_server.security_group_ids'],
    aws_codeconnections_host: vpcConfiguration,
    aws_codestarconnections_host: vpcConfiguration,
    aws_comprehend_document_classifier: vpcConfig,
    aws_comprehend_entity_recognizer: vpcConfig,
    aws_datasync_agent: groupArns,
    aws_datasync_location_efs: ['ec2_config.security_group_arns'],
    aws_datasync_location_fsx_lustre_file_system: groupArns,
    aws_datasync_location_fsx_ontap_file_system: groupArns,
    aws_datasync_location_fsx_openzfs_file_system: groupArns,
    aws_datasync_location_fsx_windows_file_system: groupArns,
    aws_devicefarm_test_grid_project: vpcConfig,
    aws_dms_instance_profile: vpcGroups,
    aws_dms_replication_config: ['compute_config.vpc_security_group_ids'],
    aws_dms_replication_instance: vpcGroups,
    aws_drs_replication_configuration_template: ['replication_servers_security_groups_ids'],
    aws_emrserverless_application: ['network_configuration.security_group_ids'],
    aws_glue_connection: ['physical_connection_requirements.security_group_id_list'],
    aws_glue_dev_endpoint: groupIds,
    aws_grafana_workspace: vpcConfiguration,
    aws_imagebuilder_infrastructure_configuration: groupIds,
    aws_iot_topic_rule_destination: ['vpc_configuration.security_groups'],
    aws_kinesis_firehose_delivery_stream: [
      'elasticsearch_configuration.vpc_config.security_group_ids',
      'opensearch_configuration.vpc_config.security_group_ids',
      'opensearchserverless_configuration.vpc_config.security_group_ids',
    ],
    aws_kinesisanalyticsv2_application: ['application_configuration.vpc_configuration.security_group_ids'],
    aws_medialive_channel: ['vpc.security_group_ids'],
    aws_msk_replicator: ['kafka_cluster.vpc_config.security_groups_ids'],
    aws_mskconnect_connector: ['kafka_cluster.apache_kafka_cluster.vpc.security_groups'],
    aws_pipes_pipe: [
      'source_parameters.self_managed_kafka_parameters.vpc.security_groups',
      'target_parameters.ecs_task_parameters.network_configuration.aws_vpc_configuration.security_groups',
    ],
    aws_prometheus_scraper: ['source.eks.security_group_ids', 'source.vpc.security_group_ids'],
    aws_quicksight_vpc_connection: groupIds,
    aws_sagemaker_data_quality_job_definition: ['network_config.vpc_config.security_group_ids'],
    aws_sagemaker_hyper_parameter_tuning_job: [
      'training_job_definition.vpc_config.security_group_ids',
      'training_job_definitions.vpc_config.security_group_ids',
    ],
    aws_sagemaker_labeling_job: [
      'labeling_job_algorithms_config.labeling_job_resource_config.vpc_config.security_group_ids',
    ],
    aws_sagemaker_model: vpcConfig,
    aws_sagemaker_monitoring_schedule: [
      'monitoring_schedule_config.monitoring_job_definition.network_config.vpc_config.security_group_ids',
    ],
    aws_sagemaker_training_job: vpcConfig,
    aws_synthetics_canary: vpcConfig,
    aws_workspacesweb_network_settings: groupIds,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
