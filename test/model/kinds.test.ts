/** A second kind of model, here one of network ACLs, beside that of security groups. */

import { expect, test } from '@jest/globals';
import { QueryCache } from '../../src/collections/query-cache.ts';
import { type Check, defineCheck } from '../../src/findings/check.ts';
import { runChecks } from '../../src/findings/run.ts';
import type { FileChecks, Setting } from '../../src/findings/setting.ts';
import type { KindModel } from '../../src/model/kind-model.ts';
import { normalize } from '../../src/model/normalize.ts';
import type { Addressed, TrafficRule } from '../../src/model/rule.ts';
import { type ModelKind, type SecurityModel, totalOf } from '../../src/model/security-model.ts';
import { parseCidr } from '../../src/network/cidr.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { plannedResources } from './resources.ts';

const file = new SourceFile('acls.tf', 'one two');
const source = { root: '', environment: undefined, files: [file], trees: [] };
const ACL: ModelKind = 'network-acl';

interface Acl {
  readonly name: string;
  readonly rule: TrafficRule;
}

function aclOf(name: string, port: number): Acl {
  const start = file.text.indexOf(name);
  const span = { file, start, end: start + name.length };
  const known = <T>(value: T) => ({ kind: 'known', value, span }) as const;
  const rule: TrafficRule = {
    noun: 'entry',
    address: `aws_network_acl_rule.${name}`,
    resourceAddress: `aws_network_acl_rule.${name}`,
    calls: [],
    direction: 'ingress',
    owner: { kind: 'id', id: `acl-${name}`, isSensitive: false },
    protocol: known('tcp'),
    fromPort: known(port),
    toPort: known(port),
    peers: [
      {
        kind: 'cidr',
        argument: 'cidr_block',
        family: 4,
        text: known('0.0.0.0/0'),
        cidr: parseCidr('0.0.0.0/0'),
        reference: undefined,
      },
    ],
    span,
    existsIf: undefined,
  };
  return { name: `acl-${name}`, rule };
}

function aclModel(acls: readonly Acl[]): KindModel<Acl> {
  const unitOf = ({ address }: Addressed): Acl | undefined => acls.find(({ rule }) => rule.address === address);
  return {
    ...source,
    counts: { rules: acls.length },
    units: acls.map((acl) => [acl] as const),
    restrictedTo: aclModel,
    evaluateAll: () => {},
    around: (isMeant) => ({ parts: acls.filter(({ rule }) => isMeant(rule.resourceAddress)), addresses: undefined }),
    surroundingsOf: () => '',
    namesOf: (subject) => [unitOf(subject)?.name ?? []].flat(),
    names: acls.map(({ name }) => [name]),
    unnamed: 0,
  };
}

/** Both kinds: the security group of `normalize`, and some ACLs. */
function modelOf(acls: readonly Acl[]): SecurityModel {
  const group = { address: 'aws_security_group.web', values: { name: 'web', description: 'Web servers' } };
  const groups = normalize(plannedResources([group]), source).value;
  const model = aclModel(acls);
  const of = ((kind: ModelKind) => (kind === ACL ? model : groups.of(kind))) as SecurityModel['of'];
  return { ...source, kinds: groups.kinds, of };
}

/** @param asked gets the names of the ACLs that the check looks at */
const checkOf = (asked: string[] = []): Check =>
  defineCheck({
    id: 'acl-fault',
    summary: 'Every rule',
    label: 'said',
    help: 'Say nothing.',
    severity: 'low',
    preset: 'recommended',
    topic: 'exposure',
    aliases: {},
    sources: [],
    about: ACL,
    options: {},
    *run(model) {
      for (const { name, rule } of model.units.flat() as readonly object[] as readonly Acl[]) {
        asked.push(name);
        yield { answer: 'yes', subject: rule, rule, place: rule, message: `Said of ${name}.`, existsIf: ['var.a'] };
      }
    },
  });

const on: ReadonlyMap<string, Setting> = new Map([['acl-fault', { severity: 'low', options: {} }]]);

test('checks of a kind look at its model, and their findings have identities as others do', () => {
  const { parts, problems } = runChecks([checkOf()], [modelOf([aclOf('one', 22)])], () => ({ checks: on }));
  expect(problems).toEqual([]);
  expect(parts).toHaveLength(1);
  expect(parts[0]).toMatchObject({
    message: 'If this entry exists (var.a decides): Said of acl-one.',
    identity: { direction: 'ingress', traffic: '22/tcp', peers: '0.0.0.0/0' },
  });
});

test('the names of what it holds choose settings', () => {
  const high: ReadonlyMap<string, Setting> = new Map([['acl-fault', { severity: 'high', options: {} }]]);
  const settings: FileChecks = { checks: on, forGroup: (names) => (names.includes('acl-two') ? high : on) };
  const { parts } = runChecks([checkOf()], [modelOf([aclOf('one', 22), aclOf('two', 80)])], () => settings);
  expect(parts.map(({ severity }) => severity)).toEqual(['low', 'high']);
});

test('a summary counts all kinds', () => {
  expect(totalOf([modelOf([aclOf('one', 22), aclOf('two', 80)])])).toEqual({ groups: 1, rules: 2 });
});

test('with a cache checks look at what changed alone', () => {
  const [one, two] = [aclOf('one', 22), aclOf('two', 80)];
  const caches = [new QueryCache()];
  const asked: string[] = [];
  const run = (acls: readonly Acl[]) =>
    runChecks([checkOf(asked)], [modelOf(acls)], () => ({ checks: on }), caches).parts.map(({ instance }) => instance);
  run([one, two]);
  expect(asked).toEqual(['acl-one', 'acl-two']);
  expect(run([one, aclOf('two', 443)])).toEqual(['aws_network_acl_rule.one', 'aws_network_acl_rule.two']);
  expect(asked).toEqual(['acl-one', 'acl-two', 'acl-two']);
});
