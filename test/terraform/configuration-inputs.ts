/** What a configuration of fixtures/terraform is planned with. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';

const root = join(fixtures, 'terraform');

/** Of its args.json; the workspace `default` where it names none. */
export function configurationInputs(name: string): Inputs {
  const path = join(root, name, 'args.json');
  const given: string[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
  const variables: Inputs['variables'][number][] = [];
  let workspace = 'default';
  for (let i = 0; i < given.length; i += 2) {
    const value = given[i + 1]!;
    if (given[i] === '--workspace') workspace = value;
    else if (given[i] === '--var-file') {
      variables.push({ kind: 'var-file', path: value, bytes: readFileSync(join(root, name, value)) });
    } else variables.push({ kind: 'var', name: value.split('=')[0]!, text: value.slice(value.indexOf('=') + 1) });
  }
  return { variables, environment: {}, workspace };
}
