/** Every configuration of fixtures/terraform has the rules that Terraform itself plans for it (expected.json). */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { configOf } from '../../src/config/config.ts';
import { diskFileSystem } from '../../src/files.ts';
import { inspect } from '../../src/lint.ts';
import { inspectRules } from '../../src/report/inspected.ts';
import type { Inputs } from '../../src/terraform/instances/inputs.ts';
import { differences } from './planned-rules.ts';

const root = join(import.meta.dirname, '../../fixtures/terraform');
const cases = readdirSync(root).filter((name) => existsSync(join(root, name, 'expected.json')));

function inputsOf(name: string): Inputs {
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

describe('the rules of a configuration are those that Terraform plans', () => {
  test.each(cases)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8'));
    const configFor = () => configOf(new Map());
    const { models } = await inspect(diskFileSystem(join(root, name)), [''], {
      configFor,
      parser: 'native',
      inputs: inputsOf(name),
    });
    // What Terraform rejects has no rules to compare: it is enough that there is an answer.
    if (!Array.isArray(expected)) return;
    expect(differences(expected, models.flatMap(inspectRules))).toEqual({ missing: [], tooMany: [] });
  });
});
