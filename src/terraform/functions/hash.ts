/** Hashes and identifiers. Random and time-dependent ones are in impure.ts. */

import { createHash } from 'node:crypto';
import { EvaluationError } from '../values/errors.ts';
import { stringType } from '../values/type.ts';
import { stringValue } from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionDefinition, FunctionTable } from './definition.ts';

export interface Digest {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
}

export const digestOf = (data: string | Uint8Array, { algorithm, encoding }: Digest): string =>
  createHash(algorithm).update(data).digest(encoding);

const hash = (algorithm: Digest['algorithm'], encoding: Digest['encoding']): FunctionDefinition => ({
  parameters: [{ name: 'str', type: stringType }],
  returns: stringType,
  call: (args) => stringValue(digestOf(asText(args[0]), { algorithm, encoding })),
});

/** Terraform: internal/lang/funcs/crypto.go. */
export const hashFunctions: FunctionTable = {
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  uuidv5: {
    parameters: [
      { name: 'namespace', type: stringType },
      { name: 'name', type: stringType },
    ],
    returns: stringType,
    call: (args) => {
      const namespace = Buffer.from(namespaceOf(asText(args[0])), 'hex');
      const bytes = createHash('sha1').update(namespace).update(asText(args[1])).digest().subarray(0, 16);
      // RFC 9562, section 5.5: the version is 5, and the variant's two bits are 10.
      bytes[6] = (bytes[6]! & 0x0f) | 0x50;
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      const hex = bytes.toString('hex');
      const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
      return stringValue(parts.join('-'));
    },
  },
};

/** RFC 9562, section 6.6. */
const namespaces: Readonly<Record<string, string>> = {
  dns: '6ba7b8109dad11d180b400c04fd430c8',
  url: '6ba7b8119dad11d180b400c04fd430c8',
  oid: '6ba7b8129dad11d180b400c04fd430c8',
  x500: '6ba7b8149dad11d180b400c04fd430c8',
};

/** The hexadecimal digits; every spelling that github.com/google/uuid parses. */
function namespaceOf(text: string): string {
  const named = Object.hasOwn(namespaces, text) ? namespaces[text] : undefined;
  if (named !== undefined) return named;
  const refused = (reason: string): never => {
    throw new EvaluationError(`uuidv5() doesn't support namespace ${text} (${reason})`);
  };
  let dashed = text;
  switch (new TextEncoder().encode(text).length) {
    case 32:
      return /^[0-9a-fA-F]{32}$/.test(text) ? text.toLowerCase() : refused('invalid UUID format');
    case 36:
      break;
    case 38:
      dashed = text.slice(1);
      break;
    case 45:
      if (text.slice(0, 9).toLowerCase() !== 'urn:uuid:') {
        return refused(`invalid urn prefix: ${JSON.stringify(text.slice(0, 9))}`);
      }
      dashed = text.slice(9);
      break;
    default:
      return refused(`invalid UUID length: ${new TextEncoder().encode(text).length}`);
  }
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})/i.exec(dashed);
  return match === null ? refused('invalid UUID format') : match.slice(1).join('').toLowerCase();
}
