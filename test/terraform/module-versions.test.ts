/** Which versions of a module a call allows, as Terraform takes constraints. */

import { expect, test } from '@jest/globals';
import { compareVersions, isAllowedVersion } from '../../src/terraform/modules/sources/version-constraint.ts';

test.each([
  ['5.1.0', '5.1.0', true],
  ['5.1.0', '= 5.1', true],
  ['5.1.0', 'v5.1.0', true],
  ['5.1.1', '5.1.0', false],
  ['5.9.0', '~> 5.1', true],
  ['6.0.0', '~> 5.1', false],
  ['5.0.9', '~> 5.1', false],
  ['5.1.9', '~> 5.1.2', true],
  ['5.2.0', '~> 5.1.2', false],
  ['6.0.0', '~> 5', true],
  ['5.5.0', '>= 5.0, < 6.0', true],
  ['6.0.0', '>= 5.0, < 6.0', false],
  ['5.5.0', '>= 5.0, != 5.5.0', false],
  ['5.5.0', '>5.0,<=5.5', true],
  ['10.0.0', '> 9.0', true],
  ['6.0.0-beta1', '>= 5.0', false],
  ['6.0.0-beta1', '6.0.0-beta1', true],
  ['6.0.0-beta1', '~> 6.0.0-beta1', false],
  ['5.1.0', 'latest', false],
  ['5.1.0', '>= 5.0\n', true],
  ['5.1.0', '\n', false],
  ['5.1.0', '=> 5.0', false],
  ['main', '>= 0', false],
])('%s with %s: %s', (version, constraint, isAllowed) => {
  expect(isAllowedVersion(version, constraint)).toBe(isAllowed);
});

test('versions have the order of their numbers, and releases come last', () => {
  const ordered = ['main', '1.0.0-alpha', '1.0.0-alpha.2', '1.0.0-alpha.10', '1.0.0-rc', '1.0.0', '1.2', '1.10.0'];
  expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
});
