/** The key `assert`, from the file to its checks. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';

const tiers = readFileSync(join(fixtures, 'exposure/three-tiers/main.tf'), 'utf8');

async function lintWith(assert: readonly object[], text = tiers): Promise<Report> {
  const written = JSON.stringify({ extends: ['tfsg:off'], assert });
  const fileSystem = memoryFileSystem({ '.tfsgrc.json': written, 'main.tf': text });
  const { configFor, problems } = discoverConfigs(fileSystem, checks, noSelection);
  expect(problems).toEqual([]);
  return lint(fileSystem, [''], { configFor, parser: 'native', inputs: noInputs });
}

const told = async (...assert: object[]) =>
  (await lintWith(assert)).findings.map(({ check, message }) => `${check}: ${message}`);

const db = 'aws_security_group.db';
const app = 'aws_security_group.app';
const lb = 'aws_security_group.lb';

describe('a deny', () => {
  test('holds over any chain, and is told with the way', async () => {
    expect(await told({ deny: { from: 'internet', to: db } })).toEqual([
      'forbidden-path: The internet reaches aws_db_instance.main with PostgreSQL (5432/tcp), which an assertion denies (internet to aws_security_group.db). The way: aws_lb.web > aws_instance.app > aws_db_instance.main.',
    ]);
    expect(await told({ deny: { from: lb, to: db } })).toEqual([
      'forbidden-path: aws_lb.web reaches aws_db_instance.main with PostgreSQL (5432/tcp), which an assertion denies (aws_security_group.lb to aws_security_group.db). The way: aws_lb.web > aws_instance.app > aws_db_instance.main.',
    ]);
  });

  test.each([
    [{ from: 'internet', to: db, direct: true }, 0],
    [{ from: 'internet', to: lb, direct: true }, 1],
    [{ from: lb, to: db, direct: true }, 0],
    [{ from: app, to: db, direct: true }, 1],
    [{ from: 'aws_instance.*', to: 'aws_db_instance.*' }, 1],
    [{ from: 'internet', to: db, ports: ['mysql'] }, 0],
    [{ from: 'internet', to: db, ports: ['5000-6000'] }, 1],
    [{ from: ['internet', lb], to: [app, db] }, 2],
    [{ from: db, to: app, direct: true }, 0],
  ])('%j has %d findings', async (deny, count) => {
    expect(await told({ deny })).toHaveLength(count);
  });
});

describe('a permit', () => {
  test.each([
    [{ from: 'internet', to: lb, ports: [443] }, 0],
    [{ from: 'internet', to: lb, ports: [443, 8443] }, 1],
    [{ from: lb, to: app }, 0],
    [{ from: lb, to: db }, 0],
    [{ from: lb, to: db, direct: true }, 1],
    [{ from: db, to: app, direct: true }, 1],
    [{ from: lb, to: app, ports: ['8080/tcp'] }, 0],
    [{ from: lb, to: app, ports: ['8080/udp'] }, 1],
    [{ from: 'aws_lambda_function.*', to: app }, 0],
    [{ from: 'internet', to: db, direct: true }, 1],
  ])('%j has %d findings', async (permit, count) => {
    expect(await told({ permit })).toHaveLength(count);
  });

  test('says what is missing, at the group', async () => {
    const { findings } = await lintWith([{ permit: { from: lb, to: app, ports: [8080, 9000] } }]);
    expect(findings.map(({ message, subject }) => [subject, message])).toEqual([
      [
        app,
        'No way lets ClickHouse (9000/tcp) to aws_instance.app, which an assertion requires (aws_security_group.lb to aws_security_group.app on 8080, 9000).',
      ],
    ]);
  });
});

test('what matches nothing is told', async () => {
  const { problems } = await lintWith([
    { deny: { from: 'internet', to: '*-nothing' } },
    { permit: { from: 'aws_lambda_function.*', to: app } },
    { deny: { from: 'aws_lb.*', to: 'aws_db_instance.*', direct: true } },
  ]);
  expect(problems.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    'warning No group or service matches "*-nothing", so this assertion has no effect.',
    'warning No group or service matches "aws_lambda_function.*", so this assertion has no effect.',
  ]);
});

test('what depends on a value is undecided', async () => {
  const text = readFileSync(join(fixtures, 'exposure/three-tiers-balancer-unknown/main.tf'), 'utf8');
  const { findings, undecided } = await lintWith([{ deny: { from: 'internet', to: db } }], text);
  expect([findings.length, undecided.map(({ because }) => because)]).toEqual([0, [['var.internal']]]);
});
