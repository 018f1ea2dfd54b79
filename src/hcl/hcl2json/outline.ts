/**
 * Where the blocks, attributes and list elements of a text that is HCL stand, found without parsing expressions, so that a
 * fault of the native parser is none here. Of a text that is not HCL the outline has what comes before the first surprise.
 */

import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { Comment } from '../syntax.ts';

/** A file, or a body with its braces. */
export interface OutlineBody extends Span {
  readonly items: readonly (OutlineAttribute | OutlineBlock)[];
}

export interface OutlineAttribute {
  readonly kind: 'attribute';
  readonly name: Span;
  readonly value: Span;
}

export interface OutlineBlock {
  readonly kind: 'block';
  readonly type: Span;
  /** Quotes included. */
  readonly labels: readonly Span[];
  readonly body: OutlineBody;
}

/** A key and a value between the braces of an object. */
export interface OutlineEntry {
  readonly key: Span;
  readonly value: Span;
}

export interface Outline {
  readonly body: OutlineBody;
  readonly comments: readonly Comment[];
}

/** Blocks and templates inside each other; what is deeper is not looked into. */
const MAX_DEPTH = 500;

const NAME = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;
/** White space in a line, as Go's TrimSpace knows it. */
const BLANK = String.raw`(?:[^\S\n\ufeff]|\x85)*`;
const HEREDOC = String.raw`<<-?(?:${NAME})\r?\n`;

/** The outline of a whole file. */
export function outlineOf(file: SourceFile): Outline {
  const outliner = new Outliner(file, file.textStart, file.text.length);
  return { body: outliner.body(0), comments: outliner.comments };
}

