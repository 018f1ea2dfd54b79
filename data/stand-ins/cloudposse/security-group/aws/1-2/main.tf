# A group of either lifecycle, or one that is there already, and its rules.
variable "vpc_id" {
  type = string
}

variable "target_security_group_id" {
  type    = list(string)
  default = []
}

variable "security_group_name" {
  type    = list(string)
  default = []
}

variable "security_group_description" {
  type    = string
  default = "Managed by Terraform"
}

variable "create_before_destroy" {
  type    = bool
  default = null
}

variable "preserve_security_group_id" {
  type    = bool
  default = false
}

variable "allow_all_egress" {
  type    = bool
  default = null
}

variable "rules" {
  type    = list(any)
  default = []
}

variable "rules_map" {
  type    = any
  default = {}
}

variable "rule_matrix" {
  type    = any
  default = []
}

variable "revoke_rules_on_delete" {
  type    = bool
  default = false
}

variable "inline_rules_enabled" {
  type    = bool
  default = false
}

variable "enabled" {
  type    = bool
  default = null
}

variable "namespace" {
  type    = string
  default = null
}

variable "tenant" {
  type    = string
  default = null
}

variable "environment" {
  type    = string
  default = null
}

variable "stage" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "delimiter" {
  type    = string
  default = null
}

variable "regex_replace_chars" {
  type    = string
  default = null
}

variable "label_key_case" {
  type    = string
  default = null
}

variable "label_value_case" {
  type    = string
  default = null
}

variable "id_length_limit" {
  type    = number
  default = null
}

variable "label_order" {
  type    = list(string)
  default = null
}

variable "labels_as_tags" {
  type    = set(string)
  default = ["default"]
}

variable "attributes" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "additional_tag_map" {
  type    = map(string)
  default = {}
}

variable "descriptor_formats" {
  type    = any
  default = {}
}

variable "context" {
  type    = any
  default = {}
}

module "this" {
  source              = "../../../label/null/0.25.x"
  enabled             = var.enabled
  namespace           = var.namespace
  tenant              = var.tenant
  environment         = var.environment
  stage               = var.stage
  name                = var.name
  delimiter           = var.delimiter
  regex_replace_chars = var.regex_replace_chars
  label_key_case      = var.label_key_case
  label_value_case    = var.label_value_case
  id_length_limit     = var.id_length_limit
  label_order         = var.label_order
  labels_as_tags      = var.labels_as_tags
  attributes          = var.attributes
  tags                = var.tags
  additional_tag_map  = var.additional_tag_map
  descriptor_formats  = var.descriptor_formats
  context             = var.context
}

