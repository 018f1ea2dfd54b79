/** Requirements of standards: each is one that a check looks for, and every id of CIS is one. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { requirementsOf, standards } from '../../src/findings/standards.ts';

const named = (id: string) => requirementsOf(checks.find((check) => check.id === id)!);

describe.each(checks)('$id', (check) => {
  test('relates to every recommendation of CIS that it is named for', () => {
    const { aliases, alsoFails } = check;
    const related = requirementsOf(check)
      .filter(({ standard }) => standard.name.startsWith('CIS'))
      .flatMap(({ standard, ids }) => ids.map((each) => `CIS ${standard.version.replace(/\.0$/, '')}/${each}`));
    expect(related).toEqual([...(aliases.cis ?? []), ...(alsoFails?.cis ?? [])]);
  });
});

test.each(standards)('each requirement of $name $version is one that a check looks for', (standard) => {
  const looked = new Set(
    checks.flatMap((check) => requirementsOf(check).flatMap((each) => (each.standard === standard ? each.ids : []))),
  );
  expect(Object.keys(standard.requirements).filter((id) => !looked.has(id))).toEqual([]);
});

test('of SSH that is open to the internet', () => {
  expect(named('admin-port-open').map(({ standard, ids }) => [standard.version, ids.slice(0, 2)])).toEqual([
    ['5.0.0', ['5.3', '5.4']],
    ['6.0.0', ['6.3', '6.4']],
    ['7.0.0', ['6.3', '6.4']],
    ['4.0.1', ['1.3.1', '1.4.2']],
    ['Revision 5', ['AC-4', 'AC-4(21)']],
  ]);
});

test('of all traffic they are those of each port, too', () => {
  const idsOf = (check: string) => named(check).flatMap(({ standard, ids }) => ids.map((id) => [standard.version, id]));
  for (const narrower of ['admin-port-open', 'data-port-open', 'internal-port-open', 'port-open'])
    expect(idsOf('all-traffic-open')).toEqual(expect.arrayContaining(idsOf(narrower)));
});
