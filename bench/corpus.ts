/** Terraform configurations that are the same on every run, of the kinds that people write. */

/** One file that is parsed. */
export interface BenchFile {
  readonly path: string;
  readonly text: string;
}

/** Small linear congruential generator: the same numbers on every machine. */
class Numbers {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A whole number from 0 to `bound - 1`. */
  below(bound: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * bound);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

const NAMES = [
  'web',
  'api',
  'worker',
  'bastion',
  'database',
  'cache',
  'internal',
  'public',
  'metrics',
  'queue',
] as const;
const PORTS = [22, 25, 53, 80, 443, 3306, 3389, 5432, 6379, 8080, 9200] as const;

/**
 * @param megabytes of text in all, about
 * @returns files of 1 to 20 kB: security groups of every spelling, variables, modules, locals, policies in heredocs
 */
export function generateCorpus(megabytes = 4): readonly BenchFile[] {
  const numbers = new Numbers(20_240_229);
  const files: BenchFile[] = [];
  let size = 0;
  while (size < megabytes * 1e6) {
    const pieces: string[] = [];
    for (let count = 2 + numbers.below(14); count > 0; count -= 1) pieces.push(numbers.pick(PIECES)(numbers));
    const text = pieces.join('\n');
    files.push({ path: `generated/${files.length}.tf`, text });
    size += text.length;
  }
  return files;
}

const PIECES: readonly ((numbers: Numbers) => string)[] = [
  inlineGroup,
  inlineGroup,
  separateRules,
  dynamicGroup,
  variable,
  variable,
  moduleCall,
  locals,
  policy,
  userData,
];

function name(numbers: Numbers): string {
  return `${numbers.pick(NAMES)}_${numbers.below(1000)}`;
}

function block(numbers: Numbers): string {
  return `"10.${numbers.below(256)}.${numbers.below(256)}.0/${16 + numbers.below(9)}"`;
}

function inlineGroup(numbers: Numbers): string {
  const group = name(numbers);
  let text = `# Traffic of ${group}
resource "aws_security_group" "${group}" {
  name        = "\${var.environment}-${group}"
  description = "Security group of ${group}, managed by Terraform"
  vpc_id      = aws_vpc.main.id
`;
  for (let count = 1 + numbers.below(4); count > 0; count -= 1) {
    const port = numbers.pick(PORTS);
    text += `
  ingress {
    description = "Port ${port} from the office and the load balancer"
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    cidr_blocks = [${block(numbers)}, ${block(numbers)}, var.office_cidr]
  }
`;
  }
  return `${text}
  egress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }

  tags = merge(local.tags, {
    Name = "${group}"
    Team = var.team
  })

  lifecycle {
    create_before_destroy = true
  }
}
`;
}

function separateRules(numbers: Numbers): string {
  const group = name(numbers);
  const port = numbers.pick(PORTS);
  return `resource "aws_vpc_security_group_ingress_rule" "${group}" {
  for_each          = toset(var.allowed_cidrs)
  security_group_id = aws_security_group.${group}.id
  description       = "Allow ${port} from \${each.value}"
  cidr_ipv4         = each.value
  from_port         = ${port}
  to_port           = ${port}
  ip_protocol       = "tcp" # not UDP
}

resource "aws_security_group_rule" "${group}_self" {
  count             = var.create_${group} ? 1 : 0
  type              = "ingress"
  from_port         = 0
  to_port           = 65535
  protocol          = "tcp"
  self              = true
  security_group_id = element(concat(aws_security_group.${group}.*.id, [""]), 0)
}
`;
}

function dynamicGroup(numbers: Numbers): string {
  const group = name(numbers);
  return `resource "aws_security_group" "${group}" {
  name_prefix = "${group}-"
  vpc_id      = module.vpc.vpc_id

  dynamic "ingress" {
    for_each = { for port in var.ports : tostring(port) => port if port > ${numbers.below(1024)} }
    content {
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = [for group in aws_security_group.clients[*] : group.id]
    }
  }
}
`;
}

function variable(numbers: Numbers): string {
  return `variable "${name(numbers)}" {
  description = "What ${name(numbers)} is given, as a list of objects"
  type = list(object({
    port        = number
    cidr_blocks = optional(list(string), ["10.0.0.0/8"])
    description = optional(string)
  }))
  default = [
    { port = ${numbers.pick(PORTS)}, cidr_blocks = [${block(numbers)}] },
    { port = ${numbers.pick(PORTS)} },
  ]

  validation {
    condition     = alltrue([for rule in var.rules : rule.port >= 0 && rule.port <= 65535])
    error_message = "Ports lie between 0 and 65535."
  }
}
`;
}

function moduleCall(numbers: Numbers): string {
  const group = name(numbers);
  return `module "${group}" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.${numbers.below(10)}"

  name   = "${group}"
  vpc_id = module.vpc.vpc_id

  ingress_with_cidr_blocks = [
    {
      rule        = "postgresql-tcp"
      cidr_blocks = join(",", [${block(numbers)}, ${block(numbers)}])
    },
    {
      from_port   = ${numbers.pick(PORTS)}
      to_port     = ${numbers.pick(PORTS)}
      protocol    = "tcp"
      description = "Service ${group}"
      cidr_blocks = var.cidr_blocks[${numbers.below(4)}]
    },
  ]
}
`;
}

function locals(numbers: Numbers): string {
  const key = name(numbers);
  return `locals {
  ${key}_tags = {
    Name        = "\${var.project}-\${var.environment}-${key}"
    Environment = var.environment
    "team:${key}" = "platform"
  }
  ${key}_count = var.enabled && length(var.subnets) > 0 ? max(length(var.subnets), ${numbers.below(9)}) : 0
  ${key}_cidrs = [for index, zone in data.aws_availability_zones.all.names : cidrsubnet(var.cidr, 8, index + ${numbers.below(99)})]
}
`;
}

function policy(numbers: Numbers): string {
  return `resource "aws_iam_policy" "${name(numbers)}" {
  name   = "${name(numbers)}"
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:ListBucket"],
          "Resource": "arn:aws:s3:::\${aws_s3_bucket.${name(numbers)}.id}/*"
        }
      ]
    }
  EOT
}
`;
}

function userData(numbers: Numbers): string {
  return `/*
 * Instances of ${name(numbers)}.
 */
resource "aws_instance" "${name(numbers)}" {
  ami                    = data.aws_ami.ubuntu.id
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.${name(numbers)}.id]
  user_data              = <<EOF
#!/bin/bash
echo "\${var.message}" > /etc/motd
%{ for host in var.hosts ~}
echo "$\${HOME}: \${host}" >> /etc/hosts
%{ endfor ~}
EOF
}
`;
}
