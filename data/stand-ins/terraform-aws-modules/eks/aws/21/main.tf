# The cluster and its two groups, and the groups that node groups may have; nodes, roles, keys and add-ons are left out.
variable "create" {
  type    = bool
  default = true
}

variable "region" {
  type    = string
  default = null
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = ""
}

variable "prefix_separator" {
  type    = string
  default = "-"
}

variable "create_iam_role" {
  type    = bool
  default = true
}

variable "iam_role_arn" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "subnet_ids" {
  type    = list(string)
  default = []
}

variable "control_plane_subnet_ids" {
  type    = list(string)
  default = []
}

variable "additional_security_group_ids" {
  type    = list(string)
  default = []
}

variable "endpoint_private_access" {
  type    = bool
  default = true
}

variable "endpoint_public_access" {
  type    = bool
  default = false
}

variable "endpoint_public_access_cidrs" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "ip_family" {
  type    = string
  default = "ipv4"
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "security_group_id" {
  type    = string
  default = ""
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_use_name_prefix" {
  type    = bool
  default = true
}

variable "security_group_description" {
  type    = string
  default = "EKS cluster security group"
}

variable "security_group_additional_rules" {
  type = map(object({
    type                       = optional(string, "ingress")
    description                = optional(string)
    protocol                   = optional(string, "tcp")
    from_port                  = number
    to_port                    = number
    cidr_blocks                = optional(list(string))
    ipv6_cidr_blocks           = optional(list(string))
    prefix_list_ids            = optional(list(string))
    self                       = optional(bool)
    source_node_security_group = optional(bool, false)
    source_security_group_id   = optional(string)
  }))
  default = {}
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "create_node_security_group" {
  type    = bool
  default = true
}

variable "node_security_group_id" {
  type    = string
  default = ""
}

variable "node_security_group_name" {
  type    = string
  default = null
}

variable "node_security_group_use_name_prefix" {
  type    = bool
  default = true
}

variable "node_security_group_description" {
  type    = string
  default = "EKS node shared security group"
}

variable "node_security_group_additional_rules" {
  type = map(object({
    type                          = optional(string, "ingress")
    description                   = optional(string)
    protocol                      = optional(string, "tcp")
    from_port                     = number
    to_port                       = number
    cidr_blocks                   = optional(list(string))
    ipv6_cidr_blocks              = optional(list(string))
    prefix_list_ids               = optional(list(string))
    self                          = optional(bool)
    source_cluster_security_group = optional(bool, false)
    source_security_group_id      = optional(string)
  }))
  default = {}
}

variable "node_security_group_enable_recommended_rules" {
  type    = bool
  default = true
}

variable "node_security_group_tags" {
  type    = map(string)
  default = {}
}

variable "outpost_config" {
  type    = any
  default = null
}

variable "eks_managed_node_groups" {
  type = map(object({
    create                         = optional(bool)
    name                           = optional(string)
    subnet_ids                     = optional(list(string))
    enable_efa_support             = optional(bool)
    create_security_group          = optional(bool)
    security_group_name            = optional(string)
    security_group_use_name_prefix = optional(bool)
    security_group_description     = optional(string)
    security_group_ingress_rules = optional(map(object({
      name                         = optional(string)
      description                  = optional(string)
      ip_protocol                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool)
      tags                         = optional(map(string))
    })))
    security_group_egress_rules = optional(map(object({
      name                         = optional(string)
      description                  = optional(string)
      ip_protocol                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool)
      tags                         = optional(map(string))
    })))
    security_group_tags = optional(map(string))
    tags                = optional(map(string))
  }))
  default = null
}

variable "self_managed_node_groups" {
  type = map(object({
    create                         = optional(bool)
    name                           = optional(string)
    subnet_ids                     = optional(list(string))
    enable_efa_support             = optional(bool)
    create_security_group          = optional(bool)
    security_group_name            = optional(string)
    security_group_use_name_prefix = optional(bool)
    security_group_description     = optional(string)
    security_group_ingress_rules = optional(map(object({
      name                         = optional(string)
      description                  = optional(string)
      ip_protocol                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool)
      tags                         = optional(map(string))
    })))
    security_group_egress_rules = optional(map(object({
      name                         = optional(string)
      description                  = optional(string)
      ip_protocol                  = optional(string)
      from_port                    = optional(string)
      to_port                      = optional(string)
      cidr_ipv4                    = optional(string)
      cidr_ipv6                    = optional(string)
      prefix_list_id               = optional(string)
      referenced_security_group_id = optional(string)
      self                         = optional(bool)
      tags                         = optional(map(string))
    })))
    security_group_tags = optional(map(string))
    tags                = optional(map(string))
  }))
  default = null
}


