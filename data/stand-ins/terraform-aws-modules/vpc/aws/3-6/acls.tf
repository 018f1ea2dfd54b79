# Network ACLs: the default one, and those that subnets of one kind have to themselves.
resource "aws_default_network_acl" "this" {
  count                  = local.create && local.manages_acl ? 1 : 0
  region                 = var.region
  default_network_acl_id = aws_vpc.this[0].default_network_acl_id
  # Others change it.
  subnet_ids = null

  dynamic "ingress" {
    for_each = var.default_network_acl_ingress
    content {
      action          = ingress.value.action
      rule_no         = ingress.value.rule_no
      protocol        = ingress.value.protocol
      from_port       = ingress.value.from_port
      to_port         = ingress.value.to_port
      cidr_block      = lookup(ingress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(ingress.value, "ipv6_cidr_block", null)
      icmp_type       = lookup(ingress.value, "icmp_type", null)
      icmp_code       = lookup(ingress.value, "icmp_code", null)
    }
  }

  dynamic "egress" {
    for_each = var.default_network_acl_egress
    content {
      action          = egress.value.action
      rule_no         = egress.value.rule_no
      protocol        = egress.value.protocol
      from_port       = egress.value.from_port
      to_port         = egress.value.to_port
      cidr_block      = lookup(egress.value, "cidr_block", null)
      ipv6_cidr_block = lookup(egress.value, "ipv6_cidr_block", null)
      icmp_type       = lookup(egress.value, "icmp_type", null)
      icmp_code       = lookup(egress.value, "icmp_code", null)
    }
  }
}

resource "aws_network_acl" "public" {
  count      = local.create && var.public_dedicated_network_acl && local.subnets.public > 0 ? 1 : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.public[*].id
}

resource "aws_network_acl_rule" "public_inbound" {
  count           = local.create && var.public_dedicated_network_acl && local.subnets.public > 0 ? length(coalesce(var.public_inbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.public[0].id
  egress          = false
  rule_number     = coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.public_inbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl_rule" "public_outbound" {
  count           = local.create && var.public_dedicated_network_acl && local.subnets.public > 0 ? length(coalesce(var.public_outbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.public[0].id
  egress          = true
  rule_number     = coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.public_outbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl" "private" {
  count      = local.create && var.private_dedicated_network_acl && local.subnets.private > 0 ? 1 : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_network_acl_rule" "private_inbound" {
  count           = local.create && var.private_dedicated_network_acl && local.subnets.private > 0 ? length(coalesce(var.private_inbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.private[0].id
  egress          = false
  rule_number     = coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.private_inbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl_rule" "private_outbound" {
  count           = local.create && var.private_dedicated_network_acl && local.subnets.private > 0 ? length(coalesce(var.private_outbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.private[0].id
  egress          = true
  rule_number     = coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.private_outbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl" "database" {
  count      = local.create && var.database_dedicated_network_acl && local.subnets.database > 0 ? 1 : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.database[*].id
}

resource "aws_network_acl_rule" "database_inbound" {
  count           = local.create && var.database_dedicated_network_acl && local.subnets.database > 0 ? length(coalesce(var.database_inbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.database[0].id
  egress          = false
  rule_number     = coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.database_inbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl_rule" "database_outbound" {
  count           = local.create && var.database_dedicated_network_acl && local.subnets.database > 0 ? length(coalesce(var.database_outbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.database[0].id
  egress          = true
  rule_number     = coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.database_outbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl" "elasticache" {
  count      = local.create && var.elasticache_dedicated_network_acl && local.subnets.elasticache > 0 ? 1 : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.elasticache[*].id
}

resource "aws_network_acl_rule" "elasticache_inbound" {
  count           = local.create && var.elasticache_dedicated_network_acl && local.subnets.elasticache > 0 ? length(coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.elasticache[0].id
  egress          = false
  rule_number     = coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.elasticache_inbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl_rule" "elasticache_outbound" {
  count           = local.create && var.elasticache_dedicated_network_acl && local.subnets.elasticache > 0 ? length(coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.elasticache[0].id
  egress          = true
  rule_number     = coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.elasticache_outbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl" "redshift" {
  count      = local.create && var.redshift_dedicated_network_acl && local.subnets.redshift > 0 ? 1 : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.redshift[*].id
}

resource "aws_network_acl_rule" "redshift_inbound" {
  count           = local.create && var.redshift_dedicated_network_acl && local.subnets.redshift > 0 ? length(coalesce(var.redshift_inbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.redshift[0].id
  egress          = false
  rule_number     = coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.redshift_inbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl_rule" "redshift_outbound" {
  count           = local.create && var.redshift_dedicated_network_acl && local.subnets.redshift > 0 ? length(coalesce(var.redshift_outbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.redshift[0].id
  egress          = true
  rule_number     = coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.redshift_outbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl" "intra" {
  count      = local.create && var.intra_dedicated_network_acl && local.subnets.intra > 0 ? 1 : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.intra[*].id
}

resource "aws_network_acl_rule" "intra_inbound" {
  count           = local.create && var.intra_dedicated_network_acl && local.subnets.intra > 0 ? length(coalesce(var.intra_inbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.intra[0].id
  egress          = false
  rule_number     = coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.intra_inbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl_rule" "intra_outbound" {
  count           = local.create && var.intra_dedicated_network_acl && local.subnets.intra > 0 ? length(coalesce(var.intra_outbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.intra[0].id
  egress          = true
  rule_number     = coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.intra_outbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl" "outpost" {
  count      = local.create && var.outpost_dedicated_network_acl && local.subnets.outpost > 0 ? 1 : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.outpost[*].id
}

resource "aws_network_acl_rule" "outpost_inbound" {
  count           = local.create && var.outpost_dedicated_network_acl && local.subnets.outpost > 0 ? length(coalesce(var.outpost_inbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.outpost[0].id
  egress          = false
  rule_number     = coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.outpost_inbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}

resource "aws_network_acl_rule" "outpost_outbound" {
  count           = local.create && var.outpost_dedicated_network_acl && local.subnets.outpost > 0 ? length(coalesce(var.outpost_outbound_acl_rules, local.all_traffic)) : 0
  region          = var.region
  network_acl_id  = aws_network_acl.outpost[0].id
  egress          = true
  rule_number     = coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index]["rule_number"]
  rule_action     = coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index]["rule_action"]
  protocol        = coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index]["protocol"]
  from_port       = lookup(coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index], "from_port", null)
  to_port         = lookup(coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index], "to_port", null)
  icmp_type       = lookup(coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index], "icmp_type", null)
  icmp_code       = lookup(coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index], "icmp_code", null)
  cidr_block      = lookup(coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index], "cidr_block", null)
  ipv6_cidr_block = lookup(coalesce(var.outpost_outbound_acl_rules, local.all_traffic)[count.index], "ipv6_cidr_block", null)
}
