/** What 100 own rules cost, next to a run without them. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inEstate } from './estate.ts';
import { median, processTime, seconds } from './process-time.ts';

const program = join(import.meta.dirname, '../dist/cli.js');

const RULES = 100;

/** What rules of companies ask, of which few configurations have anything. `PORT` and `NUMBER` are others in each. */
const questions: readonly (readonly [subject: string, condition: string])[] = [
  [
    'rule',
    'rule.direction == "ingress" && overlaps(rule.ports, [PORT]) && !within(rule.sources, ["10.0.0.0/8", "*-app-NUMBER"])',
  ],
  [
    'rule',
    'rule.direction == "ingress" && overlaps(rule.sources, "internet") && within(rule.ports, [PORT, "PORT/udp"])',
  ],
  ['rule', 'group.tags["tier"] == "tier-NUMBER" && !within(rule.sources, ["10.NUMBER.0.0/16", "self"])'],
  ['rule', 'like(group.name, "team-NUMBER-*") && overlaps(rule.sources, "172.16.NUMBER.0/24")'],
  [
    'rule',
    'rule.direction == "egress" && rule.protocol == "udp" && overlaps(rule.ports, [PORT]) && !within(rule.sources, "private")',
  ],
  ['rule', 'rule.description != null && like(rule.description, "*TICKET-NUMBER*")'],
  ['group', 'like(group.name, "legacy-NUMBER-*") && group.tags["owner"] == null'],
  ['group', 'length(group.rules) > 900 + NUMBER'],
  [
    'group',
    'anytrue([for rule in group.rules : rule.direction == "ingress" && rule.from_port == PORT && rule.to_port == PORT])',
  ],
  ['service', 'service.kind == "database" && overlaps(service.open_ports, [PORT])'],
];

function ruleOf(index: number): string {
  const [subject, condition] = questions[index % questions.length]!;
  const when = condition.replaceAll('PORT', String(40_000 + index)).replaceAll('NUMBER', String(100 + index));
  return `check "bench-${index}" {
  for      = ${subject}
  when     = ${when}
  severity = "high"
  message  = "Rule ${index}."
  examples {
    fails  = ""
    passes = ""
  }
}
`;
}

/**
 * Needs a built dist/.
 *
 * @param named folder of the tree; undefined for one that is made
 * @returns lines to print: processor time without and with the rules, each the median
 */
export function benchOwnRules(named?: string, turns = 5): readonly string[] {
  return inEstate(named, (tree, scratch) => {
    const folder = join(scratch, 'rules');
    mkdirSync(folder);
    const config = join(folder, '.tfsgrc.json');
    writeFileSync(config, '{}');
    writeFileSync(
      join(folder, 'tfsg.rules.hcl'),
      Array.from({ length: RULES }, (_, index) => ruleOf(index)).join('\n'),
    );
    const timeOf = (...options: readonly string[]): number => {
      const args = [program, '--format', 'json', '--fail-on', 'never', ...options];
      const { processor, code } = processTime(process.execPath, args, { cwd: tree });
      if (code !== 0) throw new Error(`tfsg ${args.slice(1).join(' ')} ended with ${code}.`);
      return processor;
    };
    const times = Array.from({ length: turns }, () => ({ plain: timeOf(), own: timeOf('--config', config) }));
    const of = (key: 'plain' | 'own'): number => median(times.map((each) => each[key]));
    const ratio = median(times.map(({ plain, own }) => own / plain));
    return [
      `without own rules  ${seconds(of('plain'))}`,
      `${RULES} own rules      ${seconds(of('own'))}  x ${ratio.toFixed(2)}`,
    ];
  });
}
