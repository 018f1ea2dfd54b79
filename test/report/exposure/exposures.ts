/** Exposures of fixtures and of configurations in memory, as formats get them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configOf } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/environment.ts';
import { diskFileSystem, memoryFileSystem } from '../../../src/files.ts';
import { exposure } from '../../../src/lint.ts';
import { linksByTemplate } from '../../../src/report/exposure/place-url.ts';
import type { ExposureLook, ShownExposures } from '../../../src/report/exposure/shown.ts';
import { noInputs } from '../../../src/terraform/instances/inputs.ts';
import { fixtures } from '../../golden.ts';

/** Without colour, and with links. */
export const look: ExposureLook = {
  shownPath: (path) => path,
  color: false,
  urlOf: linksByTemplate('https://git.example.com/{path}#L{line}-L{endLine}'),
};

/** @param name a folder of fixtures/exposure-pages */
export function fixtureExposures(name: string, environments: readonly Environment[] = []): Promise<ShownExposures> {
  return exposuresIn(diskFileSystem(join(fixtures, 'exposure-pages', name)), environments);
}

/** @param files by path */
export function memoryExposures(
  files: Readonly<Record<string, string>>,
  environments: readonly Environment[] = [],
): Promise<ShownExposures> {
  return exposuresIn(memoryFileSystem(files), environments);
}

function exposuresIn(
  files: Parameters<typeof exposure>[0],
  environments: readonly Environment[],
): Promise<ShownExposures> {
  const config = { ...configOf(new Map()), environments };
  return exposure(files, [''], { configFor: () => config, parser: 'native', inputs: noInputs });
}

/** A configuration with a public subnet, for groups and services in it. */
export function publicNetwork(): string {
  return readFileSync(join(fixtures, 'exposure-pages/environments/main.tf'), 'utf8').split(
    'resource "aws_security_group"',
  )[0]!;
}
