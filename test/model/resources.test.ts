/** A model of resources that are in no file of configuration, as a plan gives them. */

import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { defaultsOf } from '../../src/config/resolve.ts';
import { runChecks } from '../../src/findings/run.ts';
import type { Setting } from '../../src/findings/setting.ts';
import { normalize } from '../../src/model/normalize.ts';
import { type PlannedResource, plannedResources, UNKNOWN } from './resources.ts';

const group = (name: string, more: PlannedResource['values'] = {}): PlannedResource => ({
  address: `aws_security_group.${name}`,
  values: { name, description: `The group ${name}`, vpc_id: 'vpc-1', ...more },
});

const inline = {
  from_port: 22,
  to_port: 22,
  protocol: 'tcp',
  description: 'SSH',
  cidr_blocks: ['0.0.0.0/0'],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
};

const standalone = (name: string, values: PlannedResource['values']): PlannedResource => ({
  address: `aws_vpc_security_group_ingress_rule.${name}`,
  values: { security_group_id: 'sg-1', description: 'For the tests', ip_protocol: 'tcp', ...values },
});

/** What the checks that some preset has, and unused-group, say with their defaults. */
function found(planned: readonly PlannedResource[]) {
  const resources = plannedResources(planned);
  const source = { root: '', environment: undefined, files: [resources.file], trees: [] };
  const { value: model, problems } = normalize(resources, source);
  const all: ReadonlyMap<string, Setting> = new Map(
    checks
      .filter(({ id, preset: set }) => set !== 'off' || id === 'unused-group')
      .map((check) => [check.id, { severity: check.severity, options: defaultsOf(check) }]),
  );
  const result = runChecks(checks, [model], () => ({ checks: all }));
  expect([...problems, ...result.problems]).toEqual([]);
  return result.parts.map(({ answer, check, instance }) => `${answer} ${check} ${instance}`).sort();
}

test('what opens a port in a group is found', () => {
  expect(found([group('web', { ingress: [inline] })])).toEqual(['yes admin-port-open aws_security_group.web']);
});

test('what opens a port in a rule of its own is found', () => {
  const rule = standalone('ssh', { cidr_ipv4: '0.0.0.0/0', from_port: 22, to_port: 22 });
  expect(found([rule])).toEqual(['yes admin-port-open aws_vpc_security_group_ingress_rule.ssh']);
});

test('what only apply knows is undecided', () => {
  const rule = standalone('ssh', { cidr_ipv4: UNKNOWN, from_port: 22, to_port: 22 });
  expect(found([rule])).toEqual([
    'unknown admin-port-open aws_vpc_security_group_ingress_rule.ssh',
    'unknown broad-private-cidr aws_vpc_security_group_ingress_rule.ssh',
  ]);
});

test('faults of a form are those of its resource type', () => {
  const both = standalone('both', {
    cidr_ipv4: '10.0.0.0/24',
    cidr_ipv6: '2001:db8::/64',
    from_port: 443,
    to_port: 443,
  });
  const none = standalone('none', { from_port: 443 });
  expect(found([both, none])).toEqual([
    'yes conflicting-sources aws_vpc_security_group_ingress_rule.both',
    'yes invalid-port-range aws_vpc_security_group_ingress_rule.none',
    'yes missing-source aws_vpc_security_group_ingress_rule.none',
  ]);
});
