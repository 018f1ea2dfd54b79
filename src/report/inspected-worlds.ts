/** What a root module would create in all worlds: each group and rule with the worlds where it is so. */

import { groupBy } from '../collections/group-by.ts';
import type { Part } from '../findings/finding.ts';
import { joinWhen, type When } from '../findings/when.ts';
import type { AskedCheck } from '../findings/worlds/exploration.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { compareSpans, type Span, spanKey } from '../source/span.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { type InspectedGroup, reasonsOfGroup, type ShownRule, shownGroup, shownRules } from './inspected.ts';

/** What is created in some worlds; `when` is absent for all. */
type InWorlds<T> = T & { readonly when?: readonly When[] };

/** One root module. */
export interface InspectedRoot {
  /** Its directory. */
  readonly root: string;
  /** In order of address. A group that is not the same in all worlds is there once for each way that it is. */
  readonly groups: readonly InWorlds<InspectedGroup>[];
  /** In order of address, direction and place; likewise. */
  readonly rules: readonly InWorlds<ShownRule>[];
}

/** What is worked out in each world: groups and rules, neither of which covers the other. */
export const inspectedKinds: readonly AskedCheck[] = [{ id: 'group' }, { id: 'rule' }];

/** The groups and rules of a model, as what worlds are looked at for; `content` of each is its message. */
export function partsOfModel(model: SecurityGroupModel): readonly Part[] {
  const part = (
    kind: 'group' | 'rule',
    { span, ...content }: InspectedGroup | ShownRule,
    reasons: readonly string[],
  ): Part => {
    const { address } = content;
    const { root, environment } = model;
    return askedPart({ kind, message: JSON.stringify(content), span, address, root, environment, reasons });
  };
  return [
    ...model.groups.map((group) => part('group', shownGroup(group), reasonsOfGroup(group))),
    ...shownRules(model).map(({ rule, reasons }) => part('rule', rule, reasons)),
  ];
}

/**
 * @param root directory of the root module
 * @param parts those of `partsOfModel`, in whatever worlds
 * @param base those where nothing but what is given is known
 */
export function inspectedRoot(root: string, parts: readonly Part[], base: readonly Part[]): InspectedRoot {
  const all = sameParts(parts, base);
  const of = <T extends InspectedGroup | ShownRule>(kind: 'group' | 'rule'): InWorlds<T>[] => {
    const shown = ({ message, span }: Part): T => ({ ...(JSON.parse(message) as T), span });
    const own = all.filter(([{ check }]) => check === kind);
    const always = own.flatMap((same) => same.filter(({ when }) => when === undefined));
    const others = own.map((same) => same.filter(({ when }) => when !== undefined)).filter(([first]) => first);
    const inSome = others
      .toSorted(([a], [b]) => compareSpans(a!.span, b!.span))
      .map((same) => ({ ...shown(same[0]!), when: joinWhen(same.map(({ when }) => when)) }));
    return [...always.map(shown), ...inSome].sort((a, b) => compareStrings(a.address, b.address));
  };
  return { root, groups: of<InspectedGroup>('group'), rules: of<ShownRule>('rule') };
}

/** Something of a model. */
export interface AskedPart {
  /** What kind of thing it is, in the place of a check. */
  readonly kind: string;
  /** All that is said of it: what differs in it is something else. */
  readonly message: string;
  readonly span: Span;
  /** With module path and instance keys. */
  readonly address: string;
  readonly root: string;
  readonly environment: string | undefined;
  /** The names of what is not known of it, or of whether it exists. */
  readonly reasons: readonly string[];
}

/** As what worlds are looked at for: there if what it waits for is so. */
export function askedPart({ kind, message, span, address, root, environment, reasons }: AskedPart): Part {
  return {
    answer: 'yes',
    check: kind,
    severity: 'info',
    message,
    help: '',
    plain: { message },
    span,
    subject: withoutKeys(address),
    instance: address,
    root,
    environment: environment ?? null,
    related: [],
    aliases: [],
    because: [],
    existsIf: reasons,
    identity: undefined,
    fingerprint: () => '',
    fix: null,
    suggestions: [],
  };
}

/**
 * Those that say the same, in whatever worlds, together.
 *
 * @param base those where nothing but what is given is known
 */
export function sameParts<P extends Part>(
  parts: readonly P[],
  base: readonly Part[],
): readonly (readonly [P, ...P[]])[] {
  const ofBase = new Set<Part>(base);
  const known = new Set(parts.filter((part) => ofBase.has(part)).map(keyOf));
  // What is looked at with something else at the same place is found again in each world.
  const kept = parts.filter((part) => ofBase.has(part) || !known.has(keyOf(part)));
  return [...groupBy(kept, keyOf).values()];
}

const keyOf = ({ check, message, span, instance }: Part): string => `${check} ${spanKey(span)} ${instance} ${message}`;
