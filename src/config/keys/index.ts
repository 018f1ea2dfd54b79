/** All keys of a config, in their order; written by scripts/generate.ts. */

import { key as assertKey } from './assert.ts';
import { key as baselineKey } from './baseline.ts';
import { key as checksKey } from './checks.ts';
import { key as environmentsKey } from './environments.ts';
import { key as excludeKey } from './exclude.ts';
import { key as extendsKey } from './extends.ts';
import { key as failOnKey } from './fail-on.ts';
import { key as failOnUnresolvedKey } from './fail-on-unresolved.ts';
import { key as includeKey } from './include.ts';
import { key as lockedKey } from './locked.ts';
import { key as modulesKey } from './modules.ts';
import { key as noNewAccessKey } from './no-new-access.ts';
import { key as overridesKey } from './overrides.ts';
import { key as policyKey } from './policy.ts';
import { key as rolesKey } from './roles.ts';
import { key as rulesKey } from './rules.ts';
import { key as schemaKey } from './schema.ts';
import { key as severityByReachKey } from './severity-by-reach.ts';
import { key as standInsKey } from './stand-ins.ts';
import { key as suppressionsKey } from './suppressions.ts';
import { key as trustedKey } from './trusted.ts';

export const keys = {
  $schema: schemaKey,
  extends: extendsKey,
  include: includeKey,
  exclude: excludeKey,
  failOn: failOnKey,
  failOnUnresolved: failOnUnresolvedKey,
  noNewAccess: noNewAccessKey,
  severityByReach: severityByReachKey,
  checks: checksKey,
  rules: rulesKey,
  overrides: overridesKey,
  trusted: trustedKey,
  environments: environmentsKey,
  modules: modulesKey,
  standIns: standInsKey,
  suppressions: suppressionsKey,
  baseline: baselineKey,
  roles: rolesKey,
  policy: policyKey,
  assert: assertKey,
  locked: lockedKey,
} as const;
