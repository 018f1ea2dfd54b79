# What a group of named rules makes: local.preset has their names.
variable "create" {
  type    = bool
  default = true
}

variable "vpc_id" {
  type = string
}

variable "name" {
  type = string
}

variable "use_name_prefix" {
  type    = bool
  default = true
}

variable "description" {
  type    = string
  default = "Security Group managed by Terraform"
}

variable "revoke_rules_on_delete" {
  type    = bool
  default = false
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "ingress_rules" {
  type    = list(string)
  default = []
}

variable "ingress_with_self" {
  type    = list(map(string))
  default = []
}

variable "ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "ingress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_rules" {
  type    = list(string)
  default = []
}

variable "computed_ingress_with_self" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_ingress_rules" {
  type    = number
  default = 0
}

variable "number_of_computed_ingress_with_self" {
  type    = number
  default = 0
}

variable "number_of_computed_ingress_with_cidr_blocks" {
  type    = number
  default = 0
}

variable "number_of_computed_ingress_with_ipv6_cidr_blocks" {
  type    = number
  default = 0
}

variable "number_of_computed_ingress_with_source_security_group_id" {
  type    = number
  default = 0
}

variable "number_of_computed_ingress_with_prefix_list_ids" {
  type    = number
  default = 0
}

variable "ingress_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "ingress_ipv6_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "ingress_prefix_list_ids" {
  type    = list(string)
  default = []
}

variable "egress_rules" {
  type    = list(string)
  default = []
}

variable "egress_with_self" {
  type    = list(map(string))
  default = []
}

variable "egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "egress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_rules" {
  type    = list(string)
  default = []
}

variable "computed_egress_with_self" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_egress_rules" {
  type    = number
  default = 0
}

variable "number_of_computed_egress_with_self" {
  type    = number
  default = 0
}

variable "number_of_computed_egress_with_cidr_blocks" {
  type    = number
  default = 0
}

variable "number_of_computed_egress_with_ipv6_cidr_blocks" {
  type    = number
  default = 0
}

variable "number_of_computed_egress_with_source_security_group_id" {
  type    = number
  default = 0
}

variable "number_of_computed_egress_with_prefix_list_ids" {
  type    = number
  default = 0
}

variable "egress_cidr_blocks" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "egress_ipv6_cidr_blocks" {
  type    = list(string)
  default = ["::/0"]
}

variable "egress_prefix_list_ids" {
  type    = list(string)
  default = []
}

variable "auto_ingress_rules" {
  type    = list(string)
  default = null
}

variable "auto_ingress_with_self" {
  type    = list(map(string))
  default = null
}

variable "auto_computed_ingress_rules" {
  type    = list(string)
  default = []
}

variable "auto_computed_ingress_with_self" {
  type    = list(map(string))
  default = []
}

variable "auto_number_of_computed_ingress_rules" {
  type    = number
  default = 0
}

variable "auto_number_of_computed_ingress_with_self" {
  type    = number
  default = 0
}

variable "auto_egress_rules" {
  type    = list(string)
  default = null
}

variable "auto_egress_with_self" {
  type    = list(map(string))
  default = null
}

variable "auto_computed_egress_rules" {
  type    = list(string)
  default = []
}

variable "auto_computed_egress_with_self" {
  type    = list(map(string))
  default = []
}

variable "auto_number_of_computed_egress_rules" {
  type    = number
  default = 0
}

variable "auto_number_of_computed_egress_with_self" {
  type    = number
  default = 0
}

locals {
  named = merge(local.preset, local.line < 5 ? try(local.preset.before_5, {}) : {}, local.line < 4 ? try(local.preset.before_4, {}) : {})
  auto = {
    ingress_rules     = var.auto_ingress_rules == null ? local.named.ingress_rules : var.auto_ingress_rules
    ingress_with_self = var.auto_ingress_with_self == null ? [for name in local.named.ingress_with_self : { rule = name }] : var.auto_ingress_with_self
    egress_rules      = var.auto_egress_rules == null ? local.named.egress_rules : var.auto_egress_rules
    egress_with_self  = var.auto_egress_with_self == null ? [] : var.auto_egress_with_self
  }
}

