/** The output of `tfsg inspect`: the rule model, for people and for programs. */

import { groupBy } from '../collections/group-by.ts';
import { describeWhen } from '../findings/when.ts';
import { describeProtocol, hasIcmpTypes, hasPorts, parseProtocol } from '../network/protocol.ts';
import { serviceNamesOf } from '../network/services.ts';
import { formatTraffic, trafficOfRule } from '../network/traffic.ts';
import { placeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { formatCount } from '../text/count.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { placeDocument, problemDocument, SCHEMA_VERSION } from './document.ts';
import { escapeControls, type PlainText, plain, type SafeText, safeLines } from './escape.ts';
import { jsonDocument } from './formats/json.ts';
import type { ShownRule } from './inspected.ts';
import type { InspectedRoot } from './inspected-worlds.ts';
import { painter } from './style.ts';
import { displayWidth, wrapped } from './width.ts';

/** `{ schemaVersion, groups, rules, problems }`: fields as in inspected.ts, each with `file`, `range` and `roots`, and with `when` where it is so in some worlds only. */
export function renderInspectionJson(roots: readonly InspectedRoot[], problems: readonly Problem[]): SafeText {
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    groups: roots.flatMap(({ root, groups }) => groups.map((group) => withPlace(group, root))),
    rules: roots.flatMap(({ root, rules }) => rules.map((rule) => withPlace(rule, root))),
    problems: problems.map(problemDocument),
  });
}

/** How text for people looks. */
export interface InspectionLook {
  /** The path of a file as it is shown. */
  readonly shownPath: (path: string) => string;
  readonly color: boolean;
}

const plainLook: InspectionLook = { shownPath: (path) => path, color: false };

/** Traffic that has more columns is not aligned with that of other rules. */
const TRAFFIC_COLUMNS = 32;

/** Sources of a rule that have more columns are on several lines. */
const PEER_COLUMNS = 60;

/**
 * A table of each root module: a line for each group and, below it, one for each of its rules; then the rules of groups from elsewhere,
 * and how many there are in all.
 */
export function renderInspection(roots: readonly InspectedRoot[], look = plainLook): SafeText {
  const shown = roots.filter(({ groups, rules }) => groups.length + rules.length > 0);
  const lines = shown.flatMap((each, index) => [
    ...(index === 0 ? [] : [escapeControls('')]),
    ...(shown.length === 1
      ? []
      : [painter(look.color)('bold', escapeControls(`root module ${look.shownPath(each.root) || '.'}`))]),
    ...tableOf(each, look),
  ]);
  if (lines.length === 0) return safeLines([]);
  return safeLines([...lines, escapeControls(''), escapeControls(totalsOf(shown))]);
}

function totalsOf(roots: readonly InspectedRoot[]): string {
  const groups = roots.reduce((sum, root) => sum + new Set(root.groups.map(({ address }) => address)).size, 0);
  const rules = roots.reduce((sum, root) => sum + root.rules.length, 0);
  const places = roots.length === 1 ? '' : ` in ${formatCount(roots.length, 'root module')}`;
  return `${formatCount(groups, 'group')}, ${formatCount(rules, 'rule')}${places}`;
}

function tableOf({ groups, rules }: InspectedRoot, { shownPath, color }: InspectionLook): readonly PlainText[] {
  const paint = painter(color);
  const place = ({ span }: { readonly span: Span }): PlainText =>
    paint('dim', escapeControls(placeOf(span, span.file.isVirtual ? span.file.path : shownPath(span.file.path))));
  const addresses = new Set(groups.map(({ address }) => address));
  const ofGroup = groupBy(rules, ({ group }) => group);
  const others = rules.filter(({ group }) => group === null || !addresses.has(group));
  const texts = new Map(rules.map((rule) => [rule, trafficText(rule)]));
  const widths = [...texts.values()].map(displayWidth).filter((each) => each <= TRAFFIC_COLUMNS);
  const width = Math.max(...widths, 0);
  const describe = (rule: InspectedRoot['rules'][number]): readonly PlainText[] => {
    const direction = { ingress: 'in ', egress: 'out' }[rule.direction ?? ''] ?? '?  ';
    const traffic = texts.get(rule)!.padEnd(width);
    const word = rule.direction === 'egress' ? 'to  ' : 'from';
    const start = `  ${direction}  ${traffic}  ${word} `;
    const [first = '', ...more] = wrapped(peersText(rule), PEER_COLUMNS);
    const elsewhere = rule.group ?? rule.group_id;
    const owner = elsewhere === null || addresses.has(elsewhere) ? [] : [`of ${elsewhere}`];
    const own = rule.address === rule.group ? [] : [rule.address];
    const notes = [...owner, ...existenceOf(rule), ...unknownOf(rule), ...own];
    const noted = escapeControls(`${start}${[first, ...notes].join('  ')}`);
    return [
      plain`${noted}  ${place(rule)}`,
      ...more.map((line) => escapeControls(' '.repeat(displayWidth(start)) + line)),
    ];
  };
  return [
    ...[...groupBy(groups, ({ address }) => address)].flatMap(([address, same]) => [
      ...same.map((each) => {
        const notes = [...nameAmong(same, each), ...existenceOf(each)].map((note) => `  ${note}`).join('');
        return plain`${paint('bold', escapeControls(address))}${escapeControls(notes)}  ${place(each)}`;
      }),
      ...(ofGroup.get(address) ?? []).flatMap(describe),
    ]),
    ...(others.length === 0
      ? []
      : [paint('bold', escapeControls('groups defined elsewhere')), ...others.flatMap(describe)]),
  ];
}

