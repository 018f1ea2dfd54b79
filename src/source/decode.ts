/** Bytes -> text. */

import type { Outcome, Problem } from './problem.ts';
import { SourceFile } from './source-file.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes of a text of configuration: the largest that people write have 2 MB, and what is made of one can take 100 times its memory. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;

/**
 * A file's bytes as text; a byte order mark stays. Bytes that are no UTF-8 become U+FFFD, and the first of them is a `file`
 * problem. What has a zero byte is no text: one `file` problem, and an empty text, of which nothing else can be said.
 *
 * @param largest bytes; of a larger file there is a `limit` problem, and an empty text
 * @param shows as SourceFile has it
 * @param isDownloaded as SourceFile has it
 */
export function decodeSource(
  path: string,
  bytes: Uint8Array,
  largest = MAX_TEXT_BYTES,
  shows?: SourceFile['shows'],
  isDownloaded = false,
): Outcome<SourceFile> {
  if (bytes.length > largest) return { value: new SourceFile(path, ''), problems: [tooLarge(path, largest)] };
  if (bytes.includes(0)) return { value: new SourceFile(path, ''), problems: [noText(path, bytes)] };
  try {
    return { value: new SourceFile(path, strict.decode(bytes), false, shows, isDownloaded), problems: [] };
  } catch {
    const file = new SourceFile(path, lenient.decode(bytes), false, shows, isDownloaded);
    const start = firstDifference(file.text, bytes);
    return {
      value: file,
      problems: [
        {
          kind: 'file',
          severity: 'error',
          message: 'This file is not valid UTF-8: invalid byte here.',
          span: { file, start, end: Math.min(start + 1, file.text.length) },
          hint: 'Save the file as UTF-8.',
        },
      ],
    };
  }
}

function tooLarge(path: string, largest: number): Problem {
  return {
    kind: 'limit',
    severity: 'error',
    message: `This file is larger than ${largest / 1024 / 1024} MiB and was not read.`,
    span: { file: new SourceFile(path, ''), start: 0, end: 0 },
    hint: 'Exclude it with "exclude" in .tfsgrc.json, or split it.',
  };
}

/** Source: https://github.com/AGWA/git-crypt/blob/master/commands.cpp */
const gitCryptHeader = '\0GITCRYPT\0';

function noText(path: string, bytes: Uint8Array): Problem {
  const isEncrypted = lenient.decode(bytes.subarray(0, gitCryptHeader.length)) === gitCryptHeader;
  return {
    kind: 'file',
    severity: 'error',
    message: `This file is ${isEncrypted ? 'encrypted by git-crypt' : 'binary (it has NUL bytes)'} and was not read.`,
    span: { file: new SourceFile(path, ''), start: 0, end: 0 },
    hint: isEncrypted ? 'Run `git-crypt unlock` first, or exclude the file.' : 'Save the file as UTF-8.',
  };
}

/** Offset of the first character that stands for bytes which are not its UTF-8. */
function firstDifference(text: string, bytes: Uint8Array): number {
  const encoder = new TextEncoder();
  let byte = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; ) {
    // Bytes up to here are what the text says, so their number tells where the next replacement's bytes start.
    byte = encoder.encode(text.slice(0, at)).length;
    const isWritten = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!isWritten) return at;
    at = text.indexOf('\ufffd', at + 1);
  }
  return 0;
}
