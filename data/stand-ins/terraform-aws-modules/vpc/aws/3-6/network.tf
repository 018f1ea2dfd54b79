# What leads to the internet: gateways, route tables and network ACLs. Routes to NAT gateways let nothing in and are left out.
locals {
  has_gateway = local.create && var.create_igw && local.subnets.public > 0
  maps_public = var.map_public_ip_on_launch == null ? local.line < 4 : var.map_public_ip_on_launch
  # Private subnets share tables with those that have none of their own.
  private_tables  = local.create && local.most > 0 ? local.gateways : 0
  public_tables   = local.create && local.subnets.public > 0 ? (var.create_multiple_public_route_tables ? local.subnets.public : 1) : 0
  database_tables = local.create && var.create_database_subnet_route_table && local.subnets.database > 0 ? (var.single_nat_gateway || var.create_database_internet_gateway_route ? 1 : local.subnets.database) : 0
  all_traffic     = [{ rule_number = 100, rule_action = "allow", from_port = 0, to_port = 0, protocol = "-1", cidr_block = "0.0.0.0/0" }]
  manages_acl     = var.manage_default_network_acl == null ? local.line >= 4 : var.manage_default_network_acl
}

resource "aws_internet_gateway" "this" {
  count  = local.has_gateway ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id
}

resource "aws_vpc_block_public_access_options" "this" {
  count                       = local.create && length(keys(var.vpc_block_public_access_options)) > 0 ? 1 : 0
  region                      = var.region
  internet_gateway_block_mode = try(var.vpc_block_public_access_options["internet_gateway_block_mode"], null)
}

resource "aws_route_table" "public" {
  count  = local.public_tables
  region = var.region
  vpc_id = aws_vpc.this[0].id
}

resource "aws_route" "public_internet_gateway" {
  count                  = local.has_gateway ? local.public_tables : 0
  region                 = var.region
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count                       = local.has_gateway && var.enable_ipv6 ? local.public_tables : 0
  region                      = var.region
  route_table_id              = aws_route_table.public[count.index].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

resource "aws_route_table" "private" {
  count  = local.private_tables
  region = var.region
  vpc_id = aws_vpc.this[0].id
}

resource "aws_route_table" "database" {
  count  = local.database_tables
  region = var.region
  vpc_id = aws_vpc.this[0].id
}

resource "aws_route" "database_internet_gateway" {
  count                  = local.database_tables > 0 && local.has_gateway && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route ? 1 : 0
  region                 = var.region
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route_table" "elasticache" {
  count  = local.create && var.create_elasticache_subnet_route_table && local.subnets.elasticache > 0 ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id
}

resource "aws_route_table" "redshift" {
  count  = local.create && var.create_redshift_subnet_route_table && local.subnets.redshift > 0 ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id
}

resource "aws_route_table" "intra" {
  count  = local.create && local.subnets.intra > 0 ? (var.create_multiple_intra_route_tables ? local.subnets.intra : 1) : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id
}

resource "aws_route_table_association" "public" {
  count          = local.create ? local.subnets.public : 0
  region         = var.region
  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = element(aws_route_table.public[*].id, var.create_multiple_public_route_tables ? count.index : 0)
}

resource "aws_route_table_association" "redshift_public" {
  count          = local.create && var.enable_public_redshift ? local.subnets.redshift : 0
  region         = var.region
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.public[*].id), 0)
}

resource "aws_route_table_association" "intra" {
  count          = local.create ? local.subnets.intra : 0
  region         = var.region
  subnet_id      = element(aws_subnet.intra[*].id, count.index)
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}

resource "aws_route_table_association" "private" {
  count          = local.create ? local.subnets.private : 0
  region         = var.region
  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route_table_association" "outpost" {
  count          = local.create ? local.subnets.outpost : 0
  region         = var.region
  subnet_id      = element(aws_subnet.outpost[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route_table_association" "database" {
  count          = local.create ? local.subnets.database : 0
  region         = var.region
  subnet_id      = element(aws_subnet.database[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id), var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route_table_association" "elasticache" {
  count          = local.create ? local.subnets.elasticache : 0
  region         = var.region
  subnet_id      = element(aws_subnet.elasticache[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route_table_association" "redshift" {
  count          = local.create && !var.enable_public_redshift ? local.subnets.redshift : 0
  region         = var.region
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id), var.single_nat_gateway ? 0 : count.index)
}

resource "aws_db_subnet_group" "database" {
  count      = local.create && var.create_database_subnet_group && local.subnets.database > 0 ? 1 : 0
  region     = var.region
  name       = lower(coalesce(var.database_subnet_group_name, var.name))
  subnet_ids = aws_subnet.database[*].id
}

resource "aws_redshift_subnet_group" "redshift" {
  count      = local.create && var.create_redshift_subnet_group && local.subnets.redshift > 0 ? 1 : 0
  region     = var.region
  name       = lower(coalesce(var.redshift_subnet_group_name, var.name))
  subnet_ids = aws_subnet.redshift[*].id
}

resource "aws_elasticache_subnet_group" "elasticache" {
  count      = local.create && var.create_elasticache_subnet_group && local.subnets.elasticache > 0 ? 1 : 0
  region     = var.region
  name       = coalesce(var.elasticache_subnet_group_name, var.name)
  subnet_ids = aws_subnet.elasticache[*].id
}
