/** JSON values as bodies and blocks: in JSON, only the schema tells which properties are blocks. */

import type { Outcome, Problem } from '../../source/problem.ts';
import { type Span, textOf } from '../../source/span.ts';
import { parseTemplateText } from '../native/template.ts';
import type {
  Attribute,
  Block,
  Body,
  Expression,
  Identifier,
  Label,
  ObjectEntry,
  ObjectExpression,
  Tuple,
} from '../syntax.ts';
import { readJsonString } from './string.ts';

/** Source: "Structural Elements" in https://github.com/hashicorp/hcl/blob/v2.23.0/json/spec.md. */
export const COMMENT = '//';

/**
 * The object, or the objects of the array, as one body; properties named `//` are left out.
 * @param problems gets a problem for each member of the array that is no object
 */
export function bodyOf(value: ObjectExpression | Tuple, problems: Problem[]): Body {
  const items: Attribute[] = [];
  for (const entry of entriesOf(value, 'Each element of an array of blocks must be an object.', problems)) {
    const name = identifierOf(entry.key);
    if (name.name !== COMMENT) items.push({ kind: 'attribute', ...spanOf(entry), name, value: entry.value });
  }
  return { kind: 'body', ...spanOf(value), items };
}

/**
 * An attribute of JSON syntax as blocks of that type, in order of place. At each level of labels and below them stands an
 * object or an array of objects; null, and an empty array, are no block. Their bodies hold attributes alone again, which are
 * not yet looked into.
 *
 * A block's type and outer labels may stand far from it and serve many blocks: its span runs from its last label (without
 * labels: from its type), or from its own brace where it is one of several in an array, to its closing brace; its header is where
 * that span starts, up to the label's or type's end or the brace.
 * @param attribute from a tree whose `syntax` is `json`, or from a body that this function gave
 * @param labels how many labels this block type has
 */
export function blocksOf(attribute: Attribute, labels: number): Outcome<readonly Block[]> {
  const blocks: Block[] = [];
  const problems: Problem[] = [];
  const type = attribute.name;

  const addBlock = (start: Span, above: readonly Label[], value: Expression): void => {
    let body: Body;
    if (value.kind === 'object' || value.kind === 'tuple') body = bodyOf(value, problems);
    else if (value.kind === 'null') body = { kind: 'body', ...spanOf(value), items: [] };
    else {
      if (value.kind !== 'invalid') report(problems, wrongShape(value, `A block "${type.name}" must be an object.`));
      return;
    }
    blocks.push({
      kind: 'block',
      file: start.file,
      start: start.start,
      end: value.end,
      type,
      labels: above,
      body,
      header: spanOf(start),
    });
  };

  const addBlocks = (value: Expression, above: readonly Label[]): void => {
    const place = above.at(-1) ?? type;
    if (above.length < labels) {
      const missing = `A block "${type.name}" needs ${labels === 1 ? 'a label' : `${labels} labels`}`;
      const entries = entriesOf(
        value,
        `${missing}; each label level must be an object or an array of objects.`,
        problems,
      );
      if (entries.length === 0 && (value.kind === 'null' || value.kind === 'object' || value.kind === 'tuple'))
        report(problems, wrongShape(value, `${missing}, but only ${above.length} can be read here.`));
      for (const entry of entries) {
        const name = rawText(entry.key);
        addBlocks(entry.value, [...above, { kind: 'label', ...spanOf(entry.key), name, quoted: true }]);
      }
    } else if (value.kind === 'tuple') {
      for (const item of value.items) addBlock(item.kind === 'object' ? openingBrace(item) : item, above, item);
    } else if (value.kind !== 'null') addBlock(place, above, value);
  };

  addBlocks(attribute.value, []);
  return { value: blocks, problems };
}

function entriesOf(value: Expression, message: string, problems: Problem[]): readonly ObjectEntry[] {
  switch (value.kind) {
    case 'object':
      return value.entries;
    case 'tuple':
      return value.items.flatMap((item) => {
        if (item.kind === 'object') return item.entries;
        if (item.kind !== 'invalid') report(problems, wrongShape(item, message));
        return [];
      });
    case 'null':
    case 'invalid':
      return [];
    default:
      report(problems, wrongShape(value, message));
      return [];
  }
}

/** Of one attribute; more would tell no more. */
const MAX_PROBLEMS = 100;

function report(problems: Problem[], problem: Problem): void {
  if (problems.length < MAX_PROBLEMS) problems.push(problem);
  else if (problems.length === MAX_PROBLEMS) {
    const message = `More than ${MAX_PROBLEMS} values in this file have a type that Terraform rejects; the rest are not shown.`;
    problems.push({ ...problem, kind: 'limit', message });
  }
}

function wrongShape(span: Span, message: string): Problem {
  return { kind: 'syntax', severity: 'error', message, span: spanOf(span) };
}

function openingBrace(value: Span): Span {
  return { file: value.file, start: value.start, end: value.start + 1 };
}

function identifierOf(key: ObjectEntry['key']): Identifier {
  return { kind: 'identifier', ...spanOf(key), name: rawText(key) };
}

/**
 * The characters of a string of JSON syntax, before any reading as a template: `$${x}` stays as it is.
 * @param string a StringLiteral or Template of a tree whose `syntax` is `json`
 */
export function rawText(string: ObjectEntry['key']): string {
  if (string.kind === 'identifier') return string.name;
  if (string.kind === 'string' && !/[$%]\{/.test(string.value)) return string.value;
  if (string.file.text[string.start] !== '"') return textOf(string);
  return readJsonString(string.file, string.start, string.end).value;
}

/**
 * What a string says as native syntax: for the arguments of which Terraform reads the text itself and not its value, such as
 * `"type": "list(string)"`, `"provider": "aws.west"`, `"depends_on": ["aws_vpc.main"]`. Places are those in the file.
 * `"${aws_vpc.main}"` is read as `aws_vpc.main` too, which Terraform accepted up to 0.11. Any other kind of expression is given back.
 * @param expression of a tree of either syntax; native syntax has quoted references too (`depends_on = ["aws_vpc.main"]`)
 */
export function expressionOf(expression: Expression): Outcome<Expression> {
  if (expression.kind === 'template' && expression.parts.length === 1 && expression.parts[0]!.kind === 'interpolation')
    return { value: expression.parts[0]!.expression, problems: [] };
  if (expression.kind !== 'string') return { value: expression, problems: [] };

  const { value, offsetOf } = readJsonString(expression.file, expression.start, expression.end);
  const span = spanOf(expression);
  const open = '${';
  const { value: template, problems } = parseTemplateText(span, `${open}${value}}`, (offset) =>
    offsetOf(Math.max(0, Math.min(offset - open.length, value.length))),
  );
  if (template.kind === 'template' && template.parts.length === 1 && template.parts[0]!.kind === 'interpolation')
    return { value: template.parts[0]!.expression, problems };
  const message = `${textOf(expression)} contains no expression.`;
  return {
    value: { kind: 'invalid', ...span },
    problems: problems.length > 0 ? problems : [wrongShape(span, message)],
  };
}

function spanOf(span: Span): Span {
  return { file: span.file, start: span.start, end: span.end };
}
