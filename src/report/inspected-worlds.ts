/** What a root module would create in all worlds: each group and rule with the worlds where it is so. */

import { groupBy } from '../collections/group-by.ts';
import type { Part } from '../findings/finding.ts';
import { joinWhen, type When } from '../findings/when.ts';
import type { AskedCheck } from '../findings/worlds.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { compareSpans, spanKey } from '../source/span.ts';
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
    existsIf: readonly string[],
  ): Part => {
    const message = JSON.stringify(content);
    return {
      answer: 'yes',
      check: kind,
      severity: 'info',
      message,
      help: '',
      plain: { message },
      span,
      subject: withoutKeys(content.address),
      instance: content.address,
      root: model.root,
      environment: model.environment ?? null,
      related: [],
      aliases: [],
      because: [],
      existsIf,
      identity: undefined,
      fingerprint: '',
      fix: null,
      suggestions: [],
    };
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
  const ofBase = new Set(base);
  const known = new Set(parts.filter((part) => ofBase.has(part)).map(keyOf));
  // What is looked at with something else at the same place is found again in each world.
  const shownParts = parts.filter((part) => ofBase.has(part) || !known.has(keyOf(part)));
  const of = <T extends InspectedGroup | ShownRule>(kind: 'group' | 'rule'): InWorlds<T>[] => {
    const own = shownParts.filter(({ check }) => check === kind);
    const shown = ({ message, span }: Part): T => ({ ...(JSON.parse(message) as T), span });
    const always = own.filter(({ when }) => when === undefined);
    const others = own.filter(({ when }) => when !== undefined).sort((a, b) => compareSpans(a.span, b.span));
    const inSome = [...groupBy(others, keyOf).values()].map((same) => ({
      ...shown(same[0]),
      when: joinWhen(same.map((each) => each.when)),
    }));
    return [...always.map(shown), ...inSome].sort((a, b) => compareStrings(a.address, b.address));
  };
  return { root, groups: of<InspectedGroup>('group'), rules: of<ShownRule>('rule') };
}

const keyOf = ({ check, message, span }: Part): string => `${check} ${spanKey(span)} ${message}`;
