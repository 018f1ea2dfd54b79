/** The insides of `%{ }`. */

import { quoted } from './characters.ts';
import { expression } from './expression.ts';
import { forIntroduction } from './for.ts';
import { found } from './recovery.ts';
import type { ParserState } from './state.ts';
import type { Directive } from './template-pieces.ts';
import * as kind from './token-kind.ts';

/** From the directive's word, which is the current token; `start` is the offset of its `%{`. Undefined where a fault was reported. */
export function directive(s: ParserState, start: number): Directive | undefined {
  const { file } = s;
  const word = s.kind === kind.IDENTIFIER ? s.name() : '';
  const wordStart = s.start;
  switch (word) {
    case 'if': {
      s.advance();
      const condition = expression(s);
      return { kind: 'if', file, start, end: s.end, condition };
    }
    case 'for': {
      s.advance();
      const introduction = forIntroduction(s);
      return introduction === undefined ? undefined : { kind: 'for', file, start, end: s.end, ...introduction };
    }
    case 'else':
    case 'endif':
    case 'endfor':
      s.advance();
      s.height = 1;
      return { kind: word, file, start, end: s.end };
    default: {
      const what = word === '' ? found(s) : quoted(word);
      const hint = 'For a literal "%{" write "%%{".';
      s.fail(`Expected a directive (if, else, endif, for or endfor), found ${what}`, wordStart, s.end, hint);
      return undefined;
    }
  }
}
