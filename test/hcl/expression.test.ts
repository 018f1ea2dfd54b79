/** Every form of expression, and how it is understood: see outline.ts for the notation. */

import { expect, test } from '@jest/globals';
import { parseExpression } from '../../src/hcl/native/expression.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { outline } from './outline.ts';

const rows: readonly (readonly [string, string])[] = [
  ['12', '12'],
  ['1.5', '1.5'],
  ['1e-3', '1e-3'],
  ['true', 'true'],
  ['null', 'null'],
  ['"a b"', '"a b"'],
  ['"\\n\\t\\r\\"\\\\"', '"\\n\\t\\r\\"\\\\"'],
  ['"\\u00e9\\U0001F600"', '"é😀"'],
  ['"e\u0301"', '"é"'],
  ['"$${a} %%{b} $ % $$"', '"${a} %{b} $ % $$"'],
  ['"${a}"', 'quoted<${a}>'],
  ['"x-${a}-y"', 'quoted<"x-" ${a} "-y">'],
  ['"a ${~ b ~} c"', 'quoted<"a" ${b} "c">'],
  ['"${ "${a}" }"', 'quoted<${quoted<${a}>}>'],
  ['"%{ if a }b%{ else }c%{ endif }"', 'quoted<if(a: "b" else: "c")>'],
  ['"%{ for k, v in a }${k}%{ endfor }"', 'quoted<for(k, v in a: ${k})>'],
  ['"%{ for v in a ~} x %{~ endfor }"', 'quoted<for(v in a: "x")>'],
  ['<<E\na ${b}\nE\n', 'heredoc<"a " ${b} "\\n">'],
  ['<<-E\n    a\n      b\n\n    E\n', 'heredoc<"a\\n  b\\n\\n">'],
  ['<<-E\n  a\n${b}\nE\n', 'heredoc<"  a\\n" ${b} "\\n">'],
  ['<<E\n%{ if a ~}\n  b\n%{ endif ~}\nE\n', 'heredoc<if(a: "  b\\n" else: ) "">'],
  ['<<E\nE\n', 'heredoc<>'],
  ['[]', '[]'],
  ['[1, "a",\n true,]', '[1, "a", true]'],
  ['{}', '{}'],
  ['{ a = 1, b : 2 }', '{a = 1, b = 2}'],
  [
    '{\n a = 1\n\n "b" = 2 # c\n (c) = 3\n "${d}" = 4, 5 = 6\n}',
    '{a = 1, <"b"> = 2, <paren(c)> = 3, <quoted<${d}>> = 4, <5> = 6}',
  ],
  ['{ a.b = 1, null = 2 }', '{<a.b> = 1, null = 2}'],
  ['[for x in a : x]', 'for-tuple(x in a: x)'],
  ['[for i, x in a : x if i > 0]', 'for-tuple(i, x in a: x if (i > 0))'],
  ['{for k, v in a : k => v}', 'for-object(k, v in a: k => v)'],
  ['{\nfor k, v in a :\n k => v... if v\n}', 'for-object(k, v in a: k => v... if v)'],
  ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
  ['a + b - c', '((a + b) - c)'],
  ['a + b * c', '(a + (b * c))'],
  ['a || b && c == d < e + f * g', '(a || (b && (c == (d < (e + (f * g))))))'],
  ['a * b + c < d == e && f || g', '((((((a * b) + c) < d) == e) && f) || g)'],
  ['a % b / c', '((a % b) / c)'],
  ['a != b >= c', '(a != (b >= c))'],
  ['-a + b', '((-a) + b)'],
  ['!a.b == c', '((!a.b) == c)'],
  ['--a', '(-(-a))'],
  ['a-b', 'a-b'],
  ['(a)', 'paren(a)'],
  ['(\n a +\n b\n)', 'paren((a + b))'],
  ['f()', 'f()'],
  ['f(a, b...)', 'f(a, b...)'],
  ['f(\n a,\n)', 'f(a)'],
  ['provider::aws::arn(a)', 'provider::aws::arn(a)'],
  ['a.b.c', 'a.b.c'],
  ['a["b"][0]', 'a["b"][0]'],
  ['a.0.b', 'a[0 legacy].b'],
  ['a.*.b.0.c', 'attribute-splat(a, @.b[0 legacy].c)'],
  ['a.*.b[0]', 'attribute-splat(a, @.b)[0]'],
  ['a[*].b[0]', 'full-splat(a, @.b[0])'],
  ['a[*].b[*].c', 'full-splat(a, full-splat(@.b, @.c))'],
  ['f(a).b', 'f(a).b'],
  ['[a][0]', '[a][0]'],
  ['größe.名前', 'größe.名前'],
  ['a # comment\n /* and */ + b // end', '(a + b)'],
];

test.each(rows)('%s is %s', (text, expected) => {
  const { value, problems } = parseExpression(new SourceFile('test.tfvars', text));
  expect(problems).toEqual([]);
  expect(outline(value)).toBe(expected);
});

test.each([
  ['', 'Expected a value before the end of the file'],
  ['a b', 'Expected the expression to end before "b"'],
  ['a = 1', 'Expected the expression to end before "="'],
  ['[1, 2', 'The list that opens on line 1 is not closed: expected "]" before the end of the file'],
])('%j is no expression', (text, message) => {
  expect(parseExpression(new SourceFile('test.tfvars', text)).problems.map((problem) => problem.message)).toEqual([
    message,
  ]);
});
