/** Ports that AWS ignores because the protocol is -1. */

import { defineCheck } from '../findings/check.ts';
import { type Fact, known } from '../model/fact.ts';
import { protocolOf, type Rule } from '../model/rule.ts';
import type { RuleForm } from '../model/rule-form.ts';
import { MAX_PORT } from '../network/ports.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { reasonsOf, ruleHit } from './shared/rule-fault.ts';

export const ignoredPorts = defineCheck({
  id: 'ignored-ports',
  summary: 'Ports are ignored because the protocol is "-1"',
  label: 'ignored',
  help: 'Name the protocol of the port.',
  severity: 'high',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go',
    'https://github.com/hashicorp/terraform-provider-aws/issues/30035',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const protocol = protocolOf(rule);
      if (rule.isOpenEnded || (protocol !== 'all' && rule.protocol.kind === 'known')) continue;
      const place = portThatCounts(rule);
      if (place === undefined) continue;
      // A rule of which nothing but its sources is known says nothing about its ports.
      if (place.kind === 'unknown' && protocol === undefined) continue;
      const reasons = [...(reasonsOf(rule.protocol) ?? []), ...(reasonsOf(place) ?? [])];
      yield ruleHit(rule, { place, message: messageOf(rule), reasons });
    }
  },
});

/** The first end that names a port, or may; undefined where AWS and the provider take the rule for one without ports. */
function portThatCounts(rule: Rule): Fact<number | null> | undefined {
  const { portsOfAllProtocols } = rule.form;
  const ends = [rule.fromPort, rule.toPort];
  const [from, to] = ends.map(known);
  const isEveryPort = (from === 0 || from === 1) && typeof to === 'number' && to >= MAX_PORT;
  // It names what it opens anyway; the other forms are rejected, at once or at the next apply.
  if (isEveryPort && portsOfAllProtocols === 'dropped') return undefined;
  return (
    ends.find((end) => end.kind === 'known' && isPort(end.value, portsOfAllProtocols)) ??
    ends.find(({ kind }) => kind === 'unknown')
  );
}

/** A provider that refuses ports takes 0 alone. */
function isPort(value: number | null, outcome: RuleForm['portsOfAllProtocols']): boolean {
  return value !== null && value !== 0 && (value !== -1 || outcome === 'rejected');
}

function messageOf(rule: Rule): string {
  const [from, to] = [known(rule.fromPort), known(rule.toPort)];
  if (from === undefined || to === undefined || rule.protocol.kind === 'unknown') {
    return 'If the protocol is "-1" and the rule has ports, AWS ignores the ports and every port is open.';
  }
  const isSensitive = [rule.fromPort, rule.toPort].some((fact) => fact.isSensitive === true);
  const ports = isSensitive
    ? SENSITIVE
    : from === null || to === null
      ? `port ${from ?? to}`
      : from === to
        ? `port ${from}`
        : `ports ${from}-${to}`;
  const shown = from === -1 && to === -1 && !isSensitive ? `${rule.form.fromPort} and ${rule.form.toPort} -1` : ports;
  const protocol = `protocol ${rule.protocol.isSensitive === true ? SENSITIVE : `"${rule.protocol.value}"`}`;
  switch (rule.form.portsOfAllProtocols) {
    case 'rejected':
      return `Terraform rejects ${shown} with ${protocol}, which means all traffic: set from_port and to_port to 0, or name a protocol.`;
    case 'dropped':
      return `Terraform silently ignores ${shown}: ${protocol} means all traffic, so every port is open. Name a protocol such as "tcp".`;
    case 'ignored':
      return `AWS ignores ${shown} with ${protocol} and opens every port, and every later apply fails to set them. Name a protocol such as "tcp".`;
  }
}
