/**
 * The kinds of token that the scanner tells apart, as small numbers, of which the parser compares one for each
 * token of a file. They are typed `number` because reading on changes the kind behind the back of TypeScript's narrowing.
 */

export const END: number = 0;
export const NEWLINE: number = 1;
export const IDENTIFIER: number = 2;
export const NUMBER: number = 3;
/** An opening quote. The closing one belongs to the string and is never a token of its own in the parser. */
export const QUOTE: number = 4;
/** `<<NAME` or `<<-NAME` with the line's end. */
export const HEREDOC: number = 5;
export const OPEN_BRACE: number = 6;
export const CLOSE_BRACE: number = 7;
export const OPEN_BRACKET: number = 8;
export const CLOSE_BRACKET: number = 9;
export const OPEN_PARENTHESIS: number = 10;
export const CLOSE_PARENTHESIS: number = 11;
export const COMMA: number = 12;
export const DOT: number = 13;
export const EQUALS: number = 14;
export const COLON: number = 15;
export const QUESTION: number = 16;
/** `=>` */
export const ARROW: number = 17;
/** `...` */
export const ELLIPSIS: number = 18;
/** `::` */
export const DOUBLE_COLON: number = 19;
/** `~}` */
export const STRIP_BRACE: number = 20;
export const NOT: number = 21;
/** A run of characters that starts no token, or a block comment without its end. */
export const INVALID: number = 22;
/** The kinds from here to `LAST_OPERATOR` are the operators with two operands. */
export const FIRST_OPERATOR: number = 23;
export const OR: number = 23;
export const AND: number = 24;
export const EQUAL: number = 25;
export const NOT_EQUAL: number = 26;
export const LESS: number = 27;
export const LESS_OR_EQUAL: number = 28;
export const GREATER: number = 29;
export const GREATER_OR_EQUAL: number = 30;
export const PLUS: number = 31;
export const MINUS: number = 32;
export const TIMES: number = 33;
export const DIVIDE: number = 34;
export const REMAINDER: number = 35;
export const LAST_OPERATOR: number = 35;
