/** The nodes of HCL's syntax tree. Each node is the span of its own text. */

import type { SourceFile, TextRange } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** One file, parsed. There is always a tree, whatever the text: what could not be read is missing from it, and is a problem. */
export interface SyntaxTree {
  readonly file: SourceFile;
  readonly body: Body;
  /** In order of place. */
  readonly comments: readonly Comment[];
  /**
   * `native` is HCL's own syntax. In `json` a body holds attributes alone, and only who knows the block types can tell
   * which of them are blocks (`blocksOf` in json-blocks.ts reads one as blocks).
   */
  readonly syntax: 'native' | 'json';
}

/** What stands between two braces, or in a whole file, in order of place. */
export interface Body extends Span {
  readonly kind: 'body';
  readonly items: readonly (Attribute | Block)[];
}

/** `name = value`; the span runs from the name to the end of the value. */
export interface Attribute extends Span {
  readonly kind: 'attribute';
  readonly name: Identifier;
  readonly value: Expression;
}

/** `type label... { body }`; the span runs from the type to the closing brace, or to the end of the body where that was lost. */
export interface Block extends Span {
  readonly kind: 'block';
  readonly type: Identifier;
  readonly labels: readonly Label[];
  readonly body: Body;
  /** From the type to the last label: where a finding about the block as a whole stands. */
  readonly header: Span;
}

/** A block's label: a bare identifier or a quoted string without interpolation. The span includes the quotes. */
export interface Label extends Span {
  readonly kind: 'label';
  readonly name: string;
  readonly quoted: boolean;
}

/** A name as written, in NFC. */
export interface Identifier extends Span {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `# ...`, `// ...` (both without the line's end), the whole of a block comment, or in JSON a string of a property named `//`. */
export interface Comment extends Span {
  readonly kind: 'comment';
  readonly style: '#' | '//' | '/*' | 'property';
  /** Of a property, the object that it is in, with its key. Absent at the top of a file. */
  readonly subject?: TextRange;
}

export type Expression =
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | StringLiteral
  | Template
  | Tuple
  | ObjectExpression
  | ForExpression
  | Conditional
  | Binary
  | Unary
  | Call
  | Reference
  | GetAttribute
  | Index
  | Splat
  | SplatItem
  | Parentheses
  | Invalid;

/** A number as written, without sign: `12`, `1.5`, `1e3`. HCL's numbers are exact, so the text is what counts. */
export interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly text: string;
}

export interface BooleanLiteral extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullLiteral extends Span {
  readonly kind: 'null';
}

/** A quoted string without interpolation or directive. The span includes the quotes; `value` has its escapes resolved. */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/**
 * A quoted string with at least one interpolation or directive, or any heredoc. `"${x}"` is a template of one
 * interpolation, whose value is that of `x`, whatever its type.
 */
export interface Template extends Span {
  readonly kind: 'template';
  readonly form: 'quoted' | 'heredoc';
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart = TemplateText | Interpolation | TemplateIf | TemplateFor;

/** Literal text with escapes resolved, heredoc indentation removed and strip markers applied. */
export interface TemplateText extends Span {
  readonly kind: 'text';
  readonly value: string;
}

/** `${expression}`; the span includes the braces. */
export interface Interpolation extends Span {
  readonly kind: 'interpolation';
  readonly expression: Expression;
}

/** `%{ if condition } then %{ else } otherwise %{ endif }`. */
export interface TemplateIf extends Span {
  readonly kind: 'template-if';
  readonly condition: Expression;
  readonly whenTrue: readonly TemplatePart[];
  readonly whenFalse: readonly TemplatePart[];
}

/** `%{ for key, value in collection } body %{ endfor }`. */
export interface TemplateFor extends Span {
  readonly kind: 'template-for';
  readonly keyName?: Identifier;
  readonly valueName: Identifier;
  readonly collection: Expression;
  readonly body: readonly TemplatePart[];
}

/** `[a, b]`. */
export interface Tuple extends Span {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

/** `{ key = value }`. */
export interface ObjectExpression extends Span {
  readonly kind: 'object';
  readonly entries: readonly ObjectEntry[];
}

/** An identifier as key is the literal name; any other key is an expression (`(var.x)`, `"a-${b}"`, `80`). */
export interface ObjectEntry extends Span {
  readonly kind: 'entry';
  readonly key: Identifier | Expression;
  readonly value: Expression;
}

/** `[for key, value in collection : value if condition]`, or with braces `{for ... : key => value...}`. */
export interface ForExpression extends Span {
  readonly kind: 'for';
  readonly form: 'tuple' | 'object';
  readonly keyName?: Identifier;
  readonly valueName: Identifier;
  readonly collection: Expression;
  /** Only in the object form. */
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  /** `...` after the value: values of the same key are gathered in a list. */
  readonly grouped: boolean;
}

export interface Conditional extends Span {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

/** `name(arguments)`; a namespaced name keeps its colons: `provider::aws::arn_parse`. */
export interface Call extends Span {
  readonly kind: 'call';
  readonly name: Identifier;
  readonly arguments: readonly Expression[];
  /** `...` after the last argument: its elements are the last arguments. */
  readonly expandFinal: boolean;
}

/** A name that the scope gives a meaning: `var`, `local`, `aws_vpc`, a for-expression's variable. */
export interface Reference extends Span {
  readonly kind: 'reference';
  readonly name: string;
}

/** `object.name`; the span runs from the start of the object to the end of the name. */
export interface GetAttribute extends Span {
  readonly kind: 'get';
  readonly object: Expression;
  readonly name: Identifier;
}

/** `object[index]`, or the old form `object.0`. */
export interface Index extends Span {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
  readonly legacy: boolean;
}

/**
 * `source[*]` and what follows it (`full`), or `source.*` and the attributes that follow it. `each` is what is asked of each
 * element, built on a SplatItem; what applies to the result as a whole is a node around the splat.
 */
export interface Splat extends Span {
  readonly kind: 'splat';
  readonly source: Expression;
  readonly full: boolean;
  readonly each: Expression;
}

/** The element that a splat's `each` is about: always of the innermost splat. */
export interface SplatItem extends Span {
  readonly kind: 'splat-item';
}

/** `(inner)`. */
export interface Parentheses extends Span {
  readonly kind: 'parentheses';
  readonly inner: Expression;
}

/** Text that is no expression: a problem says why, and its value is unknown. */
export interface Invalid extends Span {
  readonly kind: 'invalid';
}
