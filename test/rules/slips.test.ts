/** Slips in files of own rules: each is said at its place, before any configuration is read. */

import { describe, expect, test } from '@jest/globals';
import { answers, lintWith, readText, ruleText, standaloneRule } from './rule-text.ts';

const faultsOf = (when: string, of = 'rule') => readText(ruleText(when, { of })).faults;

describe('a condition', () => {
  test.each([
    ['rul.ports == []', 'tfsg.rules.hcl:3:14 rul: There is no "rul" here. Did you mean "rule"?'],
    ['rule.prots == []', 'tfsg.rules.hcl:3:19 prots: "rule" has no attribute "prots". Did you mean "ports"?'],
    ['group.nam == "x"', 'tfsg.rules.hcl:3:20 nam: "group" has no attribute "nam". Did you mean "name"?'],
    ['rule.group.rules[0].typ == "x"', 'tfsg.rules.hcl:3:34 typ: "rule" has no attribute "typ". Did you mean "type"?'],
    ['anytrue([for r in group.rules : r.kind == "x"])', 'tfsg.rules.hcl:3:48 kind: "rule" has no attribute "kind".'],
    ['anytrue(group.rules[*].kind)', 'tfsg.rules.hcl:3:37 kind: "rule" has no attribute "kind".'],
    ['rule.direction == "inbound"', 'tfsg.rules.hcl:3:32 "inbound": This is never "inbound": expected one of'],
    ['contains(["ingres"], rule.direction)', 'Did you mean "ingress"?'],
    ['rule.protocol == "-1"', 'This is never "-1": expected one of "tcp"'],
    [
      'overlap(rule.ports, 22)',
      'tfsg.rules.hcl:3:14 overlap: There is no function "overlap". Did you mean "overlaps"?',
    ],
    ['overlaps(rule.ports, "postgress")', 'tfsg.rules.hcl:3:35 "postgress": "postgress" is not the name of a service'],
    ['overlaps(rule.ports, ["ssh", 70000])', 'tfsg.rules.hcl:3:43 70000: 70000 is not a port range'],
    ['within(rule.sources, "privat")', 'Did you mean "private"?'],
    ['within(rule.sources, "10.0.0.0/33")', 'is not a source'],
    ['overlaps(rule.ports, rule.sources)', 'Ports and sources have nothing in common'],
    ['rule.ports == 22 && option.x', 'There is no "option" here.'],
    ['var.x == 1', '"var" is of configurations; own rules ask rule, group.'],
    ['timestamp() == ""', 'The function "timestamp" reads the clock'],
    ['file("/etc/passwd") == ""', 'The function "file" reads files'],
    ['templatefile("x", {}) == ""', 'The function "templatefile" reads files'],
    ['uuid() == ""', 'gives another result each time'],
    ['nonsensitive(rule.description) == ""', 'shows sensitive values'],
    ['provider::aws::arn_parse("x") == ""', 'is of a provider'],
    ['rule.description', 'A condition is true or false'],
    ['rule.from_port', 'A condition is true or false'],
    ['rule.ports > 5', 'tfsg.rules.hcl:3:14 rule.ports: Unsuitable value for left operand'],
    ['like(rule.type)', 'like takes 2 argument(s), not 1'],
    ['can(regex("[", rule.description))', 'tfsg.rules.hcl:3:24 "[": Invalid regular expression'],
    ['rule.type ==', 'Expected'],
    ['group.rules.ports == []', 'This is a list of objects, and "ports" is asked of one.'],
    ['rule.protocol.name == ""', 'This is a string and has no attribute "name".'],
  ])('%s', (when, expected) => {
    const faults = faultsOf(when);
    expect(faults.join('\n')).toContain(expected);
    expect(faults[0]).toMatch(/^tfsg\.rules\.hcl:3:\d+ /);
  });

  test('of a network ACL has its own names', () => {
    expect(faultsOf('rule.ports == []', 'acl')).toEqual([
      'tfsg.rules.hcl:3:14 rule: There is no "rule" here. Known: acl.',
    ]);
  });

  test.each([
    ['opened.prots == []', 'tfsg.rules.hcl:3:21 prots: "opened" has no attribute "prots". Did you mean "ports"?'],
    ['opend.internet', 'tfsg.rules.hcl:3:14 opend: There is no "opend" here. Did you mean "opened"?'],
    ['opened.direction == "in"', 'This is never "in": expected one of "ingress", "egress".'],
    ['overlaps(opened.ports, opened.sources)', 'Ports and sources have nothing in common'],
    ['rule.ports == []', 'There is no "rule" here.'],
  ])('of what is opened has its own names: %s', (when, expected) => {
    expect(faultsOf(when, 'opened').join('\n')).toContain(expected);
  });

  test('of what is opened is compared with a state before, and no other one is', () => {
    const withBefore = (of: string) =>
      readText(ruleText('true', { of }).replace('fails =', 'before = "locals {}"\n    fails =')).faults;
    expect(withBefore('opened')).toEqual([]);
    expect(withBefore('rule')).toEqual([
      'tfsg.rules.hcl:8:5 before: "before" is for checks of what a change opens: for = opened.',
    ]);
    expect(faultsOf('true', 'opend')).toEqual([expect.stringContaining('Did you mean "opened"?')]);
  });

  test('of an environment is for what is opened', () => {
    const inProd = (of: string) =>
      readText(ruleText('true', { of }).replace('fails =', 'environment = "prod"\n    fails =')).faults;
    expect(inProd('opened')).toEqual([]);
    expect(inProd('group')).toEqual([
      'tfsg.rules.hcl:8:5 environment: "environment" is for checks of what a change opens: for = opened.',
    ]);
  });

  test.each(['/etc', '../other', 'live/../..', 'live//prod', 'live/', '', '.', 'live\\\\prod'])(
    'in "%s" is not in the repository',
    (folder) => {
      const { faults } = readText(ruleText('true').replace('fails =', `folder = "${folder}"\n    fails =`));
      expect(faults).toEqual([expect.stringContaining('Expected a folder of the repository, relative to its root')]);
    },
  );
});