locals {
  create            = var.create && var.putin_khuylo
  makes_group       = local.create && var.create_security_group
  group_name        = coalesce(var.security_group_name, "${var.name}-cluster")
  group             = local.makes_group ? aws_security_group.cluster[0].id : var.security_group_id
  makes_nodes_group = var.create && var.create_node_security_group
  nodes_group_name  = coalesce(var.node_security_group_name, "${var.name}-node")
  nodes_group       = local.makes_nodes_group ? aws_security_group.node[0].id : var.node_security_group_id

  # Description, protocol, ports and source of ingress to nodes.
  needed = {
    ingress_cluster_443      = ["Cluster API to node groups", "tcp", 443, 443, "cluster"]
    ingress_cluster_kubelet  = ["Cluster API to node kubelets", "tcp", 10250, 10250, "cluster"]
    ingress_self_coredns_tcp = ["Node to node CoreDNS", "tcp", 53, 53, "self"]
    ingress_self_coredns_udp = ["Node to node CoreDNS UDP", "udp", 53, 53, "self"]
  }
  recommended = {
    ingress_nodes_ephemeral       = ["Node to node ingress on ephemeral ports", "tcp", 1025, 65535, "self"]
    ingress_cluster_4443_webhook  = ["Cluster API to node 4443/tcp webhook", "tcp", 4443, 4443, "cluster"]
    ingress_cluster_10251_webhook = ["Cluster API to node 10251/tcp webhook", "tcp", 10251, 10251, "cluster"]
    ingress_cluster_6443_webhook  = ["Cluster API to node 6443/tcp webhook", "tcp", 6443, 6443, "cluster"]
    ingress_cluster_8443_webhook  = ["Cluster API to node 8443/tcp webhook", "tcp", 8443, 8443, "cluster"]
    ingress_cluster_9443_webhook  = ["Cluster API to node 9443/tcp webhook", "tcp", 9443, 9443, "cluster"]
  }
  ingress = {
    for name, rule in local.needed : name => {
      type                          = "ingress"
      description                   = rule[0]
      protocol                      = rule[1]
      from_port                     = rule[2]
      to_port                       = rule[3]
      self                          = rule[4] == "self" ? true : null
      source_cluster_security_group = rule[4] == "cluster"
    }
  }
  more_ingress = {
    for name, rule in local.recommended : name => {
      type                          = "ingress"
      description                   = rule[0]
      protocol                      = rule[1]
      from_port                     = rule[2]
      to_port                       = rule[3]
      self                          = rule[4] == "self" ? true : null
      source_cluster_security_group = rule[4] == "cluster"
    }
  }
  wanted = {
    for name, rule in merge(local.more_ingress, {
      egress_all = {
        type             = "egress"
        description      = "Allow all egress"
        protocol         = "-1"
        from_port        = 0
        to_port          = 0
        cidr_blocks      = ["0.0.0.0/0"]
        ipv6_cidr_blocks = var.ip_family == "ipv6" ? ["::/0"] : null
      }
    }) : name => rule if var.node_security_group_enable_recommended_rules
  }
  from_nodes = {
    for name, rule in {
      ingress_nodes_443 = {
        type                       = "ingress"
        description                = "Node groups to cluster API"
        protocol                   = "tcp"
        from_port                  = 443
        to_port                    = 443
        source_node_security_group = true
      }
    } : name => rule if local.makes_nodes_group
  }
}

resource "aws_iam_role" "this" {
  count = local.create && var.create_iam_role ? 1 : 0
}

resource "aws_eks_cluster" "this" {
  count    = local.create ? 1 : 0
  region   = var.region
  name     = var.name
  role_arn = var.create_iam_role ? aws_iam_role.this[0].arn : var.iam_role_arn

  vpc_config {
    security_group_ids      = compact(distinct(concat(var.additional_security_group_ids, [local.group])))
    subnet_ids              = coalescelist(var.control_plane_subnet_ids, var.subnet_ids)
    endpoint_private_access = var.endpoint_private_access
    endpoint_public_access  = var.endpoint_public_access
    public_access_cidrs     = var.endpoint_public_access_cidrs
  }
}