locals {
  enabled = module.this.enabled
  # Since 2.0 both are on by default.
  replaces_first = var.create_before_destroy == null ? local.line >= 2 : var.create_before_destroy
  opens_egress   = local.enabled && (var.allow_all_egress == null ? local.line >= 2 : var.allow_all_egress)
  makes_group    = local.enabled && length(var.target_security_group_id) == 0
  # Rules that come before those that they replace need a new group.
  replaces_rules_first = local.line < 2 || (local.replaces_first && !var.preserve_security_group_id && length(var.target_security_group_id) == 0)
  renews_group         = local.enabled && local.line >= 2 && local.replaces_rules_first

  group   = try(aws_security_group.default[0], aws_security_group.cbd[0], null)
  made_id = local.replaces_first ? one(aws_security_group.cbd[*].id) : one(aws_security_group.default[*].id)
  id      = local.enabled ? (local.makes_group ? local.made_id : var.target_security_group_id[0]) : null

  single_rules = flatten([
    for list, rules in merge({ _list_ = var.rules }, var.rules_map) : [
      for index, rule in rules : {
        key                      = coalesce(lookup(rule, "key", null), "${list}[${index}]")
        type                     = rule.type
        description              = lookup(rule, "description", "Managed by Terraform")
        protocol                 = rule.protocol
        from_port                = rule.from_port
        to_port                  = rule.to_port
        cidr_blocks              = try(length(rule.cidr_blocks), 0) > 0 ? rule.cidr_blocks : []
        ipv6_cidr_blocks         = try(length(rule.ipv6_cidr_blocks), 0) > 0 ? rule.ipv6_cidr_blocks : []
        prefix_list_ids          = try(length(rule.prefix_list_ids), 0) > 0 ? rule.prefix_list_ids : []
        self                     = lookup(rule, "self", null) == true ? true : null
        security_groups          = []
        source_security_group_id = lookup(rule, "source_security_group_id", null)
      }
    ] if local.enabled
  ])
  matrix_rules = flatten([
    for row, subject in var.rule_matrix[*] : [
      for index, rule in subject.rules : {
        key                      = "${coalesce(lookup(subject, "key", null), "_m[${row}]")}#${coalesce(lookup(rule, "key", null), "[${index}]")}"
        type                     = rule.type
        description              = lookup(rule, "description", "Managed by Terraform")
        protocol                 = rule.protocol
        from_port                = rule.from_port
        to_port                  = rule.to_port
        cidr_blocks              = lookup(subject, "cidr_blocks", [])
        ipv6_cidr_blocks         = lookup(subject, "ipv6_cidr_blocks", [])
        prefix_list_ids          = lookup(subject, "prefix_list_ids", [])
        self                     = lookup(rule, "self", null) == true ? true : null
        security_groups          = lookup(subject, "source_security_group_ids", [])
        source_security_group_id = null
      }
    ] if local.enabled
  ])
  all_egress = local.opens_egress ? [{
    key                      = "_allow_all_egress_"
    type                     = "egress"
    description              = "Allow all egress"
    protocol                 = "-1"
    from_port                = 0
    to_port                  = 0
    cidr_blocks              = ["0.0.0.0/0"]
    ipv6_cidr_blocks         = ["::/0"]
    prefix_list_ids          = []
    self                     = null
    security_groups          = []
    source_security_group_id = null
  }] : []

  inline_rules = concat(local.single_rules, local.matrix_rules, local.all_egress)
  # A rule of a matrix is one for each kind of source.
  split_rules = concat(
    [for rule in local.matrix_rules : merge(rule, { key = "${rule.key}#self", cidr_blocks = [], ipv6_cidr_blocks = [], prefix_list_ids = [] }) if rule.self == true],
    [for rule in local.matrix_rules : merge(rule, { key = "${rule.key}#cidr", self = null }) if length(rule.cidr_blocks) + length(rule.ipv6_cidr_blocks) + length(rule.prefix_list_ids) > 0],
    flatten([
      for rule in local.matrix_rules : [
        for index, group in rule.security_groups : merge(rule, {
          key                      = "${rule.key}#sg#${index}"
          cidr_blocks              = []
          ipv6_cidr_blocks         = []
          prefix_list_ids          = []
          self                     = null
          source_security_group_id = group
        })
      ]
    ]),
  )
  own_rules   = concat(local.single_rules, var.inline_rules_enabled ? [] : local.split_rules, local.all_egress)
  keyed_rules = { for rule in local.own_rules : rule.key => rule }

  base_prefix = concat(var.security_group_name, ["${module.this.id}${module.this.delimiter}"])[0]
  prefix      = local.renews_group ? "${local.base_prefix}${module.this.delimiter}${join("", random_id.name[*].b64_url)}${module.this.delimiter}" : local.base_prefix
  tags        = merge(module.this.tags, try(length(var.security_group_name[0]), 0) > 0 ? { Name = var.security_group_name[0] } : {})
}

resource "random_id" "name" {
  count       = local.renews_group ? 1 : 0
  byte_length = 3
}

