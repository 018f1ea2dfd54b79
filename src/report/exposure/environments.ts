/** What the internet reaches in several environments, side by side. */

import { groupBy } from '../../collections/group-by.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { type ExposureRow, partsText } from './rows.ts';
import type { ShownRoot } from './shown.ts';

/** One service and what of it is open, with the answer of each environment. */
export interface ComparedService {
  readonly root: string;
  readonly address: string;
  /** By environment: `yes: TCP 22 (SSH)`, in order; empty where nothing of it is open there. */
  readonly answers: ReadonlyMap<string, readonly ExposureRow[]>;
  readonly isDifferent: boolean;
  /** All of them. */
  readonly rows: readonly [ExposureRow, ...ExposureRow[]];
}

/** Roots with more than one environment, and what is reached or undecided there. */
export function comparedServices(
  roots: readonly ShownRoot[],
  rows: readonly ExposureRow[],
): { readonly environments: readonly string[]; readonly services: readonly ComparedService[] } {
  const byRoot = groupBy(roots, ({ exposure }) => exposure.root);
  const compared = [...byRoot].filter(([, some]) => some.length > 1).map(([root]) => root);
  const environments = [
    ...new Set(
      roots.flatMap(({ exposure: { root, environment } }) =>
        compared.includes(root) && environment !== undefined ? environment : [],
      ),
    ),
  ];
  const open = rows.filter(({ root, answer }) => answer !== 'no' && compared.includes(root.exposure.root));
  const services = [...groupBy(open, ({ root, service }) => `${root.exposure.root}\n${service.address}`).values()].map(
    (some): ComparedService => {
      const [{ root, service }] = some;
      const own = byRoot.get(root.exposure.root) ?? [];
      const answers = new Map(
        own.flatMap(({ exposure: { environment } }) =>
          environment === undefined
            ? []
            : [[environment, some.filter((row) => row.root.exposure.environment === environment)] as const],
        ),
      );
      const texts = new Set([...answers.values()].map((each) => JSON.stringify(each.map(openText))));
      return { root: root.exposure.root, address: service.address, answers, isDifferent: texts.size > 1, rows: some };
    },
  );
  return {
    environments,
    services: services.sort((a, b) => compareStrings(a.root, b.root) || compareStrings(a.address, b.address)),
  };
}

const openText = ({ answer, hops, parts }: ExposureRow): string => [answer, hops, partsText(parts)].join(' ');
