/** Texts that a seed makes: bytes, tokens in any order, tokens again and again, and programs, whole and with faults put in. */

import type { Random } from '../fuzz-terraform/random.ts';

const nativeTokens = [
  ...[
    'a',
    'b1',
    'var',
    'local',
    'for',
    'in',
    'if',
    'else',
    'endif',
    'endfor',
    'true',
    'null',
    '1',
    '0x',
    '1.5e3',
    '..',
    '...',
    '::',
    '=>',
    '==',
    '!=',
  ],
  ...[
    '&&',
    '||',
    '<',
    '>=',
    '+',
    '-',
    '*',
    '/',
    '%',
    '!',
    '?',
    ':',
    ',',
    '.',
    '=',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    '""',
    '"a"',
    '"a" {',
    '\\',
    '\\n',
    '\\u00',
  ],
  ...[
    '${',
    '%{',
    '$${',
    '~}',
    '${~',
    '%{ if ',
    '%{ for x in ',
    '%{ endif }',
    '%{ else }',
    '<<E\n',
    '<<-E\n',
    '<<"E"\n',
    'E\n',
    '  E\n',
    'E x\n',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '  ',
    '\t',
  ],
  ...[
    '# x\n',
    '// x\n',
    '/*',
    '*/',
    '/* x */',
    '\0',
    '\ufeff',
    '\ud800',
    'é',
    'e\u0301',
    '\u0323',
    '😀',
    '\u2028',
    'resource "a" "b" {\n',
    'locals {\n',
    'a = ',
    'a {\n',
    '}\n',
    ']\n',
    '[*]',
    '.*',
    '.0',
    "'",
    ';',
    '`',
  ],
];

const jsonTokens = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '"//"',
    '"a":',
    '"resource":',
    '"${a}"',
    '"${',
    '"%{',
    '\\',
    '\\n',
    '\\u',
    '\\u00e9',
    '\\ud83d',
    '1',
    '-',
    '1.5',
    '1e9',
  ],
  ...[
    'true',
    'null',
    'NaN',
    'a',
    '=',
    '#',
    '//',
    '/*',
    '*/',
    '\n',
    ' ',
    '\t',
    '\0',
    '\ufeff',
    '\ud800',
    'é',
    '"\n',
    '{"a":',
    '[{',
    '}]',
  ],
];

/** Text of tokens, or of parts of programs; more seldom of any characters, or one token sequence very often. */
export function textOf(random: Random, tokens: readonly string[], program: (random: Random) => string): string {
  const kind = random.fraction();
  if (kind < 0.35) return many(random, random.between(0, 60), () => random.pick(tokens));
  if (kind < 0.45) return many(random, random.between(0, 80), () => String.fromCharCode(codeUnit(random)));
  if (kind < 0.55) {
    const unit = many(random, random.between(1, 4), () => random.pick(tokens));
    const length = random.chance(0.02) ? 40_000 : 1500;
    const repeated = unit.repeat(random.between(1, Math.max(1, Math.floor(length / unit.length))));
    return many(random, 3, () => random.pick(tokens)) + repeated + many(random, 3, () => random.pick(tokens));
  }
  const whole = program(random);
  return kind < 0.65 ? whole : mutated(random, whole, tokens);
}

export const nativeText = (random: Random): string => textOf(random, nativeTokens, nativeProgram);
export const jsonText = (random: Random): string => textOf(random, jsonTokens, (each) => jsonValue(each, 4));

/** A text with stretches taken out, doubled, moved or replaced. */
export function mutated(random: Random, text: string, tokens: readonly string[]): string {
  let result = text;
  for (let times = random.between(1, 4); times > 0; times -= 1) {
    const from = random.between(0, result.length);
    const to = Math.min(result.length, from + random.between(0, random.chance(0.2) ? 200 : 8));
    const range = result.slice(from, to);
    const at = random.between(0, result.length);
    switch (random.between(0, 3)) {
      case 0:
        result = result.slice(0, from) + result.slice(to);
        break;
      case 1:
        result = result.slice(0, at) + range + result.slice(at);
        break;
      case 2:
        result = result.slice(0, from) + random.pick(tokens) + result.slice(to);
        break;
      default:
        result = result.slice(0, at) + random.pick(tokens) + result.slice(at);
    }
  }
  return result;
}