module "sg" {
  source                                                   = "../../"
  create                                                   = var.create
  vpc_id                                                   = var.vpc_id
  name                                                     = var.name
  use_name_prefix                                          = var.use_name_prefix
  description                                              = var.description
  revoke_rules_on_delete                                   = var.revoke_rules_on_delete
  tags                                                     = var.tags
  ingress_rules                                            = sort(compact(distinct(concat(local.auto.ingress_rules, var.ingress_rules))))
  ingress_with_self                                        = concat(local.auto.ingress_with_self, var.ingress_with_self)
  ingress_with_cidr_blocks                                 = var.ingress_with_cidr_blocks
  ingress_with_ipv6_cidr_blocks                            = var.ingress_with_ipv6_cidr_blocks
  ingress_with_source_security_group_id                    = var.ingress_with_source_security_group_id
  ingress_with_prefix_list_ids                             = var.ingress_with_prefix_list_ids
  computed_ingress_rules                                   = sort(compact(distinct(concat(var.auto_computed_ingress_rules, var.computed_ingress_rules))))
  computed_ingress_with_self                               = concat(var.auto_computed_ingress_with_self, var.computed_ingress_with_self)
  computed_ingress_with_cidr_blocks                        = var.computed_ingress_with_cidr_blocks
  computed_ingress_with_ipv6_cidr_blocks                   = var.computed_ingress_with_ipv6_cidr_blocks
  computed_ingress_with_source_security_group_id           = var.computed_ingress_with_source_security_group_id
  computed_ingress_with_prefix_list_ids                    = var.computed_ingress_with_prefix_list_ids
  number_of_computed_ingress_rules                         = var.auto_number_of_computed_ingress_rules + var.number_of_computed_ingress_rules
  number_of_computed_ingress_with_self                     = var.auto_number_of_computed_ingress_with_self + var.number_of_computed_ingress_with_self
  number_of_computed_ingress_with_cidr_blocks              = var.number_of_computed_ingress_with_cidr_blocks
  number_of_computed_ingress_with_ipv6_cidr_blocks         = var.number_of_computed_ingress_with_ipv6_cidr_blocks
  number_of_computed_ingress_with_source_security_group_id = var.number_of_computed_ingress_with_source_security_group_id
  number_of_computed_ingress_with_prefix_list_ids          = var.number_of_computed_ingress_with_prefix_list_ids
  ingress_cidr_blocks                                      = var.ingress_cidr_blocks
  ingress_ipv6_cidr_blocks                                 = var.ingress_ipv6_cidr_blocks
  ingress_prefix_list_ids                                  = var.ingress_prefix_list_ids
  egress_rules                                             = sort(compact(distinct(concat(local.auto.egress_rules, var.egress_rules))))
  egress_with_self                                         = concat(local.auto.egress_with_self, var.egress_with_self)
  egress_with_cidr_blocks                                  = var.egress_with_cidr_blocks
  egress_with_ipv6_cidr_blocks                             = var.egress_with_ipv6_cidr_blocks
  egress_with_source_security_group_id                     = var.egress_with_source_security_group_id
  egress_with_prefix_list_ids                              = var.egress_with_prefix_list_ids
  computed_egress_rules                                    = sort(compact(distinct(concat(var.auto_computed_egress_rules, var.computed_egress_rules))))
  computed_egress_with_self                                = concat(var.auto_computed_egress_with_self, var.computed_egress_with_self)
  computed_egress_with_cidr_blocks                         = var.computed_egress_with_cidr_blocks
  computed_egress_with_ipv6_cidr_blocks                    = var.computed_egress_with_ipv6_cidr_blocks
  computed_egress_with_source_security_group_id            = var.computed_egress_with_source_security_group_id
  computed_egress_with_prefix_list_ids                     = var.computed_egress_with_prefix_list_ids
  number_of_computed_egress_rules                          = var.auto_number_of_computed_egress_rules + var.number_of_computed_egress_rules
  number_of_computed_egress_with_self                      = var.auto_number_of_computed_egress_with_self + var.number_of_computed_egress_with_self
  number_of_computed_egress_with_cidr_blocks               = var.number_of_computed_egress_with_cidr_blocks
  number_of_computed_egress_with_ipv6_cidr_blocks          = var.number_of_computed_egress_with_ipv6_cidr_blocks
  number_of_computed_egress_with_source_security_group_id  = var.number_of_computed_egress_with_source_security_group_id
  number_of_computed_egress_with_prefix_list_ids           = var.number_of_computed_egress_with_prefix_list_ids
  egress_cidr_blocks                                       = var.egress_cidr_blocks
  egress_ipv6_cidr_blocks                                  = var.egress_ipv6_cidr_blocks
  egress_prefix_list_ids                                   = var.egress_prefix_list_ids
}

output "security_group_arn" {
  value = module.sg.security_group_arn
}

output "this_security_group_arn" {
  value = module.sg.security_group_arn
}

output "security_group_id" {
  value = module.sg.security_group_id
}

output "this_security_group_id" {
  value = module.sg.security_group_id
}

output "security_group_vpc_id" {
  value = module.sg.security_group_vpc_id
}

output "this_security_group_vpc_id" {
  value = module.sg.security_group_vpc_id
}

output "security_group_owner_id" {
  value = module.sg.security_group_owner_id
}

output "this_security_group_owner_id" {
  value = module.sg.security_group_owner_id
}

output "security_group_name" {
  value = module.sg.security_group_name
}

output "this_security_group_name" {
  value = module.sg.security_group_name
}

output "security_group_description" {
  value = module.sg.security_group_description
}

output "this_security_group_description" {
  value = module.sg.security_group_description
}
