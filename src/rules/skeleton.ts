/** The text of a new own rule, which is as it should be from the start. */

interface Skeleton {
  readonly when: string;
  readonly message: string;
  readonly help: string;
  /** Examples by name, each the arguments of an ingress rule. */
  readonly examples: Readonly<Record<string, { readonly port: number; readonly source: string }>>;
}

/** By what the rule is asked of. */
const skeletons = {
  rule: {
    when: 'rule.direction == "ingress" && overlaps(rule.ports, ["telnet"]) && !within(rule.sources, "private")',
    message: 'Telnet is not encrypted, and ${rule.sources} may use it.',
    help: 'Use SSH.',
    examples: { fails: { port: 23, source: '198.51.100.0/24' }, passes: { port: 22, source: '198.51.100.0/24' } },
  },
  opened: {
    when: 'opened.direction == "ingress" && overlaps(opened.ports, ["ssh"]) && !within(opened.sources, "private")',
    message: 'Do not open SSH to ${opened.sources}.',
    help: 'Use Session Manager.',
    examples: {
      before: { port: 22, source: '10.0.0.0/16' },
      fails: { port: 22, source: '198.51.100.0/24' },
      passes: { port: 22, source: '10.0.0.0/8' },
    },
  },
} as const satisfies Readonly<Record<string, Skeleton>>;

/** What a new rule can be asked of. */
export const skeletonNames = Object.keys(skeletons) as (keyof typeof skeletons)[];

export function skeletonOf(id: string, of: (typeof skeletonNames)[number]): string {
  const { when, message, help, examples }: Skeleton = skeletons[of];
  const texts = Object.entries(examples).map(
    ([name, { port, source }]) => `    ${name} = <<T
resource "aws_security_group" "example" {
  name = "example"

  ingress {
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    cidr_blocks = ["${source}"]
  }
}
T
`,
  );
  return `check "${id}" {
  for      = ${of}
  when     = ${when}
  severity = "high"
  message  = "${message}"
  help     = "${help}"

  examples {
${texts.join('\n')}  }
}
`;
}
