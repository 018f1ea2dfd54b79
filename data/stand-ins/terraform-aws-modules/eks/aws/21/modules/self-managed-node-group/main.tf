# The group of its own that a node group may have; the nodes are left out.
variable "create" {
  type     = bool
  default  = true
  nullable = false
}

variable "region" {
  type    = string
  default = null
}

variable "name" {
  type     = string
  default  = ""
  nullable = false
}

variable "cluster_name" {
  type     = string
  default  = ""
  nullable = false
}

variable "subnet_ids" {
  type    = list(string)
  default = null
}

variable "enable_efa_support" {
  type     = bool
  default  = false
  nullable = false
}

variable "create_security_group" {
  type     = bool
  default  = true
  nullable = false
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_use_name_prefix" {
  type     = bool
  default  = true
  nullable = false
}

variable "security_group_description" {
  type    = string
  default = null
}

variable "security_group_ingress_rules" {
  type = map(object({
    name                         = optional(string)
    description                  = optional(string)
    ip_protocol                  = optional(string, "tcp")
    from_port                    = optional(string)
    to_port                      = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
    tags                         = optional(map(string), {})
  }))
  default  = {}
  nullable = false
}

variable "security_group_egress_rules" {
  type = map(object({
    name                         = optional(string)
    description                  = optional(string)
    ip_protocol                  = optional(string, "tcp")
    from_port                    = optional(string)
    to_port                      = optional(string)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    self                         = optional(bool, false)
    tags                         = optional(map(string), {})
  }))
  default  = {}
  nullable = false
}

variable "security_group_tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

variable "tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

locals {
  makes_group = var.create && var.create_security_group && (var.enable_efa_support || length(var.security_group_ingress_rules) + length(var.security_group_egress_rules) > 0)
  group_name  = coalesce(var.security_group_name, "${var.cluster_name}-${var.name}")
  efa = {
    for name, rule in { all_self_efa = {
      name                         = null
      description                  = "Node to node EFA"
      ip_protocol                  = "-1"
      from_port                    = null
      to_port                      = null
      cidr_ipv4                    = null
      cidr_ipv6                    = null
      prefix_list_id               = null
      referenced_security_group_id = null
      self                         = true
      tags                         = {}
    } } : name => rule if var.enable_efa_support
  }
}

data "aws_subnet" "this" {
  count  = local.makes_group ? 1 : 0
  region = var.region
  id     = element(var.subnet_ids, 0)
}

resource "aws_security_group" "this" {
  count       = local.makes_group ? 1 : 0
  region      = var.region
  name        = var.security_group_use_name_prefix ? null : local.group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.group_name}-" : null
  description = var.security_group_description
  vpc_id      = data.aws_subnet.this[0].vpc_id
  tags        = merge(var.tags, { Name = local.group_name }, var.security_group_tags)

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each                     = { for name, rule in merge(local.efa, var.security_group_ingress_rules) : name => rule if local.makes_group }
  region                       = var.region
  security_group_id            = aws_security_group.this[0].id
  description                  = each.value.description
  ip_protocol                  = each.value.ip_protocol
  from_port                    = each.value.from_port
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id
  tags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, "${local.group_name}-${each.key}") }, each.value.tags)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each                     = { for name, rule in merge(local.efa, var.security_group_egress_rules) : name => rule if local.makes_group }
  region                       = var.region
  security_group_id            = aws_security_group.this[0].id
  description                  = each.value.description
  ip_protocol                  = each.value.ip_protocol
  from_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)
  to_port                      = each.value.to_port
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.self ? aws_security_group.this[0].id : each.value.referenced_security_group_id
  tags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, "${local.group_name}-${each.key}") }, each.value.tags)
}

output "security_group_arn" {
  value = try(aws_security_group.this[0].arn, null)
}

output "security_group_id" {
  value = try(aws_security_group.this[0].id, null)
}
