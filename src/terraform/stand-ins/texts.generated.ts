/** Stand-ins for modules; written by scripts/generate.ts from data/stand-ins. */

import type { StandInData } from './data.ts';

export const standIns: readonly StandInData[] = [
 {
  "module": "cloudposse/label/null",
  "lines": [
   "0.22",
   "0.23",
   "0.24",
   "0.25"
  ],
  "texts": {
   "": "variable \"enabled\" {\ntype    = bool\ndefault = null\n}\nvariable \"context\" {\ntype    = any\ndefault = {}\n}\nvariable \"namespace\" {\ntype    = string\ndefault = null\n}\nvariable \"tenant\" {\ntype    = string\ndefault = null\n}\nvariable \"environment\" {\ntype    = string\ndefault = null\n}\nvariable \"stage\" {\ntype    = string\ndefault = null\n}\nvariable \"name\" {\ntype    = string\ndefault = null\n}\nvariable \"delimiter\" {\ntype    = string\ndefault = null\n}\nvariable \"regex_replace_chars\" {\ntype    = string\ndefault = null\n}\nvariable \"label_key_case\" {\ntype    = string\ndefault = null\n}\nvariable \"label_value_case\" {\ntype    = string\ndefault = null\n}\nvariable \"id_length_limit\" {\ntype    = number\ndefault = null\n}\nvariable \"label_order\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"labels_as_tags\" {\ntype    = set(string)\ndefault = [\"default\"]\n}\nvariable \"attributes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"additional_tag_map\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"descriptor_formats\" {\ntype    = any\ndefault = {}\n}\nlocals {\ninherited = merge(\n{\nenabled             = true\nnamespace           = null\ntenant              = null\nenvironment         = null\nstage               = null\nname                = null\ndelimiter           = null\nattributes          = []\ntags                = {}\nadditional_tag_map  = {}\nregex_replace_chars = null\nlabel_order         = []\nid_length_limit     = null\nlabel_key_case      = null\nlabel_value_case    = null\ndescriptor_formats  = {}\nlabels_as_tags      = [\"unset\"]\n},\nvar.context,\n)\ncontext = {\nenabled             = var.enabled == null ? local.inherited.enabled : var.enabled\nnamespace           = var.namespace == null ? local.inherited.namespace : var.namespace\ntenant              = var.tenant == null ? local.inherited.tenant : var.tenant\nenvironment         = var.environment == null ? local.inherited.environment : var.environment\nstage               = var.stage == null ? local.inherited.stage : var.stage\nname                = var.name == null ? local.inherited.name : var.name\ndelimiter           = var.delimiter == null ? local.inherited.delimiter : var.delimiter\nregex_replace_chars = var.regex_replace_chars == null ? local.inherited.regex_replace_chars : var.regex_replace_chars\nlabel_order         = var.label_order == null ? local.inherited.label_order : var.label_order\nid_length_limit     = var.id_length_limit == null ? local.inherited.id_length_limit : var.id_length_limit\nlabel_key_case      = var.label_key_case == null ? local.inherited.label_key_case : var.label_key_case\nlabel_value_case    = var.label_value_case == null ? local.inherited.label_value_case : var.label_value_case\nattributes          = compact(distinct(concat(coalesce(local.inherited.attributes, []), coalesce(var.attributes, []))))\ntags                = merge(local.inherited.tags, var.tags)\nadditional_tag_map  = merge(local.inherited.additional_tag_map, var.additional_tag_map)\ndescriptor_formats  = merge(local.inherited.descriptor_formats, var.descriptor_formats)\nlabels_as_tags      = try(contains(local.inherited.labels_as_tags, \"unset\"), true) ? var.labels_as_tags : local.inherited.labels_as_tags\n}\nlater = concat(\nlocal.line < 0.25 ? [\"tenant\", \"descriptor_formats\", \"labels_as_tags\"] : [],\nlocal.line < 0.23 ? [\"label_key_case\", \"label_value_case\"] : [],\n)\nenabled    = local.context.enabled\nunwanted   = coalesce(local.context.regex_replace_chars, \"/[^-a-zA-Z0-9]/\")\ndelimiter  = local.context.delimiter == null ? \"-\" : local.context.delimiter\nlimit      = local.context.id_length_limit == null ? 0 : local.context.id_length_limit\nvalue_case = local.context.label_value_case == null ? \"lower\" : local.context.label_value_case\nkey_case   = local.context.label_key_case == null ? \"title\" : local.context.label_key_case\nown_order  = local.context.label_order == null ? [] : local.context.label_order\norder      = length(local.own_order) > 0 ? local.own_order : [\"namespace\", \"environment\", \"stage\", \"name\", \"attributes\"]\nkept_attributes = compact(distinct([for text in local.context.attributes : replace(text, local.unwanted, \"\")]))\nattributes = compact(distinct([\nfor text in local.kept_attributes : {\nnone  = text\nlower = lower(text)\ntitle = title(lower(text))\nupper = upper(text)\n}[local.value_case]\n]))\nkept = {\nfor label in [\"namespace\", \"tenant\", \"environment\", \"stage\", \"name\"] :\nlabel => local.context[label] == null ? \"\" : replace(local.context[label], local.unwanted, \"\")\n}\nlabels = {\nfor label, text in local.kept : label => {\nnone  = text\nlower = lower(text)\ntitle = title(lower(text))\nupper = upper(text)\n}[local.value_case]\n}\nparts = merge(local.labels, { attributes = join(local.delimiter, local.attributes) })\nid_full = join(local.delimiter, [for label in local.order : local.parts[label] if length(local.parts[label]) > 0])\nroom   = local.limit - 5 - length(local.delimiter)\nstart  = local.room <= 0 ? \"\" : \"${trimsuffix(substr(local.id_full, 0, local.room), local.delimiter)}${local.delimiter}\"\ndigest = \"${md5(local.id_full)}qrstuvwxyz\"\nhash = replace({\nnone  = local.digest\nlower = lower(local.digest)\ntitle = title(local.digest)\nupper = upper(local.digest)\n}[local.value_case], local.unwanted, \"\")\nid = local.limit != 0 && length(local.id_full) > local.limit ? substr(\"${local.start}${local.hash}\", 0, local.limit) : local.id_full\ntaggable = merge(local.parts, { name = local.id })\ntagged   = contains(local.context.labels_as_tags, \"default\") ? keys(local.taggable) : local.context.labels_as_tags\ntags = merge(\n{\nfor label, text in local.taggable : {\nlower = label\ntitle = title(label)\nupper = upper(label)\n}[local.key_case] => text if contains(local.tagged, label) && length(text) > 0\n},\nlocal.context.tags,\n)\n}\noutput \"enabled\" {\nvalue = local.enabled\n}\noutput \"id\" {\nvalue = local.enabled ? local.id : \"\"\n}\noutput \"id_full\" {\nvalue = local.enabled ? local.id_full : \"\"\n}\noutput \"namespace\" {\nvalue = local.enabled ? local.labels.namespace : \"\"\n}\noutput \"tenant\" {\nvalue = local.enabled ? local.labels.tenant : \"\"\n}\noutput \"environment\" {\nvalue = local.enabled ? local.labels.environment : \"\"\n}\noutput \"stage\" {\nvalue = local.enabled ? local.labels.stage : \"\"\n}\noutput \"name\" {\nvalue = local.enabled ? local.labels.name : \"\"\n}\noutput \"delimiter\" {\nvalue = local.enabled ? local.delimiter : \"\"\n}\noutput \"attributes\" {\nvalue = local.enabled ? local.attributes : []\n}\noutput \"tags\" {\nvalue = local.enabled ? local.tags : {}\n}\noutput \"tags_as_list_of_maps\" {\nvalue = [for key, value in local.tags : merge({ key = key, value = value }, local.line < 0.25 ? var.additional_tag_map : local.context.additional_tag_map)]\n}\noutput \"additional_tag_map\" {\nvalue = local.context.additional_tag_map\n}\noutput \"label_order\" {\nvalue = local.order\n}\noutput \"regex_replace_chars\" {\nvalue = local.unwanted\n}\noutput \"id_length_limit\" {\nvalue = local.limit\n}\noutput \"normalized_context\" {\nvalue = {\nfor key, value in merge(local.context, local.labels, {\ndelimiter           = local.delimiter\nattributes          = local.attributes\ntags                = local.tags\nlabel_order         = local.order\nregex_replace_chars = local.unwanted\nid_length_limit     = local.limit\nlabel_key_case      = local.key_case\nlabel_value_case    = local.value_case\nlabels_as_tags      = local.tagged\n}) : key => value if !contains(local.later, key)\n}\n}\noutput \"context\" {\nvalue = { for key, value in local.context : key => value if !contains(local.later, key) }\n}\n"
  }
 },
 {
  "module": "cloudposse/security-group/aws",
  "lines": [
   "1",
   "2"
  ],
  "texts": {
   "": "variable \"vpc_id\" {\ntype = string\n}\nvariable \"target_security_group_id\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"security_group_name\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = \"Managed by Terraform\"\n}\nvariable \"create_before_destroy\" {\ntype    = bool\ndefault = null\n}\nvariable \"preserve_security_group_id\" {\ntype    = bool\ndefault = false\n}\nvariable \"allow_all_egress\" {\ntype    = bool\ndefault = null\n}\nvariable \"rules\" {\ntype    = list(any)\ndefault = []\n}\nvariable \"rules_map\" {\ntype    = any\ndefault = {}\n}\nvariable \"rule_matrix\" {\ntype    = any\ndefault = []\n}\nvariable \"revoke_rules_on_delete\" {\ntype    = bool\ndefault = false\n}\nvariable \"inline_rules_enabled\" {\ntype    = bool\ndefault = false\n}\nvariable \"enabled\" {\ntype    = bool\ndefault = null\n}\nvariable \"namespace\" {\ntype    = string\ndefault = null\n}\nvariable \"tenant\" {\ntype    = string\ndefault = null\n}\nvariable \"environment\" {\ntype    = string\ndefault = null\n}\nvariable \"stage\" {\ntype    = string\ndefault = null\n}\nvariable \"name\" {\ntype    = string\ndefault = null\n}\nvariable \"delimiter\" {\ntype    = string\ndefault = null\n}\nvariable \"regex_replace_chars\" {\ntype    = string\ndefault = null\n}\nvariable \"label_key_case\" {\ntype    = string\ndefault = null\n}\nvariable \"label_value_case\" {\ntype    = string\ndefault = null\n}\nvariable \"id_length_limit\" {\ntype    = number\ndefault = null\n}\nvariable \"label_order\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"labels_as_tags\" {\ntype    = set(string)\ndefault = [\"default\"]\n}\nvariable \"attributes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"additional_tag_map\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"descriptor_formats\" {\ntype    = any\ndefault = {}\n}\nvariable \"context\" {\ntype    = any\ndefault = {}\n}\nmodule \"this\" {\nsource              = \"../../../label/null/0.25.x\"\nenabled             = var.enabled\nnamespace           = var.namespace\ntenant              = var.tenant\nenvironment         = var.environment\nstage               = var.stage\nname                = var.name\ndelimiter           = var.delimiter\nregex_replace_chars = var.regex_replace_chars\nlabel_key_case      = var.label_key_case\nlabel_value_case    = var.label_value_case\nid_length_limit     = var.id_length_limit\nlabel_order         = var.label_order\nlabels_as_tags      = var.labels_as_tags\nattributes          = var.attributes\ntags                = var.tags\nadditional_tag_map  = var.additional_tag_map\ndescriptor_formats  = var.descriptor_formats\ncontext             = var.context\n}\nlocals {\nenabled = module.this.enabled\nreplaces_first = var.create_before_destroy == null ? local.line >= 2 : var.create_before_destroy\nopens_egress   = local.enabled && (var.allow_all_egress == null ? local.line >= 2 : var.allow_all_egress)\nmakes_group    = local.enabled && length(var.target_security_group_id) == 0\nreplaces_rules_first = local.line < 2 || (local.replaces_first && !var.preserve_security_group_id && length(var.target_security_group_id) == 0)\nrenews_group         = local.enabled && local.line >= 2 && local.replaces_rules_first\ngroup   = try(aws_security_group.default[0], aws_security_group.cbd[0], null)\nmade_id = local.replaces_first ? one(aws_security_group.cbd[*].id) : one(aws_security_group.default[*].id)\nid      = local.enabled ? (local.makes_group ? local.made_id : var.target_security_group_id[0]) : null\nsingle_rules = flatten([\nfor list, rules in merge({ _list_ = var.rules }, var.rules_map) : [\nfor index, rule in rules : {\nkey                      = coalesce(lookup(rule, \"key\", null), \"${list}[${index}]\")\ntype                     = rule.type\ndescription              = lookup(rule, \"description\", \"Managed by Terraform\")\nprotocol                 = rule.protocol\nfrom_port                = rule.from_port\nto_port                  = rule.to_port\ncidr_blocks              = try(length(rule.cidr_blocks), 0) > 0 ? rule.cidr_blocks : []\nipv6_cidr_blocks         = try(length(rule.ipv6_cidr_blocks), 0) > 0 ? rule.ipv6_cidr_blocks : []\nprefix_list_ids          = try(length(rule.prefix_list_ids), 0) > 0 ? rule.prefix_list_ids : []\nself                     = lookup(rule, \"self\", null) == true ? true : null\nsecurity_groups          = []\nsource_security_group_id = lookup(rule, \"source_security_group_id\", null)\n}\n] if local.enabled\n])\nmatrix_rules = flatten([\nfor row, subject in var.rule_matrix[*] : [\nfor index, rule in subject.rules : {\nkey                      = \"${coalesce(lookup(subject, \"key\", null), \"_m[${row}]\")}#${coalesce(lookup(rule, \"key\", null), \"[${index}]\")}\"\ntype                     = rule.type\ndescription              = lookup(rule, \"description\", \"Managed by Terraform\")\nprotocol                 = rule.protocol\nfrom_port                = rule.from_port\nto_port                  = rule.to_port\ncidr_blocks              = lookup(subject, \"cidr_blocks\", [])\nipv6_cidr_blocks         = lookup(subject, \"ipv6_cidr_blocks\", [])\nprefix_list_ids          = lookup(subject, \"prefix_list_ids\", [])\nself                     = lookup(rule, \"self\", null) == true ? true : null\nsecurity_groups          = lookup(subject, \"source_security_group_ids\", [])\nsource_security_group_id = null\n}\n] if local.enabled\n])\nall_egress = local.opens_egress ? [{\nkey                      = \"_allow_all_egress_\"\ntype                     = \"egress\"\ndescription              = \"Allow all egress\"\nprotocol                 = \"-1\"\nfrom_port                = 0\nto_port                  = 0\ncidr_blocks              = [\"0.0.0.0/0\"]\nipv6_cidr_blocks         = [\"::/0\"]\nprefix_list_ids          = []\nself                     = null\nsecurity_groups          = []\nsource_security_group_id = null\n}] : []\ninline_rules = var.inline_rules_enabled ? concat(local.single_rules, local.matrix_rules, local.all_egress) : []\nsplit_rules = concat(\n[for rule in local.matrix_rules : merge(rule, { key = \"${rule.key}#self\", cidr_blocks = [], ipv6_cidr_blocks = [], prefix_list_ids = [] }) if rule.self == true],\n[for rule in local.matrix_rules : merge(rule, { key = \"${rule.key}#cidr\", self = null }) if length(rule.cidr_blocks) + length(rule.ipv6_cidr_blocks) + length(rule.prefix_list_ids) > 0],\nflatten([\nfor rule in local.matrix_rules : [\nfor index, group in rule.security_groups : merge(rule, {\nkey                      = \"${rule.key}#sg#${index}\"\ncidr_blocks              = []\nipv6_cidr_blocks         = []\nprefix_list_ids          = []\nself                     = null\nsource_security_group_id = group\n})\n]\n]),\n)\nown_rules   = concat(local.single_rules, var.inline_rules_enabled ? [] : local.split_rules, local.all_egress)\nkeyed_rules = { for rule in local.own_rules : rule.key => rule }\nbase_prefix = concat(var.security_group_name, [\"${module.this.id}${module.this.delimiter}\"])[0]\nprefix      = local.renews_group ? \"${local.base_prefix}${module.this.delimiter}${join(\"\", random_id.name[*].b64_url)}${module.this.delimiter}\" : local.base_prefix\ntags        = merge(module.this.tags, try(length(var.security_group_name[0]), 0) > 0 ? { Name = var.security_group_name[0] } : {})\n}\nresource \"random_id\" \"name\" {\ncount       = local.renews_group ? 1 : 0\nbyte_length = 3\n}\nresource \"aws_security_group\" \"default\" {\ncount                  = local.makes_group && !local.replaces_first ? 1 : 0\nname                   = concat(var.security_group_name, [module.this.id])[0]\ndescription            = var.security_group_description\nvpc_id                 = var.vpc_id\nrevoke_rules_on_delete = var.revoke_rules_on_delete\ntags                   = local.tags\ndynamic \"ingress\" {\nfor_each = [for rule in local.inline_rules : rule if rule.type == \"ingress\"]\ncontent {\ndescription      = ingress.value.description\nprotocol         = ingress.value.protocol\nfrom_port        = ingress.value.from_port\nto_port          = ingress.value.to_port\ncidr_blocks      = ingress.value.cidr_blocks\nipv6_cidr_blocks = ingress.value.ipv6_cidr_blocks\nprefix_list_ids  = ingress.value.prefix_list_ids\nsecurity_groups  = ingress.value.security_groups\nself             = ingress.value.self\n}\n}\ndynamic \"egress\" {\nfor_each = [for rule in local.inline_rules : rule if rule.type == \"egress\"]\ncontent {\ndescription      = egress.value.description\nprotocol         = egress.value.protocol\nfrom_port        = egress.value.from_port\nto_port          = egress.value.to_port\ncidr_blocks      = egress.value.cidr_blocks\nipv6_cidr_blocks = egress.value.ipv6_cidr_blocks\nprefix_list_ids  = egress.value.prefix_list_ids\nsecurity_groups  = egress.value.security_groups\nself             = egress.value.self\n}\n}\nlifecycle {\ncreate_before_destroy = false\n}\n}\nresource \"aws_security_group\" \"cbd\" {\ncount                  = local.makes_group && local.replaces_first ? 1 : 0\nname_prefix            = local.prefix\ndescription            = var.security_group_description\nvpc_id                 = var.vpc_id\nrevoke_rules_on_delete = var.revoke_rules_on_delete\ntags                   = local.tags\ndynamic \"ingress\" {\nfor_each = [for rule in local.inline_rules : rule if rule.type == \"ingress\"]\ncontent {\ndescription      = ingress.value.description\nprotocol         = ingress.value.protocol\nfrom_port        = ingress.value.from_port\nto_port          = ingress.value.to_port\ncidr_blocks      = ingress.value.cidr_blocks\nipv6_cidr_blocks = ingress.value.ipv6_cidr_blocks\nprefix_list_ids  = ingress.value.prefix_list_ids\nsecurity_groups  = ingress.value.security_groups\nself             = ingress.value.self\n}\n}\ndynamic \"egress\" {\nfor_each = [for rule in local.inline_rules : rule if rule.type == \"egress\"]\ncontent {\ndescription      = egress.value.description\nprotocol         = egress.value.protocol\nfrom_port        = egress.value.from_port\nto_port          = egress.value.to_port\ncidr_blocks      = egress.value.cidr_blocks\nipv6_cidr_blocks = egress.value.ipv6_cidr_blocks\nprefix_list_ids  = egress.value.prefix_list_ids\nsecurity_groups  = egress.value.security_groups\nself             = egress.value.self\n}\n}\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_security_group_rule\" \"keyed\" {\nfor_each                 = local.replaces_rules_first ? local.keyed_rules : {}\nsecurity_group_id        = local.line < 2 ? local.id : local.makes_group ? one(aws_security_group.cbd[*].id) : var.target_security_group_id[0]\ntype                     = each.value.type\ndescription              = each.value.description\nprotocol                 = each.value.protocol\nfrom_port                = each.value.from_port\nto_port                  = each.value.to_port\ncidr_blocks              = length(each.value.cidr_blocks) == 0 ? null : each.value.cidr_blocks\nipv6_cidr_blocks         = length(each.value.ipv6_cidr_blocks) == 0 ? null : each.value.ipv6_cidr_blocks\nprefix_list_ids          = each.value.prefix_list_ids\nself                     = each.value.self\nsource_security_group_id = each.value.source_security_group_id\n}\nresource \"aws_security_group_rule\" \"dbc\" {\nfor_each                 = local.replaces_rules_first ? {} : local.keyed_rules\nsecurity_group_id        = local.id\ntype                     = each.value.type\ndescription              = each.value.description\nprotocol                 = each.value.protocol\nfrom_port                = each.value.from_port\nto_port                  = each.value.to_port\ncidr_blocks              = length(each.value.cidr_blocks) == 0 ? null : each.value.cidr_blocks\nipv6_cidr_blocks         = length(each.value.ipv6_cidr_blocks) == 0 ? null : each.value.ipv6_cidr_blocks\nprefix_list_ids          = each.value.prefix_list_ids\nself                     = each.value.self\nsource_security_group_id = each.value.source_security_group_id\n}\noutput \"id\" {\nvalue = local.id\n}\noutput \"arn\" {\nvalue = try(local.group.arn, null)\n}\noutput \"name\" {\nvalue = try(local.group.name, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/alb/aws",
  "lines": [
   "10"
  ],
  "texts": {
   "": "variable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"region\" {\ntype    = string\ndefault = null\n}\nvariable \"name\" {\ntype    = string\ndefault = null\n}\nvariable \"name_prefix\" {\ntype    = string\ndefault = null\n}\nvariable \"load_balancer_type\" {\ntype    = string\ndefault = \"application\"\n}\nvariable \"internal\" {\ntype    = bool\ndefault = null\n}\nvariable \"security_groups\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"subnets\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = null\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_name\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"security_group_ingress_rules\" {\ntype = map(object({\nname                         = optional(string)\ndescription                  = optional(string)\nip_protocol                  = optional(string, \"tcp\")\nfrom_port                    = optional(string)\nto_port                      = optional(string)\ncidr_ipv4                    = optional(string)\ncidr_ipv6                    = optional(string)\nprefix_list_id               = optional(string)\nreferenced_security_group_id = optional(string)\ntags                         = optional(map(string), {})\n}))\ndefault = null\n}\nvariable \"security_group_egress_rules\" {\ntype = map(object({\nname                         = optional(string)\ndescription                  = optional(string)\nip_protocol                  = optional(string, \"tcp\")\nfrom_port                    = optional(string)\nto_port                      = optional(string)\ncidr_ipv4                    = optional(string)\ncidr_ipv6                    = optional(string)\nprefix_list_id               = optional(string)\nreferenced_security_group_id = optional(string)\ntags                         = optional(map(string), {})\n}))\ndefault = null\n}\nlocals {\ncreate      = var.create && var.putin_khuylo\nmakes_group = local.create && var.create_security_group\ngroup_name  = try(coalesce(var.security_group_name, var.name, var.name_prefix), \"\")\n}\nresource \"aws_lb\" \"this\" {\ncount              = local.create ? 1 : 0\nregion             = var.region\nname               = var.name\nname_prefix        = var.name_prefix\nload_balancer_type = var.load_balancer_type\ninternal           = var.internal\nsubnets            = var.subnets\nsecurity_groups    = var.create_security_group ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups\n}\nresource \"aws_security_group\" \"this\" {\ncount       = local.makes_group ? 1 : 0\nregion      = var.region\nname        = var.security_group_use_name_prefix ? null : local.group_name\nname_prefix = var.security_group_use_name_prefix ? \"${local.group_name}-\" : null\ndescription = coalesce(var.security_group_description, \"Security group for ${local.group_name} ${var.load_balancer_type} load balancer\")\nvpc_id      = var.vpc_id\ntags        = merge(var.tags, var.security_group_tags)\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_vpc_security_group_ingress_rule\" \"this\" {\nfor_each                     = local.makes_group && var.security_group_ingress_rules != null ? var.security_group_ingress_rules : {}\nregion                       = var.region\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = each.value.description\nip_protocol                  = each.value.ip_protocol\nfrom_port                    = each.value.from_port\nto_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)\ncidr_ipv4                    = each.value.cidr_ipv4\ncidr_ipv6                    = each.value.cidr_ipv6\nprefix_list_id               = each.value.prefix_list_id\nreferenced_security_group_id = each.value.referenced_security_group_id\ntags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, \"${local.group_name}-${each.key}\") }, each.value.tags)\n}\nresource \"aws_vpc_security_group_egress_rule\" \"this\" {\nfor_each                     = local.makes_group && var.security_group_egress_rules != null ? var.security_group_egress_rules : {}\nregion                       = var.region\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = each.value.description\nip_protocol                  = each.value.ip_protocol\nfrom_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)\nto_port                      = each.value.to_port\ncidr_ipv4                    = each.value.cidr_ipv4\ncidr_ipv6                    = each.value.cidr_ipv6\nprefix_list_id               = each.value.prefix_list_id\nreferenced_security_group_id = each.value.referenced_security_group_id\ntags                         = merge(var.tags, var.security_group_tags, { Name = coalesce(each.value.name, \"${local.group_name}-${each.key}\") }, each.value.tags)\n}\noutput \"id\" {\nvalue = try(aws_lb.this[0].id, null)\n}\noutput \"arn\" {\nvalue = try(aws_lb.this[0].arn, null)\n}\noutput \"arn_suffix\" {\nvalue = try(aws_lb.this[0].arn_suffix, null)\n}\noutput \"dns_name\" {\nvalue = try(aws_lb.this[0].dns_name, null)\n}\noutput \"zone_id\" {\nvalue = try(aws_lb.this[0].zone_id, null)\n}\noutput \"security_group_arn\" {\nvalue = try(aws_security_group.this[0].arn, null)\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/alb/aws",
  "lines": [
   "8"
  ],
  "texts": {
   "": "variable \"create_lb\" {\ntype    = bool\ndefault = true\n}\nvariable \"name\" {\ntype    = string\ndefault = null\n}\nvariable \"name_prefix\" {\ntype    = string\ndefault = null\n}\nvariable \"load_balancer_type\" {\ntype    = string\ndefault = \"application\"\n}\nvariable \"internal\" {\ntype    = bool\ndefault = false\n}\nvariable \"security_groups\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"subnets\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = null\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_name\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"security_group_rules\" {\ntype    = any\ndefault = {}\n}\nlocals {\ncreate      = var.create_lb && var.putin_khuylo\nmakes_group = local.create && var.create_security_group && var.load_balancer_type == \"application\"\ngroup_name  = try(coalesce(var.security_group_name, var.name, var.name_prefix), \"\")\n}\nresource \"aws_lb\" \"this\" {\ncount = local.create ? 1 : 0\nname               = var.name\nname_prefix        = var.name_prefix\nload_balancer_type = var.load_balancer_type\ninternal           = var.internal\nsubnets            = var.subnets\nsecurity_groups    = var.create_security_group && var.load_balancer_type == \"application\" ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups\n}\nresource \"aws_security_group\" \"this\" {\ncount       = local.makes_group ? 1 : 0\nname        = var.security_group_use_name_prefix ? null : local.group_name\nname_prefix = var.security_group_use_name_prefix ? \"${local.group_name}-\" : null\ndescription = var.security_group_description\nvpc_id      = var.vpc_id\ntags        = merge(var.tags, var.security_group_tags, { Name = local.group_name })\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_security_group_rule\" \"this\" {\nfor_each                 = { for name, rule in var.security_group_rules : name => rule if local.makes_group }\nsecurity_group_id        = aws_security_group.this[0].id\ntype                     = each.value.type\ndescription              = lookup(each.value, \"description\", null)\nprotocol                 = each.value.protocol\nfrom_port                = each.value.from_port\nto_port                  = each.value.to_port\ncidr_blocks              = lookup(each.value, \"cidr_blocks\", null)\nipv6_cidr_blocks         = lookup(each.value, \"ipv6_cidr_blocks\", null)\nprefix_list_ids          = lookup(each.value, \"prefix_list_ids\", null)\nself                     = lookup(each.value, \"self\", null)\nsource_security_group_id = lookup(each.value, \"source_security_group_id\", null)\n}\noutput \"lb_id\" {\nvalue = try(aws_lb.this[0].id, \"\")\n}\noutput \"lb_arn\" {\nvalue = try(aws_lb.this[0].arn, \"\")\n}\noutput \"lb_dns_name\" {\nvalue = try(aws_lb.this[0].dns_name, \"\")\n}\noutput \"lb_zone_id\" {\nvalue = try(aws_lb.this[0].zone_id, \"\")\n}\noutput \"security_group_arn\" {\nvalue = try(aws_security_group.this[0].arn, null)\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/alb/aws",
  "lines": [
   "9"
  ],
  "texts": {
   "": "variable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"name\" {\ntype    = string\ndefault = null\n}\nvariable \"name_prefix\" {\ntype    = string\ndefault = null\n}\nvariable \"load_balancer_type\" {\ntype    = string\ndefault = \"application\"\n}\nvariable \"internal\" {\ntype    = bool\ndefault = null\n}\nvariable \"security_groups\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"subnets\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = null\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_name\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"security_group_ingress_rules\" {\ntype    = any\ndefault = {}\n}\nvariable \"security_group_egress_rules\" {\ntype    = any\ndefault = {}\n}\nlocals {\ncreate      = var.create && var.putin_khuylo\nmakes_group = local.create && var.create_security_group\ngroup_name  = try(coalesce(var.security_group_name, var.name, var.name_prefix), \"\")\n}\nresource \"aws_lb\" \"this\" {\ncount = local.create ? 1 : 0\nname               = var.name\nname_prefix        = var.name_prefix\nload_balancer_type = var.load_balancer_type\ninternal           = var.internal\nsubnets            = var.subnets\nsecurity_groups    = var.create_security_group ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups\n}\nresource \"aws_security_group\" \"this\" {\ncount       = local.makes_group ? 1 : 0\nname        = var.security_group_use_name_prefix ? null : local.group_name\nname_prefix = var.security_group_use_name_prefix ? \"${local.group_name}-\" : null\ndescription = coalesce(var.security_group_description, \"Security group for ${local.group_name} ${var.load_balancer_type} load balancer\")\nvpc_id      = var.vpc_id\ntags        = merge(var.tags, var.security_group_tags)\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_vpc_security_group_egress_rule\" \"this\" {\nfor_each                     = { for name, rule in var.security_group_egress_rules : name => rule if local.makes_group }\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = try(each.value.description, null)\nip_protocol                  = try(each.value.ip_protocol, \"tcp\")\nfrom_port                    = try(each.value.from_port, null)\nto_port                      = try(each.value.to_port, null)\ncidr_ipv4                    = lookup(each.value, \"cidr_ipv4\", null)\ncidr_ipv6                    = lookup(each.value, \"cidr_ipv6\", null)\nprefix_list_id               = lookup(each.value, \"prefix_list_id\", null)\nreferenced_security_group_id = lookup(each.value, \"referenced_security_group_id\", null)\ntags                         = merge(var.tags, var.security_group_tags, try(each.value.tags, {}))\n}\nresource \"aws_vpc_security_group_ingress_rule\" \"this\" {\nfor_each                     = { for name, rule in var.security_group_ingress_rules : name => rule if local.makes_group }\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = try(each.value.description, null)\nip_protocol                  = try(each.value.ip_protocol, \"tcp\")\nfrom_port                    = try(each.value.from_port, null)\nto_port                      = try(each.value.to_port, null)\ncidr_ipv4                    = lookup(each.value, \"cidr_ipv4\", null)\ncidr_ipv6                    = lookup(each.value, \"cidr_ipv6\", null)\nprefix_list_id               = lookup(each.value, \"prefix_list_id\", null)\nreferenced_security_group_id = lookup(each.value, \"referenced_security_group_id\", null)\ntags                         = merge(var.tags, var.security_group_tags, try(each.value.tags, {}))\n}\noutput \"id\" {\nvalue = try(aws_lb.this[0].id, null)\n}\noutput \"arn\" {\nvalue = try(aws_lb.this[0].arn, null)\n}\noutput \"arn_suffix\" {\nvalue = try(aws_lb.this[0].arn_suffix, null)\n}\noutput \"dns_name\" {\nvalue = try(aws_lb.this[0].dns_name, null)\n}\noutput \"zone_id\" {\nvalue = try(aws_lb.this[0].zone_id, null)\n}\noutput \"security_group_arn\" {\nvalue = try(aws_security_group.this[0].arn, null)\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/ec2-instance/aws",
  "lines": [
   "3",
   "4",
   "5"
  ],
  "texts": {
   "": "variable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"ami\" {\ntype    = string\ndefault = null\n}\nvariable \"instance_type\" {\ntype    = string\ndefault = \"t3.micro\"\n}\nvariable \"subnet_id\" {\ntype    = string\ndefault = null\n}\nvariable \"vpc_security_group_ids\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"associate_public_ip_address\" {\ntype    = bool\ndefault = null\n}\nvariable \"ignore_ami_changes\" {\ntype    = bool\ndefault = false\n}\nvariable \"create_spot_instance\" {\ntype    = bool\ndefault = false\n}\nvariable \"network_interface\" {\ntype    = any\ndefault = []\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nlocals {\ncreate = var.create && var.putin_khuylo\n}\nresource \"aws_instance\" \"this\" {\ncount = local.create && !var.ignore_ami_changes && !var.create_spot_instance ? 1 : 0\nami                         = var.ami\ninstance_type               = var.instance_type\nsubnet_id                   = var.subnet_id\nassociate_public_ip_address = var.associate_public_ip_address\nvpc_security_group_ids      = var.vpc_security_group_ids\n}\nresource \"aws_instance\" \"ignore_ami\" {\ncount = local.create && var.ignore_ami_changes && !var.create_spot_instance ? 1 : 0\nami                         = var.ami\ninstance_type               = var.instance_type\nsubnet_id                   = var.subnet_id\nassociate_public_ip_address = var.associate_public_ip_address\nvpc_security_group_ids      = var.vpc_security_group_ids\n}\nresource \"aws_spot_instance_request\" \"this\" {\ncount = local.create && var.create_spot_instance ? 1 : 0\nami                         = var.ami\ninstance_type               = var.instance_type\nsubnet_id                   = var.subnet_id\nassociate_public_ip_address = var.associate_public_ip_address\nvpc_security_group_ids      = var.vpc_security_group_ids\n}\noutput \"id\" {\nvalue = try(aws_instance.this[0].id, aws_instance.ignore_ami[0].id, aws_spot_instance_request.this[0].id, null)\n}\noutput \"arn\" {\nvalue = try(aws_instance.this[0].arn, aws_instance.ignore_ami[0].arn, aws_spot_instance_request.this[0].arn, null)\n}\noutput \"private_ip\" {\nvalue = try(aws_instance.this[0].private_ip, aws_instance.ignore_ami[0].private_ip, aws_spot_instance_request.this[0].private_ip, null)\n}\noutput \"public_ip\" {\nvalue = try(aws_instance.this[0].public_ip, aws_instance.ignore_ami[0].public_ip, aws_spot_instance_request.this[0].public_ip, null)\n}\noutput \"private_dns\" {\nvalue = try(aws_instance.this[0].private_dns, aws_instance.ignore_ami[0].private_dns, aws_spot_instance_request.this[0].private_dns, null)\n}\noutput \"public_dns\" {\nvalue = try(aws_instance.this[0].public_dns, aws_instance.ignore_ami[0].public_dns, aws_spot_instance_request.this[0].public_dns, null)\n}\noutput \"primary_network_interface_id\" {\nvalue = try(aws_instance.this[0].primary_network_interface_id, aws_instance.ignore_ami[0].primary_network_interface_id, aws_spot_instance_request.this[0].primary_network_interface_id, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/ec2-instance/aws",
  "lines": [
   "6"
  ],
  "texts": {
   "": "variable \"region\" {\ntype    = string\ndefault = null\n}\nvariable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"ami\" {\ntype    = string\ndefault = null\n}\nvariable \"instance_type\" {\ntype    = string\ndefault = \"t3.micro\"\n}\nvariable \"subnet_id\" {\ntype    = string\ndefault = null\n}\nvariable \"vpc_security_group_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"associate_public_ip_address\" {\ntype    = bool\ndefault = null\n}\nvariable \"ignore_ami_changes\" {\ntype    = bool\ndefault = false\n}\nvariable \"create_spot_instance\" {\ntype    = bool\ndefault = false\n}\nvariable \"network_interface\" {\ntype    = any\ndefault = null\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_name\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"security_group_vpc_id\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_ingress_rules\" {\ntype = map(object({\ndescription                  = optional(string)\nip_protocol                  = optional(string, \"tcp\")\nfrom_port                    = optional(number)\nto_port                      = optional(number)\ncidr_ipv4                    = optional(string)\ncidr_ipv6                    = optional(string)\nprefix_list_id               = optional(string)\nreferenced_security_group_id = optional(string)\ntags                         = optional(map(string), {})\n}))\ndefault = null\n}\nvariable \"security_group_egress_rules\" {\ntype = map(object({\ndescription                  = optional(string)\nip_protocol                  = optional(string, \"tcp\")\nfrom_port                    = optional(number)\nto_port                      = optional(number)\ncidr_ipv4                    = optional(string)\ncidr_ipv6                    = optional(string)\nprefix_list_id               = optional(string)\nreferenced_security_group_id = optional(string)\ntags                         = optional(map(string), {})\n}))\ndefault = {\nipv4_default = { cidr_ipv4 = \"0.0.0.0/0\", description = \"Allow all IPv4 traffic\", ip_protocol = \"-1\" }\nipv6_default = { cidr_ipv6 = \"::/0\", description = \"Allow all IPv6 traffic\", ip_protocol = \"-1\" }\n}\n}\nlocals {\ncreate      = var.create && var.putin_khuylo\nmakes_group = var.create && var.create_security_group && var.network_interface == null\ngroup_name  = try(coalesce(var.security_group_name, var.name), \"\")\ngroups      = local.makes_group ? concat(var.vpc_security_group_ids, [aws_security_group.this[0].id]) : var.vpc_security_group_ids\n}\ndata \"aws_subnet\" \"this\" {\ncount  = local.makes_group ? 1 : 0\nregion = var.region\nid     = var.subnet_id\n}\nresource \"aws_instance\" \"this\" {\ncount                       = local.create && !var.ignore_ami_changes && !var.create_spot_instance ? 1 : 0\nregion                      = var.region\nami                         = var.ami\ninstance_type               = var.instance_type\nsubnet_id                   = var.subnet_id\nassociate_public_ip_address = var.associate_public_ip_address\nvpc_security_group_ids      = var.network_interface == null ? local.groups : null\n}\nresource \"aws_instance\" \"ignore_ami\" {\ncount                       = local.create && var.ignore_ami_changes && !var.create_spot_instance ? 1 : 0\nregion                      = var.region\nami                         = var.ami\ninstance_type               = var.instance_type\nsubnet_id                   = var.subnet_id\nassociate_public_ip_address = var.associate_public_ip_address\nvpc_security_group_ids      = var.network_interface == null ? local.groups : null\n}\nresource \"aws_spot_instance_request\" \"this\" {\ncount                       = local.create && var.create_spot_instance ? 1 : 0\nregion                      = var.region\nami                         = var.ami\ninstance_type               = var.instance_type\nsubnet_id                   = var.subnet_id\nassociate_public_ip_address = var.associate_public_ip_address\nvpc_security_group_ids      = var.network_interface == null ? local.groups : null\n}\nresource \"aws_security_group\" \"this\" {\ncount       = local.makes_group ? 1 : 0\nregion      = var.region\nname        = var.security_group_use_name_prefix ? null : local.group_name\nname_prefix = var.security_group_use_name_prefix ? \"${local.group_name}-\" : null\ndescription = var.security_group_description\nvpc_id      = coalesce(var.security_group_vpc_id, data.aws_subnet.this[0].vpc_id)\ntags        = merge(var.tags, { Name = local.group_name }, var.security_group_tags)\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_vpc_security_group_egress_rule\" \"this\" {\nfor_each                     = local.makes_group && var.security_group_egress_rules != null ? var.security_group_egress_rules : {}\nregion                       = var.region\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = each.value.description\nip_protocol                  = each.value.ip_protocol\nfrom_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)\nto_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)\ncidr_ipv4                    = each.value.cidr_ipv4\ncidr_ipv6                    = each.value.cidr_ipv6\nprefix_list_id               = each.value.prefix_list_id\nreferenced_security_group_id = each.value.referenced_security_group_id\ntags                         = merge(var.tags, var.security_group_tags, { Name = \"${local.group_name}-${each.key}\" }, each.value.tags)\n}\nresource \"aws_vpc_security_group_ingress_rule\" \"this\" {\nfor_each                     = local.makes_group && var.security_group_ingress_rules != null ? var.security_group_ingress_rules : {}\nregion                       = var.region\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = each.value.description\nip_protocol                  = each.value.ip_protocol\nfrom_port                    = try(coalesce(each.value.from_port, each.value.to_port), null)\nto_port                      = try(coalesce(each.value.to_port, each.value.from_port), null)\ncidr_ipv4                    = each.value.cidr_ipv4\ncidr_ipv6                    = each.value.cidr_ipv6\nprefix_list_id               = each.value.prefix_list_id\nreferenced_security_group_id = each.value.referenced_security_group_id\ntags                         = merge(var.tags, var.security_group_tags, { Name = \"${local.group_name}-${each.key}\" }, each.value.tags)\n}\noutput \"id\" {\nvalue = try(aws_instance.this[0].id, aws_instance.ignore_ami[0].id, aws_spot_instance_request.this[0].spot_instance_id, null)\n}\noutput \"arn\" {\nvalue = try(aws_instance.this[0].arn, aws_instance.ignore_ami[0].arn, aws_spot_instance_request.this[0].arn, null)\n}\noutput \"private_ip\" {\nvalue = try(aws_instance.this[0].private_ip, aws_instance.ignore_ami[0].private_ip, aws_spot_instance_request.this[0].private_ip, null)\n}\noutput \"public_ip\" {\nvalue = try(aws_instance.this[0].public_ip, aws_instance.ignore_ami[0].public_ip, aws_spot_instance_request.this[0].public_ip, null)\n}\noutput \"private_dns\" {\nvalue = try(aws_instance.this[0].private_dns, aws_instance.ignore_ami[0].private_dns, aws_spot_instance_request.this[0].private_dns, null)\n}\noutput \"public_dns\" {\nvalue = try(aws_instance.this[0].public_dns, aws_instance.ignore_ami[0].public_dns, aws_spot_instance_request.this[0].public_dns, null)\n}\noutput \"primary_network_interface_id\" {\nvalue = try(aws_instance.this[0].primary_network_interface_id, aws_instance.ignore_ami[0].primary_network_interface_id, aws_spot_instance_request.this[0].primary_network_interface_id, null)\n}\noutput \"security_group_arn\" {\nvalue = try(aws_security_group.this[0].arn, null)\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/rds-aurora/aws",
  "lines": [
   "10"
  ],
  "texts": {
   "": "variable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"region\" {\ntype    = string\ndefault = null\n}\nvariable \"name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"engine\" {\ntype    = string\ndefault = null\n}\nvariable \"port\" {\ntype    = string\ndefault = null\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"vpc_security_group_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"security_group_ingress_rules\" {\ntype = map(object({\nname                         = optional(string)\ndescription                  = optional(string)\nip_protocol                  = optional(string, \"tcp\")\nfrom_port                    = optional(number)\nto_port                      = optional(number)\ncidr_ipv4                    = optional(string)\ncidr_ipv6                    = optional(string)\nprefix_list_id               = optional(string)\nreferenced_security_group_id = optional(string)\ntags                         = optional(map(string), {})\n}))\ndefault  = {}\nnullable = false\n}\nvariable \"security_group_egress_rules\" {\ntype = map(object({\nname                         = optional(string)\ndescription                  = optional(string)\nip_protocol                  = optional(string, \"tcp\")\nfrom_port                    = optional(number)\nto_port                      = optional(number)\ncidr_ipv4                    = optional(string)\ncidr_ipv6                    = optional(string)\nprefix_list_id               = optional(string)\nreferenced_security_group_id = optional(string)\ntags                         = optional(map(string), {})\n}))\ndefault  = {}\nnullable = false\n}\nlocals {\ncreate      = var.create && var.putin_khuylo\nmakes_group = local.create && var.create_security_group\ngroup_name  = try(coalesce(var.security_group_name, var.name), \"\")\nport        = coalesce(var.port, var.engine == \"aurora-postgresql\" || var.engine == \"postgres\" ? 5432 : 3306)\n}\nresource \"aws_rds_cluster\" \"this\" {\ncount                  = local.create ? 1 : 0\nregion                 = var.region\nengine                 = var.engine\nport                   = local.port\nvpc_security_group_ids = compact(concat(aws_security_group.this[*].id, var.vpc_security_group_ids))\n}\nresource \"aws_security_group\" \"this\" {\ncount       = local.makes_group ? 1 : 0\nregion      = var.region\nname        = var.security_group_use_name_prefix ? null : local.group_name\nname_prefix = var.security_group_use_name_prefix ? \"${local.group_name}-\" : null\ndescription = coalesce(var.security_group_description, \"Control traffic to/from RDS Aurora ${local.group_name}\")\nvpc_id      = var.vpc_id\ntags        = merge(var.tags, var.security_group_tags, { Name = local.group_name })\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_vpc_security_group_ingress_rule\" \"this\" {\nfor_each                     = { for name, rule in var.security_group_ingress_rules : name => rule if local.makes_group }\nregion                       = var.region\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = each.value.description\nip_protocol                  = each.value.ip_protocol\nfrom_port                    = try(coalesce(each.value.from_port, local.port), null)\nto_port                      = try(coalesce(each.value.to_port, each.value.from_port, local.port), null)\ncidr_ipv4                    = each.value.cidr_ipv4\ncidr_ipv6                    = each.value.cidr_ipv6\nprefix_list_id               = each.value.prefix_list_id\nreferenced_security_group_id = each.value.referenced_security_group_id == \"self\" ? aws_security_group.this[0].id : each.value.referenced_security_group_id\ntags                         = merge(var.tags, { Name = coalesce(each.value.name, \"${local.group_name}-${each.key}\") }, each.value.tags)\n}\nresource \"aws_vpc_security_group_egress_rule\" \"this\" {\nfor_each                     = { for name, rule in var.security_group_egress_rules : name => rule if local.makes_group }\nregion                       = var.region\nsecurity_group_id            = aws_security_group.this[0].id\ndescription                  = each.value.description\nip_protocol                  = each.value.ip_protocol\nfrom_port                    = try(coalesce(each.value.from_port, each.value.to_port, local.port), null)\nto_port                      = try(coalesce(each.value.to_port, local.port), null)\ncidr_ipv4                    = each.value.cidr_ipv4\ncidr_ipv6                    = each.value.cidr_ipv6\nprefix_list_id               = each.value.prefix_list_id\nreferenced_security_group_id = each.value.referenced_security_group_id == \"self\" ? aws_security_group.this[0].id : each.value.referenced_security_group_id\ntags                         = merge(var.tags, { Name = coalesce(each.value.name, \"${local.group_name}-${each.key}\") }, each.value.tags)\n}\noutput \"cluster_arn\" {\nvalue = try(aws_rds_cluster.this[0].arn, null)\n}\noutput \"cluster_id\" {\nvalue = try(aws_rds_cluster.this[0].id, null)\n}\noutput \"cluster_endpoint\" {\nvalue = try(aws_rds_cluster.this[0].endpoint, null)\n}\noutput \"cluster_reader_endpoint\" {\nvalue = try(aws_rds_cluster.this[0].reader_endpoint, null)\n}\noutput \"cluster_port\" {\nvalue = try(aws_rds_cluster.this[0].port, null)\n}\noutput \"cluster_resource_id\" {\nvalue = try(aws_rds_cluster.this[0].cluster_resource_id, null)\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/rds-aurora/aws",
  "lines": [
   "7"
  ],
  "texts": {
   "": "variable \"create_cluster\" {\ntype    = bool\ndefault = true\n}\nvariable \"name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"engine\" {\ntype    = string\ndefault = null\n}\nvariable \"port\" {\ntype    = string\ndefault = null\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"vpc_security_group_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"allowed_security_groups\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"allowed_cidr_blocks\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"security_group_egress_rules\" {\ntype    = map(any)\ndefault = {}\n}\nlocals {\ncreate      = var.create_cluster && var.putin_khuylo\nmakes_group = local.create && var.create_security_group\ngroup_name  = var.name\nport        = coalesce(var.port, var.engine == \"aurora-postgresql\" || var.engine == \"postgres\" ? 5432 : 3306)\n}\nresource \"aws_rds_cluster\" \"this\" {\ncount = local.create ? 1 : 0\nengine                 = var.engine\nport                   = local.port\nvpc_security_group_ids = compact(concat([try(aws_security_group.this[0].id, \"\")], var.vpc_security_group_ids))\n}\nresource \"aws_security_group\" \"this\" {\ncount = local.makes_group ? 1 : 0\nname        = var.security_group_use_name_prefix ? null : local.group_name\nname_prefix = var.security_group_use_name_prefix ? \"${local.group_name}-\" : null\ndescription = coalesce(var.security_group_description, \"Control traffic to/from RDS Aurora ${var.name}\")\nvpc_id      = var.vpc_id\ntags        = merge(var.tags, var.security_group_tags, { Name = local.group_name })\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_security_group_rule\" \"default_ingress\" {\ncount                    = local.makes_group ? length(var.allowed_security_groups) : 0\nsecurity_group_id        = aws_security_group.this[0].id\ntype                     = \"ingress\"\ndescription              = \"From allowed SGs\"\nprotocol                 = \"tcp\"\nfrom_port                = local.port\nto_port                  = local.port\nsource_security_group_id = var.allowed_security_groups[count.index]\n}\nresource \"aws_security_group_rule\" \"cidr_ingress\" {\ncount             = local.makes_group && length(var.allowed_cidr_blocks) > 0 ? 1 : 0\nsecurity_group_id = aws_security_group.this[0].id\ntype              = \"ingress\"\ndescription       = \"From allowed CIDRs\"\nprotocol          = \"tcp\"\nfrom_port         = local.port\nto_port           = local.port\ncidr_blocks       = var.allowed_cidr_blocks\n}\nresource \"aws_security_group_rule\" \"egress\" {\nfor_each                 = local.makes_group ? var.security_group_egress_rules : {}\nsecurity_group_id        = aws_security_group.this[0].id\ntype                     = \"egress\"\ndescription              = try(each.value.description, null)\nprotocol                 = \"tcp\"\nfrom_port                = try(each.value.from_port, local.port)\nto_port                  = try(each.value.to_port, local.port)\ncidr_blocks              = try(each.value.cidr_blocks, null)\nipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)\nprefix_list_ids          = try(each.value.prefix_list_ids, null)\nsource_security_group_id = try(each.value.source_security_group_id, null)\n}\noutput \"cluster_arn\" {\nvalue = try(aws_rds_cluster.this[0].arn, \"\")\n}\noutput \"cluster_id\" {\nvalue = try(aws_rds_cluster.this[0].id, \"\")\n}\noutput \"cluster_endpoint\" {\nvalue = try(aws_rds_cluster.this[0].endpoint, \"\")\n}\noutput \"cluster_reader_endpoint\" {\nvalue = try(aws_rds_cluster.this[0].reader_endpoint, \"\")\n}\noutput \"cluster_port\" {\nvalue = try(aws_rds_cluster.this[0].port, \"\")\n}\noutput \"cluster_resource_id\" {\nvalue = try(aws_rds_cluster.this[0].cluster_resource_id, \"\")\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, \"\")\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/rds-aurora/aws",
  "lines": [
   "8",
   "9"
  ],
  "texts": {
   "": "variable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"engine\" {\ntype    = string\ndefault = null\n}\nvariable \"port\" {\ntype    = string\ndefault = null\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"vpc_security_group_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"security_group_rules\" {\ntype    = any\ndefault = {}\n}\nlocals {\ncreate      = var.create && var.putin_khuylo\nmakes_group = local.create && var.create_security_group\ngroup_name  = try(coalesce(var.security_group_name, var.name), \"\")\nport        = coalesce(var.port, var.engine == \"aurora-postgresql\" || var.engine == \"postgres\" ? 5432 : 3306)\n}\nresource \"aws_rds_cluster\" \"this\" {\ncount = local.create ? 1 : 0\nengine                 = var.engine\nport                   = local.port\nvpc_security_group_ids = compact(concat([try(aws_security_group.this[0].id, \"\")], var.vpc_security_group_ids))\n}\nresource \"aws_security_group\" \"this\" {\ncount = local.makes_group ? 1 : 0\nname        = var.security_group_use_name_prefix ? null : local.group_name\nname_prefix = var.security_group_use_name_prefix ? \"${local.group_name}-\" : null\ndescription = coalesce(var.security_group_description, \"Control traffic to/from RDS Aurora ${var.name}\")\nvpc_id      = var.vpc_id\ntags        = merge(var.tags, var.security_group_tags, { Name = local.group_name })\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_security_group_rule\" \"this\" {\nfor_each                 = { for name, rule in var.security_group_rules : name => rule if local.makes_group }\nsecurity_group_id        = aws_security_group.this[0].id\ntype                     = try(each.value.type, \"ingress\")\ndescription              = try(each.value.description, null)\nprotocol                 = try(each.value.protocol, \"tcp\")\nfrom_port                = try(each.value.from_port, local.port)\nto_port                  = try(each.value.to_port, local.port)\ncidr_blocks              = try(each.value.cidr_blocks, null)\nipv6_cidr_blocks         = try(each.value.ipv6_cidr_blocks, null)\nprefix_list_ids          = try(each.value.prefix_list_ids, null)\nself                     = local.line < 9 ? null : try(each.value.self, null)\nsource_security_group_id = try(each.value.source_security_group_id, null)\n}\noutput \"cluster_arn\" {\nvalue = try(aws_rds_cluster.this[0].arn, null)\n}\noutput \"cluster_id\" {\nvalue = try(aws_rds_cluster.this[0].id, null)\n}\noutput \"cluster_endpoint\" {\nvalue = try(aws_rds_cluster.this[0].endpoint, null)\n}\noutput \"cluster_reader_endpoint\" {\nvalue = try(aws_rds_cluster.this[0].reader_endpoint, null)\n}\noutput \"cluster_port\" {\nvalue = try(aws_rds_cluster.this[0].port, null)\n}\noutput \"cluster_resource_id\" {\nvalue = try(aws_rds_cluster.this[0].cluster_resource_id, null)\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, null)\n}\n"
  }
 },
 {
  "module": "terraform-aws-modules/security-group/aws",
  "lines": [
   "3",
   "4",
   "5"
  ],
  "texts": {
   "": "locals {\ncreate = var.create && var.putin_khuylo\nmakes  = local.create && var.create_sg\ngroup  = var.create_sg ? try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, \"\") : var.security_group_id\nmore_lists = local.line < 5\n}\nresource \"aws_security_group\" \"this\" {\ncount                  = local.makes && !var.use_name_prefix ? 1 : 0\nname                   = var.name\ndescription            = var.description\nvpc_id                 = var.vpc_id\nrevoke_rules_on_delete = var.revoke_rules_on_delete\ntags                   = merge({ Name = var.name }, var.tags)\n}\nresource \"aws_security_group\" \"this_name_prefix\" {\ncount                  = local.makes && var.use_name_prefix ? 1 : 0\nname_prefix            = \"${var.name}-\"\ndescription            = var.description\nvpc_id                 = var.vpc_id\nrevoke_rules_on_delete = var.revoke_rules_on_delete\ntags                   = merge({ Name = var.name }, var.tags)\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_security_group_rule\" \"ingress_rules\" {\ncount             = local.create ? length(var.ingress_rules) : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\ncidr_blocks       = var.ingress_cidr_blocks\nipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks\nprefix_list_ids   = var.ingress_prefix_list_ids\ndescription       = var.rules[var.ingress_rules[count.index]][3]\nfrom_port         = var.rules[var.ingress_rules[count.index]][0]\nto_port           = var.rules[var.ingress_rules[count.index]][1]\nprotocol          = var.rules[var.ingress_rules[count.index]][2]\n}\nresource \"aws_security_group_rule\" \"computed_ingress_rules\" {\ncount             = local.create ? var.number_of_computed_ingress_rules : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\ncidr_blocks       = var.ingress_cidr_blocks\nipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks\nprefix_list_ids   = var.ingress_prefix_list_ids\ndescription       = var.rules[var.computed_ingress_rules[count.index]][3]\nfrom_port         = var.rules[var.computed_ingress_rules[count.index]][0]\nto_port           = var.rules[var.computed_ingress_rules[count.index]][1]\nprotocol          = var.rules[var.computed_ingress_rules[count.index]][2]\n}\nresource \"aws_security_group_rule\" \"ingress_with_self\" {\ncount             = local.create ? length(var.ingress_with_self) : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\nself              = lookup(var.ingress_with_self[count.index], \"self\", true)\nprefix_list_ids   = var.ingress_prefix_list_ids\ndescription       = lookup(var.ingress_with_self[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.ingress_with_self[count.index], \"from_port\", var.rules[lookup(var.ingress_with_self[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.ingress_with_self[count.index], \"to_port\", var.rules[lookup(var.ingress_with_self[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.ingress_with_self[count.index], \"protocol\", var.rules[lookup(var.ingress_with_self[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_ingress_with_self\" {\ncount             = local.create ? var.number_of_computed_ingress_with_self : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\nself              = lookup(var.computed_ingress_with_self[count.index], \"self\", true)\nprefix_list_ids   = var.ingress_prefix_list_ids\ndescription       = lookup(var.computed_ingress_with_self[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.computed_ingress_with_self[count.index], \"from_port\", var.rules[lookup(var.computed_ingress_with_self[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.computed_ingress_with_self[count.index], \"to_port\", var.rules[lookup(var.computed_ingress_with_self[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.computed_ingress_with_self[count.index], \"protocol\", var.rules[lookup(var.computed_ingress_with_self[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"ingress_with_cidr_blocks\" {\ncount             = local.create ? length(var.ingress_with_cidr_blocks) : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\ncidr_blocks       = compact(split(\",\", lookup(var.ingress_with_cidr_blocks[count.index], \"cidr_blocks\", join(\",\", var.ingress_cidr_blocks))))\nprefix_list_ids   = local.more_lists ? var.ingress_prefix_list_ids : null\ndescription       = lookup(var.ingress_with_cidr_blocks[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.ingress_with_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.ingress_with_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.ingress_with_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.ingress_with_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.ingress_with_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.ingress_with_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_ingress_with_cidr_blocks\" {\ncount             = local.create ? var.number_of_computed_ingress_with_cidr_blocks : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\ncidr_blocks       = compact(split(\",\", lookup(var.computed_ingress_with_cidr_blocks[count.index], \"cidr_blocks\", join(\",\", var.ingress_cidr_blocks))))\nprefix_list_ids   = local.more_lists ? var.ingress_prefix_list_ids : null\ndescription       = lookup(var.computed_ingress_with_cidr_blocks[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.computed_ingress_with_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.computed_ingress_with_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.computed_ingress_with_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.computed_ingress_with_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.computed_ingress_with_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.computed_ingress_with_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"ingress_with_ipv6_cidr_blocks\" {\ncount             = local.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\nipv6_cidr_blocks  = compact(split(\",\", lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"ipv6_cidr_blocks\", join(\",\", var.ingress_ipv6_cidr_blocks))))\nprefix_list_ids   = var.ingress_prefix_list_ids\ndescription       = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.ingress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_ingress_with_ipv6_cidr_blocks\" {\ncount             = local.create ? var.number_of_computed_ingress_with_ipv6_cidr_blocks : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\nipv6_cidr_blocks  = compact(split(\",\", lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"ipv6_cidr_blocks\", join(\",\", var.ingress_ipv6_cidr_blocks))))\nprefix_list_ids   = var.ingress_prefix_list_ids\ndescription       = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"ingress_with_source_security_group_id\" {\ncount                    = local.create ? length(var.ingress_with_source_security_group_id) : 0\nsecurity_group_id        = local.group\ntype                     = \"ingress\"\nsource_security_group_id = var.ingress_with_source_security_group_id[count.index][\"source_security_group_id\"]\nprefix_list_ids          = var.ingress_prefix_list_ids\ndescription              = lookup(var.ingress_with_source_security_group_id[count.index], \"description\", \"Ingress Rule\")\nfrom_port                = lookup(var.ingress_with_source_security_group_id[count.index], \"from_port\", var.rules[lookup(var.ingress_with_source_security_group_id[count.index], \"rule\", \"_\")][0])\nto_port                  = lookup(var.ingress_with_source_security_group_id[count.index], \"to_port\", var.rules[lookup(var.ingress_with_source_security_group_id[count.index], \"rule\", \"_\")][1])\nprotocol                 = lookup(var.ingress_with_source_security_group_id[count.index], \"protocol\", var.rules[lookup(var.ingress_with_source_security_group_id[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_ingress_with_source_security_group_id\" {\ncount                    = local.create ? var.number_of_computed_ingress_with_source_security_group_id : 0\nsecurity_group_id        = local.group\ntype                     = \"ingress\"\nsource_security_group_id = var.computed_ingress_with_source_security_group_id[count.index][\"source_security_group_id\"]\nprefix_list_ids          = var.ingress_prefix_list_ids\ndescription              = lookup(var.computed_ingress_with_source_security_group_id[count.index], \"description\", \"Ingress Rule\")\nfrom_port                = lookup(var.computed_ingress_with_source_security_group_id[count.index], \"from_port\", var.rules[lookup(var.computed_ingress_with_source_security_group_id[count.index], \"rule\", \"_\")][0])\nto_port                  = lookup(var.computed_ingress_with_source_security_group_id[count.index], \"to_port\", var.rules[lookup(var.computed_ingress_with_source_security_group_id[count.index], \"rule\", \"_\")][1])\nprotocol                 = lookup(var.computed_ingress_with_source_security_group_id[count.index], \"protocol\", var.rules[lookup(var.computed_ingress_with_source_security_group_id[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"ingress_with_prefix_list_ids\" {\ncount             = var.create ? length(var.ingress_with_prefix_list_ids) : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\nprefix_list_ids   = compact(split(\",\", lookup(var.ingress_with_prefix_list_ids[count.index], \"prefix_list_ids\", join(\",\", var.ingress_prefix_list_ids))))\ndescription       = lookup(var.ingress_with_prefix_list_ids[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.ingress_with_prefix_list_ids[count.index], \"from_port\", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.ingress_with_prefix_list_ids[count.index], \"to_port\", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.ingress_with_prefix_list_ids[count.index], \"protocol\", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_ingress_with_prefix_list_ids\" {\ncount             = var.create ? var.number_of_computed_ingress_with_prefix_list_ids : 0\nsecurity_group_id = local.group\ntype              = \"ingress\"\nprefix_list_ids   = compact(split(\",\", lookup(var.ingress_with_prefix_list_ids[count.index], \"prefix_list_ids\", join(\",\", var.ingress_prefix_list_ids))))\ndescription       = lookup(var.ingress_with_prefix_list_ids[count.index], \"description\", \"Ingress Rule\")\nfrom_port         = lookup(var.ingress_with_prefix_list_ids[count.index], \"from_port\", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.ingress_with_prefix_list_ids[count.index], \"to_port\", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.ingress_with_prefix_list_ids[count.index], \"protocol\", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"egress_rules\" {\ncount             = local.create ? length(var.egress_rules) : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\ncidr_blocks       = var.egress_cidr_blocks\nipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks\nprefix_list_ids   = var.egress_prefix_list_ids\ndescription       = var.rules[var.egress_rules[count.index]][3]\nfrom_port         = var.rules[var.egress_rules[count.index]][0]\nto_port           = var.rules[var.egress_rules[count.index]][1]\nprotocol          = var.rules[var.egress_rules[count.index]][2]\n}\nresource \"aws_security_group_rule\" \"computed_egress_rules\" {\ncount             = local.create ? var.number_of_computed_egress_rules : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\ncidr_blocks       = var.egress_cidr_blocks\nipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks\nprefix_list_ids   = var.egress_prefix_list_ids\ndescription       = var.rules[var.computed_egress_rules[count.index]][3]\nfrom_port         = var.rules[var.computed_egress_rules[count.index]][0]\nto_port           = var.rules[var.computed_egress_rules[count.index]][1]\nprotocol          = var.rules[var.computed_egress_rules[count.index]][2]\n}\nresource \"aws_security_group_rule\" \"egress_with_self\" {\ncount             = local.create ? length(var.egress_with_self) : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\nself              = lookup(var.egress_with_self[count.index], \"self\", true)\nprefix_list_ids   = var.egress_prefix_list_ids\ndescription       = lookup(var.egress_with_self[count.index], \"description\", \"Egress Rule\")\nfrom_port         = lookup(var.egress_with_self[count.index], \"from_port\", var.rules[lookup(var.egress_with_self[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.egress_with_self[count.index], \"to_port\", var.rules[lookup(var.egress_with_self[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.egress_with_self[count.index], \"protocol\", var.rules[lookup(var.egress_with_self[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_egress_with_self\" {\ncount             = local.create ? var.number_of_computed_egress_with_self : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\nself              = lookup(var.computed_egress_with_self[count.index], \"self\", true)\nprefix_list_ids   = var.egress_prefix_list_ids\ndescription       = lookup(var.computed_egress_with_self[count.index], \"description\", \"Egress Rule\")\nfrom_port         = lookup(var.computed_egress_with_self[count.index], \"from_port\", var.rules[lookup(var.computed_egress_with_self[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.computed_egress_with_self[count.index], \"to_port\", var.rules[lookup(var.computed_egress_with_self[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.computed_egress_with_self[count.index], \"protocol\", var.rules[lookup(var.computed_egress_with_self[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"egress_with_cidr_blocks\" {\ncount             = local.create ? length(var.egress_with_cidr_blocks) : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\ncidr_blocks       = compact(split(\",\", lookup(var.egress_with_cidr_blocks[count.index], \"cidr_blocks\", join(\",\", var.egress_cidr_blocks))))\nprefix_list_ids   = local.more_lists ? var.egress_prefix_list_ids : null\ndescription       = lookup(var.egress_with_cidr_blocks[count.index], \"description\", \"Egress Rule\")\nfrom_port         = lookup(var.egress_with_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.egress_with_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.egress_with_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.egress_with_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.egress_with_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.egress_with_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_egress_with_cidr_blocks\" {\ncount             = local.create ? var.number_of_computed_egress_with_cidr_blocks : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\ncidr_blocks       = compact(split(\",\", lookup(var.computed_egress_with_cidr_blocks[count.index], \"cidr_blocks\", join(\",\", var.egress_cidr_blocks))))\nprefix_list_ids   = local.more_lists ? var.egress_prefix_list_ids : null\ndescription       = lookup(var.computed_egress_with_cidr_blocks[count.index], \"description\", \"Egress Rule\")\nfrom_port         = lookup(var.computed_egress_with_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.computed_egress_with_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.computed_egress_with_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"egress_with_ipv6_cidr_blocks\" {\ncount             = local.create ? length(var.egress_with_ipv6_cidr_blocks) : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\nipv6_cidr_blocks  = compact(split(\",\", lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"ipv6_cidr_blocks\", join(\",\", var.egress_ipv6_cidr_blocks))))\nprefix_list_ids   = var.egress_prefix_list_ids\ndescription       = lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"description\", \"Egress Rule\")\nfrom_port         = lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_egress_with_ipv6_cidr_blocks\" {\ncount             = local.create ? var.number_of_computed_egress_with_ipv6_cidr_blocks : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\nipv6_cidr_blocks  = compact(split(\",\", lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"ipv6_cidr_blocks\", join(\",\", var.egress_ipv6_cidr_blocks))))\nprefix_list_ids   = var.egress_prefix_list_ids\ndescription       = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"description\", \"Egress Rule\")\nfrom_port         = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"from_port\", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"to_port\", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"protocol\", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"egress_with_source_security_group_id\" {\ncount                    = local.create ? length(var.egress_with_source_security_group_id) : 0\nsecurity_group_id        = local.group\ntype                     = \"egress\"\nsource_security_group_id = var.egress_with_source_security_group_id[count.index][\"source_security_group_id\"]\nprefix_list_ids          = var.egress_prefix_list_ids\ndescription              = lookup(var.egress_with_source_security_group_id[count.index], \"description\", \"Egress Rule\")\nfrom_port                = lookup(var.egress_with_source_security_group_id[count.index], \"from_port\", var.rules[lookup(var.egress_with_source_security_group_id[count.index], \"rule\", \"_\")][0])\nto_port                  = lookup(var.egress_with_source_security_group_id[count.index], \"to_port\", var.rules[lookup(var.egress_with_source_security_group_id[count.index], \"rule\", \"_\")][1])\nprotocol                 = lookup(var.egress_with_source_security_group_id[count.index], \"protocol\", var.rules[lookup(var.egress_with_source_security_group_id[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_egress_with_source_security_group_id\" {\ncount                    = local.create ? var.number_of_computed_egress_with_source_security_group_id : 0\nsecurity_group_id        = local.group\ntype                     = \"egress\"\nsource_security_group_id = var.computed_egress_with_source_security_group_id[count.index][\"source_security_group_id\"]\nprefix_list_ids          = var.egress_prefix_list_ids\ndescription              = lookup(var.computed_egress_with_source_security_group_id[count.index], \"description\", \"Egress Rule\")\nfrom_port                = lookup(var.computed_egress_with_source_security_group_id[count.index], \"from_port\", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], \"rule\", \"_\")][0])\nto_port                  = lookup(var.computed_egress_with_source_security_group_id[count.index], \"to_port\", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], \"rule\", \"_\")][1])\nprotocol                 = lookup(var.computed_egress_with_source_security_group_id[count.index], \"protocol\", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"egress_with_prefix_list_ids\" {\ncount             = var.create ? length(var.egress_with_prefix_list_ids) : 0\nsecurity_group_id = local.group\ntype              = \"egress\"\nprefix_list_ids   = compact(split(\",\", lookup(var.egress_with_prefix_list_ids[count.index], \"prefix_list_ids\", join(\",\", var.egress_prefix_list_ids))))\ndescription       = lookup(var.egress_with_prefix_list_ids[count.index], \"description\", \"Egress Rule\")\nfrom_port         = lookup(var.egress_with_prefix_list_ids[count.index], \"from_port\", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], \"rule\", \"_\")][0])\nto_port           = lookup(var.egress_with_prefix_list_ids[count.index], \"to_port\", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], \"rule\", \"_\")][1])\nprotocol          = lookup(var.egress_with_prefix_list_ids[count.index], \"protocol\", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], \"rule\", \"_\")][2])\n}\nresource \"aws_security_group_rule\" \"computed_egress_with_prefix_list_ids\" {\ncount                    = var.create ? var.number_of_computed_egress_with_prefix_list_ids : 0\nsecurity_group_id        = local.group\ntype                     = \"egress\"\nprefix_list_ids          = compact(split(\",\", lookup(var.computed_egress_with_prefix_list_ids[count.index], \"prefix_list_ids\", join(\",\", var.egress_prefix_list_ids))))\nsource_security_group_id = var.computed_egress_with_prefix_list_ids[count.index][\"source_security_group_id\"]\ndescription              = lookup(var.computed_egress_with_prefix_list_ids[count.index], \"description\", \"Egress Rule\")\nfrom_port                = lookup(var.computed_egress_with_prefix_list_ids[count.index], \"from_port\", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], \"rule\", \"_\")][0])\nto_port                  = lookup(var.computed_egress_with_prefix_list_ids[count.index], \"to_port\", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], \"rule\", \"_\")][1])\nprotocol                 = lookup(var.computed_egress_with_prefix_list_ids[count.index], \"protocol\", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], \"rule\", \"_\")][2])\n}\noutput \"security_group_arn\" {\nvalue = try(aws_security_group.this[0].arn, aws_security_group.this_name_prefix[0].arn, \"\")\n}\noutput \"this_security_group_arn\" {\nvalue = try(aws_security_group.this[0].arn, aws_security_group.this_name_prefix[0].arn, \"\")\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, \"\")\n}\noutput \"this_security_group_id\" {\nvalue = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, \"\")\n}\noutput \"security_group_vpc_id\" {\nvalue = try(aws_security_group.this[0].vpc_id, aws_security_group.this_name_prefix[0].vpc_id, \"\")\n}\noutput \"this_security_group_vpc_id\" {\nvalue = try(aws_security_group.this[0].vpc_id, aws_security_group.this_name_prefix[0].vpc_id, \"\")\n}\noutput \"security_group_owner_id\" {\nvalue = try(aws_security_group.this[0].owner_id, aws_security_group.this_name_prefix[0].owner_id, \"\")\n}\noutput \"this_security_group_owner_id\" {\nvalue = try(aws_security_group.this[0].owner_id, aws_security_group.this_name_prefix[0].owner_id, \"\")\n}\noutput \"security_group_name\" {\nvalue = try(aws_security_group.this[0].name, aws_security_group.this_name_prefix[0].name, \"\")\n}\noutput \"this_security_group_name\" {\nvalue = try(aws_security_group.this[0].name, aws_security_group.this_name_prefix[0].name, \"\")\n}\noutput \"security_group_description\" {\nvalue = try(aws_security_group.this[0].description, aws_security_group.this_name_prefix[0].description, \"\")\n}\noutput \"this_security_group_description\" {\nvalue = try(aws_security_group.this[0].description, aws_security_group.this_name_prefix[0].description, \"\")\n}\nvariable \"rules\" {\ntype = map(list(any))\ndefault = {\nactivemq-5671-tcp                  = [5671, 5671, \"tcp\", \"ActiveMQ AMQP\"]\nactivemq-61614-tcp                 = [61614, 61614, \"tcp\", \"ActiveMQ STOMP\"]\nactivemq-61617-tcp                 = [61617, 61617, \"tcp\", \"ActiveMQ OpenWire\"]\nactivemq-61619-tcp                 = [61619, 61619, \"tcp\", \"ActiveMQ WebSocket\"]\nactivemq-8883-tcp                  = [8883, 8883, \"tcp\", \"ActiveMQ MQTT\"]\nalertmanager-9093-tcp              = [9093, 9093, \"tcp\", \"Alert Manager\"]\nalertmanager-9094-tcp              = [9094, 9094, \"tcp\", \"Alert Manager Cluster\"]\nall-all                            = [-1, -1, \"-1\", \"All protocols\"]\nall-icmp                           = [-1, -1, \"icmp\", \"All IPV4 ICMP\"]\nall-ipv6-icmp                      = [-1, -1, 58, \"All IPV6 ICMP\"]\nall-tcp                            = [0, 65535, \"tcp\", \"All TCP ports\"]\nall-udp                            = [0, 65535, \"udp\", \"All UDP ports\"]\ncarbon-admin-tcp                   = [2004, 2004, \"tcp\", \"Carbon admin\"]\ncarbon-gui-udp                     = [8081, 8081, \"tcp\", \"Carbon GUI\"]\ncarbon-line-in-tcp                 = [2003, 2003, \"tcp\", \"Carbon line-in\"]\ncarbon-line-in-udp                 = [2003, 2003, \"udp\", \"Carbon line-in\"]\ncarbon-pickle-tcp                  = [2013, 2013, \"tcp\", \"Carbon pickle\"]\ncarbon-pickle-udp                  = [2013, 2013, \"udp\", \"Carbon pickle\"]\ncassandra-clients-tcp              = [9042, 9042, \"tcp\", \"Cassandra clients\"]\ncassandra-jmx-tcp                  = [7199, 7199, \"tcp\", \"JMX\"]\ncassandra-thrift-clients-tcp       = [9160, 9160, \"tcp\", \"Cassandra Thrift clients\"]\nconsul-cli-rpc-tcp                 = [8400, 8400, \"tcp\", \"Consul CLI RPC\"]\nconsul-dns-tcp                     = [8600, 8600, \"tcp\", \"Consul DNS\"]\nconsul-dns-udp                     = [8600, 8600, \"udp\", \"Consul DNS\"]\nconsul-grpc-tcp                    = [8502, 8502, \"tcp\", \"Consul gRPC\"]\nconsul-grpc-tcp-tls                = [8503, 8503, \"tcp\", \"Consul gRPC TLS\"]\nconsul-serf-lan-tcp                = [8301, 8301, \"tcp\", \"Serf LAN\"]\nconsul-serf-lan-udp                = [8301, 8301, \"udp\", \"Serf LAN\"]\nconsul-serf-wan-tcp                = [8302, 8302, \"tcp\", \"Serf WAN\"]\nconsul-serf-wan-udp                = [8302, 8302, \"udp\", \"Serf WAN\"]\nconsul-tcp                         = [8300, 8300, \"tcp\", \"Consul server\"]\nconsul-webui-http-tcp              = [8500, 8500, \"tcp\", \"Consul web UI HTTP\"]\nconsul-webui-https-tcp             = [8501, 8501, \"tcp\", \"Consul web UI HTTPS\"]\nconsul-webui-tcp                   = [8500, 8500, \"tcp\", \"Consul web UI\"]\ndax-cluster-encrypted-tcp          = [9111, 9111, \"tcp\", \"DAX Cluster encrypted\"]\ndax-cluster-unencrypted-tcp        = [8111, 8111, \"tcp\", \"DAX Cluster unencrypted\"]\ndns-tcp                            = [53, 53, \"tcp\", \"DNS\"]\ndns-udp                            = [53, 53, \"udp\", \"DNS\"]\ndocker-swarm-mngmt-tcp             = [2377, 2377, \"tcp\", \"Docker Swarm cluster management\"]\ndocker-swarm-node-tcp              = [7946, 7946, \"tcp\", \"Docker Swarm node\"]\ndocker-swarm-node-udp              = [7946, 7946, \"udp\", \"Docker Swarm node\"]\ndocker-swarm-overlay-udp           = [4789, 4789, \"udp\", \"Docker Swarm Overlay Network Traffic\"]\nelasticsearch-java-tcp             = [9300, 9300, \"tcp\", \"Elasticsearch Java interface\"]\nelasticsearch-rest-tcp             = [9200, 9200, \"tcp\", \"Elasticsearch REST interface\"]\netcd-client-tcp                    = [2379, 2379, \"tcp\", \"Etcd Client\"]\netcd-peer-tcp                      = [2380, 2380, \"tcp\", \"Etcd Peer\"]\ngrafana-tcp                        = [3000, 3000, \"tcp\", \"Grafana Dashboard\"]\ngraphite-2003-tcp                  = [2003, 2003, \"tcp\", \"Carbon receiver plain text\"]\ngraphite-2004-tcp                  = [2004, 2004, \"tcp\", \"Carbon receiver pickle\"]\ngraphite-2023-tcp                  = [2023, 2023, \"tcp\", \"Carbon aggregator plaintext\"]\ngraphite-2024-tcp                  = [2024, 2024, \"tcp\", \"Carbon aggregator pickle\"]\ngraphite-8080-tcp                  = [8080, 8080, \"tcp\", \"Graphite gunicorn port\"]\ngraphite-8125-tcp                  = [8125, 8125, \"tcp\", \"Statsd TCP\"]\ngraphite-8125-udp                  = [8125, 8125, \"udp\", \"Statsd UDP default\"]\ngraphite-8126-tcp                  = [8126, 8126, \"tcp\", \"Statsd admin\"]\ngraphite-webui                     = [80, 80, \"tcp\", \"Graphite admin interface\"]\nhttp-80-tcp                        = [80, 80, \"tcp\", \"HTTP\"]\nhttp-8080-tcp                      = [8080, 8080, \"tcp\", \"HTTP\"]\nhttps-443-tcp                      = [443, 443, \"tcp\", \"HTTPS\"]\nhttps-8443-tcp                     = [8443, 8443, \"tcp\", \"HTTPS\"]\nipsec-4500-udp                     = [4500, 4500, \"udp\", \"IPSEC NAT-T\"]\nipsec-500-udp                      = [500, 500, \"udp\", \"IPSEC ISAKMP\"]\nkafka-broker-sasl-iam-public-tcp   = [9198, 9198, \"tcp\", \"Kafka SASL/IAM Public access control enabled (MSK specific)\"]\nkafka-broker-sasl-iam-tcp          = [9098, 9098, \"tcp\", \"Kafka SASL/IAM access control enabled (MSK specific)\"]\nkafka-broker-sasl-scram-public-tcp = [9196, 9196, \"tcp\", \"Kafka SASL/SCRAM Public enabled broker (MSK specific)\"]\nkafka-broker-sasl-scram-tcp        = [9096, 9096, \"tcp\", \"Kafka SASL/SCRAM enabled broker (MSK specific)\"]\nkafka-broker-tcp                   = [9092, 9092, \"tcp\", \"Kafka PLAINTEXT enable broker 0.8.2+\"]\nkafka-broker-tls-public-tcp        = [9194, 9194, \"tcp\", \"Kafka TLS Public enabled broker 0.8.2+ (MSK specific)\"]\nkafka-broker-tls-tcp               = [9094, 9094, \"tcp\", \"Kafka TLS enabled broker 0.8.2+\"]\nkafka-jmx-exporter-tcp             = [11001, 11001, \"tcp\", \"Kafka JMX Exporter\"]\nkafka-node-exporter-tcp            = [11002, 11002, \"tcp\", \"Kafka Node Exporter\"]\nkibana-tcp                         = [5601, 5601, \"tcp\", \"Kibana Web Interface\"]\nkubernetes-api-tcp                 = [6443, 6443, \"tcp\", \"Kubernetes API Server\"]\nldap-tcp                           = [389, 389, \"tcp\", \"LDAP\"]\nldaps-tcp                          = [636, 636, \"tcp\", \"LDAPS\"]\nlogstash-tcp                       = [5044, 5044, \"tcp\", \"Logstash\"]\nloki-grafana                       = [3100, 3100, \"tcp\", \"Grafana Loki endpoint\"]\nloki-grafana-grpc                  = [9095, 9095, \"tcp\", \"Grafana Loki GRPC\"]\nmemcached-tcp                      = [11211, 11211, \"tcp\", \"Memcached\"]\nminio-tcp                          = [9000, 9000, \"tcp\", \"MinIO\"]\nmongodb-27017-tcp                  = [27017, 27017, \"tcp\", \"MongoDB\"]\nmongodb-27018-tcp                  = [27018, 27018, \"tcp\", \"MongoDB shard\"]\nmongodb-27019-tcp                  = [27019, 27019, \"tcp\", \"MongoDB config server\"]\nmssql-analytics-tcp                = [2383, 2383, \"tcp\", \"MSSQL Analytics\"]\nmssql-broker-tcp                   = [4022, 4022, \"tcp\", \"MSSQL Broker\"]\nmssql-tcp                          = [1433, 1433, \"tcp\", \"MSSQL Server\"]\nmssql-udp                          = [1434, 1434, \"udp\", \"MSSQL Browser\"]\nmysql-tcp                          = [3306, 3306, \"tcp\", \"MySQL/Aurora\"]\nnfs-tcp                            = [2049, 2049, \"tcp\", \"NFS/EFS\"]\nnomad-http-tcp                     = [4646, 4646, \"tcp\", \"Nomad HTTP\"]\nnomad-rpc-tcp                      = [4647, 4647, \"tcp\", \"Nomad RPC\"]\nnomad-serf-tcp                     = [4648, 4648, \"tcp\", \"Serf\"]\nnomad-serf-udp                     = [4648, 4648, \"udp\", \"Serf\"]\nntp-udp                            = [123, 123, \"udp\", \"NTP\"]\noctopus-tentacle-tcp               = [10933, 10933, \"tcp\", \"Octopus Tentacle\"]\nopenvpn-https-tcp                  = [443, 443, \"tcp\", \"OpenVPN\"]\nopenvpn-tcp                        = [943, 943, \"tcp\", \"OpenVPN\"]\nopenvpn-udp                        = [1194, 1194, \"udp\", \"OpenVPN\"]\noracle-db-tcp                      = [1521, 1521, \"tcp\", \"Oracle\"]\npostgresql-tcp                     = [5432, 5432, \"tcp\", \"PostgreSQL\"]\nprometheus-http-tcp                = [9090, 9090, \"tcp\", \"Prometheus\"]\nprometheus-node-exporter-http-tcp  = [9100, 9100, \"tcp\", \"Prometheus Node Exporter\"]\nprometheus-pushgateway-http-tcp    = [9091, 9091, \"tcp\", \"Prometheus Pushgateway\"]\npromtail-http                      = [9080, 9080, \"tcp\", \"Promtail endpoint\"]\npuppet-tcp                         = [8140, 8140, \"tcp\", \"Puppet\"]\npuppetdb-tcp                       = [8081, 8081, \"tcp\", \"PuppetDB\"]\nrabbitmq-15672-tcp                 = [15672, 15672, \"tcp\", \"RabbitMQ\"]\nrabbitmq-25672-tcp                 = [25672, 25672, \"tcp\", \"RabbitMQ\"]\nrabbitmq-4369-tcp                  = [4369, 4369, \"tcp\", \"RabbitMQ epmd\"]\nrabbitmq-5671-tcp                  = [5671, 5671, \"tcp\", \"RabbitMQ\"]\nrabbitmq-5672-tcp                  = [5672, 5672, \"tcp\", \"RabbitMQ\"]\nrdp-tcp                            = [3389, 3389, \"tcp\", \"Remote Desktop\"]\nrdp-udp                            = [3389, 3389, \"udp\", \"Remote Desktop\"]\nredis-tcp                          = [6379, 6379, \"tcp\", \"Redis\"]\nredshift-tcp                       = [5439, 5439, \"tcp\", \"Redshift\"]\nsaltstack-tcp                      = [4505, 4506, \"tcp\", \"SaltStack\"]\nsmtp-submission-2587-tcp           = [2587, 2587, \"tcp\", \"SMTP Submission\"]\nsmtp-submission-587-tcp            = [587, 587, \"tcp\", \"SMTP Submission\"]\nsmtp-tcp                           = [25, 25, \"tcp\", \"SMTP\"]\nsmtps-2456-tcp                     = [2465, 2465, \"tcp\", \"SMTPS\"]\nsmtps-465-tcp                      = [465, 465, \"tcp\", \"SMTPS\"]\nsolr-tcp                           = [8983, 8987, \"tcp\", \"Solr\"]\nsplunk-hec-tcp                     = [8088, 8088, \"tcp\", \"Splunk HEC\"]\nsplunk-indexer-tcp                 = [9997, 9997, \"tcp\", \"Splunk indexer\"]\nsplunk-splunkd-tcp                 = [8089, 8089, \"tcp\", \"Splunkd\"]\nsplunk-web-tcp                     = [8000, 8000, \"tcp\", \"Splunk Web\"]\nsquid-proxy-tcp                    = [3128, 3128, \"tcp\", \"Squid default proxy\"]\nssh-tcp                            = [22, 22, \"tcp\", \"SSH\"]\nstorm-nimbus-tcp                   = [6627, 6627, \"tcp\", \"Nimbus\"]\nstorm-supervisor-tcp               = [6700, 6703, \"tcp\", \"Supervisor\"]\nstorm-ui-tcp                       = [8080, 8080, \"tcp\", \"Storm UI\"]\nvault-tcp                          = [8200, 8200, \"tcp\", \"Vault\"]\nwazuh-dashboard                    = [443, 443, \"tcp\", \"Wazuh web user interface\"]\nwazuh-indexer-restful-api          = [9200, 9200, \"tcp\", \"Wazuh indexer RESTful API\"]\nwazuh-server-agent-cluster-daemon  = [1516, 1516, \"tcp\", \"Wazuh cluster daemon\"]\nwazuh-server-agent-connection-tcp  = [1514, 1514, \"tcp\", \"Agent connection service(TCP)\"]\nwazuh-server-agent-connection-udp  = [1514, 1514, \"udp\", \"Agent connection service(UDP)\"]\nwazuh-server-agent-enrollment      = [1515, 1515, \"tcp\", \"Agent enrollment service\"]\nwazuh-server-restful-api           = [55000, 55000, \"tcp\", \"Wazuh server RESTful API\"]\nwazuh-server-syslog-collector-tcp  = [514, 514, \"tcp\", \"Wazuh Syslog collector(TCP)\"]\nwazuh-server-syslog-collector-udp  = [514, 514, \"udp\", \"Wazuh Syslog collector(UDP)\"]\nweb-jmx-tcp                        = [1099, 1099, \"tcp\", \"JMX\"]\nwinrm-http-tcp                     = [5985, 5985, \"tcp\", \"WinRM HTTP\"]\nwinrm-https-tcp                    = [5986, 5986, \"tcp\", \"WinRM HTTPS\"]\nzabbix-agent                       = [10050, 10050, \"tcp\", \"Zabbix Agent\"]\nzabbix-proxy                       = [10051, 10051, \"tcp\", \"Zabbix Proxy\"]\nzabbix-server                      = [10051, 10051, \"tcp\", \"Zabbix Server\"]\nzipkin-admin-query-tcp             = [9901, 9901, \"tcp\", \"Zipkin Admin port query\"]\nzipkin-admin-tcp                   = [9990, 9990, \"tcp\", \"Zipkin Admin port collector\"]\nzipkin-admin-web-tcp               = [9991, 9991, \"tcp\", \"Zipkin Admin port web\"]\nzipkin-query-tcp                   = [9411, 9411, \"tcp\", \"Zipkin query port\"]\nzipkin-web-tcp                     = [8080, 8080, \"tcp\", \"Zipkin web port\"]\nzookeeper-2181-tcp                 = [2181, 2181, \"tcp\", \"Zookeeper\"]\nzookeeper-2182-tls-tcp             = [2182, 2182, \"tcp\", \"Zookeeper TLS (MSK specific)\"]\nzookeeper-2888-tcp                 = [2888, 2888, \"tcp\", \"Zookeeper\"]\nzookeeper-3888-tcp                 = [3888, 3888, \"tcp\", \"Zookeeper\"]\nzookeeper-jmx-tcp                  = [7199, 7199, \"tcp\", \"JMX\"]\n_                                  = [\"\", \"\", \"\"]\n}\n}\nvariable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = null\n}\nvariable \"name\" {\ntype    = string\ndefault = null\n}\nvariable \"use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"description\" {\ntype    = string\ndefault = \"Security Group managed by Terraform\"\n}\nvariable \"revoke_rules_on_delete\" {\ntype    = bool\ndefault = false\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"create_sg\" {\ntype    = bool\ndefault = true\n}\nvariable \"security_group_id\" {\ntype    = string\ndefault = null\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"ingress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"ingress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"computed_ingress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"number_of_computed_ingress_rules\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_self\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_ipv6_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_source_security_group_id\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_prefix_list_ids\" {\ntype    = number\ndefault = 0\n}\nvariable \"ingress_cidr_blocks\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"ingress_ipv6_cidr_blocks\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"ingress_prefix_list_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"egress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"egress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"computed_egress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"number_of_computed_egress_rules\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_self\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_ipv6_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_source_security_group_id\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_prefix_list_ids\" {\ntype    = number\ndefault = 0\n}\nvariable \"egress_cidr_blocks\" {\ntype    = list(string)\ndefault = [\"0.0.0.0/0\"]\n}\nvariable \"egress_ipv6_cidr_blocks\" {\ntype    = list(string)\ndefault = [\"::/0\"]\n}\nvariable \"egress_prefix_list_ids\" {\ntype    = list(string)\ndefault = []\n}\n",
   "modules/_": "variable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"vpc_id\" {\ntype = string\n}\nvariable \"name\" {\ntype = string\n}\nvariable \"use_name_prefix\" {\ntype    = bool\ndefault = true\n}\nvariable \"description\" {\ntype    = string\ndefault = \"Security Group managed by Terraform\"\n}\nvariable \"revoke_rules_on_delete\" {\ntype    = bool\ndefault = false\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"ingress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"ingress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"ingress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"computed_ingress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_ingress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"number_of_computed_ingress_rules\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_self\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_ipv6_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_source_security_group_id\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_ingress_with_prefix_list_ids\" {\ntype    = number\ndefault = 0\n}\nvariable \"ingress_cidr_blocks\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"ingress_ipv6_cidr_blocks\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"ingress_prefix_list_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"egress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"egress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"egress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"computed_egress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_ipv6_cidr_blocks\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_source_security_group_id\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"computed_egress_with_prefix_list_ids\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"number_of_computed_egress_rules\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_self\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_ipv6_cidr_blocks\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_source_security_group_id\" {\ntype    = number\ndefault = 0\n}\nvariable \"number_of_computed_egress_with_prefix_list_ids\" {\ntype    = number\ndefault = 0\n}\nvariable \"egress_cidr_blocks\" {\ntype    = list(string)\ndefault = [\"0.0.0.0/0\"]\n}\nvariable \"egress_ipv6_cidr_blocks\" {\ntype    = list(string)\ndefault = [\"::/0\"]\n}\nvariable \"egress_prefix_list_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"auto_ingress_rules\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"auto_ingress_with_self\" {\ntype    = list(map(string))\ndefault = null\n}\nvariable \"auto_computed_ingress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"auto_computed_ingress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"auto_number_of_computed_ingress_rules\" {\ntype    = number\ndefault = 0\n}\nvariable \"auto_number_of_computed_ingress_with_self\" {\ntype    = number\ndefault = 0\n}\nvariable \"auto_egress_rules\" {\ntype    = list(string)\ndefault = null\n}\nvariable \"auto_egress_with_self\" {\ntype    = list(map(string))\ndefault = null\n}\nvariable \"auto_computed_egress_rules\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"auto_computed_egress_with_self\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"auto_number_of_computed_egress_rules\" {\ntype    = number\ndefault = 0\n}\nvariable \"auto_number_of_computed_egress_with_self\" {\ntype    = number\ndefault = 0\n}\nlocals {\nnamed = merge(local.preset, local.line < 5 ? try(local.preset.before_5, {}) : {}, local.line < 4 ? try(local.preset.before_4, {}) : {})\nauto = {\ningress_rules     = var.auto_ingress_rules == null ? local.named.ingress_rules : var.auto_ingress_rules\ningress_with_self = var.auto_ingress_with_self == null ? [for name in local.named.ingress_with_self : { rule = name }] : var.auto_ingress_with_self\negress_rules      = var.auto_egress_rules == null ? local.named.egress_rules : var.auto_egress_rules\negress_with_self  = var.auto_egress_with_self == null ? [] : var.auto_egress_with_self\n}\n}\nmodule \"sg\" {\nsource                                                   = \"../../\"\ncreate                                                   = var.create\nvpc_id                                                   = var.vpc_id\nname                                                     = var.name\nuse_name_prefix                                          = var.use_name_prefix\ndescription                                              = var.description\nrevoke_rules_on_delete                                   = var.revoke_rules_on_delete\ntags                                                     = var.tags\ningress_rules                                            = sort(compact(distinct(concat(local.auto.ingress_rules, var.ingress_rules))))\ningress_with_self                                        = concat(local.auto.ingress_with_self, var.ingress_with_self)\ningress_with_cidr_blocks                                 = var.ingress_with_cidr_blocks\ningress_with_ipv6_cidr_blocks                            = var.ingress_with_ipv6_cidr_blocks\ningress_with_source_security_group_id                    = var.ingress_with_source_security_group_id\ningress_with_prefix_list_ids                             = var.ingress_with_prefix_list_ids\ncomputed_ingress_rules                                   = sort(compact(distinct(concat(var.auto_computed_ingress_rules, var.computed_ingress_rules))))\ncomputed_ingress_with_self                               = concat(var.auto_computed_ingress_with_self, var.computed_ingress_with_self)\ncomputed_ingress_with_cidr_blocks                        = var.computed_ingress_with_cidr_blocks\ncomputed_ingress_with_ipv6_cidr_blocks                   = var.computed_ingress_with_ipv6_cidr_blocks\ncomputed_ingress_with_source_security_group_id           = var.computed_ingress_with_source_security_group_id\ncomputed_ingress_with_prefix_list_ids                    = var.computed_ingress_with_prefix_list_ids\nnumber_of_computed_ingress_rules                         = var.auto_number_of_computed_ingress_rules + var.number_of_computed_ingress_rules\nnumber_of_computed_ingress_with_self                     = var.auto_number_of_computed_ingress_with_self + var.number_of_computed_ingress_with_self\nnumber_of_computed_ingress_with_cidr_blocks              = var.number_of_computed_ingress_with_cidr_blocks\nnumber_of_computed_ingress_with_ipv6_cidr_blocks         = var.number_of_computed_ingress_with_ipv6_cidr_blocks\nnumber_of_computed_ingress_with_source_security_group_id = var.number_of_computed_ingress_with_source_security_group_id\nnumber_of_computed_ingress_with_prefix_list_ids          = var.number_of_computed_ingress_with_prefix_list_ids\ningress_cidr_blocks                                      = var.ingress_cidr_blocks\ningress_ipv6_cidr_blocks                                 = var.ingress_ipv6_cidr_blocks\ningress_prefix_list_ids                                  = var.ingress_prefix_list_ids\negress_rules                                             = sort(compact(distinct(concat(local.auto.egress_rules, var.egress_rules))))\negress_with_self                                         = concat(local.auto.egress_with_self, var.egress_with_self)\negress_with_cidr_blocks                                  = var.egress_with_cidr_blocks\negress_with_ipv6_cidr_blocks                             = var.egress_with_ipv6_cidr_blocks\negress_with_source_security_group_id                     = var.egress_with_source_security_group_id\negress_with_prefix_list_ids                              = var.egress_with_prefix_list_ids\ncomputed_egress_rules                                    = sort(compact(distinct(concat(var.auto_computed_egress_rules, var.computed_egress_rules))))\ncomputed_egress_with_self                                = concat(var.auto_computed_egress_with_self, var.computed_egress_with_self)\ncomputed_egress_with_cidr_blocks                         = var.computed_egress_with_cidr_blocks\ncomputed_egress_with_ipv6_cidr_blocks                    = var.computed_egress_with_ipv6_cidr_blocks\ncomputed_egress_with_source_security_group_id            = var.computed_egress_with_source_security_group_id\ncomputed_egress_with_prefix_list_ids                     = var.computed_egress_with_prefix_list_ids\nnumber_of_computed_egress_rules                          = var.auto_number_of_computed_egress_rules + var.number_of_computed_egress_rules\nnumber_of_computed_egress_with_self                      = var.auto_number_of_computed_egress_with_self + var.number_of_computed_egress_with_self\nnumber_of_computed_egress_with_cidr_blocks               = var.number_of_computed_egress_with_cidr_blocks\nnumber_of_computed_egress_with_ipv6_cidr_blocks          = var.number_of_computed_egress_with_ipv6_cidr_blocks\nnumber_of_computed_egress_with_source_security_group_id  = var.number_of_computed_egress_with_source_security_group_id\nnumber_of_computed_egress_with_prefix_list_ids           = var.number_of_computed_egress_with_prefix_list_ids\negress_cidr_blocks                                       = var.egress_cidr_blocks\negress_ipv6_cidr_blocks                                  = var.egress_ipv6_cidr_blocks\negress_prefix_list_ids                                   = var.egress_prefix_list_ids\n}\noutput \"security_group_arn\" {\nvalue = module.sg.security_group_arn\n}\noutput \"this_security_group_arn\" {\nvalue = module.sg.security_group_arn\n}\noutput \"security_group_id\" {\nvalue = module.sg.security_group_id\n}\noutput \"this_security_group_id\" {\nvalue = module.sg.security_group_id\n}\noutput \"security_group_vpc_id\" {\nvalue = module.sg.security_group_vpc_id\n}\noutput \"this_security_group_vpc_id\" {\nvalue = module.sg.security_group_vpc_id\n}\noutput \"security_group_owner_id\" {\nvalue = module.sg.security_group_owner_id\n}\noutput \"this_security_group_owner_id\" {\nvalue = module.sg.security_group_owner_id\n}\noutput \"security_group_name\" {\nvalue = module.sg.security_group_name\n}\noutput \"this_security_group_name\" {\nvalue = module.sg.security_group_name\n}\noutput \"security_group_description\" {\nvalue = module.sg.security_group_description\n}\noutput \"this_security_group_description\" {\nvalue = module.sg.security_group_description\n}\n"
  },
  "presets": {
   "activemq": {
    "ingress_rules": [
     "activemq-5671-tcp",
     "activemq-8883-tcp",
     "activemq-61614-tcp",
     "activemq-61617-tcp",
     "activemq-61619-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "alertmanager": {
    "ingress_rules": [
     "alertmanager-9093-tcp",
     "alertmanager-9094-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "carbon-relay-ng": {
    "ingress_rules": [
     "carbon-line-in-tcp",
     "carbon-line-in-udp",
     "carbon-pickle-tcp",
     "carbon-pickle-udp",
     "carbon-gui-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "cassandra": {
    "ingress_rules": [
     "cassandra-clients-tcp",
     "cassandra-thrift-clients-tcp",
     "cassandra-jmx-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "consul": {
    "ingress_rules": [
     "consul-tcp",
     "consul-grpc-tcp",
     "consul-grpc-tcp-tls",
     "consul-webui-http-tcp",
     "consul-webui-https-tcp",
     "consul-dns-tcp",
     "consul-dns-udp",
     "consul-serf-lan-tcp",
     "consul-serf-lan-udp",
     "consul-serf-wan-tcp",
     "consul-serf-wan-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ],
    "before_5": {
     "ingress_rules": [
      "consul-tcp",
      "consul-grpc-tcp",
      "consul-webui-http-tcp",
      "consul-webui-https-tcp",
      "consul-dns-tcp",
      "consul-dns-udp",
      "consul-serf-lan-tcp",
      "consul-serf-lan-udp",
      "consul-serf-wan-tcp",
      "consul-serf-wan-udp"
     ]
    },
    "before_4": {
     "ingress_rules": [
      "consul-tcp",
      "consul-cli-rpc-tcp",
      "consul-webui-tcp",
      "consul-dns-tcp",
      "consul-dns-udp",
      "consul-serf-lan-tcp",
      "consul-serf-lan-udp",
      "consul-serf-wan-tcp",
      "consul-serf-wan-udp"
     ]
    }
   },
   "dax-cluster": {
    "ingress_rules": [
     "dax-cluster-unencrypted-tcp",
     "dax-cluster-encrypted-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "docker-swarm": {
    "ingress_rules": [
     "docker-swarm-mngmt-tcp",
     "docker-swarm-node-tcp",
     "docker-swarm-node-udp",
     "docker-swarm-overlay-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "elasticsearch": {
    "ingress_rules": [
     "elasticsearch-rest-tcp",
     "elasticsearch-java-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "etcd": {
    "ingress_rules": [
     "etcd-client-tcp",
     "etcd-peer-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "grafana": {
    "ingress_rules": [
     "grafana-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "graphite-statsd": {
    "ingress_rules": [
     "graphite-webui",
     "graphite-2003-tcp",
     "graphite-2004-tcp",
     "graphite-2023-tcp",
     "graphite-2024-tcp",
     "graphite-8080-tcp",
     "graphite-8125-tcp",
     "graphite-8125-udp",
     "graphite-8126-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "http-80": {
    "ingress_rules": [
     "http-80-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "http-8080": {
    "ingress_rules": [
     "http-8080-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "https-443": {
    "ingress_rules": [
     "https-443-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "https-8443": {
    "ingress_rules": [
     "https-8443-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "ipsec-4500": {
    "ingress_rules": [
     "ipsec-4500-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "ipsec-500": {
    "ingress_rules": [
     "ipsec-500-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "kafka": {
    "ingress_rules": [
     "kafka-broker-tcp",
     "kafka-broker-tls-tcp",
     "kafka-broker-tls-public-tcp",
     "kafka-broker-sasl-scram-tcp",
     "kafka-broker-sasl-scram-tcp",
     "kafka-broker-sasl-iam-tcp",
     "kafka-broker-sasl-iam-public-tcp",
     "kafka-jmx-exporter-tcp",
     "kafka-node-exporter-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ],
    "before_4": {
     "ingress_rules": [
      "kafka-broker-tcp",
      "kafka-broker-tls-tcp",
      "kafka-jmx-exporter-tcp",
      "kafka-node-exporter-tcp"
     ]
    }
   },
   "kibana": {
    "ingress_rules": [
     "kibana-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "kubernetes-api": {
    "ingress_rules": [
     "kubernetes-api-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "ldap": {
    "ingress_rules": [
     "ldap-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "ldaps": {
    "ingress_rules": [
     "ldaps-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "logstash": {
    "ingress_rules": [
     "logstash-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "loki": {
    "ingress_rules": [
     "loki-grafana",
     "loki-grafana-grpc"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "memcached": {
    "ingress_rules": [
     "memcached-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "minio": {
    "ingress_rules": [
     "minio-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "mongodb": {
    "ingress_rules": [
     "mongodb-27017-tcp",
     "mongodb-27018-tcp",
     "mongodb-27019-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "mssql": {
    "ingress_rules": [
     "mssql-tcp",
     "mssql-udp",
     "mssql-analytics-tcp",
     "mssql-broker-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "mysql": {
    "ingress_rules": [
     "mysql-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "nfs": {
    "ingress_rules": [
     "nfs-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "nomad": {
    "ingress_rules": [
     "nomad-http-tcp",
     "nomad-rpc-tcp",
     "nomad-serf-tcp",
     "nomad-serf-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "ntp": {
    "ingress_rules": [
     "ntp-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "openvpn": {
    "ingress_rules": [
     "openvpn-udp",
     "openvpn-tcp",
     "openvpn-https-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "oracle-db": {
    "ingress_rules": [
     "oracle-db-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "postgresql": {
    "ingress_rules": [
     "postgresql-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "prometheus": {
    "ingress_rules": [
     "prometheus-http-tcp",
     "prometheus-pushgateway-http-tcp",
     "prometheus-node-exporter-http-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ],
    "before_4": {
     "ingress_rules": [
      "prometheus-http-tcp",
      "prometheus-pushgateway-http-tcp"
     ]
    }
   },
   "promtail": {
    "ingress_rules": [
     "promtail-http"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "puppet": {
    "ingress_rules": [
     "puppet-tcp",
     "puppetdb-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "rabbitmq": {
    "ingress_rules": [
     "rabbitmq-4369-tcp",
     "rabbitmq-5671-tcp",
     "rabbitmq-5672-tcp",
     "rabbitmq-15672-tcp",
     "rabbitmq-25672-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "rdp": {
    "ingress_rules": [
     "rdp-tcp",
     "rdp-udp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "redis": {
    "ingress_rules": [
     "redis-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "redshift": {
    "ingress_rules": [
     "redshift-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "smtp": {
    "ingress_rules": [
     "smtp-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "smtp-submission": {
    "ingress_rules": [
     "smtp-submission-587-tcp",
     "smtp-submission-2587-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "smtps": {
    "ingress_rules": [
     "smtps-465-tcp",
     "smtps-2465-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "solr": {
    "ingress_rules": [
     "solr-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "splunk": {
    "ingress_rules": [
     "splunk-indexer-tcp",
     "splunk-web-tcp",
     "splunk-splunkd-tcp",
     "splunk-hec-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ],
    "before_5": {
     "ingress_rules": [
      "splunk-indexer-tcp",
      "splunk-clients-tcp",
      "splunk-splunkd-tcp",
      "splunk-hec-tcp"
     ]
    }
   },
   "squid": {
    "ingress_rules": [
     "squid-proxy-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "ssh": {
    "ingress_rules": [
     "ssh-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "storm": {
    "ingress_rules": [
     "storm-nimbus-tcp",
     "storm-ui-tcp",
     "storm-supervisor-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "vault": {
    "ingress_rules": [
     "vault-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "wazuh": {
    "ingress_rules": [
     "wazuh-server-agent-connection-tcp",
     "wazuh-server-agent-connection-udp",
     "wazuh-server-agent-enrollment",
     "wazuh-server-agent-cluster-daemon",
     "wazuh-server-syslog-collector-tcp",
     "wazuh-server-syslog-collector-udp",
     "wazuh-server-restful-api",
     "wazuh-indexer-restful-api",
     "wazuh-dashboard"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "web": {
    "ingress_rules": [
     "http-80-tcp",
     "http-8080-tcp",
     "https-443-tcp",
     "web-jmx-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "winrm": {
    "ingress_rules": [
     "winrm-http-tcp",
     "winrm-https-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "zabbix": {
    "ingress_rules": [
     "zabbix-server",
     "zabbix-proxy",
     "zabbix-agent"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "zipkin": {
    "ingress_rules": [
     "zipkin-admin-tcp",
     "zipkin-admin-query-tcp",
     "zipkin-admin-web-tcp",
     "zipkin-query-tcp",
     "zipkin-web-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ]
   },
   "zookeeper": {
    "ingress_rules": [
     "zookeeper-2181-tcp",
     "zookeeper-2182-tls-tcp",
     "zookeeper-2888-tcp",
     "zookeeper-3888-tcp",
     "zookeeper-jmx-tcp"
    ],
    "ingress_with_self": [
     "all-all"
    ],
    "egress_rules": [
     "all-all"
    ],
    "before_4": {
     "ingress_rules": [
      "zookeeper-2181-tcp",
      "zookeeper-2888-tcp",
      "zookeeper-3888-tcp",
      "zookeeper-jmx-tcp"
     ]
    }
   }
  }
 },
 {
  "module": "terraform-aws-modules/vpc/aws",
  "lines": [
   "3",
   "4",
   "5",
   "6"
  ],
  "texts": {
   "": "locals {\ncreate = var.create_vpc && var.putin_khuylo\nnone = local.line < 4 ? \"\" : null\nmanages_default_group = var.manage_default_security_group == null ? local.line >= 4 : var.manage_default_security_group\nrules = {\ningress = var.default_security_group_ingress == null ? [] : var.default_security_group_ingress\negress  = var.default_security_group_egress == null ? [] : var.default_security_group_egress\n}\nsubnets = {\nprivate     = max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes))\npublic      = max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes))\ndatabase    = max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes))\nelasticache = max(length(var.elasticache_subnets), length(var.elasticache_subnet_ipv6_prefixes))\nredshift    = max(length(var.redshift_subnets), length(var.redshift_subnet_ipv6_prefixes))\nintra       = max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes))\noutpost     = max(length(var.outpost_subnets), length(var.outpost_subnet_ipv6_prefixes))\n}\nmost     = max(local.subnets.private, local.subnets.public, local.subnets.database, local.subnets.elasticache, local.subnets.redshift)\ngateways = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.most\n}\nresource \"aws_vpc\" \"this\" {\ncount                            = local.create ? 1 : 0\nregion                           = var.region\ncidr_block                       = var.use_ipam_pool ? null : var.cidr\nassign_generated_ipv6_cidr_block = var.enable_ipv6 && !var.use_ipam_pool ? true : null\nipv6_cidr_block                  = var.ipv6_cidr\n}\nresource \"aws_vpc_ipv4_cidr_block_association\" \"this\" {\ncount      = local.create ? length(var.secondary_cidr_blocks) : 0\nregion     = var.region\nvpc_id     = aws_vpc.this[0].id\ncidr_block = var.secondary_cidr_blocks[count.index]\n}\nresource \"aws_default_vpc\" \"this\" {\ncount  = var.manage_default_vpc ? 1 : 0\nregion = var.region\n}\nresource \"aws_eip\" \"nat\" {\ncount  = local.create && var.enable_nat_gateway && !var.reuse_nat_ips ? local.gateways : 0\nregion = var.region\ndomain = \"vpc\"\n}\nresource \"aws_default_security_group\" \"this\" {\ncount  = local.create && local.manages_default_group ? 1 : 0\nregion = var.region\nvpc_id = aws_vpc.this[0].id\ndynamic \"ingress\" {\nfor_each = local.rules.ingress\ncontent {\ndescription      = lookup(ingress.value, \"description\", null)\nprotocol         = lookup(ingress.value, \"protocol\", \"-1\")\nfrom_port        = lookup(ingress.value, \"from_port\", 0)\nto_port          = lookup(ingress.value, \"to_port\", 0)\nself             = lookup(ingress.value, \"self\", null)\ncidr_blocks      = compact(split(\",\", lookup(ingress.value, \"cidr_blocks\", \"\")))\nipv6_cidr_blocks = compact(split(\",\", lookup(ingress.value, \"ipv6_cidr_blocks\", \"\")))\nprefix_list_ids  = compact(split(\",\", lookup(ingress.value, \"prefix_list_ids\", \"\")))\nsecurity_groups  = compact(split(\",\", lookup(ingress.value, \"security_groups\", \"\")))\n}\n}\ndynamic \"egress\" {\nfor_each = local.rules.egress\ncontent {\ndescription      = lookup(egress.value, \"description\", null)\nprotocol         = lookup(egress.value, \"protocol\", \"-1\")\nfrom_port        = lookup(egress.value, \"from_port\", 0)\nto_port          = lookup(egress.value, \"to_port\", 0)\nself             = lookup(egress.value, \"self\", null)\ncidr_blocks      = compact(split(\",\", lookup(egress.value, \"cidr_blocks\", \"\")))\nipv6_cidr_blocks = compact(split(\",\", lookup(egress.value, \"ipv6_cidr_blocks\", \"\")))\nprefix_list_ids  = compact(split(\",\", lookup(egress.value, \"prefix_list_ids\", \"\")))\nsecurity_groups  = compact(split(\",\", lookup(egress.value, \"security_groups\", \"\")))\n}\n}\ntags = merge(\n{ Name = coalesce(var.default_security_group_name, \"${var.name}-default\") },\nvar.tags,\nvar.default_security_group_tags,\n)\n}\nresource \"aws_subnet\" \"private\" {\ncount           = local.create ? local.subnets.private : 0\nregion          = var.region\nvpc_id          = aws_vpc.this[0].id\ncidr_block      = var.private_subnet_ipv6_native ? null : element(concat(var.private_subnets, [\"\"]), count.index)\nipv6_cidr_block = var.enable_ipv6 && length(var.private_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.private_subnet_ipv6_prefixes[count.index]) : null\n}\nresource \"aws_subnet\" \"public\" {\ncount           = local.create && (!var.one_nat_gateway_per_az || local.subnets.public >= length(var.azs)) ? local.subnets.public : 0\nregion          = var.region\nvpc_id          = aws_vpc.this[0].id\ncidr_block      = var.public_subnet_ipv6_native ? null : element(concat(var.public_subnets, [\"\"]), count.index)\nipv6_cidr_block = var.enable_ipv6 && length(var.public_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.public_subnet_ipv6_prefixes[count.index]) : null\n}\nresource \"aws_subnet\" \"database\" {\ncount           = local.create ? local.subnets.database : 0\nregion          = var.region\nvpc_id          = aws_vpc.this[0].id\ncidr_block      = var.database_subnet_ipv6_native ? null : element(concat(var.database_subnets, [\"\"]), count.index)\nipv6_cidr_block = var.enable_ipv6 && length(var.database_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.database_subnet_ipv6_prefixes[count.index]) : null\n}\nresource \"aws_subnet\" \"elasticache\" {\ncount           = local.create ? local.subnets.elasticache : 0\nregion          = var.region\nvpc_id          = aws_vpc.this[0].id\ncidr_block      = var.elasticache_subnet_ipv6_native ? null : element(concat(var.elasticache_subnets, [\"\"]), count.index)\nipv6_cidr_block = var.enable_ipv6 && length(var.elasticache_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.elasticache_subnet_ipv6_prefixes[count.index]) : null\n}\nresource \"aws_subnet\" \"redshift\" {\ncount           = local.create ? local.subnets.redshift : 0\nregion          = var.region\nvpc_id          = aws_vpc.this[0].id\ncidr_block      = var.redshift_subnet_ipv6_native ? null : element(concat(var.redshift_subnets, [\"\"]), count.index)\nipv6_cidr_block = var.enable_ipv6 && length(var.redshift_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.redshift_subnet_ipv6_prefixes[count.index]) : null\n}\nresource \"aws_subnet\" \"intra\" {\ncount           = local.create ? local.subnets.intra : 0\nregion          = var.region\nvpc_id          = aws_vpc.this[0].id\ncidr_block      = var.intra_subnet_ipv6_native ? null : element(concat(var.intra_subnets, [\"\"]), count.index)\nipv6_cidr_block = var.enable_ipv6 && length(var.intra_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.intra_subnet_ipv6_prefixes[count.index]) : null\n}\nresource \"aws_subnet\" \"outpost\" {\ncount           = local.create ? local.subnets.outpost : 0\nregion          = var.region\nvpc_id          = aws_vpc.this[0].id\ncidr_block      = var.outpost_subnet_ipv6_native ? null : element(concat(var.outpost_subnets, [\"\"]), count.index)\nipv6_cidr_block = var.enable_ipv6 && length(var.outpost_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.outpost_subnet_ipv6_prefixes[count.index]) : null\n}\noutput \"name\" {\nvalue = var.name\n}\noutput \"azs\" {\nvalue = var.azs\n}\noutput \"vpc_id\" {\nvalue = try(aws_vpc.this[0].id, local.none)\n}\noutput \"vpc_arn\" {\nvalue = try(aws_vpc.this[0].arn, local.none)\n}\noutput \"vpc_cidr_block\" {\nvalue = try(aws_vpc.this[0].cidr_block, local.none)\n}\noutput \"vpc_ipv6_cidr_block\" {\nvalue = try(aws_vpc.this[0].ipv6_cidr_block, local.none)\n}\noutput \"vpc_owner_id\" {\nvalue = try(aws_vpc.this[0].owner_id, local.none)\n}\noutput \"default_security_group_id\" {\nvalue = try(aws_vpc.this[0].default_security_group_id, local.none)\n}\noutput \"default_network_acl_id\" {\nvalue = try(aws_vpc.this[0].default_network_acl_id, local.none)\n}\noutput \"default_route_table_id\" {\nvalue = try(aws_vpc.this[0].default_route_table_id, local.none)\n}\noutput \"vpc_main_route_table_id\" {\nvalue = try(aws_vpc.this[0].main_route_table_id, local.none)\n}\noutput \"vpc_secondary_cidr_blocks\" {\nvalue = compact(aws_vpc_ipv4_cidr_block_association.this[*].cidr_block)\n}\noutput \"private_subnets\" {\nvalue = aws_subnet.private[*].id\n}\noutput \"private_subnet_arns\" {\nvalue = aws_subnet.private[*].arn\n}\noutput \"private_subnet_objects\" {\nvalue = aws_subnet.private\n}\noutput \"private_subnets_cidr_blocks\" {\nvalue = compact(aws_subnet.private[*].cidr_block)\n}\noutput \"private_subnets_ipv6_cidr_blocks\" {\nvalue = compact(aws_subnet.private[*].ipv6_cidr_block)\n}\noutput \"public_subnets\" {\nvalue = aws_subnet.public[*].id\n}\noutput \"public_subnet_arns\" {\nvalue = aws_subnet.public[*].arn\n}\noutput \"public_subnet_objects\" {\nvalue = aws_subnet.public\n}\noutput \"public_subnets_cidr_blocks\" {\nvalue = compact(aws_subnet.public[*].cidr_block)\n}\noutput \"public_subnets_ipv6_cidr_blocks\" {\nvalue = compact(aws_subnet.public[*].ipv6_cidr_block)\n}\noutput \"database_subnets\" {\nvalue = aws_subnet.database[*].id\n}\noutput \"database_subnet_arns\" {\nvalue = aws_subnet.database[*].arn\n}\noutput \"database_subnet_objects\" {\nvalue = aws_subnet.database\n}\noutput \"database_subnets_cidr_blocks\" {\nvalue = compact(aws_subnet.database[*].cidr_block)\n}\noutput \"database_subnets_ipv6_cidr_blocks\" {\nvalue = compact(aws_subnet.database[*].ipv6_cidr_block)\n}\noutput \"elasticache_subnets\" {\nvalue = aws_subnet.elasticache[*].id\n}\noutput \"elasticache_subnet_arns\" {\nvalue = aws_subnet.elasticache[*].arn\n}\noutput \"elasticache_subnet_objects\" {\nvalue = aws_subnet.elasticache\n}\noutput \"elasticache_subnets_cidr_blocks\" {\nvalue = compact(aws_subnet.elasticache[*].cidr_block)\n}\noutput \"elasticache_subnets_ipv6_cidr_blocks\" {\nvalue = compact(aws_subnet.elasticache[*].ipv6_cidr_block)\n}\noutput \"redshift_subnets\" {\nvalue = aws_subnet.redshift[*].id\n}\noutput \"redshift_subnet_arns\" {\nvalue = aws_subnet.redshift[*].arn\n}\noutput \"redshift_subnet_objects\" {\nvalue = aws_subnet.redshift\n}\noutput \"redshift_subnets_cidr_blocks\" {\nvalue = compact(aws_subnet.redshift[*].cidr_block)\n}\noutput \"redshift_subnets_ipv6_cidr_blocks\" {\nvalue = compact(aws_subnet.redshift[*].ipv6_cidr_block)\n}\noutput \"intra_subnets\" {\nvalue = aws_subnet.intra[*].id\n}\noutput \"intra_subnet_arns\" {\nvalue = aws_subnet.intra[*].arn\n}\noutput \"intra_subnet_objects\" {\nvalue = aws_subnet.intra\n}\noutput \"intra_subnets_cidr_blocks\" {\nvalue = compact(aws_subnet.intra[*].cidr_block)\n}\noutput \"intra_subnets_ipv6_cidr_blocks\" {\nvalue = compact(aws_subnet.intra[*].ipv6_cidr_block)\n}\noutput \"outpost_subnets\" {\nvalue = aws_subnet.outpost[*].id\n}\noutput \"outpost_subnet_arns\" {\nvalue = aws_subnet.outpost[*].arn\n}\noutput \"outpost_subnet_objects\" {\nvalue = aws_subnet.outpost\n}\noutput \"outpost_subnets_cidr_blocks\" {\nvalue = compact(aws_subnet.outpost[*].cidr_block)\n}\noutput \"outpost_subnets_ipv6_cidr_blocks\" {\nvalue = compact(aws_subnet.outpost[*].ipv6_cidr_block)\n}\noutput \"nat_ids\" {\nvalue = aws_eip.nat[*].id\n}\noutput \"nat_public_ips\" {\nvalue = var.reuse_nat_ips ? var.external_nat_ips : aws_eip.nat[*].public_ip\n}\noutput \"default_vpc_id\" {\nvalue = try(aws_default_vpc.this[0].id, local.none)\n}\noutput \"default_vpc_cidr_block\" {\nvalue = try(aws_default_vpc.this[0].cidr_block, local.none)\n}\noutput \"default_vpc_default_security_group_id\" {\nvalue = try(aws_default_vpc.this[0].default_security_group_id, local.none)\n}\nvariable \"create_vpc\" {\ntype    = bool\ndefault = true\n}\nvariable \"putin_khuylo\" {\ntype    = bool\ndefault = true\n}\nvariable \"region\" {\ntype    = string\ndefault = null\n}\nvariable \"name\" {\ntype    = string\ndefault = \"\"\n}\nvariable \"azs\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"cidr\" {\ntype    = string\ndefault = \"10.0.0.0/16\"\n}\nvariable \"secondary_cidr_blocks\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"use_ipam_pool\" {\ntype    = bool\ndefault = false\n}\nvariable \"enable_ipv6\" {\ntype    = bool\ndefault = false\n}\nvariable \"ipv6_cidr\" {\ntype    = string\ndefault = null\n}\nvariable \"enable_nat_gateway\" {\ntype    = bool\ndefault = false\n}\nvariable \"single_nat_gateway\" {\ntype    = bool\ndefault = false\n}\nvariable \"one_nat_gateway_per_az\" {\ntype    = bool\ndefault = false\n}\nvariable \"reuse_nat_ips\" {\ntype    = bool\ndefault = false\n}\nvariable \"external_nat_ips\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"manage_default_vpc\" {\ntype    = bool\ndefault = false\n}\nvariable \"manage_default_security_group\" {\ntype    = bool\ndefault = null\n}\nvariable \"default_security_group_name\" {\ntype    = string\ndefault = null\n}\nvariable \"default_security_group_ingress\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"default_security_group_egress\" {\ntype    = list(map(string))\ndefault = []\n}\nvariable \"default_security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"private_subnets\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"private_subnet_ipv6_prefixes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"private_subnet_ipv6_native\" {\ntype    = bool\ndefault = false\n}\nvariable \"public_subnets\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"public_subnet_ipv6_prefixes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"public_subnet_ipv6_native\" {\ntype    = bool\ndefault = false\n}\nvariable \"database_subnets\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"database_subnet_ipv6_prefixes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"database_subnet_ipv6_native\" {\ntype    = bool\ndefault = false\n}\nvariable \"elasticache_subnets\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"elasticache_subnet_ipv6_prefixes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"elasticache_subnet_ipv6_native\" {\ntype    = bool\ndefault = false\n}\nvariable \"redshift_subnets\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"redshift_subnet_ipv6_prefixes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"redshift_subnet_ipv6_native\" {\ntype    = bool\ndefault = false\n}\nvariable \"intra_subnets\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"intra_subnet_ipv6_prefixes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"intra_subnet_ipv6_native\" {\ntype    = bool\ndefault = false\n}\nvariable \"outpost_subnets\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"outpost_subnet_ipv6_prefixes\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"outpost_subnet_ipv6_native\" {\ntype    = bool\ndefault = false\n}\n",
   "modules/vpc-endpoints": "variable \"create\" {\ntype    = bool\ndefault = true\n}\nvariable \"region\" {\ntype    = string\ndefault = null\n}\nvariable \"vpc_id\" {\ntype    = string\ndefault = null\n}\nvariable \"endpoints\" {\ntype    = any\ndefault = {}\n}\nvariable \"security_group_ids\" {\ntype    = list(string)\ndefault = []\n}\nvariable \"create_security_group\" {\ntype    = bool\ndefault = false\n}\nvariable \"security_group_name\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_name_prefix\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_description\" {\ntype    = string\ndefault = null\n}\nvariable \"security_group_rules\" {\ntype    = any\ndefault = {}\n}\nvariable \"security_group_tags\" {\ntype    = map(string)\ndefault = {}\n}\nvariable \"tags\" {\ntype    = map(string)\ndefault = {}\n}\nlocals {\nmakes_group = local.line >= 5 && var.create && var.create_security_group\ngroups      = concat(var.security_group_ids, aws_security_group.this[*].id)\n}\nresource \"aws_vpc_endpoint\" \"this\" {\nfor_each           = { for name, endpoint in var.endpoints : name => endpoint if var.create && try(endpoint.create, true) }\nregion             = var.region\nvpc_id             = var.vpc_id\nvpc_endpoint_type  = try(each.value.service_type, \"Interface\")\nsecurity_group_ids = try(each.value.service_type, \"Interface\") == \"Interface\" ? distinct(concat(local.groups, try(each.value.security_group_ids, []))) : null\n}\nresource \"aws_security_group\" \"this\" {\ncount       = local.makes_group ? 1 : 0\nregion      = var.region\nname        = var.security_group_name\nname_prefix = var.security_group_name_prefix\ndescription = var.security_group_description\nvpc_id      = var.vpc_id\ntags = merge(\nvar.tags,\nvar.security_group_tags,\n{ Name = try(coalesce(var.security_group_name, var.security_group_name_prefix), \"\") },\n)\nlifecycle {\ncreate_before_destroy = true\n}\n}\nresource \"aws_security_group_rule\" \"this\" {\nfor_each                 = { for name, rule in var.security_group_rules : name => rule if local.makes_group }\nregion                   = var.region\nsecurity_group_id        = aws_security_group.this[0].id\ntype                     = try(each.value.type, \"ingress\")\ndescription              = try(each.value.description, null)\nprotocol                 = try(each.value.protocol, \"tcp\")\nfrom_port                = try(each.value.from_port, 443)\nto_port                  = try(each.value.to_port, 443)\ncidr_blocks              = lookup(each.value, \"cidr_blocks\", null)\nipv6_cidr_blocks         = lookup(each.value, \"ipv6_cidr_blocks\", null)\nprefix_list_ids          = lookup(each.value, \"prefix_list_ids\", null)\nself                     = try(each.value.self, null)\nsource_security_group_id = lookup(each.value, \"source_security_group_id\", null)\n}\noutput \"endpoints\" {\nvalue = aws_vpc_endpoint.this\n}\noutput \"security_group_arn\" {\nvalue = try(aws_security_group.this[0].arn, null)\n}\noutput \"security_group_id\" {\nvalue = try(aws_security_group.this[0].id, null)\n}\n"
  }
 }
];
