/** The text of a new own rule, which is as it should be from the start. */

export function skeletonOf(id: string): string {
  return `check "${id}" {
  for      = rule
  when     = rule.direction == "ingress" && overlaps(rule.ports, ["telnet"]) && !within(rule.sources, "private")
  severity = "high"
  message  = "Telnet is not encrypted, and \${rule.sources} may use it."
  help     = "Use SSH."

  examples {
    fails = <<T
resource "aws_security_group" "example" {
  name = "example"

  ingress {
    from_port   = 23
    to_port     = 23
    protocol    = "tcp"
    cidr_blocks = ["198.51.100.0/24"]
  }
}
T

    passes = <<T
resource "aws_security_group" "example" {
  name = "example"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["198.51.100.0/24"]
  }
}
T
  }
}
`;
}