resource "aws_security_group" "cluster" {
  count       = local.makes_group ? 1 : 0
  region      = var.region
  name        = var.security_group_use_name_prefix ? null : local.group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.group_name}${var.prefix_separator}" : null
  description = var.security_group_description
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = local.group_name }, var.security_group_tags)

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "node" {
  count       = local.makes_nodes_group ? 1 : 0
  region      = var.region
  name        = var.node_security_group_use_name_prefix ? null : local.nodes_group_name
  name_prefix = var.node_security_group_use_name_prefix ? "${local.nodes_group_name}${var.prefix_separator}" : null
  description = var.node_security_group_description
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = local.nodes_group_name, "kubernetes.io/cluster/${var.name}" = "owned" }, var.node_security_group_tags)

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "cluster" {
  for_each                 = { for name, rule in merge(local.from_nodes, var.security_group_additional_rules) : name => rule if local.makes_group }
  region                   = var.region
  security_group_id        = aws_security_group.cluster[0].id
  type                     = each.value.type
  description              = try(each.value.description, null)
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_node_security_group, false) ? local.nodes_group : try(each.value.source_security_group_id, null)
}

resource "aws_security_group_rule" "node" {
  for_each                 = { for name, rule in merge(local.ingress, local.wanted, var.node_security_group_additional_rules) : name => rule if local.makes_nodes_group }
  region                   = var.region
  security_group_id        = aws_security_group.node[0].id
  type                     = each.value.type
  description              = try(each.value.description, null)
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  self                     = try(each.value.self, null)
  source_security_group_id = try(each.value.source_cluster_security_group, false) ? local.group : try(each.value.source_security_group_id, null)
}

module "eks_managed_node_group" {
  source   = "./modules/eks-managed-node-group"
  for_each = var.create && var.outpost_config == null && var.eks_managed_node_groups != null ? var.eks_managed_node_groups : {}

  create                         = each.value.create
  region                         = var.region
  name                           = coalesce(each.value.name, each.key)
  cluster_name                   = try(aws_eks_cluster.this[0].id, "")
  subnet_ids                     = each.value.subnet_ids == null ? var.subnet_ids : each.value.subnet_ids
  enable_efa_support             = each.value.enable_efa_support
  create_security_group          = each.value.create_security_group
  security_group_name            = each.value.security_group_name
  security_group_use_name_prefix = each.value.security_group_use_name_prefix
  security_group_description     = each.value.security_group_description
  security_group_ingress_rules   = each.value.security_group_ingress_rules
  security_group_egress_rules    = each.value.security_group_egress_rules
  security_group_tags            = each.value.security_group_tags
  tags                           = merge(var.tags, each.value.tags)
}

module "self_managed_node_group" {
  source   = "./modules/self-managed-node-group"
  for_each = var.create && var.self_managed_node_groups != null ? var.self_managed_node_groups : {}

  create                         = each.value.create
  region                         = var.region
  name                           = coalesce(each.value.name, each.key)
  cluster_name                   = try(aws_eks_cluster.this[0].id, "")
  subnet_ids                     = each.value.subnet_ids == null ? var.subnet_ids : each.value.subnet_ids
  enable_efa_support             = each.value.enable_efa_support
  create_security_group          = each.value.create_security_group
  security_group_name            = each.value.security_group_name
  security_group_use_name_prefix = each.value.security_group_use_name_prefix
  security_group_description     = each.value.security_group_description
  security_group_ingress_rules   = each.value.security_group_ingress_rules
  security_group_egress_rules    = each.value.security_group_egress_rules
  security_group_tags            = each.value.security_group_tags
  tags                           = merge(var.tags, each.value.tags)
}

output "cluster_arn" {
  value = try(aws_eks_cluster.this[0].arn, null)
}

output "cluster_endpoint" {
  value = try(aws_eks_cluster.this[0].endpoint, null)
}

output "cluster_version" {
  value = try(aws_eks_cluster.this[0].version, null)
}

output "cluster_name" {
  value = try(aws_eks_cluster.this[0].name, "")
}

output "cluster_primary_security_group_id" {
  value = try(aws_eks_cluster.this[0].vpc_config[0].cluster_security_group_id, null)
}

output "cluster_security_group_arn" {
  value = try(aws_security_group.cluster[0].arn, null)
}

output "cluster_security_group_id" {
  value = try(aws_security_group.cluster[0].id, null)
}

output "node_security_group_arn" {
  value = try(aws_security_group.node[0].arn, null)
}

output "node_security_group_id" {
  value = try(aws_security_group.node[0].id, null)
}
