/** The key `trusted` of a configuration. */

import type { TrustedDeclaration } from '../../model/questions/trusted.ts';
import { addressSet, coversAddresses } from '../../network/address-set.ts';
import { parseCidr } from '../../network/cidr.ts';
import { publicAddresses } from '../../network/special-addresses.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import type { Path } from '../keys.ts';
import { mistake } from '../mistake.ts';

type Key = keyof TrustedDeclaration;

const kinds: Readonly<Record<Key, { readonly name: string; readonly expected: string }>> = {
  cidrs: { name: 'CIDR block', expected: 'expected a block such as "203.0.113.0/24"' },
  prefixLists: { name: 'prefix list', expected: 'expected "pl-..." or an address, such as "data.aws_prefix_list.s3"' },
  groups: { name: 'security group', expected: 'expected "sg-..." or an address, such as "aws_security_group.lb"' },
};

const patterns = {
  cidrs: /\//,
  prefixLists: /^pl-[0-9a-f]+$|(?:^|\.)aws_(?:ec2_managed_)?prefix_list\.[\w-]+(?:\[.*\])?$/,
  groups: /^sg-[0-9a-f]+$|(?:^|\.)aws_(?:default_)?security_group\.[\w-]+(?:\[.*\])?$/,
} as const satisfies Record<Key, RegExp>;

const keys = Object.keys(kinds) as Key[];

/**
 * Sources with a mistake are left out; a key that is absent, or is no list, is absent.
 *
 * @param isSound whether the schema has nothing against a part
 */
export function decodeTrusted(node: JsonNode, isSound: (path: Path) => boolean): Outcome<Partial<TrustedDeclaration>> {
  const problems: Problem[] = [];
  const entries = keys.flatMap((key) => {
    const list = propertyOf(node, key);
    if (list?.kind !== 'array') return [];
    const sources = itemsOf(list).flatMap((item, index) => {
      if (!isSound(['trusted', key, String(index)])) return [];
      const text = String(plainValue(item));
      const fault = faultOf(key, text);
      if (fault === undefined) return text;
      problems.push(mistake(item, fault.message, fault.hint));
      return [];
    });
    if (key !== 'cidrs' || !isInternet(sources)) return [[key, sources]];
    problems.push(mistake(list, `Together these blocks cover the whole internet. ${notTrusted}`));
    return [];
  });
  return { value: Object.fromEntries(entries), problems };
}

const notTrusted = 'It cannot be trusted; use "overrides" to disable a check instead.';

const LONGEST = 1000;

interface Fault {
  readonly message: string;
  readonly hint?: string;
}

function faultOf(key: Key, text: string): Fault | undefined {
  if (text.length > LONGEST)
    return { message: `A ${kinds[key].name} can have at most ${LONGEST} characters; this string has ${text.length}.` };
  const place = keys.find((each) => each !== key && patterns[each].test(text));
  const { name, expected } = kinds[key];
  const wrong = (reason: string, hint = place && `Move it to "${place}".`): Fault => ({
    message: `${JSON.stringify(text)} is not a ${name}: ${reason}.`,
    ...(hint !== undefined && { hint }),
  });
  if (key !== 'cidrs') return patterns[key].test(text) ? undefined : wrong(expected);
  const read = parseCidr(text);
  if (read.kind === 'invalid') {
    const hint = read.suggestion && `Did you mean ${JSON.stringify(read.suggestion)}?`;
    return /[/.:]/.test(text) && place === undefined ? wrong(read.reason, hint) : wrong(expected);
  }
  if (read.kind === 'host-bits' || read.kind === 'ipv4-mapped') {
    const reason = read.kind === 'host-bits' ? 'it has host bits set' : 'it is an IPv4 block in IPv6 notation';
    return wrong(reason, `Did you mean ${JSON.stringify(read.canonical)}?`);
  }
  return isInternet([text]) ? { message: `${text} is the whole internet. ${notTrusted}` } : undefined;
}

function isInternet(blocks: readonly string[]): boolean {
  const cidrs = blocks.flatMap((block) => {
    const read = parseCidr(block);
    return read.kind === 'invalid' ? [] : read.cidr;
  });
  return ([4, 6] as const).some((family) => {
    const ofFamily = cidrs.filter((cidr) => cidr.family === family);
    return coversAddresses(addressSet(family, ofFamily), publicAddresses(family));
  });
}