function withPlace<T extends { readonly span: Span }>({ span, ...fields }: T, root: string) {
  return { ...fields, ...placeDocument(span), roots: [root || '.'] };
}

/** `TCP 22 (SSH)`, `ICMP echo request`, `all traffic`, `TCP, ports unknown`. */
function trafficText({ protocol, from_port: from, to_port: to, unknown }: ShownRule): string {
  if (unknown[0] === '*') return 'unknown';
  if ([protocol, from, to].includes(SENSITIVE)) return SENSITIVE;
  if (protocol === null) return 'unknown protocol';
  const read = parseProtocol(protocol);
  if (read.kind === 'invalid') return `unknown protocol ${JSON.stringify(protocol)}`;
  const name = describeProtocol(read.protocol);
  const isOpen = unknown.includes('from_port') || unknown.includes('to_port');
  if (isOpen && (hasPorts(read.protocol) || hasIcmpTypes(read.protocol)))
    return `${name}, ${hasPorts(read.protocol) ? 'ports' : 'type'} unknown`;
  const given = (port: typeof from): number | undefined => (typeof port === 'number' ? port : undefined);
  const allowed = trafficOfRule(read.protocol, given(from), given(to));
  if (allowed.kind !== 'traffic') return `${name} ${from ?? '?'} to ${to ?? '?'}, which is invalid`;
  const text = formatTraffic(allowed.traffic);
  if (text === name && hasPorts(read.protocol)) return `all ${name} ports`;
  if (text === name && hasIcmpTypes(read.protocol)) return `all ${name} types`;
  const services = serviceNamesOf(allowed.traffic);
  return services === '' ? text : `${text} (${services})`;
}

function peersText(rule: ShownRule): string {
  const peers = [
    ...rule.cidr_ipv4,
    ...rule.cidr_ipv6,
    ...rule.prefix_list_ids,
    ...rule.prefix_list_refs,
    ...rule.security_groups.filter((id) => id !== 'unknown'),
    ...rule.security_group_refs,
    ...(rule.self === true ? ['the group itself'] : rule.self === SENSITIVE ? [SENSITIVE] : []),
  ];
  return peers.join(', ') || (rule.unknown.length > 0 ? 'unknown' : 'nowhere');
}

/** Names of the arguments that only apply knows; that it gives the groups of the configuration their identifiers needs no word. */
function unknownOf({ unknown, security_groups: ids, security_group_refs: refs }: ShownRule): readonly string[] {
  const areNamed = ids.filter((id) => id === 'unknown').length === refs.length;
  const names = unknown.filter((name) => name !== '*' && !(name === 'security_groups' && areNamed));
  return names.length === 0 ? [] : [`(unknown: ${names.join(', ')})`];
}

/** Of a group that is not the same in all worlds, its name there. */
function nameAmong(same: InspectedRoot['groups'], { name }: InspectedRoot['groups'][number]): readonly string[] {
  return same.length === 1 ? [] : [name === null ? '(name unknown)' : JSON.stringify(name)];
}

/** `where var.environment is "dev"`, `(may not exist)`. */
function existenceOf({ exists, when = [] }: InspectedRoot['rules' | 'groups'][number]): readonly string[] {
  return [...(when.length > 0 ? [describeWhen(when)] : []), ...(exists === 'unknown' ? ['(may not exist)'] : [])];
}
