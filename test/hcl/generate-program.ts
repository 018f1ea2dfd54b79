/** Generators of valid HCL programs for property tests. */

import fc from 'fast-check';

/** Characters of literal text in strings: plain ones, ones that HCL or JSON treat specially, and ones outside ASCII. */
const literal = fc
  .array(
    fc.constantFrom('a', 'B', '7', ' ', '-', '.', '{', '}', '[', '#', '/', "'", '$', '%', 'é', '日', '😀', '\t', '='),
    { maxLength: 8 },
  )
  .map((characters) => characters.join('').replace(/([$%])(?=\{)/g, '$1 '));

const quotedLiteral = fc
  .array(
    fc.oneof(literal, fc.constantFrom('\\n', '\\t', '\\r', '\\"', '\\\\', '\\u00e9', '\\U0001F600', '$${', '%%{')),
    { maxLength: 4 },
  )
  .map((pieces) => join(pieces));

/** Puts pieces of text together so that no `$` or `%` meets a brace that it did not stand before. */
function join(pieces: readonly string[]): string {
  return pieces.reduce(
    (text, piece) => (/[$%]$/.test(text) && /^[{$%]/.test(piece) ? `${text} ${piece}` : text + piece),
    '',
  );
}

/** No word that means something in an expression. */
const name = fc.oneof(
  fc.constantFrom('var', 'local', 'aws_vpc', 'each', 'from_port', 'web-sg', '_x', 'größe', '名前', 'x1'),
  fc
    .stringMatching(/^[a-z][a-z0-9_]{0,6}$/)
    .filter((word) => !['for', 'in', 'if', 'true', 'false', 'null', 'else'].includes(word)),
);

const number = fc.oneof(
  fc.nat(65_535).map(String),
  fc.tuple(fc.nat(999), fc.nat(99)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9)).map(([digit, exponent]) => `${digit}e${exponent}`),
);

const comment = fc.constantFrom(' # comment', ' // comment "', ' /* comment */', '', '', '');

const strip = fc.constantFrom('', '', '~');

const { expression } = fc.letrec<{
  expression: string;
  operand: string;
  string: string;
  traversal: string;
  list: string;
}>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('operand'),
    fc
      .tuple(
        tie('operand'),
        fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||'),
        tie('operand'),
      )
      .map((parts) => parts.join(' ')),
    fc.tuple(tie('operand'), tie('operand'), tie('expression')).map(([test, one, two]) => `${test} ? ${one} : ${two}`),
    fc.tuple(fc.constantFrom('-', '!', '- ', '!!'), tie('traversal')).map((parts) => parts.join('')),
  ),
  operand: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    number,
    tie('string'),
    fc.constantFrom('true', 'false', 'null'),
    tie('traversal'),
    tie('list'),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `(\n  ${inner}\n)`),
    fc.tuple(name, tie('operand')).map(([item, from]) => `[for ${item} in ${from} : ${item}]`),
    fc
      .tuple(tie('operand'), tie('operand'), fc.constantFrom('', '...'), fc.constantFrom('', ' if k != null'))
      .map(([from, value, group, condition]) => `{for k, v in ${from} : k => ${value}${group}${condition}}`),
    fc
      .tuple(
        fc.constantFrom('f', 'concat', 'provider::aws::parse'),
        fc.array(tie('expression'), { maxLength: 3 }),
        fc.boolean(),
      )
      .map(([f, values, expand]) => `${f}(${values.join(', ')}${expand && values.length > 0 ? '...' : ''})`),
    fc
      .uniqueArray(
        fc.tuple(
          fc.oneof(
            name,
            name.map((key) => `"${key}"`),
          ),
          fc.constantFrom('=', ':'),
          tie('expression'),
        ),
        {
          maxLength: 4,
          selector: ([key]) => key.replaceAll('"', ''),
        },
      )
      .chain((entries) =>
        fc
          .constantFrom(', ', '\n', ' # comment\n', ',\n')
          .map((separator) =>
            separator.includes('\n')
              ? `{\n${entries.map((entry) => `  ${entry.join(' ')}${separator}`).join('')}}`
              : `{${entries.map((entry) => entry.join(' ')).join(separator)}}`,
          ),
      ),
  ),
  string: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        quotedLiteral,
        fc.tuple(strip, tie('expression'), strip).map(([left, value, right]) => `\${${left} ${value} ${right}}`),
        fc
          .tuple(strip, tie('operand'), quotedLiteral, quotedLiteral)
          .map(([mark, test, one, two]) =>
            join([`%{${mark} if ${test} }`, one, `%{ else ${mark}}`, two, '%{ endif }']),
          ),
        fc
          .tuple(tie('operand'), quotedLiteral)
          .map(([from, text]) => join([`%{ for k, v in ${from} }`, text, '%{ endfor }'])),
      ),
      { maxLength: 4 },
    )
    .map((pieces) => `"${join(pieces)}"`),
  traversal: fc
    .tuple(
      name,
      fc.array(
        fc.oneof(
          name.map((key) => `.${key}`),
          fc.constantFrom('[0]', '["key"]', '[*]', '.0'),
          tie('operand').map((key) => `[${key}]`),
        ),
        {
          maxLength: 3,
        },
      ),
      fc.constantFrom('', '', '.*.id'),
    )
    .map(([root, steps, end]) => root + steps.join('').replace(/\.0(?=\.[0e])/g, '[0]') + end),
  list: fc
    .tuple(
      fc.array(tie('expression'), { maxLength: 4 }),
      fc.constantFrom(', ', ',\n  ', ', # comment\n  '),
      fc.constantFrom('', ','),
    )
    .map(([items, separator, end]) => `[${items.join(separator)}${items.length > 0 ? end : ''}]`),
}));

