/** What a change opens, as an object of own rules. */

import type { OpenedAccess, OpenedPeer } from '../model/opened.ts';
import { namesOfGroup } from '../model/questions/group-names.ts';
import { cidrsOf, isEmptyAddresses } from '../network/address-set.ts';
import { formatCidr } from '../network/cidr.ts';
import { publicPart } from '../network/special-addresses.ts';
import { NO_TRAFFIC } from '../network/traffic.ts';
import { folderOf } from '../source/path.ts';
import { boolType, stringType } from '../terraform/values/type.ts';
import { boolValue, listValue, stringValue, type UnknownReason, type Value } from '../terraform/values/value.ts';
import { portsValue } from './attributes.ts';
import { portsOfTraffic } from './port-set.ts';
import { type AskedSources, namesOfAddress, type SourceItem } from './source-set.ts';
import { askedSetValue, plainAsValue, unknownOf } from './values.ts';
import { type AskedAttributes, elsewhere, type ObjectDefinition, type ObjectWorld } from './world.ts';

const attributes: AskedAttributes<OpenedAccess> = {
  direction: {
    type: { words: ['ingress', 'egress'] },
    summary: '`ingress` or `egress`',
    get: ({ direction }) => stringValue(direction),
  },
  ports: {
    type: 'ports',
    summary: 'The ports that are opened, as a set: one interval of one protocol, or several whole protocols',
    get: (opened) => portsValue(portsOf(opened)),
  },
  sources: {
    type: 'sources',
    summary:
      'For whom they are opened, or for egress to whom, as a set: what was open before is not in it. CIDR blocks, groups, prefix lists and `self`',
    get: (opened) => askedSetValue(() => textsOf(opened), sourcesOf(opened)),
  },
  cidrs: {
    type: 'texts',
    summary: 'Only the CIDR blocks of `sources`, as texts',
    get: (opened) => listValue(cidrTexts(opened), stringType),
  },
  source_groups: {
    type: { listOf: 'group' },
    summary: 'The groups among `sources`, as objects',
    get: ({ peers }, world) =>
      world.objects(
        'group',
        peers.flatMap(({ kind, key, name, ...peer }) => {
          if (kind !== 'named' || !key.startsWith(GROUP)) return [];
          const address = 'group' in peer ? peer.group : undefined;
          return (address === undefined ? undefined : world.groupAt(address)) ?? elsewhere(world, name, [{ name }]);
        }),
      ),
  },
  internet: {
    type: 'bool',
    summary: 'Whether the whole internet of a family gets in (or is reached) by it, together with what is open anyway',
    get: internetOf,
  },
  allowed: {
    type: 'bool',
    summary: 'Whether all of it is trusted, or allowed by the policy of the group',
    get: ({ isAllowed }) => boolValue(isAllowed),
  },
  group: { type: { object: 'group' }, summary: 'The group that is opened, as it is after the change', get: groupOf },
  environment: {
    type: 'string',
    summary: 'Name of the environment; null where none are configured',
    get: ({ environment = null }) => plainAsValue(environment, stringType),
  },
  root: {
    type: 'string',
    summary: 'Directory of the root module; "" for the repository root',
    get: ({ root }) => stringValue(root),
  },
  file: {
    type: 'string',
    summary: 'Path of the file of what opens it, such as that of a variable, relative to the repository root',
    get: ({ span }) => stringValue(span.file.path),
  },
  folder: {
    type: 'string',
    summary: 'The folder of that; "" for the repository root',
    get: ({ span }) => stringValue(folderOf(span.file.path)),
  },
};

export const openedObject: ObjectDefinition = {
  summary: 'What a change opens: traffic that a group allows after it, and did not before. `tfsg changes` alone has it',
  attributes: attributes as AskedAttributes<never>,
};

const GROUP = 'group ';

const waitsOf = ({ because }: OpenedAccess): readonly UnknownReason[] => because.map((name) => ({ name }));

