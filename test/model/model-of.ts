/** Models of configurations in memory, and small rules to ask about. */

import fc from 'fast-check';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import type { RuleSet } from '../../src/model/security-group.ts';
import type { SecurityGroupModel } from '../../src/model/security-group-model.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

/** The model of the only root. */
export async function modelOf(files: Readonly<Record<string, string>>): Promise<SecurityGroupModel> {
  const options = { configFor: () => configOf(new Map()), parser: 'native', inputs: noInputs } as const;
  return (await inspect(memoryFileSystem(files), [''], options)).models[0]!;
}

/** A rule of the group sg-1, TCP if nothing else is said. */
export interface SmallRule {
  readonly from: number;
  readonly to: number;
  readonly sources: readonly string[];
  readonly more?: string;
}

/** The same with expressions for ports. */
type WrittenRule = Omit<SmallRule, 'from' | 'to'> & { readonly from: number | string; readonly to: number | string };

/** The rule set of some aws_security_group_rule, named r0, r1 and so on. */
export async function ruleSetOf(rules: readonly WrittenRule[], others = ''): Promise<RuleSet> {
  const blocks = rules.map(({ from, to, sources, more = '' }, index) => {
    const argument = sources[0]?.includes(':') ? 'ipv6_cidr_blocks' : 'cidr_blocks';
    return `resource "aws_security_group_rule" "r${index}" {
  type              = "ingress"
  security_group_id = "sg-1"
  protocol          = "tcp"
  from_port         = ${from}
  to_port           = ${to}
  ${argument} = ${JSON.stringify(sources)}
  ${more}
}
`;
  });
  return (await modelOf({ 'main.tf': blocks.join('') + others })).ruleSets[0]!;
}

/** The quarters of 10.0.0.0/8 that each block has. */
const quarters: Readonly<Record<string, readonly number[]>> = {
  '10.0.0.0/8': [0, 1, 2, 3],
  '10.0.0.0/9': [0, 1],
  '10.128.0.0/9': [2, 3],
  '10.0.0.0/10': [0],
  '10.64.0.0/10': [1],
  '10.192.0.0/10': [3],
};

/** What rules allow, one by one: `port quarter`. */
export function cellsOf(rules: readonly SmallRule[]): ReadonlySet<string> {
  const cells = new Set<string>();
  for (const { from, to, sources } of rules) {
    for (let port = from; port <= to; port++) {
      for (const source of sources) for (const quarter of quarters[source]!) cells.add(`${port} ${quarter}`);
    }
  }
  return cells;
}

export const smallRules = (most = 2): fc.Arbitrary<readonly SmallRule[]> =>
  fc.array(
    fc
      .record({
        ports: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
        sources: fc.uniqueArray(fc.constantFrom(...Object.keys(quarters)), { minLength: 1, maxLength: most }),
      })
      .map(({ ports: [a, b], sources }) => ({ from: Math.min(a, b), to: Math.max(a, b), sources })),
    { minLength: 1, maxLength: 5 },
  );

/** The numbers of rules by their names. */
export const indexOf = ({ address }: { readonly address: string }): number => Number(/r(\d+)/.exec(address)![1]);
