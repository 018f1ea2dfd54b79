# The instance and its group; roles, volumes and addresses are left out.
variable "region" {
  type    = string
  default = null
}

variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = ""
}

variable "ami" {
  type    = string
  default = null
}

variable "instance_type" {
  type    = string
  default = "t3.micro"
}

variable "subnet_id" {
  type    = string
  default = null
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}

variable "associate_public_ip_address" {
  type    = bool
  default = null
}

variable "ignore_ami_changes" {
  type    = bool
  default = false
}

variable "create_spot_instance" {
  type    = bool
  default = false
}

variable "network_interface" {
  type    = any
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

variable "create_security_group" {
  type    = bool
  default = true
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
  default = null
}

variable "security_group_tags" {
  type    = map(string)
  default = {}
}

variable "security_group_vpc_id" {
  type    = string
  default = null
}

variable "security_group_ingress_rules" {
  type = map(object({
    description                  = optional(string)
    ip_protocol                  = optional(string, "tcp")
    from_port                    = optional(number)
    to_port                      = optional(number)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    tags                         = optional(map(string), {})
  }))
  default = null
}

variable "security_group_egress_rules" {
  type = map(object({
    description                  = optional(string)
    ip_protocol                  = optional(string, "tcp")
    from_port                    = optional(number)
    to_port                      = optional(number)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    tags                         = optional(map(string), {})
  }))
  default = {
    ipv4_default = { cidr_ipv4 = "0.0.0.0/0", description = "Allow all IPv4 traffic", ip_protocol = "-1" }
    ipv6_default = { cidr_ipv6 = "::/0", description = "Allow all IPv6 traffic", ip_protocol = "-1" }
  }
}


locals {
  create      = var.create && var.putin_khuylo
  makes_group = var.create && var.create_security_group && var.network_interface == null
  group_name  = try(coalesce(var.security_group_name, var.name), "")
  groups      = local.makes_group ? concat(var.vpc_security_group_ids, [aws_security_group.this[0].id]) : var.vpc_security_group_ids
}

data "aws_subnet" "this" {
  count  = local.makes_group ? 1 : 0
  region = var.region
  id     = var.subnet_id
}

resource "aws_instance" "this" {
  count                       = local.create && !var.ignore_ami_changes && !var.create_spot_instance ? 1 : 0
  region                      = var.region
  ami                         = var.ami
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_id
  associate_public_ip_address = var.associate_public_ip_address
  ipv6_address_count          = var.ipv6_address_count
  ipv6_addresses              = var.ipv6_addresses
  vpc_security_group_ids      = var.network_interface == null ? local.groups : null
}

resource "aws_instance" "ignore_ami" {
  count                       = local.create && var.ignore_ami_changes && !var.create_spot_instance ? 1 : 0
  region                      = var.region
  ami                         = var.ami
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_id
  associate_public_ip_address = var.associate_public_ip_address
  ipv6_address_count          = var.ipv6_address_count
  ipv6_addresses              = var.ipv6_addresses
  vpc_security_group_ids      = var.network_interface == null ? local.groups : null
}

resource "aws_spot_instance_request" "this" {
  count                       = local.create && var.create_spot_instance ? 1 : 0
  region                      = var.region
  ami                         = var.ami
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_id
  associate_public_ip_address = var.associate_public_ip_address
  ipv6_address_count          = var.ipv6_address_count
  ipv6_addresses              = var.ipv6_addresses
  vpc_security_group_ids      = var.network_interface == null ? local.groups : null
}

resource "aws_eip" "this" {
  count    = local.create && var.create_eip && !var.create_spot_instance ? 1 : 0
  region   = var.region
  domain   = "vpc"
  instance = try(aws_instance.this[0].id, aws_instance.ignore_ami[0].id)
}

resource "aws_security_group" "this" {
  count       = local.makes_group ? 1 : 0
  region      = var.region
  name        = var.security_group_use_name_prefix ? null : local.group_name
  name_prefix = var.security_group_use_name_prefix ? "${local.group_name}-" : null
  description = var.security_group_description
  vpc_id      = coalesce(var.security_group_vpc_id, data.aws_subnet.this[0].vpc_id)
  tags        = merge(var.tags, { Name = local.group_name }, var.security_group_tags)

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each                     = local.makes_group && var.security_group_egress_rules != null ? var.security_group_egress_rules : {}
  region                       = var.region
  security_group_id            = aws_security_group.this[0].id
  description                  = each.value.description
  ip_protocol                  = each.value.ip_protocol
  from_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.referenced_security_group_id
  tags                         = merge(var.tags, var.security_group_tags, { Name = "${local.group_name}-${each.key}" }, each.value.tags)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each                     = local.makes_group && var.security_group_ingress_rules != null ? var.security_group_ingress_rules : {}
  region                       = var.region
  security_group_id            = aws_security_group.this[0].id
  description                  = each.value.description
  ip_protocol                  = each.value.ip_protocol
  from_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)
  to_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)
  cidr_ipv4                    = each.value.cidr_ipv4
  cidr_ipv6                    = each.value.cidr_ipv6
  prefix_list_id               = each.value.prefix_list_id
  referenced_security_group_id = each.value.referenced_security_group_id
  tags                         = merge(var.tags, var.security_group_tags, { Name = "${local.group_name}-${each.key}" }, each.value.tags)
}

output "id" {
  value = try(aws_instance.this[0].id, aws_instance.ignore_ami[0].id, aws_spot_instance_request.this[0].spot_instance_id, null)
}

output "arn" {
  value = try(aws_instance.this[0].arn, aws_instance.ignore_ami[0].arn, aws_spot_instance_request.this[0].arn, null)
}

output "private_ip" {
  value = try(aws_instance.this[0].private_ip, aws_instance.ignore_ami[0].private_ip, aws_spot_instance_request.this[0].private_ip, null)
}

output "public_ip" {
  value = try(aws_instance.this[0].public_ip, aws_instance.ignore_ami[0].public_ip, aws_spot_instance_request.this[0].public_ip, null)
}

output "private_dns" {
  value = try(aws_instance.this[0].private_dns, aws_instance.ignore_ami[0].private_dns, aws_spot_instance_request.this[0].private_dns, null)
}

output "public_dns" {
  value = try(aws_instance.this[0].public_dns, aws_instance.ignore_ami[0].public_dns, aws_spot_instance_request.this[0].public_dns, null)
}

output "primary_network_interface_id" {
  value = try(aws_instance.this[0].primary_network_interface_id, aws_instance.ignore_ami[0].primary_network_interface_id, aws_spot_instance_request.this[0].primary_network_interface_id, null)
}

output "security_group_arn" {
  value = try(aws_security_group.this[0].arn, null)
}

output "security_group_id" {
  value = try(aws_security_group.this[0].id, null)
}

variable "create_eip" {
  type    = bool
  default = false
}

variable "ipv6_address_count" {
  type    = number
  default = null
}

variable "ipv6_addresses" {
  type    = list(string)
  default = null
}
