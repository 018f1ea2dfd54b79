locals {
  create = var.create_vpc && var.putin_khuylo
  # Outputs of what is not created.
  none = local.line < 4 ? "" : null
  # Before 4.0 the default group was left alone.
  manages_default_group = var.manage_default_security_group == null ? local.line >= 4 : var.manage_default_security_group
  rules = {
    ingress = var.default_security_group_ingress == null ? [] : var.default_security_group_ingress
    egress  = var.default_security_group_egress == null ? [] : var.default_security_group_egress
  }
  subnets = {
    private     = max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes))
    public      = max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes))
    database    = max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes))
    elasticache = max(length(var.elasticache_subnets), length(var.elasticache_subnet_ipv6_prefixes))
    redshift    = max(length(var.redshift_subnets), length(var.redshift_subnet_ipv6_prefixes))
    intra       = max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes))
    outpost     = max(length(var.outpost_subnets), length(var.outpost_subnet_ipv6_prefixes))
  }
  most     = max(local.subnets.private, local.subnets.public, local.subnets.database, local.subnets.elasticache, local.subnets.redshift)
  gateways = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.most
}

resource "aws_vpc" "this" {
  count                            = local.create ? 1 : 0
  region                           = var.region
  cidr_block                       = var.use_ipam_pool ? null : var.cidr
  assign_generated_ipv6_cidr_block = var.enable_ipv6 && !var.use_ipam_pool ? true : null
  ipv6_cidr_block                  = var.ipv6_cidr
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = local.create ? length(var.secondary_cidr_blocks) : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_default_vpc" "this" {
  count  = var.manage_default_vpc ? 1 : 0
  region = var.region
}

resource "aws_eip" "nat" {
  count  = local.create && var.enable_nat_gateway && !var.reuse_nat_ips ? local.gateways : 0
  region = var.region
  domain = "vpc"
}

resource "aws_default_security_group" "this" {
  count  = local.create && local.manages_default_group ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id

  dynamic "ingress" {
    for_each = local.rules.ingress
    content {
      description      = lookup(ingress.value, "description", null)
      protocol         = lookup(ingress.value, "protocol", "-1")
      from_port        = lookup(ingress.value, "from_port", 0)
      to_port          = lookup(ingress.value, "to_port", 0)
      self             = lookup(ingress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(ingress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(ingress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(ingress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(ingress.value, "security_groups", "")))
    }
  }

  dynamic "egress" {
    for_each = local.rules.egress
    content {
      description      = lookup(egress.value, "description", null)
      protocol         = lookup(egress.value, "protocol", "-1")
      from_port        = lookup(egress.value, "from_port", 0)
      to_port          = lookup(egress.value, "to_port", 0)
      self             = lookup(egress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(egress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(egress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(egress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(egress.value, "security_groups", "")))
    }
  }

  tags = merge(
    { Name = coalesce(var.default_security_group_name, "${var.name}-default") },
    var.tags,
    var.default_security_group_tags,
  )
}

resource "aws_subnet" "private" {
  count                           = local.create ? local.subnets.private : 0
  region                          = var.region
  vpc_id                          = aws_vpc.this[0].id
  cidr_block                      = var.private_subnet_ipv6_native ? null : element(concat(var.private_subnets, [""]), count.index)
  ipv6_cidr_block                 = var.enable_ipv6 && length(var.private_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.private_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch         = false
  assign_ipv6_address_on_creation = var.enable_ipv6 && coalesce(var.private_subnet_assign_ipv6_address_on_creation, var.assign_ipv6_address_on_creation)
}

resource "aws_subnet" "public" {
  count                           = local.create && (!var.one_nat_gateway_per_az || local.subnets.public >= length(var.azs)) ? local.subnets.public : 0
  region                          = var.region
  vpc_id                          = aws_vpc.this[0].id
  cidr_block                      = var.public_subnet_ipv6_native ? null : element(concat(var.public_subnets, [""]), count.index)
  ipv6_cidr_block                 = var.enable_ipv6 && length(var.public_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.public_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch         = local.maps_public
  assign_ipv6_address_on_creation = var.enable_ipv6 && coalesce(var.public_subnet_assign_ipv6_address_on_creation, var.assign_ipv6_address_on_creation)
}

resource "aws_subnet" "database" {
  count                           = local.create ? local.subnets.database : 0
  region                          = var.region
  vpc_id                          = aws_vpc.this[0].id
  cidr_block                      = var.database_subnet_ipv6_native ? null : element(concat(var.database_subnets, [""]), count.index)
  ipv6_cidr_block                 = var.enable_ipv6 && length(var.database_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.database_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch         = false
  assign_ipv6_address_on_creation = var.enable_ipv6 && coalesce(var.database_subnet_assign_ipv6_address_on_creation, var.assign_ipv6_address_on_creation)
}

resource "aws_subnet" "elasticache" {
  count                           = local.create ? local.subnets.elasticache : 0
  region                          = var.region
  vpc_id                          = aws_vpc.this[0].id
  cidr_block                      = var.elasticache_subnet_ipv6_native ? null : element(concat(var.elasticache_subnets, [""]), count.index)
  ipv6_cidr_block                 = var.enable_ipv6 && length(var.elasticache_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.elasticache_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch         = false
  assign_ipv6_address_on_creation = var.enable_ipv6 && coalesce(var.elasticache_subnet_assign_ipv6_address_on_creation, var.assign_ipv6_address_on_creation)
}

resource "aws_subnet" "redshift" {
  count                           = local.create ? local.subnets.redshift : 0
  region                          = var.region
  vpc_id                          = aws_vpc.this[0].id
  cidr_block                      = var.redshift_subnet_ipv6_native ? null : element(concat(var.redshift_subnets, [""]), count.index)
  ipv6_cidr_block                 = var.enable_ipv6 && length(var.redshift_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.redshift_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch         = false
  assign_ipv6_address_on_creation = var.enable_ipv6 && coalesce(var.redshift_subnet_assign_ipv6_address_on_creation, var.assign_ipv6_address_on_creation)
}

resource "aws_subnet" "intra" {
  count                           = local.create ? local.subnets.intra : 0
  region                          = var.region
  vpc_id                          = aws_vpc.this[0].id
  cidr_block                      = var.intra_subnet_ipv6_native ? null : element(concat(var.intra_subnets, [""]), count.index)
  ipv6_cidr_block                 = var.enable_ipv6 && length(var.intra_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.intra_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch         = false
  assign_ipv6_address_on_creation = var.enable_ipv6 && coalesce(var.intra_subnet_assign_ipv6_address_on_creation, var.assign_ipv6_address_on_creation)
}

resource "aws_subnet" "outpost" {
  count                           = local.create ? local.subnets.outpost : 0
  region                          = var.region
  vpc_id                          = aws_vpc.this[0].id
  cidr_block                      = var.outpost_subnet_ipv6_native ? null : element(concat(var.outpost_subnets, [""]), count.index)
  ipv6_cidr_block                 = var.enable_ipv6 && length(var.outpost_subnet_ipv6_prefixes) > 0 ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.outpost_subnet_ipv6_prefixes[count.index]) : null
  map_public_ip_on_launch         = false
  assign_ipv6_address_on_creation = var.enable_ipv6 && coalesce(var.outpost_subnet_assign_ipv6_address_on_creation, var.assign_ipv6_address_on_creation)
}