describe('a check', () => {
  const sound = ruleText('rule.direction == "ingress"');

  test.each([
    ['an id in capitals', sound.replace('"own"', '"Own"'), 'tfsg.rules.hcl:1:7 "Own": "Own" is not an id'],
    ['no subject', sound.replace('for      = rule', ''), 'This check has no "for"'],
    ['a subject with a slip', sound.replace('= rule\n', '= rules\n'), 'Did you mean "rule"?'],
    ['a severity with a slip', sound.replace('"high"', '"hihg"'), 'tfsg.rules.hcl:4:14 "hihg": Expected "critical"'],
    ['an argument with a slip', sound.replace('message ', 'mesage '), 'Did you mean "message"?'],
    ['no condition', sound.replace(/when .*\n/, ''), 'This check has no "when": the condition.'],
    [
      'no failing example',
      sound.replace(/fails = <<T[\s\S]*?\nT\n/, ''),
      'has no example that it finds something in ("fails")',
    ],
    [
      'no passing example',
      sound.replace(/passes = <<T[\s\S]*?\nT\n/, ''),
      'has no example that it finds nothing in ("passes")',
    ],
    [
      'another block',
      sound.replace('check "own"', 'chek "own"'),
      'Expected check "ID" { ... }, not "chek". Did you mean "check"?',
    ],
    ['one id twice', sound + sound, 'The id "own" is taken: tfsg.rules.hcl:1:1 has it.'],
    [
      'an option without a type',
      sound.replace('  examples {', '  option "x" {\n    default = 1\n  }\n  examples {'),
      'This option has no "type".',
    ],
    [
      'an option of another type',
      sound.replace('  examples {', '  option "x" {\n    type = number\n    default = "a"\n  }\n  examples {'),
      'Expected a whole number, as "type" says.',
    ],
    ['help that asks', sound.replace('  examples {', '  help = rule.type\n  examples {'), 'There is no "rule" here.'],
    [
      'a message that asks too much',
      sound.replace('"Found."', '"$' + '{rule.prots}"'),
      '"rule" has no attribute "prots"',
    ],
    ['a brace too few', sound.replace(/\}\n$/, ''), ''],
  ])('with %s', (_, text, expected) => {
    const { checks, faults } = readText(text);
    expect(faults.join('\n')).toContain(expected);
    expect(faults).not.toEqual([]);
    expect(checks.length).toBeLessThan(2);
  });

  test('may have several blocks of examples, and texts with interpolations', () => {
    const more = 'examples {\n    fails = <<T\nlocals { a = "$' + '{var.x}" }\nT\n  }';
    expect(readText(ruleText('true', { more })).faults).toEqual([]);
  });
});

describe('what takes too long ends with a sentence', () => {
  const open = `resource "aws_security_group" "x" {
  name = "x"

  ingress {
    description = "${'a'.repeat(200)}"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}`;

  test('a loop of a million steps, before a configuration is read', () => {
    expect(faultsOf('length([for a in range(1000) : [for b in range(1000) : a * b]]) > 0')).toEqual([
      expect.stringMatching(/^tfsg\.rules\.hcl:3:\d+ .*This takes more than 1,000,000 steps: ask less of it\.$/),
    ]);
  });

  test('a loop that depends on the configuration', async () => {
    const when =
      'rule.from_port != null && length([for a in range(rule.from_port * 40) : [for b in range(1000) : b]]) > 0';
    const found = await answers(when, open);
    expect(found).toEqual([
      expect.stringMatching(/^\? an error in own$/),
      expect.stringMatching(/^! own: This takes more than 1,000,000 steps/),
    ]);
  });

  test('a value that doubles itself again and again', () => {
    const lol = (depth: number): string =>
      depth === 0 ? '"lol"' : `join("", [for i in range(10) : ${lol(depth - 1)}])`;
    expect(faultsOf(`length(${lol(9)}) > 0`)).toEqual([expect.stringMatching(/^tfsg\.rules\.hcl:3:\d+ .*\.$/)]);
  });

  test('an expression that makes another engine try for years', async () => {
    expect(await answers('can(regex("^(a+)+$", "$' + '{rule.description}!"))', open)).toEqual([]);
  });

  test('brackets in brackets', () => {
    const { faults } = readText(ruleText(`${'('.repeat(5000)}true${')'.repeat(5000)}`));
    expect(faults.length).toBeGreaterThan(0);
  });
});

test('a fault that only a configuration shows is said, and nothing passes', async () => {
  const found = await lintWith(ruleText('tonumber(rule.description) > 1'), {
    'main.tf': standaloneRule({ first: '\n  description = "SSH"' }),
  });
  expect(found.undecided.map(({ because }) => because)).toEqual([['an error in own']]);
  expect(found.problems.map(({ severity, message }) => [severity, message])).toEqual([
    ['error', expect.stringMatching(/^own has no answer for aws_security_group_rule\.x: .*tonumber/)],
  ]);
});
