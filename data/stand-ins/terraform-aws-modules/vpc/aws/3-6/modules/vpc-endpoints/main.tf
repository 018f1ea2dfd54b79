variable "create" {
  type    = bool
  default = true
}

variable "region" {
  type    = string
  default = null
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "endpoints" {
  type    = any
  default = {}
}

variable "security_group_ids" {
  type    = list(string)
  default = []
}

variable "create_security_group" {
  type    = bool
  default = false
}

variable "security_group_name" {
  type    = string
  default = null
}

variable "security_group_name_prefix" {
  type    = string
  default = null
}

variable "security_group_description" {
  type    = string
  default = null
}

variable "security_group_rules" {
  type    = any
  default = {}
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}

locals {
  # Since 5.1 the module may make a group.
  makes_group = local.line >= 5 && var.create && var.create_security_group
  endpoints   = { for name, endpoint in var.endpoints : name => endpoint if var.create && try(endpoint.create, true) }
  groups      = concat(var.security_group_ids, aws_security_group.this[*].id)
}

data "aws_vpc_endpoint_service" "this" {
  for_each = local.endpoints
  service  = try(each.value.service, null)
}

resource "aws_vpc_endpoint" "this" {
  for_each           = local.endpoints
  service_name       = try(each.value.service_endpoint, data.aws_vpc_endpoint_service.this[each.key].service_name)
  region             = var.region
  vpc_id             = var.vpc_id
  vpc_endpoint_type  = try(each.value.service_type, "Interface")
  security_group_ids = try(each.value.service_type, "Interface") == "Interface" ? distinct(concat(local.groups, try(each.value.security_group_ids, []))) : null
}

resource "aws_security_group" "this" {
  count       = local.makes_group ? 1 : 0
  region      = var.region
  name        = var.security_group_name
  name_prefix = var.security_group_name_prefix
  description = var.security_group_description
  vpc_id      = var.vpc_id
  tags = merge(
    var.tags,
    var.security_group_tags,
    { Name = try(coalesce(var.security_group_name, var.security_group_name_prefix), "") },
  )

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "this" {
  for_each                 = { for name, rule in var.security_group_rules : name => rule if local.makes_group }
  region                   = var.region
  security_group_id        = aws_security_group.this[0].id
  type                     = try(each.value.type, "ingress")
  description              = try(each.value.description, null)
  protocol                 = try(each.value.protocol, "tcp")
  from_port                = try(each.value.from_port, 443)
  to_port                  = try(each.value.to_port, 443)
  cidr_blocks              = lookup(each.value, "cidr_blocks", null)
  ipv6_cidr_blocks         = lookup(each.value, "ipv6_cidr_blocks", null)
  prefix_list_ids          = lookup(each.value, "prefix_list_ids", null)
  self                     = try(each.value.self, null)
  source_security_group_id = lookup(each.value, "source_security_group_id", null)
}

output "endpoints" {
  value = aws_vpc_endpoint.this
}

output "security_group_arn" {
  value = try(aws_security_group.this[0].arn, null)
}

output "security_group_id" {
  value = try(aws_security_group.this[0].id, null)
}
