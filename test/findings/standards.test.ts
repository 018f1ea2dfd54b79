/** Requirements of standards: the same as the names that checks have, and each there. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { requirementsOf, securityHubControlsOf, standards } from '../../src/findings/standards.ts';

describe.each(checks)('$id', ({ id, aliases }) => {
  const requirements = requirementsOf(id);

  test('fails the controls of AWS Security Hub that it is named for', () => {
    expect(securityHubControlsOf(id)).toEqual(expect.arrayContaining([...(aliases.securityHub ?? [])]));
  });

  test('is named for recommendations of CIS that it relates to', () => {
    const related = requirements
      .filter(({ standard }) => standard.name.startsWith('CIS'))
      .flatMap(({ standard, ids }) => ids.map((each) => `CIS ${standard.version.replace(/\.0$/, '')}/${each}`));
    expect(related).toEqual(expect.arrayContaining([...(aliases.cis ?? [])]));
    if (aliases.cis !== undefined) expect(aliases.cis).toEqual(related);
  });
});

test('each requirement is one that a check looks for', () => {
  for (const standard of standards) {
    const looked = checks.flatMap(({ id }) =>
      requirementsOf(id).flatMap((each) => (each.standard === standard ? each.ids : [])),
    );
    expect(Object.keys(standard.requirements).filter((id) => !looked.includes(id))).toEqual([]);
  }
});

test('of SSH that is open to the internet', () => {
  expect(requirementsOf('admin-port-open').map(({ standard, ids }) => [standard.version, ids.slice(0, 2)])).toEqual([
    ['5.0.0', ['5.3', '5.4']],
    ['6.0.0', ['6.3', '6.4']],
    ['7.0.0', ['6.3', '6.4']],
    ['4.0.1', ['1.3.1']],
    ['Revision 5', ['AC-4', 'AC-4(21)']],
  ]);
});