/** Whether a text is one quoted string or heredoc, and not an expression that starts with one (`"3" * "4"`). */
export function isString(span: Span): boolean {
  if (!/^(?:"|<<)/.test(span.file.text.slice(span.start, span.start + 2))) return false;
  const outliner = new Outliner(span.file, span.start, span.end);
  outliner.element(0);
  return outliner.at >= span.end;
}

/** The elements of a list written as `[...]`; undefined for any other text. */
export function elementsOf(list: Span): readonly Span[] | undefined {
  return bracketed(list, '[', ']')?.separated(/[,]/);
}

/** The entries of an object written as `{...}`, in order; undefined for any other text. */
export function entriesOf(object: Span): readonly OutlineEntry[] | undefined {
  const inside = bracketed(object, '{', '}');
  if (inside === undefined) return undefined;
  return inside.separated(/[,\n]/).flatMap((entry) => {
    const [key, value] = splitAt(entry, isEquals) ?? splitAt(entry, (text, at) => text[at] === ':') ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });
}

function isEquals(text: string, at: number): boolean {
  return text[at] === '=' && text[at + 1] !== '=' && !/[=!<>]/.test(text[at - 1]!);
}

/** What stands before and after the first separator; undefined if one of them is nothing. */
function splitAt(span: Span, isSeparator: (text: string, at: number) => boolean): readonly [Span, Span] | undefined {
  const outliner = new Outliner(span.file, span.start, span.end);
  const before = outliner.until(isSeparator);
  outliner.at += 1;
  const after = outliner.until(() => false);
  return before.end > before.start && after.end > after.start ? [before, after] : undefined;
}

function bracketed(span: Span, open: string, close: string): Outliner | undefined {
  const { file, start, end } = span;
  const isWhole = file.text[start] === open && file.text[end - 1] === close && end - start >= 2;
  return isWhole ? new Outliner(file, start + 1, end - 1) : undefined;
}

/** Reads forward from `at` to `limit`. */
class Outliner {
  readonly comments: Comment[] = [];
  readonly #text: string;
  readonly #name = new RegExp(NAME, 'uy');
  readonly #heredoc = new RegExp(HEREDOC, 'uy');

  constructor(
    readonly file: SourceFile,
    public at: number,
    readonly limit: number,
  ) {
    this.#text = file.text;
  }

  /** Items up to a closing brace, the limit, or what is no item. */
  body(depth: number): OutlineBody {
    const start = this.at;
    const items: (OutlineAttribute | OutlineBlock)[] = [];
    for (;;) {
      this.#space(/\s/);
      const type = depth < MAX_DEPTH ? this.#match(this.#name) : undefined;
      if (type === undefined) return { ...this.#span(start, this.at), items };
      this.#space(/[ \t]/);
      if (this.#text[this.at] === '=') {
        this.at += 1;
        const value = this.until((text, at) => text[at] === '\n' || text[at] === '}');
        items.push({ kind: 'attribute', name: type, value });
        continue;
      }
      const labels: Span[] = [];
      for (let label = this.#label(); label !== undefined; label = this.#label()) {
        labels.push(label);
        this.#space(/[ \t]/);
      }
      if (this.#text[this.at] !== '{') return { ...this.#span(start, this.at), items };
      const open = this.at;
      this.at += 1;
      const inner = this.body(depth + 1);
      if (this.#text[this.at] === '}') this.at += 1;
      items.push({ kind: 'block', type, labels, body: { ...inner, ...this.#span(open, this.at) } });
    }
  }

  /** The ranges between separators, without white space and comments around them; empty ones are left out. */
  separated(separator: RegExp): Span[] {
    const result: Span[] = [];
    while (this.at < this.limit) {
      const span = this.until((text, at) => separator.test(text[at]!));
      if (span.end > span.start) result.push(span);
      this.at += 1;
    }
    return result;
  }

  /** What stands before the first character outside of brackets, strings and comments that ends it. */
  until(isEnd: (text: string, at: number) => boolean): Span {
    this.#space(/\s/);
    const start = this.at;
    let end = start;
    let brackets = 0;
    while (this.at < this.limit) {
      const character = this.#text[this.at]!;
      if (brackets === 0 && isEnd(this.#text, this.at)) break;
      if (this.#comment()) continue;
      if (/[([{]/.test(character)) brackets += 1;
      if (/[)\]}]/.test(character)) brackets -= 1;
      this.element(0);
      if (!/\s/.test(character)) end = this.at;
    }
    return this.#span(start, end);
  }

  #label(): Span | undefined {
    if (this.#text[this.at] !== '"') return this.#match(this.#name);
    const start = this.at;
    this.element(0);
    return this.#span(start, this.at);
  }

  /** Over white space of that kind, and comments. */
  #space(kind: RegExp): void {
    while (this.at < this.limit && (kind.test(this.#text[this.at]!) || this.#comment()))
      if (kind.test(this.#text[this.at] ?? '')) this.at += 1;
  }

  /** Over a comment, if one starts here: up to its line's end, or to the end of a block comment. */
  #comment(): boolean {
    const start = this.at;
    const text = this.#text;
    const style = text[start] === '#' ? '#' : text.slice(start, start + 2);
    let end: number;
    if (style === '/*') {
      const close = text.indexOf('*/', start + 2);
      end = close === -1 ? this.limit : close + 2;
    } else if (style === '#' || style === '//') {
      const lineEnd = text.indexOf('\n', start);
      end = lineEnd === -1 ? this.limit : lineEnd;
      if (text[end] === '\n' && text[end - 1] === '\r') end -= 1;
    } else return false;
    this.comments.push({ kind: 'comment', ...this.#span(start, end), style });
    this.at = end;
    return true;
  }

  /** Over one string, heredoc or name, or else one character. */
  element(depth: number): void {
    const text = this.#text;
    if (text[this.at] === '"') {
      this.at += 1;
      this.#template(depth, () => text[this.at] === '"');
      this.at += 1;
      return;
    }
    if (text[this.at] === '<') {
      const heredoc = this.#match(this.#heredoc);
      if (heredoc !== undefined) {
        this.#heredocBody(depth, /[^<\s-].*/.exec(text.slice(heredoc.start, heredoc.end))![0].trim());
        return;
      }
    }
    if (this.#match(this.#name) === undefined) this.at += 1;
  }

  #heredocBody(depth: number, name: string): void {
    const closer = new RegExp(`${BLANK}${name}(?=${BLANK}(?:\\n|$))`, 'uy');
    const isCloser = (): boolean => {
      closer.lastIndex = this.at;
      return this.#text[this.at - 1] === '\n' && closer.test(this.#text);
    };
    this.#template(depth, isCloser, false);
    if (isCloser()) this.at = closer.lastIndex;
  }

  /** Over text with interpolations, up to what ends it. */
  #template(depth: number, isEnd: () => boolean, escapes = true): void {
    const text = this.#text;
    while (this.at < this.limit && !isEnd()) {
      if (escapes && text[this.at] === '\\') this.at += 2;
      else if (text.startsWith('$${', this.at) || text.startsWith('%%{', this.at)) this.at += 3;
      else if (text.startsWith('${', this.at) || text.startsWith('%{', this.at)) {
        this.at += 2;
        this.#interpolation(depth + 1);
      } else this.at += 1;
    }
  }

  #interpolation(depth: number): void {
    for (let open = 1; this.at < this.limit && open > 0; ) {
      if (this.#comment()) continue;
      if (this.#text[this.at] === '{') open += 1;
      if (this.#text[this.at] === '}') open -= 1;
      if (depth < MAX_DEPTH) this.element(depth);
      else this.at += 1;
    }
  }

  #match(pattern: RegExp): Span | undefined {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.#text) || pattern.lastIndex > this.limit) return undefined;
    const span = this.#span(this.at, pattern.lastIndex);
    this.at = pattern.lastIndex;
    return span;
  }

  #span(start: number, end: number): Span {
    return { file: this.file, start, end };
  }
}
