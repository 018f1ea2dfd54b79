# The cluster and its group; instances, parameters and roles are left out.
variable "create_cluster" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = ""
}

variable "engine" {
  type    = string
  default = null
}

variable "port" {
  type    = string
  default = null
}

variable "vpc_id" {
  type    = string
  default = ""
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "security_group_use_name_prefix" {
  type    = bool
  default = true
}

variable "security_group_description" {
  type    = string
  default = null
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

variable "allowed_security_groups" {
  type    = list(string)
  default = []
}

variable "allowed_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "security_group_egress_rules" {
  type    = map(any)
  default = {}
}


locals {
  create      = var.create_cluster && var.putin_khuylo
  makes_group = local.create && var.create_security_group
  group_name  = var.name
  port        = coalesce(var.port, var.engine == "aurora-postgresql" || var.engine == "postgres" ? 5432 : 3306)
}

resource "aws_rds_cluster" "this" {
  count = local.create ? 1 : 0

  engine                 = var.engine
  port                   = local.port
  vpc_security_group_ids = compact(concat([try(aws_security_group.this[0].id, "")], var.vpc_security_group_ids))
}

resource "aws_security_group" "this" {
  count = local.makes_group ? 1 : 0

  name        = var.security_group_use_name_prefix ? null : local.group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.group_name}-" : null
  description = coalesce(var.security_group_description, "Control traffic to/from RDS Aurora ${var.name}")
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, var.security_group_tags, { Name = local.group_name })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "default_ingress" {
  count                    = local.makes_group ? length(var.allowed_security_groups) : 0
  security_group_id        = aws_security_group.this[0].id
  type                     = "ingress"
  description              = "From allowed SGs"
  protocol                 = "tcp"
  from_port                = local.port
  to_port                  = local.port
  source_security_group_id = var.allowed_security_groups[count.index]
}

resource "aws_security_group_rule" "cidr_ingress" {
  count             = local.makes_group && length(var.allowed_cidr_blocks) > 0 ? 1 : 0
  security_group_id = aws_security_group.this[0].id
  type              = "ingress"
  description       = "From allowed CIDRs"
  protocol          = "tcp"
  from_port         = local.port
  to_port           = local.port
  cidr_blocks       = var.allowed_cidr_blocks
}

resource "aws_security_group_rule" "egress" {
  for_each                 = local.makes_group ? var.security_group_egress_rules : {}
  security_group_id        = aws_security_group.this[0].id
  type                     = "egress"
  description              = try(each.value.description, null)
  protocol                 = "tcp"
  from_port                = try(each.value.from_port, local.port)
  to_port                  = try(each.value.to_port, local.port)
  cidr_blocks              = try(each.value.cidr_blocks, null)
  ipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)
  prefix_list_ids          = try(each.value.prefix_list_ids, null)
  source_security_group_id = try(each.value.source_security_group_id, null)
}

output "cluster_arn" {
  value = try(aws_rds_cluster.this[0].arn, "")
}

output "cluster_id" {
  value = try(aws_rds_cluster.this[0].id, "")
}

output "cluster_endpoint" {
  value = try(aws_rds_cluster.this[0].endpoint, "")
}

output "cluster_reader_endpoint" {
  value = try(aws_rds_cluster.this[0].reader_endpoint, "")
}

output "cluster_port" {
  value = try(aws_rds_cluster.this[0].port, "")
}

output "cluster_resource_id" {
  value = try(aws_rds_cluster.this[0].cluster_resource_id, "")
}

output "security_group_id" {
  value = try(aws_security_group.this[0].id, "")
}
