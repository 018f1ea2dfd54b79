/** Base64, character sets, gzip and URLs. */

import { gunzipSync } from 'node:zlib';
import { SENSITIVE } from '../../text/sensitive.ts';
import { EvaluationError } from '../values/errors.ts';
import { stringType } from '../values/type.ts';
import { stringValue, type Value } from '../values/value.ts';
import { asText } from './arguments.ts';
import { characterSet } from './character-set.ts';
import type { FunctionTable, Invocation, Parameter } from './definition.ts';
import { unknownCall } from './impure.ts';
import { checkTextLength } from './limits.ts';

const text = (name: string): Parameter => ({ name, type: stringType });
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Terraform: internal/lang/funcs/encoding.go. */
export const encodingFunctions: FunctionTable = {
  base64decode: {
    parameters: [text('str')],
    returns: stringType,
    call: ([value], invocation) => {
      const decoded = decodeUtf8(decodeArgument(value!, invocation));
      if (decoded === undefined) {
        throw new EvaluationError('the result of decoding the provided string is not valid UTF-8');
      }
      return stringValue(decoded);
    },
  },
  base64encode: {
    parameters: [text('str')],
    returns: stringType,
    call: (args, invocation) => {
      const bytes = Buffer.from(asText(args[0]));
      checkTextLength((bytes.length * 4) / 3, invocation);
      return stringValue(bytes.toString('base64'));
    },
  },
  /** OpenTofu. */
  base64gunzip: {
    parameters: [text('str')],
    returns: stringType,
    call: ([value], invocation) => {
      const bytes = decodeArgument(value!, invocation);
      let plain: Uint8Array;
      try {
        plain = gunzipSync(bytes, { maxOutputLength: 16 * 1024 * 1024 });
      } catch (error) {
        const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
        if (code === 'ERR_BUFFER_TOO_LARGE') checkTextLength(Infinity);
        throw new EvaluationError(`failed to gunzip bytestream: ${message}`);
      }
      return stringValue(Buffer.from(plain).toString());
    },
  },
  /** Two gzip implementations rarely write the same bytes, so Terraform's own are not known here. */
  base64gzip: { parameters: [text('str')], returns: stringType, call: (_, { name, span }) => unknownCall(name, span) },
  textdecodebase64: {
    parameters: [text('source'), text('encoding')],
    returns: stringType,
    call: ([source, encoding], { name, span }) => {
      const set = characterSet(asText(encoding));
      if (set === undefined) return unknownCall(name, span);
      const bytes = decodeBase64(asText(source));
      if (typeof bytes === 'number') {
        throw new EvaluationError(`the given value is has an invalid base64 symbol at offset ${bytes}`, {
          argument: 0,
        });
      }
      const decoded = set.decode(bytes);
      if (decoded === undefined) {
        throw new EvaluationError(`the given string contains symbols that are not defined for ${set.name}`, {
          argument: 0,
        });
      }
      return stringValue(decoded);
    },
  },
  textencodebase64: {
    parameters: [text('string'), text('encoding')],
    returns: stringType,
    call: ([string, encoding], { name, span }) => {
      const set = characterSet(asText(encoding));
      if (set === undefined) return unknownCall(name, span);
      const bytes = set.encode(asText(string));
      if (bytes === undefined) {
        throw new EvaluationError(`the given string contains characters that cannot be represented in ${set.name}`, {
          argument: 0,
        });
      }
      return stringValue(Buffer.from(bytes).toString('base64'));
    },
  },
  /** OpenTofu. */
  urldecode: {
    parameters: [text('str')],
    returns: stringType,
    call: (args) => {
      const encoded = asText(args[0]);
      const fault = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(encoded);
      if (fault !== null) {
        throw new EvaluationError(`failed to decode URL '': invalid URL escape ${JSON.stringify(fault[0])}`);
      }
      const bytes: Uint8Array[] = encoded
        .replaceAll('+', ' ')
        .split(/((?:%[0-9a-fA-F]{2})+)/)
        .map((part, index) => (index % 2 === 1 ? Buffer.from(part.replaceAll('%', ''), 'hex') : Buffer.from(part)));
      return stringValue(Buffer.concat(bytes).toString());
    },
  },
  urlencode: {
    parameters: [text('str')],
    returns: stringType,
    call: (args, invocation) => {
      const plain = asText(args[0]);
      checkTextLength(plain.length, invocation);
      // Go's url.QueryEscape leaves the unreserved characters of RFC 3986 and makes a space a plus.
      const encoded = plain.replace(/[^0-9A-Za-z\-_.~]+/g, (run) =>
        Array.from(Buffer.from(run), (byte) =>
          byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
        ).join(''),
      );
      checkTextLength(encoded.length, invocation);
      return stringValue(encoded);
    },
  },
};

function decodeArgument(value: Value, { sensitive }: Invocation): Uint8Array {
  const bytes = decodeBase64(asText(value));
  if (typeof bytes !== 'number') return bytes;
  const shown = sensitive.has(0) ? SENSITIVE : JSON.stringify(asText(value));
  throw new EvaluationError(`failed to decode base64 data ${shown}`, { hidesValues: true });
}

/**
 * The bytes, or the offset of the first symbol that is wrong. Go: base64.StdEncoding, which wants the padding and skips line
 * ends.
 */
function decodeBase64(encoded: string): Uint8Array | number {
  const plain = encoded.replace(/[\r\n]/g, '');
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(plain)![0].length;
  if (valid === plain.length) return Buffer.from(plain, 'base64');
  const wrong = /[^A-Za-z0-9+/]/.exec(plain.slice(valid));
  return wrong === null ? plain.length - ((plain.length - valid) % 4) : valid + wrong.index;
}

/** The text, or undefined where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
