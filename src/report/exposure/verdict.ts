/** The result of `tfsg exposure` in a few sentences. */

import { groupBy } from '../../collections/group-by.ts';
import type { ExposedService } from '../../exposure/exposure.ts';
import { formatCount, formatList, withRestCounted } from '../../text/count.ts';
import { type ExposureRow, rowsByAnswer } from './rows.ts';
import type { ShownExposures } from './shown.ts';
import { namedPortsOf, reachesClass } from './words.ts';

/** Names of ports that a sentence has. */
const NAMED = 5;

/** What the internet reaches, what of it is data, and what is not known. */
export function verdictOf({ roots }: ShownExposures, rows: readonly ExposureRow[]): readonly string[] {
  const all = roots.reduce((sum, { exposure }) => sum + exposure.services.length, 0);
  if (all === 0) return ['No service with security groups was found.'];
  const { yes, unknown } = rowsByAnswer(rows);
  const reached = servicesOf(yes);
  const directRows = yes.filter(({ hops }) => hops === 1);
  const direct = servicesOf(directRows);
  const undecided = [...servicesOf(unknown)].filter((service) => !reached.has(service)).length;
  const services = formatCount(all, 'service');
  if (reached.size === 0 && undecided === 0) return [`The internet reaches none of ${services}.`];
  return [
    direct.size === 0
      ? `The internet reaches none of ${services} directly${reached.size === 0 ? ' for certain' : ''}.`
      : `The internet directly reaches ${direct.size} of ${services}: ${portsText(directRows)}.`,
    ...(reached.size > direct.size ? [`It reaches ${reached.size - direct.size} more through other services.`] : []),
    ...(reached.size === 0 ? [] : [dataSentence(yes)]),
    ...(undecided === 0
      ? []
      : [`Whether it reaches ${undecided}${reached.size === 0 ? '' : ' more'} is undecided until apply.`]),
  ];
}

const servicesOf = (rows: readonly ExposureRow[]): ReadonlySet<ExposedService> =>
  new Set(rows.map(({ service }) => service));

/** `SSH on 2 and HTTPS on 3`, the gravest first. */
function portsText(rows: readonly ExposureRow[]): string {
  const named = rows.flatMap((row) => namedPortsOf(row.traffic).map((port) => ({ ...port, service: row.service })));
  const texts = [...groupBy(named, ({ name }) => name)]
    .map(([name, some]) => ({ name, grade: some[0].grade, count: new Set(some.map(({ service }) => service)).size }))
    .sort((a, b) => a.grade - b.grade || b.count - a.count)
    .map(({ name, count }) => `${name} on ${count}`);
  return formatList(withRestCounted(texts, NAMED, 'kind of traffic', 'kinds of traffic'));
}

function dataSentence(rows: readonly ExposureRow[]): string {
  const data = rows.filter(({ traffic }) => reachesClass(traffic, 'data'));
  const all = servicesOf(data).size;
  const direct = servicesOf(data.filter(({ hops }) => hops === 1)).size;
  if (all === 0) return 'It reaches no data port.';
  return `Data ports are reached on ${formatCount(all, 'service')}, on ${direct === 0 ? 'none' : direct} directly.`;
}

/** What was read: `12 files, 5 groups, 17 rules, 8 services`. */
export function readText({ roots, files }: ShownExposures): string {
  const sum = (of: (root: ShownExposures['roots'][number]) => number): number =>
    roots.reduce((total, root) => total + of(root), 0);
  const environments = new Set(roots.flatMap(({ exposure }) => exposure.environment ?? []));
  return [
    formatCount(files, 'file'),
    formatCount(new Set(roots.map(({ exposure }) => exposure.root)).size, 'root module'),
    ...(environments.size === 0 ? [] : [formatCount(environments.size, 'environment')]),
    formatCount(
      sum(({ model }) => model.groups.length),
      'group',
    ),
    formatCount(
      sum(({ model }) => model.rules.length),
      'rule',
    ),
    formatCount(
      sum(({ exposure }) => exposure.services.length),
      'service',
    ),
  ].join(', ');
}

/** What was not read, or not in full: `2 modules, 1 other problem`; empty for nothing. */
export function unreadText({ problems }: ShownExposures): string {
  const modules = problems.filter(({ kind }) => kind === 'module').length;
  const others = problems.length - modules;
  return formatList([
    ...(modules > 0 ? [`${formatCount(modules, 'problem')} with modules`] : []),
    ...(others > 0 ? [formatCount(others, modules > 0 ? 'other problem' : 'problem')] : []),
  ]);
}
