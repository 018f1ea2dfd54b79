# Names and tags made of their parts. Descriptors are left out.
variable "enabled" {
  type    = bool
  default = null
}

variable "context" {
  type    = any
  default = {}
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

locals {
  inherited = merge(
    {
      enabled             = true
      namespace           = null
      tenant              = null
      environment         = null
      stage               = null
      name                = null
      delimiter           = null
      attributes          = []
      tags                = {}
      additional_tag_map  = {}
      regex_replace_chars = null
      label_order         = []
      id_length_limit     = null
      label_key_case      = null
      label_value_case    = null
      descriptor_formats  = {}
      labels_as_tags      = ["unset"]
    },
    var.context,
  )
  # An argument wins over the context.
  context = {
    enabled             = var.enabled == null ? local.inherited.enabled : var.enabled
    namespace           = var.namespace == null ? local.inherited.namespace : var.namespace
    tenant              = var.tenant == null ? local.inherited.tenant : var.tenant
    environment         = var.environment == null ? local.inherited.environment : var.environment
    stage               = var.stage == null ? local.inherited.stage : var.stage
    name                = var.name == null ? local.inherited.name : var.name
    delimiter           = var.delimiter == null ? local.inherited.delimiter : var.delimiter
    regex_replace_chars = var.regex_replace_chars == null ? local.inherited.regex_replace_chars : var.regex_replace_chars
    label_order         = var.label_order == null ? local.inherited.label_order : var.label_order
    id_length_limit     = var.id_length_limit == null ? local.inherited.id_length_limit : var.id_length_limit
    label_key_case      = var.label_key_case == null ? local.inherited.label_key_case : var.label_key_case
    label_value_case    = var.label_value_case == null ? local.inherited.label_value_case : var.label_value_case
    attributes          = compact(distinct(concat(coalesce(local.inherited.attributes, []), coalesce(var.attributes, []))))
    tags                = merge(local.inherited.tags, var.tags)
    additional_tag_map  = merge(local.inherited.additional_tag_map, var.additional_tag_map)
    descriptor_formats  = merge(local.inherited.descriptor_formats, var.descriptor_formats)
    labels_as_tags      = try(contains(local.inherited.labels_as_tags, "unset"), true) ? var.labels_as_tags : local.inherited.labels_as_tags
  }

  # What came into the context after the version in question.
  later = concat(
    local.line < 0.25 ? ["tenant", "descriptor_formats", "labels_as_tags"] : [],
    local.line < 0.23 ? ["label_key_case", "label_value_case"] : [],
  )

  enabled    = local.context.enabled
  unwanted   = coalesce(local.context.regex_replace_chars, "/[^-a-zA-Z0-9]/")
  delimiter  = local.context.delimiter == null ? "-" : local.context.delimiter
  limit      = local.context.id_length_limit == null ? 0 : local.context.id_length_limit
  value_case = local.context.label_value_case == null ? "lower" : local.context.label_value_case
  key_case   = local.context.label_key_case == null ? "title" : local.context.label_key_case
  own_order  = local.context.label_order == null ? [] : local.context.label_order
  order      = length(local.own_order) > 0 ? local.own_order : ["namespace", "environment", "stage", "name", "attributes"]

  kept_attributes = compact(distinct([for text in local.context.attributes : replace(text, local.unwanted, "")]))
  attributes = compact(distinct([
    for text in local.kept_attributes : {
      none  = text
      lower = lower(text)
      title = title(lower(text))
      upper = upper(text)
    }[local.value_case]
  ]))
  kept = {
    for label in ["namespace", "tenant", "environment", "stage", "name"] :
    label => local.context[label] == null ? "" : replace(local.context[label], local.unwanted, "")
  }
  labels = {
    for label, text in local.kept : label => {
      none  = text
      lower = lower(text)
      title = title(lower(text))
      upper = upper(text)
    }[local.value_case]
  }
  parts = merge(local.labels, { attributes = join(local.delimiter, local.attributes) })

  id_full = join(local.delimiter, [for label in local.order : local.parts[label] if length(local.parts[label]) > 0])
  # What is too long ends with a hash of five characters, cut off where the limit leaves less.
  room   = local.limit - 5 - length(local.delimiter)
  start  = local.room <= 0 ? "" : "${trimsuffix(substr(local.id_full, 0, local.room), local.delimiter)}${local.delimiter}"
  digest = "${md5(local.id_full)}qrstuvwxyz"
  hash = replace({
    none  = local.digest
    lower = lower(local.digest)
    title = title(local.digest)
    upper = upper(local.digest)
  }[local.value_case], local.unwanted, "")
  id = local.limit != 0 && length(local.id_full) > local.limit ? substr("${local.start}${local.hash}", 0, local.limit) : local.id_full

  taggable = merge(local.parts, { name = local.id })
  tagged   = contains(local.context.labels_as_tags, "default") ? keys(local.taggable) : local.context.labels_as_tags
  tags = merge(
    {
      for label, text in local.taggable : {
        lower = label
        title = title(label)
        upper = upper(label)
      }[local.key_case] => text if contains(local.tagged, label) && length(text) > 0
    },
    local.context.tags,
  )
}

output "enabled" {
  value = local.enabled
}

output "id" {
  value = local.enabled ? local.id : ""
}

output "id_full" {
  value = local.enabled ? local.id_full : ""
}

output "namespace" {
  value = local.enabled ? local.labels.namespace : ""
}

output "tenant" {
  value = local.enabled ? local.labels.tenant : ""
}

output "environment" {
  value = local.enabled ? local.labels.environment : ""
}

output "stage" {
  value = local.enabled ? local.labels.stage : ""
}

output "name" {
  value = local.enabled ? local.labels.name : ""
}

output "delimiter" {
  value = local.enabled ? local.delimiter : ""
}

output "attributes" {
  value = local.enabled ? local.attributes : []
}

output "tags" {
  value = local.enabled ? local.tags : {}
}

output "tags_as_list_of_maps" {
  value = [for key, value in local.tags : merge({ key = key, value = value }, local.line < 0.25 ? var.additional_tag_map : local.context.additional_tag_map)]
}

output "additional_tag_map" {
  value = local.context.additional_tag_map
}

output "label_order" {
  value = local.order
}

output "regex_replace_chars" {
  value = local.unwanted
}

output "id_length_limit" {
  value = local.limit
}

output "normalized_context" {
  value = {
    for key, value in merge(local.context, local.labels, {
      delimiter           = local.delimiter
      attributes          = local.attributes
      tags                = local.tags
      label_order         = local.order
      regex_replace_chars = local.unwanted
      id_length_limit     = local.limit
      label_key_case      = local.key_case
      label_value_case    = local.value_case
      labels_as_tags      = local.tagged
    }) : key => value if !contains(local.later, key)
  }
}

output "context" {
  value = { for key, value in local.context : key => value if !contains(local.later, key) }
}