function portsOf(opened: OpenedAccess): ReturnType<typeof portsOfTraffic> {
  const { traffic, isTrafficKnown } = opened;
  if (isTrafficKnown) return portsOfTraffic(traffic);
  return { kind: 'ports', certain: NO_TRAFFIC, possible: traffic, reasons: waitsOf(opened) };
}

/** As reports have them. */
function textsOf(opened: OpenedAccess): readonly Value[] {
  const { sources, isSensitive } = opened;
  const texts = sources.map(
    (text): Value => (isSensitive ? { ...stringValue(text), sensitive: true } : stringValue(text)),
  );
  return opened.peers.some(({ kind }) => kind === 'unknown')
    ? [...texts, unknownOf(waitsOf(opened), stringType)]
    : texts;
}

function cidrTexts({ addresses, isSensitive }: OpenedAccess): readonly Value[] {
  const texts = addresses === undefined ? [] : cidrsOf(addresses).map((cidr) => stringValue(formatCidr(cidr)));
  return isSensitive ? texts.map((text) => ({ ...text, sensitive: true })) : texts;
}

function sourcesOf(opened: OpenedAccess): AskedSources {
  const { addresses, peers, short } = opened;
  const reasons = waitsOf(opened);
  const blocks: readonly SourceItem[] =
    addresses === undefined ? [] : [{ kind: 'addresses', addresses, ...(reasons.length > 0 && { reasons }) }];
  const items = [...blocks, ...peers.flatMap((peer) => itemsOf(peer, opened, reasons))];
  return { kind: 'sources', items, ...(short !== undefined && { shown: short }) };
}

function itemsOf(
  peer: OpenedPeer,
  { group, address, peerGroups }: OpenedAccess,
  reasons: readonly UnknownReason[],
): readonly SourceItem[] {
  const { key, name } = peer;
  if (key === 'self' || key.startsWith('self ')) {
    const names = [...namesOfAddress(address), ...(group === undefined ? [] : namesOfGroup(group))];
    return [{ kind: 'group', isSelf: true, names, reasons }];
  }
  if (peer.kind === 'named') {
    const names = [...namesOfAddress(name), key.slice(key.indexOf(' ') + 1)];
    if (!key.startsWith(GROUP))
      return [{ kind: 'prefix-list', names, entries: undefined, reasons: [...reasons, { name }] }];
    const found = peer.group === undefined ? undefined : peerGroups.get(peer.group);
    const waits = found === undefined ? otherNames(peer) : found.name.kind === 'unknown' ? found.name.reasons : [];
    const own = found === undefined ? [] : namesOfGroup(found);
    return [
      { kind: 'group', isSelf: peer.group === address, names: [...names, ...own], reasons: [...reasons, ...waits] },
    ];
  }
  if (peer.family !== undefined) return [{ kind: 'block', family: peer.family, reasons }];
  const groups: SourceItem = { kind: 'group', isSelf: false, names: [], reasons };
  const lists: SourceItem = { kind: 'prefix-list', names: [], entries: undefined, reasons };
  if (/^(?:group|security_groups) /.test(key)) return [groups];
  if (/^prefix[-_]list/.test(key)) return [lists];
  return [groups, lists, { kind: 'block', family: 4, reasons }, { kind: 'block', family: 6, reasons }];
}

/** One of the configuration that is in another world alone may have any name. */
const otherNames = ({ group, name }: Extract<OpenedPeer, { readonly kind: 'named' }>): readonly UnknownReason[] =>
  group === undefined ? [] : [{ name }];

function internetOf(opened: OpenedAccess): Value {
  const { internet, because, addresses, peers } = opened;
  if (because.length === 0) return boolValue(internet);
  const isPublic = addresses !== undefined && !isEmptyAddresses(publicPart(addresses));
  const isOpen = peers.some(({ kind }) => kind === 'unknown');
  return isPublic || isOpen ? unknownOf(waitsOf(opened), boolType) : boolValue(false);
}

function groupOf({ group, address }: OpenedAccess, world: ObjectWorld): Value {
  return world.object('group', group ?? elsewhere(world, address, [{ name: address }]));
}
