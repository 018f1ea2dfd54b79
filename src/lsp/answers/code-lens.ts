/** Code lenses: what the internet reaches of a group, and how many services have it. */

import type { CodeLens } from 'vscode-languageserver';
import { groupBy } from '../../collections/group-by.ts';
import type { SecurityGroup } from '../../model/security-group.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { escapeControls } from '../../report/escape.ts';
import type { EditorPlaces } from '../places.ts';
import { describeExposure } from './describe.ts';

/** More texts of instances that differ are not shown. */
const MAX_TEXTS = 2;

/** One for each group of a file that the internet reaches, or that something has. */
export function codeLensesIn(path: string, models: readonly SecurityGroupModel[], places: EditorPlaces): CodeLens[] {
  const groups = models.flatMap((model) =>
    model.groups.flatMap((group) => (group.span.file.path === path ? [{ group, model }] : [])),
  );
  const byPlace = [...groupBy(groups, ({ group }) => group.span.start).values()];
  return byPlace
    .sort((a, b) => a[0].group.span.start - b[0].group.span.start)
    .flatMap((same) => {
      const texts = [...new Set(same.map(({ group, model }) => reachText(group, model)))].filter((text) => text !== '');
      const shown = texts.slice(0, MAX_TEXTS).join(' or ');
      const users = new Set(same.flatMap(({ group, model }) => usersOf(group, model)));
      const title = [shown, users.size === 0 ? '' : `used by ${users.size}`].filter((text) => text !== '').join(' · ');
      if (title === '') return [];
      // Editors show no lens without a command; an empty one does nothing.
      return [{ range: places.rangeOf(same[0].group.span), command: { title: escapeControls(title), command: '' } }];
    });
}

/** `internet → TCP 22 (SSH)`; empty for nothing that is certain. */
function reachText(group: SecurityGroup, { ruleSets }: SecurityGroupModel): string {
  const reached = ruleSets.flatMap((rules) => {
    const text = rules.group === group ? describeExposure(rules, 'ingress') : '';
    return text === '' ? [] : [text];
  });
  return reached.length === 0 ? '' : `internet → ${reached.join(', ')}`;
}

function usersOf({ address }: SecurityGroup, { attachments }: SecurityGroupModel): readonly string[] {
  return attachments.flatMap((service) =>
    service.groups.some(({ group }) => group?.address === address) ? [service.resourceAddress] : [],
  );
}
