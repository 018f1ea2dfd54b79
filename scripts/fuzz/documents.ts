/** Texts of what tfsg is given beside Terraform: configurations, comments, diffs, baselines and reports. */

import type { Random } from '../fuzz-terraform/random.ts';
import { jsonValue, mutated, nativeText, textOf } from './texts.ts';

const globPieces = [
  'a',
  '*',
  '**',
  '/',
  '?',
  '[',
  ']',
  '[!a]',
  '{',
  '}',
  ',',
  '\\',
  '(',
  ')',
  '+',
  '!',
  '@',
  '..',
  '.',
  '|',
  '^',
  '$',
  'é',
  'module.x',
];
const patternPieces = [
  'a',
  '.',
  '*',
  '+',
  '?',
  '(',
  ')',
  '[',
  ']',
  '[a-z]',
  '|',
  '^',
  '$',
  '\\d',
  '\\b',
  '\\p{L}',
  '{2}',
  '{1000}',
  '(?:',
  '(?=',
  '\\1',
  '(a+)+',
  'é',
];

const joined = (random: Random, pieces: readonly string[]): string =>
  Array.from({ length: random.between(0, 12) }, () => random.pick(pieces)).join('');

export function configurationText(random: Random): string {
  const list = (make: () => unknown): unknown[] => Array.from({ length: random.between(0, 3) }, make);
  const glob = (): string => joined(random, globPieces);
  const checks = (): object => ({
    [random.pick(['port-open', 'icmp-open', 'CKV_AWS_24', 'missing-rule-description', 'nothing'])]: random.pick([
      'off',
      'high',
      ['low', { pattern: joined(random, patternPieces), minLength: random.between(-1, 300) }],
      ['info', { ports: [random.between(0, 70_000), `${random.between(0, 99)}-${random.between(0, 99)}/tcp`] }],
      1,
    ]),
  });
  const everything: Readonly<Record<string, unknown>> = {
    extends: list(() => random.pick(['tfsg:strict', './b.json', '../x', 'tfsg:of'])),
    include: list(glob),
    exclude: list(glob),
    failOn: random.pick(['low', 'never', 'hgih']),
    checks: checks(),
    overrides: list(() => ({ files: list(glob), groups: list(glob), checks: checks() })),
    trusted: {
      cidrs: list(() => random.pick(['10.0.0.0/8', '0.0.0.0/1', '128.0.0.0/1', '::/0', '1.2.3.4/40', 'pl-1'])),
    },
    environments: { prod: { varFiles: list(glob), vars: { a: 1 }, workspace: '' } },
    suppressions: { inline: true, honor: ['trivy', 'x'], locked: list(() => random.pick(['port-open', 'x'])) },
    policy: list(() => ({
      groups: [glob()],
      role: random.pick(['web', 'wbe']),
      ingress: [{ ports: [random.pick(['80', '80-', 443])], from: ['internet', glob()] }],
    })),
    other: 1,
  };
  const chosen = Object.entries(everything).filter(() => random.chance(0.4));
  return document(random, JSON.stringify(Object.fromEntries(chosen), undefined, random.pick([0, 2])));
}

const commentPieces = [
  ...[
    'tfsg:ignore',
    'tfsg:ignore-file',
    'tfsg ignore',
    ' port-open',
    ' all-traffic-open',
    ',',
    ' prot-open',
    ' when var.a == "dev"',
    ' when terraform.workspace != "x" and var.b == 1',
    ' until=2025-01-01',
    ' until=2027-13-01',
    ' -- why',
    ' --',
    ' ',
  ],
  ...[
    'checkov:skip=CKV_AWS_24:x',
    'checkov:skip',
    'tfsec:ignore:aws-0107',
    'tfsec:ignore:*[a=b]',
    ':exp:2025-01-01',
    ':ws:prod',
    'trivy:ignore:AVD-AWS-0107',
  ],
  ...[
    'kics-scan ignore-line',
    'kics-scan disable=x',
    'kics-scan ignore-block',
    '\n',
    '# ',
    '// ',
    '/* ',
    ' */',
    'é',
    '😀',
  ],
];

export function commentedText(random: Random): string {
  const comment = (): string => {
    const text = joined(random, commentPieces);
    return random.pick([`# ${text}\n`, `// ${text}\n`, `/* ${text} */`]);
  };
  const lines = `${nativeText(random)}\n`.split(/(?<=\n)/);
  return lines
    .map((line) =>
      random.chance(0.3) ? (random.chance(0.5) ? comment() + line : `${line.trimEnd()} ${comment()}`) : line,
    )
    .join('');
}

const diffPieces = [
  ...[
    'diff --git a/a.tf b/a.tf\n',
    '--- a/a.tf\n',
    '+++ b/a.tf\n',
    '--- /dev/null\n',
    '+++ /dev/null\n',
    '@@ -1 +1 @@\n',
    '@@ -1,2 +1,2 @@\n',
    '@@ -0,0 +1,3 @@\n',
    '@@\n',
  ],
  ...[
    '+a\n',
    '-b\n',
    ' c\n',
    '\n',
    '\\ No newline at end of file\n',
    'rename to b.tf\n',
    'new file mode 100644\n',
    '"a/\\303\\251.tf"',
    '--- "a/\\',
    '\r\n',
    '\t',
    '@@@ -1 -1 +1 @@@\n',
    'index 1..2\n',
  ],
];

