/** The output of `tfsg inspect`: the rule model, for people and for programs. */

import { groupBy } from '../collections/group-by.ts';
import { describeWhen } from '../findings/when.ts';
import { placeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { placeDocument, problemDocument, SCHEMA_VERSION } from './document.ts';
import { escapeControls, type SafeText, safeLines } from './escape.ts';
import { jsonDocument } from './formats/json.ts';
import type { ShownRule } from './inspected.ts';
import type { InspectedRoot } from './inspected-worlds.ts';

/** `{ schemaVersion, groups, rules, problems }`: fields as in inspected.ts, each with `file`, `range` and `roots`, and with `when` where it is so in some worlds only. */
export function renderInspectionJson(roots: readonly InspectedRoot[], problems: readonly Problem[]): SafeText {
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    groups: roots.flatMap(({ root, groups }) => groups.map((group) => withPlace(group, root))),
    rules: roots.flatMap(({ root, rules }) => rules.map((rule) => withPlace(rule, root))),
    problems: problems.map(problemDocument),
  });
}

/** A line for each group and, below it, each of its rules; then the rules of groups from elsewhere. */
export function renderInspection(
  roots: readonly InspectedRoot[],
  shownPath = (path: string): string => path,
): SafeText {
  const place = (span: Span): string => placeOf(span, span.file.isVirtual ? span.file.path : shownPath(span.file.path));
  const describe = (rule: InspectedRoot['rules'][number]): string => describeRule(rule, place(rule.span));
  const lines = roots.flatMap(({ groups, rules }) => {
    const addresses = new Set(groups.map(({ address }) => address));
    const ofGroup = groupBy(rules, ({ group }) => group);
    const others = rules.filter(({ group }) => group === null || !addresses.has(group));
    return [
      ...[...groupBy(groups, ({ address }) => address)].flatMap(([address, same]) => [
        ...same.map((each) => [address, ...nameAmong(same, each), ...existenceOf(each), place(each.span)].join('  ')),
        ...(ofGroup.get(address) ?? []).map(describe),
      ]),
      ...(others.length === 0 ? [] : ['groups defined elsewhere', ...others.map(describe)]),
    ];
  });
  return safeLines(lines.map(escapeControls));
}

function withPlace<T extends { readonly span: Span }>({ span, ...fields }: T, root: string) {
  return { ...fields, ...placeDocument(span), roots: [root || '.'] };
}

/** `ingress tcp 22 <- 10.0.0.0/8  aws_security_group.web  main.tf:5:3`. */
function describeRule(rule: InspectedRoot['rules'][number], at: string): string {
  const place = [...existenceOf(rule), rule.address, at].join('  ');
  const direction = rule.direction ?? 'ingress or egress';
  if (rule.unknown[0] === '*') return `  ${direction}: unknown  ${place}`;
  const peers = [
    ...rule.cidr_ipv4,
    ...rule.cidr_ipv6,
    ...rule.prefix_list_ids,
    ...rule.prefix_list_refs,
    ...rule.security_groups.filter((id) => id !== 'unknown'),
    ...rule.security_group_refs,
    ...(rule.self === true ? ['self'] : rule.self === SENSITIVE ? [SENSITIVE] : []),
  ];
  const arrow = rule.direction === 'egress' ? '->' : '<-';
  const waits = rule.unknown.length === 0 ? '' : `  (unknown: ${rule.unknown.join(', ')})`;
  return `  ${direction} ${rule.protocol ?? '?'}${portsOf(rule)} ${arrow} ${peers.join(', ') || '?'}${waits}  ${place}`;
}

/** Of a group that is not the same in all worlds, its name there. */
function nameAmong(same: InspectedRoot['groups'], { name }: InspectedRoot['groups'][number]): readonly string[] {
  return same.length === 1 ? [] : [name === null ? '(name unknown)' : JSON.stringify(name)];
}

/** `where var.environment is "dev"`, `(may not exist)`. */
function existenceOf({ exists, when = [] }: InspectedRoot['rules' | 'groups'][number]): readonly string[] {
  return [...(when.length > 0 ? [describeWhen(when)] : []), ...(exists === 'unknown' ? ['(may not exist)'] : [])];
}

function portsOf({ from_port: from, to_port: to, unknown }: ShownRule): string {
  const isKnown = !unknown.includes('from_port') && !unknown.includes('to_port');
  if (from === null && to === null) return isKnown ? '' : ' ?';
  return from === to && from !== SENSITIVE ? ` ${from}` : ` ${from ?? '?'}-${to ?? '?'}`;
}