function many(random: Random, count: number, make: (random: Random) => string): string {
  return Array.from({ length: count }, () => make(random)).join('');
}

function codeUnit(random: Random): number {
  return random.chance(0.8) ? random.between(0, 0x7f) : random.between(0, 0xffff);
}

function nativeProgram(random: Random): string {
  return many(random, random.between(0, 4), () => item(random, 3, ''));
}

function item(random: Random, depth: number, indent: string): string {
  const name = random.pick(['a', 'ingress', 'cidr_blocks', 'name', 'dynamic', 'größe', 'x-1']);
  if (random.chance(0.15))
    return `${indent}${random.pick(['#', '//'])} ${random.pick(['x', 'tfsg:ignore port-open -- x', 'checkov:skip=CKV_AWS_24:x'])}\n`;
  if (depth === 0 || random.chance(0.6)) return `${indent}${name} = ${expression(random, depth, indent)}\n`;
  const labels = many(random, random.between(0, 2), () => random.pick([' "a"', ' "aws_security_group"', ' b']));
  const inside = many(random, random.between(0, 3), () => item(random, depth - 1, `${indent}  `));
  return `${indent}${name}${labels} {\n${inside}${indent}}\n`;
}

function expression(random: Random, depth: number, indent: string): string {
  const next = (): string => expression(random, depth - 1, indent);
  if (depth <= 0)
    return random.pick([
      '1',
      'var.a',
      '"a"',
      'true',
      'null',
      'local.b[0]',
      'aws_vpc.a.id',
      '-1.5',
      '"a${b}c"',
      '"\\u00e9"',
    ]);
  switch (random.between(0, 11)) {
    case 0:
      return `[${next()}, ${next()}]`;
    case 1:
      return `{ a = ${next()}, (b) = ${next()} }`;
    case 2:
      return `{\n${indent}    a = ${next()}\n${indent}    "b": ${next()}\n${indent}  }`;
    case 3:
      return `${next()} ${random.pick(['+', '==', '&&', '%', '<'])} ${next()}`;
    case 4:
      return `${next()} ? ${next()} : ${next()}`;
    case 5:
      return `f(${next()}, ${next()}${random.pick(['', '...', ','])})`;
    case 6:
      return `[for k, v in ${next()} : ${next()}${random.pick(['', ' if v'])}]`;
    case 7:
      return `{ for x in ${next()} : x => ${next()}${random.pick(['', '...'])} }`;
    case 8:
      return `"a\${${next()}}%{ if ${next()} }b%{ else }c%{ endif }"`;
    case 9:
      return `<<-E\n${indent}  a \${${next()}}\n${indent}  E`;
    case 10:
      return `(${next()})${random.pick(['', '.a', '[*].b', '.*.c', '[0]'])}`;
    default:
      return `${random.pick(['!', '-'])}${next()}`;
  }
}

export function jsonValue(random: Random, depth: number): string {
  const name = (): string =>
    JSON.stringify(random.pick(['a', 'resource', 'aws_security_group', 'locals', '//', 'ingress', 'é']));
  if (depth === 0 || random.chance(0.2))
    return random.pick([
      '1',
      '-1.5',
      'true',
      'null',
      '"a"',
      '"${var.a}"',
      '"%{ if a }b%{ endif }"',
      '"\\u00e9\\n"',
      '""',
    ]);
  const length = random.between(0, 3);
  if (random.chance(0.4)) return `[${Array.from({ length }, () => jsonValue(random, depth - 1)).join(', ')}]`;
  return `{${Array.from({ length }, () => `${name()}: ${jsonValue(random, depth - 1)}`).join(',\n')}}`;
}
