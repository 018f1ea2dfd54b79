/** The key `trusted` of a config. */

import { GROUP_NAME, PREFIX_LIST_NAME } from '../../model/aws/peer-names.ts';
import { type TrustedDeclaration, trustedSources } from '../../model/questions/trusted.ts';
import { addressSet, coversAddresses } from '../../network/address-set.ts';
import { parseCidr } from '../../network/cidr.ts';
import { publicAddresses } from '../../network/special-addresses.ts';
import type { Problem } from '../../source/problem.ts';
import { itemsOf, plainValue, propertyOf } from '../jsonc.ts';
import { type ConfigKey, sourcedEntry } from '../key.ts';
import { byDefault, givenBy, type Sourced } from '../layer.ts';
import { mistake } from '../mistake.ts';
import { textList } from '../schema-parts.ts';

export type Key = keyof TrustedDeclaration;

const kinds: Readonly<Record<Key, { readonly name: string; readonly expected: string }>> = {
  cidrs: { name: 'CIDR block', expected: 'expected a block such as "203.0.113.0/24"' },
  prefixLists: { name: 'prefix list', expected: 'expected "pl-..." or an address, such as "data.aws_prefix_list.s3"' },
  groups: { name: 'security group', expected: 'expected "sg-..." or an address, such as "aws_security_group.lb"' },
};

const patterns = {
  cidrs: /\//,
  prefixLists: PREFIX_LIST_NAME,
  groups: GROUP_NAME,
} as const satisfies Record<Key, RegExp>;

const keys = Object.keys(kinds) as Key[];

export type ResolvedTrusted = { readonly [K in Key]: Sourced<readonly string[]> };

export const key: ConfigKey<Partial<TrustedDeclaration> | undefined, ResolvedTrusted> = {
  name: 'trusted',
  order: 80,
  schema: () => ({
    description: 'Sources that are not reported, however wide they are. The whole internet cannot be trusted.',
    type: 'object',
    additionalProperties: false,
    properties: {
      cidrs: textList('IPv4 and IPv6 CIDR blocks.', ['203.0.113.0/24', '2001:db8::/32']),
      prefixLists: textList('Ids or addresses of prefix lists.', ['pl-68a54001', 'aws_ec2_managed_prefix_list.office']),
      groups: textList('Ids or addresses of security groups.', ['sg-0123', 'module.edge.aws_security_group.lb']),
    },
  }),
  /** Sources with a mistake are left out; a key that is absent, or is no list, is absent. */
  decode(node, { isSound, report }) {
    if (node === undefined) return undefined;
    const problems: Problem[] = [];
    const entries = keys.flatMap((each) => {
      const list = propertyOf(node, each);
      if (list?.kind !== 'array') return [];
      const sources = itemsOf(list).flatMap((item, index) => {
        if (!isSound(['trusted', each, String(index)])) return [];
        const text = String(plainValue(item));
        const fault = faultOf(each, text);
        if (fault === undefined) return text;
        problems.push(mistake(item, fault.message, fault.hint));
        return [];
      });
      if (each !== 'cidrs' || !isInternet(sources)) return [[each, sources]];
      problems.push(mistake(list, `Together these blocks cover the whole internet. ${notTrusted}`));
      return [];
    });
    report(problems);
    return Object.fromEntries(entries);
  },
  limited: (base) => base,
  /** Of each of its keys the last layer that has it decides. */
  merge(layers) {
    const given = givenBy(layers, key);
    const resolved = keys.map((each): [Key, Sourced<readonly string[]>] => {
      const last = given.findLast(({ value }) => value[each] !== undefined);
      if (last === undefined) return [each, byDefault([])];
      return [each, { value: last.value[each]!, origin: { kind: 'file', node: propertyOf(last.node, each)! } }];
    });
    return Object.fromEntries(resolved) as unknown as ResolvedTrusted;
  },
  print(resolved) {
    const entries = keys.flatMap((each) =>
      resolved[each].origin.kind === 'default' ? [] : [sourcedEntry(each, resolved[each])],
    );
    return entries.length === 0 ? [] : [{ name: 'trusted', value: { open: '{', entries } }];
  },
  option: {
    meaningOf: trustedSources,
    given({ cidrs, prefixLists, groups }) {
      const value = trustedSources({ cidrs: cidrs.value, prefixLists: prefixLists.value, groups: groups.value });
      return [cidrs, prefixLists, groups].every(({ origin }) => origin.kind === 'default')
        ? undefined
        : { value, origin: { kind: 'default' } };
    },
    turnsOn: false,
  },
};

const notTrusted = 'It cannot be trusted; use "overrides" to disable a check instead.';

const MAX_LENGTH = 1000;

interface Fault {
  readonly message: string;
  readonly hint?: string;
}

function faultOf(key: Key, text: string): Fault | undefined {
  if (text.length > MAX_LENGTH)
    return {
      message: `A ${kinds[key].name} can have at most ${MAX_LENGTH} characters; this string has ${text.length}.`,
    };
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
