/** Code lenses: what the internet reaches of a group, and how many services have it. */

import type { CodeLens } from 'vscode-languageserver';
import { groupBy } from '../../collections/group-by.ts';
import type { SecurityGroup } from '../../model/security-group.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { unionOfTraffic } from '../../network/traffic.ts';
import { escapeControls } from '../../report/escape.ts';
import type { EditorPlaces } from '../places.ts';
import { describeOpened } from './describe.ts';
import { type ReachSource, reachedBy, worstOf } from './reach.ts';

/** More texts of instances that differ are not shown. */
const MAX_TEXTS = 2;

/** One for each group of a file that the internet reaches, or that something has. */
export function codeLensesIn(path: string, source: ReachSource, places: EditorPlaces): CodeLens[] {
  const { models } = source;
  const groups = models.flatMap((model) =>
    model.groups.flatMap((group) => (group.span.file.path === path ? [{ group, model }] : [])),
  );
  const byPlace = [...groupBy(groups, ({ group }) => group.span.start).values()];
  return byPlace
    .sort((a, b) => a[0].group.span.start - b[0].group.span.start)
    .flatMap((same) => {
      const texts = [...new Set(same.map(({ group, model }) => reachText(group, model, source)))].filter(
        (text) => text !== '',
      );
      const shown = texts.slice(0, MAX_TEXTS).join(' or ');
      const users = new Set(same.flatMap(({ group, model }) => usersOf(group, model)));
      const title = [shown, users.size === 0 ? '' : `used by ${users.size}`].filter((text) => text !== '').join(' · ');
      if (title === '') return [];
      // Editors show no lens without a command; an empty one does nothing.
      return [{ range: places.rangeOf(same[0].group.span), command: { title: escapeControls(title), command: '' } }];
    });
}

/** `internet → TCP 22 (SSH)`, or that the internet does not get there; empty where nothing is open for certain. */
function reachText(group: SecurityGroup, { ruleSets }: SecurityGroupModel, source: ReachSource): string {
  const found = ruleSets.flatMap((set) =>
    set.group === group ? reachedBy(set.rules, set.exposures('ingress'), source) : [],
  );
  const worst = worstOf(found);
  if (worst === undefined) return '';
  const open = found.filter(({ reach }) => reach.reach === worst.reach).map(({ exposure }) => exposure.traffic);
  const traffic = describeOpened(unionOfTraffic(open));
  switch (worst.reach) {
    case 'internet':
      return `internet → ${traffic}`;
    case 'unknown':
      return `internet → ${traffic}, depends on ${worst.because[0]}`;
    default:
      return `${traffic} is open, not reached from the internet`;
  }
}

function usersOf({ address }: SecurityGroup, { attachments }: SecurityGroupModel): readonly string[] {
  return attachments.flatMap((service) =>
    service.groups.some(({ group }) => group?.address === address) ? [service.resourceAddress] : [],
  );
}
