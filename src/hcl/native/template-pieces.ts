/** The pieces of a template in order, before directives are matched with their ends. */

import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { Expression, Identifier, Interpolation, TemplateIf, TemplatePart } from '../syntax.ts';
import { isWhiteSpace, leadingSpace, withoutTrailingSpace } from './characters.ts';
import { DEEPEST, type ParserState } from './state.ts';

/** Text as long as strip markers, indentation and text that follows can change it. */
interface Text {
  readonly kind: 'text';
  readonly file: SourceFile;
  readonly start: number;
  end: number;
  value: string;
}

/** One `%{ }`. */
export type Directive = IfDirective | ForDirective | EndDirective;

interface IfDirective extends Span {
  readonly kind: 'if';
  readonly condition: Expression;
}

interface ForDirective extends Span {
  readonly kind: 'for';
  readonly keyName: Identifier | undefined;
  readonly valueName: Identifier;
  readonly collection: Expression;
}

interface EndDirective extends Span {
  readonly kind: 'else' | 'endif' | 'endfor';
}

/** A directive whose end has not come yet. */
interface Open {
  readonly directive: IfDirective | ForDirective;
  readonly outer: TemplatePart[];
  readonly whenTrue: TemplatePart[];
  whenFalse: TemplatePart[] | undefined;
}

/** Collects pieces; a strip marker removes white space from the one piece of text next to it, as HashiCorp's parser does. */
export class Pieces {
  readonly list: (Text | Interpolation | Directive)[] = [];
  /** Levels of the highest expression so far. */
  height = 0;
  private afterText = false;
  private stripNext = false;

  /** Adds text; pieces end at line ends, and before and after each `$` and `%` that opens nothing. */
  text(file: SourceFile, value: string, start: number, end: number): void {
    const kept = this.stripNext ? value.slice(leadingSpace(value)) : value;
    this.list.push({ kind: 'text', file, start, end, value: kept });
    this.afterText = true;
    this.stripNext = false;
  }

  /** Comes before each interpolation and directive. */
  opens(strip: boolean): void {
    const last = this.list.at(-1);
    if (strip && this.afterText && last?.kind === 'text') last.value = withoutTrailingSpace(last.value);
    this.afterText = false;
    this.stripNext = false;
  }

  /** Comes after each. */
  closes(strip: boolean): void {
    this.stripNext = strip;
  }

  /** Ends the last piece at an offset, if it is literal text that stands there as it is written; else false. */
  cut(end: number): boolean {
    const last = this.list.at(-1);
    if (last?.kind !== 'text' || last.start > end || last.end === end) return false;
    if (last.value.length !== last.end - last.start) return false;
    last.value = last.value.slice(0, end - last.start);
    last.end = end;
    return true;
  }

  get isText(): boolean {
    return this.list.every((piece) => piece.kind === 'text');
  }

  /** All text pieces, joined. */
  get value(): string {
    return this.list.map((piece) => (piece.kind === 'text' ? piece.value : '')).join('');
  }

  /**
   * Removes the indentation that all lines have in common, as `<<-` asks. A line of white space alone has none and keeps
   * what it has; a line that starts with an interpolation or directive has none, so that none is removed.
   * Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go (flushHeredocTemplateParts)
   */
  removeIndentation(): void {
    const indented: Text[] = [];
    let least = Number.POSITIVE_INFINITY;
    let atLineStart = true;
    for (const piece of this.list) {
      if (atLineStart) {
        if (piece.kind !== 'text') least = 0;
        else if (!isBlankLine(piece.value)) {
          least = Math.min(least, leadingSpace(piece.value));
          indented.push(piece);
        }
      }
      atLineStart = piece.kind === 'text' ? piece.value.endsWith('\n') : false;
    }
    for (const piece of indented) piece.value = piece.value.slice(least);
  }

  /** The parts, neighbouring text joined, each directive with what it encloses. */
  toParts(s: ParserState): TemplatePart[] {
    const root: TemplatePart[] = [];
    const open: Open[] = [];
    let parts = root;
    let joined: Text | undefined;
    let deepest = 0;
    let told = false;
    for (const piece of this.list) {
      if (piece.kind === 'text') {
        if (joined === undefined) {
          joined = { ...piece };
          parts.push(joined);
        } else {
          joined.end = piece.end;
          joined.value += piece.value;
        }
        continue;
      }
      joined = undefined;
      if (piece.kind === 'interpolation') {
        parts.push(piece);
      } else if (piece.kind === 'if' || piece.kind === 'for') {
        open.push({ directive: piece, outer: parts, whenTrue: [], whenFalse: undefined });
        parts = open.at(-1)!.whenTrue;
        deepest = Math.max(deepest, open.length);
      } else {
        const fault = directiveFault(open.at(-1), piece);
        if (fault === undefined) parts = endDirective(open, piece);
        else if (!told) {
          s.report(fault, piece.start, piece.end);
          told = true;
        }
      }
      if (s.depth + open.length + this.height > DEEPEST) {
        s.report(
          `This template is nested more than ${DEEPEST} levels deep`,
          piece.start,
          piece.end,
          undefined,
          'limit',
        );
        return root;
      }
    }
    for (const { directive } of open) {
      const { kind, start, end } = directive;
      if (!told) s.report(`The directive "%{ ${kind} }" has no "%{ end${kind} }"`, start, end);
    }
    this.height += deepest;
    return root;
  }
}

function isBlankLine(value: string): boolean {
  if (!value.endsWith('\n')) return false;
  for (let at = 0; at < value.length; at += 1) if (!isWhiteSpace(value.charCodeAt(at))) return false;
  return true;
}

/** Why an `else`, `endif` or `endfor` does not belong to the innermost open directive, or undefined if it does. */
function directiveFault(innermost: Open | undefined, piece: EndDirective): string | undefined {
  if (innermost === undefined) return `Unexpected "%{ ${piece.kind} }": there is no open directive`;
  const { kind } = innermost.directive;
  if (piece.kind === `end${kind}`) return undefined;
  if (piece.kind !== 'else' || kind === 'for') {
    return `"%{ ${piece.kind} }" does not match the innermost open directive, which ends with "%{ end${kind} }"`;
  }
  return innermost.whenFalse === undefined ? undefined : 'This "%{ if }" has a second "%{ else }"';
}

/** `else`, `endif` and `endfor`: gives the parts that what follows belongs to. */
function endDirective(open: Open[], piece: EndDirective): TemplatePart[] {
  const innermost = open.at(-1)!;
  if (piece.kind === 'else') {
    innermost.whenFalse = [];
    return innermost.whenFalse;
  }
  open.pop();
  const { directive, outer, whenTrue, whenFalse } = innermost;
  const { file, start } = directive;
  if (directive.kind === 'if') {
    const { condition } = directive;
    const part: TemplateIf = {
      kind: 'template-if',
      file,
      start,
      end: piece.end,
      condition,
      whenTrue,
      whenFalse: whenFalse ?? [],
    };
    outer.push(part);
  } else {
    const { keyName, valueName, collection } = directive;
    const names = keyName === undefined ? { valueName } : { keyName, valueName };
    outer.push({ kind: 'template-for', file, start, end: piece.end, ...names, collection, body: whenTrue });
  }
  return outer;
}