resource "aws_security_group" "default" {
  count                  = local.makes_group && !local.replaces_first ? 1 : 0
  name                   = concat(var.security_group_name, [module.this.id])[0]
  description            = var.security_group_description
  vpc_id                 = var.vpc_id
  revoke_rules_on_delete = var.revoke_rules_on_delete
  tags                   = local.tags

  dynamic "ingress" {
    for_each = var.inline_rules_enabled ? [for rule in local.inline_rules : rule if rule.type == "ingress"] : []
    content {
      description      = ingress.value.description
      protocol         = ingress.value.protocol
      from_port        = ingress.value.from_port
      to_port          = ingress.value.to_port
      cidr_blocks      = ingress.value.cidr_blocks
      ipv6_cidr_blocks = ingress.value.ipv6_cidr_blocks
      prefix_list_ids  = ingress.value.prefix_list_ids
      security_groups  = ingress.value.security_groups
      self             = ingress.value.self
    }
  }

  dynamic "egress" {
    for_each = var.inline_rules_enabled ? [for rule in local.inline_rules : rule if rule.type == "egress"] : []
    content {
      description      = egress.value.description
      protocol         = egress.value.protocol
      from_port        = egress.value.from_port
      to_port          = egress.value.to_port
      cidr_blocks      = egress.value.cidr_blocks
      ipv6_cidr_blocks = egress.value.ipv6_cidr_blocks
      prefix_list_ids  = egress.value.prefix_list_ids
      security_groups  = egress.value.security_groups
      self             = egress.value.self
    }
  }

  lifecycle {
    create_before_destroy = false
  }
}

resource "aws_security_group" "cbd" {
  count                  = local.makes_group && local.replaces_first ? 1 : 0
  name_prefix            = local.prefix
  description            = var.security_group_description
  vpc_id                 = var.vpc_id
  revoke_rules_on_delete = var.revoke_rules_on_delete
  tags                   = local.tags

  dynamic "ingress" {
    for_each = var.inline_rules_enabled ? [for rule in local.inline_rules : rule if rule.type == "ingress"] : []
    content {
      description      = ingress.value.description
      protocol         = ingress.value.protocol
      from_port        = ingress.value.from_port
      to_port          = ingress.value.to_port
      cidr_blocks      = ingress.value.cidr_blocks
      ipv6_cidr_blocks = ingress.value.ipv6_cidr_blocks
      prefix_list_ids  = ingress.value.prefix_list_ids
      security_groups  = ingress.value.security_groups
      self             = ingress.value.self
    }
  }

  dynamic "egress" {
    for_each = var.inline_rules_enabled ? [for rule in local.inline_rules : rule if rule.type == "egress"] : []
    content {
      description      = egress.value.description
      protocol         = egress.value.protocol
      from_port        = egress.value.from_port
      to_port          = egress.value.to_port
      cidr_blocks      = egress.value.cidr_blocks
      ipv6_cidr_blocks = egress.value.ipv6_cidr_blocks
      prefix_list_ids  = egress.value.prefix_list_ids
      security_groups  = egress.value.security_groups
      self             = egress.value.self
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "keyed" {
  for_each                 = local.replaces_rules_first ? local.keyed_rules : {}
  security_group_id        = local.line < 2 ? local.id : local.makes_group ? one(aws_security_group.cbd[*].id) : var.target_security_group_id[0]
  type                     = each.value.type
  description              = each.value.description
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = length(each.value.cidr_blocks) == 0 ? null : each.value.cidr_blocks
  ipv6_cidr_blocks         = length(each.value.ipv6_cidr_blocks) == 0 ? null : each.value.ipv6_cidr_blocks
  prefix_list_ids          = each.value.prefix_list_ids
  self                     = each.value.self
  source_security_group_id = each.value.source_security_group_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "dbc" {
  for_each                 = local.replaces_rules_first ? {} : local.keyed_rules
  security_group_id        = local.id
  type                     = each.value.type
  description              = each.value.description
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = length(each.value.cidr_blocks) == 0 ? null : each.value.cidr_blocks
  ipv6_cidr_blocks         = length(each.value.ipv6_cidr_blocks) == 0 ? null : each.value.ipv6_cidr_blocks
  prefix_list_ids          = each.value.prefix_list_ids
  self                     = each.value.self
  source_security_group_id = each.value.source_security_group_id
}

output "id" {
  value = local.id
}

output "arn" {
  value = try(local.group.arn, null)
}

output "name" {
  value = try(local.group.name, null)
}
