/** What stands in a check and nowhere else: its id, and what others call it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { allAliases } from '../../src/findings/aliases.ts';
import { CheckNames } from '../../src/findings/names.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const src = join(import.meta.dirname, '../../src');

describe('the id of a check', () => {
  const files = (readdirSync(src, { recursive: true, encoding: 'utf8' }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter(
      (path) => /\.[cm]?[jt]s$/.test(path) && !/\.generated\.[cm]?[jt]s$/.test(path) && path !== 'checks/index.ts',
    )
    .map((path) => ({ path, text: codeOf(readFileSync(join(src, path), 'utf8')) }));

  // `policy` is a key of configurations too.
  test.each(checks.map(({ id }) => id).filter((id) => id !== 'policy'))('%s stands in its own file alone', (id) => {
    const said = new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
    const found = files.filter(({ path, text }) => path !== `checks/${id}.ts` && said.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

/** Without imports and comments. */
function codeOf(text: string): string {
  return text.replace(/^import [^;]*;$|\/\*\*.*?\*\/|^\s*\/\/.*$/gms, '');
}

describe("another tool's id", () => {
  const names = new CheckNames(checks);

  test.each([
    ['AVD-AWS-0107', ['admin-port-open']],
    ['avd-aws-0107', ['admin-port-open']],
    ['aws-0104', ['all-traffic-egress', 'port-egress']],
    ['ckv_aws_260', ['port-open']],
    ['aws006', openToInternet()],
    ['aws-ec2-no-public-ingress-sgr', openToInternet()],
    ['AWS018', ['missing-group-description', 'missing-rule-description']],
    ['4849211b-ac39-479e-ae78-5694d506cb24', ['unused-group']],
    ['CIS 5.0/5.5', ['default-group-has-rules']],
  ])('%s names checks', (name, ids) => {
    expect(names.find(name)?.map(({ id }) => id)).toEqual(ids);
  });

  test('means in comments what it meant once, too', () => {
    expect([...names.findInComment('AVD-AWS-0107')!].sort()).toEqual(openToInternet());
  });

  const everyName = [...new Set(checks.flatMap(({ id, aliases }) => [id, ...allAliases(aliases)]))];

  test.each(everyName.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()]))(
    '%s is taken in a configuration',
    (name) => {
      const decode = (json: unknown) => decodeConfigFile(new SourceFile('.tfsgrc.json', JSON.stringify(json)), checks);
      const said = { [name]: 'critical' };
      const { value, problems } = decode({
        checks: said,
        overrides: [{ files: ['a'], checks: said }],
        suppressions: { locked: [name] },
      });
      const ids = names.find(name)!.map(({ id }) => id);
      expect(problems).toEqual([]);
      expect(value.given.checks.map(({ check }) => check.id)).toEqual(ids);
      expect(value.given.overrides[0]!.checks.map(({ check }) => check.id)).toEqual(ids);
      expect([...value.given.suppressions.locked!]).toEqual(ids);
    },
  );

  test('twice in two spellings is a mistake', () => {
    const file = new SourceFile('.tfsgrc.json', '{ "checks": { "CKV_AWS_24": "low", "ckv_aws_24": "high" } }');
    expect(decodeConfigFile(file, checks).problems.map(({ message }) => message)).toEqual([
      '"CKV_AWS_24" is here twice.',
    ]);
  });
});

/** The checks of ports that are open to the internet. */
function openToInternet(): readonly string[] {
  return [
    'admin-port-open',
    'all-traffic-open',
    'broad-public-cidr',
    'data-port-open',
    'huge-public-cidr',
    'icmp-open',
    'internal-port-open',
    'port-open',
  ];
}
