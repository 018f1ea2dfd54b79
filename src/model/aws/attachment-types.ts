/** Resource types that can have security groups, and what AWS does if they name none. */

import { groupArguments } from './provider-schema.generated.ts';
import { SERVICE_KINDS } from './service-kinds.ts';

/** What a service is, as far as it matters who connects to it. */
export type ServiceKind = keyof typeof SERVICE_KINDS;

/** When a service that names no group gets its VPC's default group. */
export interface DefaultGroupUse {
  /** Arguments or blocks that may name groups elsewhere, or take the service out of a VPC: where one is written, nothing is said. */
  readonly unless?: readonly string[];
  /** A block that has to be there, behind those that it stands in: without it the service is in no VPC. */
  readonly within?: string;
  /** An argument that has to have this value, in any case of letters; `absent` is the value of one that is not written. */
  readonly onlyIf?: { readonly argument: string; readonly value: string; readonly absent: string };
}

export interface AttachmentType {
  readonly kind: ServiceKind;
  /** Arguments, with the blocks that they stand in: `vpc_config.security_group_ids`. */
  readonly arguments: readonly string[];
  /** Undefined where AWS makes a group of its own, demands one, or where nothing documents what it does. */
  readonly usesDefaultGroup: DefaultGroupUse | undefined;
}

const always: DefaultGroupUse = {};
const onInstances: DefaultGroupUse = { unless: ['launch_template', 'network_interface', 'primary_network_interface'] };
const onApplicationLoadBalancers: DefaultGroupUse = {
  onlyIf: { argument: 'load_balancer_type', value: 'application', absent: 'application' },
};
const inNetwork: DefaultGroupUse = { within: 'network_configuration' };
const inVpcOptions: DefaultGroupUse = { within: 'vpc_options' };

/**
 * Sources: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources of each type, or the AWS API
 * reference of what creates it; and where these are silent:
 * - interfaces: https://github.com/hashicorp/terraform-provider-aws/issues/9323
 * - Application Load Balancers: https://github.com/ansible-collections/amazon.aws/issues/10
 * - Classic Load Balancers, which in a default VPC get a group of their own instead:
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-vpc-security-groups.html
 * - Client VPN: https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/client-authorization.html
 */
const defaultGroupUses: ReadonlyMap<string, DefaultGroupUse> = new Map([
  ['aws_instance', onInstances],
  ['aws_spot_instance_request', onInstances],
  ['aws_ecs_service', inNetwork],
  ['aws_ecs_task_set', inNetwork],
  ['aws_ecs_express_gateway_service', inNetwork],
  ['aws_cloudwatch_event_target', { within: 'ecs_target.network_configuration' }],
  ['aws_scheduler_schedule', { within: 'target.ecs_parameters.network_configuration' }],
  ['aws_pipes_pipe', { within: 'target_parameters.ecs_task_parameters.network_configuration.aws_vpc_configuration' }],
  ['aws_network_interface', always],
  ['aws_lb', onApplicationLoadBalancers],
  ['aws_alb', onApplicationLoadBalancers],
  ['aws_elb', { unless: ['availability_zones'] }],
  ['aws_db_instance', always],
  ['aws_db_proxy_endpoint', always],
  ['aws_redshift_cluster', always],
  ['aws_elasticache_serverless_cache', always],
  ['aws_dax_cluster', always],
  ['aws_opensearch_domain', inVpcOptions],
  ['aws_opensearch_vpc_endpoint', inVpcOptions],
  ['aws_elasticsearch_domain', inVpcOptions],
  ['aws_elasticsearch_vpc_endpoint', inVpcOptions],
  ['aws_msk_cluster', { within: 'broker_node_group_info' }],
  ['aws_msk_replicator', { within: 'kafka_cluster.vpc_config' }],
  ['aws_efs_mount_target', always],
  ['aws_s3files_mount_target', always],
  ['aws_transfer_server', { onlyIf: { argument: 'endpoint_type', value: 'VPC', absent: 'PUBLIC' } }],
  ['aws_transfer_web_app', { within: 'endpoint_details.vpc' }],
  ['aws_vpc_endpoint', { onlyIf: { argument: 'vpc_endpoint_type', value: 'Interface', absent: 'Gateway' } }],
  ['aws_ec2_instance_connect_endpoint', always],
  ['aws_ec2_client_vpn_endpoint', { unless: ['transit_gateway_configuration'] }],
  ['aws_medialive_input', { within: 'vpc' }],
  ['aws_medialive_channel', { within: 'vpc' }],
  ['aws_apprunner_vpc_connector', always],
  ['aws_bedrockagentcore_gateway_target', { within: 'private_endpoint.managed_vpc_resource' }],
]);

export const ATTACHMENT_TYPES: ReadonlyMap<string, AttachmentType> = new Map(
  (Object.entries(SERVICE_KINDS) as [ServiceKind, readonly string[]][]).flatMap(([kind, types]) =>
    types.map((type): [string, AttachmentType] => [
      type,
      { kind, arguments: groupArguments[type]!, usesDefaultGroup: defaultGroupUses.get(type) },
    ]),
  ),
);