export const diffText = (random: Random): string =>
  textOf(random, diffPieces, (each) => {
    const count = each.between(0, 4);
    const lines = Array.from({ length: count }, () => `+${each.pick(['a', '', ' b'])}\n`).join('');
    return `diff --git a/x.tf b/x.tf\n--- a/x.tf\n+++ b/x.tf\n@@ -1,1 +1,${count + 1} @@\n a\n${lines}`;
  });

export function baselineText(random: Random): string {
  const entry = (): object => ({
    file: random.pick(['a.tf', 'b/é.tf', '']),
    check: random.pick(['port-open', '##vso[x]']),
    subject: random.pick(['aws_security_group.a', '']),
    content: random.pick(['a = 1', '\u2028', '']),
    ...(random.chance(0.3) && { traffic: random.pick(['22/tcp', 1]) }),
    ...(random.chance(0.3) && {
      when: random.pick([[{ 'var.a': 'dev' }], [{ 'var.a': { not: ['', null] } }], [], {}]),
    }),
    count: random.pick([1, 2, 1, 0, 1.5, 1e300]),
  });
  const findings = [...Array.from({ length: random.between(0, 4) }, entry), random.pick([null, entry()])];
  return document(
    random,
    JSON.stringify({ schemaVersion: random.chance(0.9) ? 1 : 2, findings }, undefined, random.pick([0, 2])),
  );
}

/** @param reports texts of real reports, which most of the texts are made of */
export function reportText(random: Random, reports: readonly string[]): string {
  const value = JSON.parse(random.pick(reports)) as Record<string, unknown>;
  for (let times = random.between(0, 3); times > 0; times -= 1) damage(random, value);
  return document(random, JSON.stringify(value));
}

/** Puts another value somewhere into an object. */
function damage(random: Random, value: Record<string, unknown>): void {
  const names = Object.keys(value);
  if (names.length === 0) return;
  const name = random.pick(names);
  const inner = value[name];
  if (typeof inner === 'object' && inner !== null && random.chance(0.8)) {
    damage(random, inner as Record<string, unknown>);
    return;
  }
  value[name] = random.pick([
    0,
    -1,
    1,
    1e9,
    1.5,
    '',
    'x',
    null,
    [],
    {},
    true,
    '\u001b[31m',
    JSON.parse(jsonValue(random, 2)) as unknown,
  ]);
}

/** JSON as it is or with faults put in. */
function document(random: Random, text: string): string {
  return random.chance(0.6)
    ? text
    : mutated(random, text, ['{', '}', '[', ']', ',', ':', '"', '//', '/*', '\\', '\ufeff', '\0', 'é', '1', ' ']);
}

const conditions = [
  'rule.direction == "ingress" && overlaps(rule.ports, ["ssh", 5432])',
  '!within(rule.sources, ["10.0.0.0/8", "*-app", "internet"])',
  'anytrue([for x in group.rules : x.type == "y" if x.from_port != null])',
  'group.tags["tier"] != "data" || can(regex("^(a+)+$", rule.description))',
  'length([for a in range(1000) : [for b in range(1000) : a]]) > option.x',
  'reaches("internet", group, "https") && like(group.name, "*-db")',
  'group.rules[*].ports[0] == rule.cidrs[0]',
];

const rulePieces = [
  'rule',
  'group',
  '.',
  '(',
  ')',
  '[',
  ']',
  '*',
  '"',
  '${',
  '}',
  '&&',
  '!',
  'for',
  'in',
  ':',
  'null',
  '<<T\n',
  '\nT\n',
  'range(1000)',
];

/** Files of own rules, most of them with slips. */
export function rulesText(random: Random): string {
  const rules = Array.from({ length: random.between(1, 2) }, (_, index) => {
    const example = 'resource "aws_security_group" "x" {\n  name = "x"\n}';
    return `check "own-${index}" {
  for      = ${random.pick(['rule', 'group', 'service', 'acl', 'entry', 'x'])}
  when     = ${random.pick(conditions)}
  severity = "high"
  message  = "From $\{rule.sources}."
  option "x" {
    type    = number
    default = 1
  }
  examples {
    fails  = <<T\n${example}\nT
    passes = <<T\n${example}\nT
  }
}
`;
  }).join('\n');
  return random.chance(0.2) ? rules : mutated(random, rules, rulePieces);
}

const policies = [
  '{"checks": [{"code": "A", "requiredLabels": ["aws_security_group"], "matchSpec": {"name": "tags", "action": "contains", "value": "x"}}]}',
  'checks:\n- code: A\n  requiredLabels: [aws_security_group_rule]\n  matchSpec:\n    action: or\n    predicateMatchSpec:\n    - name: type\n      action: equals\n      value: egress\n',
  'metadata:\n  id: A\ndefinition:\n  and:\n  - cond_type: attribute\n    resource_types: [aws_security_group]\n    attribute: ingress.*.cidr_blocks\n    operator: not_contains\n    value: 0.0.0.0/0\n',
];

/** Custom checks of other tools, most of them with slips. */
export const policiesText = (random: Random): string =>
  mutated(random, random.pick(policies), [':', '{', '}', '[', ']', '- ', '\n', '  ', '&a ', '*a', '"', '|', '!!x']);
