/** What 100 own rules cost, next to a run without them. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inEstate } from './estate.ts';
import { median, processTime, seconds } from './process-time.ts';

const program = join(import.meta.dirname, '../dist/cli.js');

const RULES = 100;
const OF_TAGS = 10;

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

/** In many estates only apply knows the tags: then this is a question of every rule, in all worlds. */
const ofTags = [
  'rule',
  'group.tags["tier"] == "tier-NUMBER" && !within(rule.sources, ["10.NUMBER.0.0/16", "self"])',
] as const;

function ruleOf(index: number): string {
  const [subject, condition] = index < RULES ? questions[index % questions.length]! : ofTags;
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
 * @returns lines to print: processor time without and with the rules, and with some more that ask for tags, each the median
 */
export function benchOwnRules(named?: string, turns = 5): readonly string[] {
  return inEstate(named, (tree, scratch) => {
    const folder = join(scratch, 'rules');
    mkdirSync(folder);
    const config = join(folder, '.tfsgrc.json');
    writeFileSync(config, '{}');
    const timeOf = (...options: readonly string[]): number => {
      const args = [program, '--format', 'json', '--fail-on', 'never', ...options];
      const { processor, code } = processTime(process.execPath, args, { cwd: tree });
      if (code !== 0) throw new Error(`tfsg ${args.slice(1).join(' ')} ended with ${code}.`);
      return processor;
    };
    const withRules = (count: number): number => {
      const rules = Array.from({ length: count }, (_, index) => ruleOf(index));
      writeFileSync(join(folder, 'tfsg.rules.hcl'), rules.join('\n'));
      return timeOf('--config', config);
    };
    const times = Array.from({ length: turns }, () => ({
      plain: timeOf(),
      own: withRules(RULES),
      tags: withRules(RULES + OF_TAGS),
    }));
    const of = (key: 'plain' | 'own' | 'tags'): number => median(times.map((each) => each[key]));
    const ratio = (key: 'own' | 'tags'): string => median(times.map((each) => each[key] / each.plain)).toFixed(2);
    return [
      `without own rules        ${seconds(of('plain'))}`,
      `${RULES} own rules            ${seconds(of('own'))}  x ${ratio('own')}`,
      `and ${OF_TAGS} that ask for tags  ${seconds(of('tags'))}  x ${ratio('tags')}`,
    ];
  });
}