const heredoc = fc
  .tuple(
    fc.constantFrom('<<EOT', '<<-EOT'),
    fc.array(fc.tuple(fc.constantFrom('', '  ', '\t', '    '), literal, fc.oneof(fc.constant(''), expression)), {
      maxLength: 4,
    }),
  )
  .map(([opener, lines]) => {
    const text = lines.map(([indent, words, value]) => `${indent}${words}${value === '' ? '' : ` \${${value}}`}\n`);
    return `${opener}\n${text.filter((line) => line.trim() !== 'EOT').join('')}  EOT`;
  });

/** One item of a body, its lines without indentation. */
interface GeneratedItem {
  readonly name: string;
  readonly lines: string;
}

const { body } = fc.letrec<{ body: string; item: GeneratedItem; block: GeneratedItem }>((tie) => ({
  body: fc
    .uniqueArray(tie('item'), { maxLength: 5, selector: (item) => item.name })
    .map((items) => items.map((item) => item.lines).join('')),
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(name, expression, comment).map(([key, value, end]) => ({ name: key, lines: `${key} = ${value}${end}\n` })),
    fc.tuple(name, heredoc).map(([key, value]) => ({ name: key, lines: `${key} = ${value}\n` })),
    tie('block'),
  ),
  block: fc
    .tuple(
      name,
      fc.array(
        fc.oneof(
          name,
          name.map((label) => `"${label}"`),
        ),
        { maxLength: 2 },
      ),
      fc.boolean(),
      expression,
      tie('body'),
      comment,
    )
    .map(([type, labels, oneLine, value, inner, end]) => {
      const header = [type, ...labels].join(' ');
      return { name: type, lines: oneLine ? `${header} { x = ${value} }${end}\n` : `${header} {${end}\n${inner}}\n` };
    }),
}));

/**
 * The text of a valid program: every form of HCL's native syntax, no two items of a body with the same name, no two keys of an
 * object literally the same. Lines are not indented.
 */
export const generatedProgram: fc.Arbitrary<string> = body;

/**
 * A valid program of resources with nested blocks, indented by two spaces as `terraform fmt` does, as its lines; each opening
 * and closing brace of a block ends or is a line.
 */
export const generatedLayout: fc.Arbitrary<readonly string[]> = fc
  .array(
    fc.tuple(
      name,
      fc.array(
        fc.tuple(
          fc.constantFrom('ingress', 'egress', 'timeouts'),
          fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((resources) =>
    resources.flatMap(([label, blocks]) => [
      `resource "aws_security_group" "${label}" {`,
      `  name = "${label}"`,
      ...blocks.flatMap(([type, attributes]) => [`  ${type} {`, ...attributes.map((key) => `    ${key} = 1`), '  }']),
      '}',
    ]),
  );
