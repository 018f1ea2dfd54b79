/** Groups that EMR adds rules to, which stay when Terraform deletes the groups. */

import type { UnknownReason } from '../fact.ts';
import type { Place } from '../place.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

/**
 * The arguments of the groups that EMR manages.
 *
 * Source: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html
 */
const managed: ReadonlySet<string> = new Set([
  'emr_managed_master_security_group',
  'emr_managed_slave_security_group',
  'service_access_security_group',
]);

export interface EmrGroup {
  readonly group: SecurityGroup;
  /** Where a cluster names it first. */
  readonly place: Place;
  readonly cluster: string;
  /** What decides whether the rules are revoked; undefined where they are not. */
  readonly reasons: readonly UnknownReason[] | undefined;
}

/** Each group once. */
export function* emrGroups({ attachments }: SecurityGroupModel): Iterable<EmrGroup> {
  const seen = new Set<SecurityGroup>();
  for (const { type, resourceAddress, groups } of attachments) {
    if (type !== 'aws_emr_cluster') continue;
    for (const { named, group } of groups) {
      if (group === undefined || group.form.isDefault || seen.has(group) || !managed.has(named.argument)) continue;
      seen.add(group);
      const revokes = revokesRules(group);
      if (revokes !== true) yield { group, place: named.id, cluster: resourceAddress, reasons: revokes };
    }
  }
}

/** Whether `revoke_rules_on_delete` is on, or what decides that; undefined where it is off. */
function revokesRules({ instance: { body, beside } }: SecurityGroup): true | readonly UnknownReason[] | undefined {
  const argument = body.content?.attributes.get('revoke_rules_on_delete')?.value;
  if (argument === undefined) return undefined;
  const value = beside?.(argument).value;
  if (value?.kind === 'unknown') return value.reasons;
  return (value?.kind === 'bool' && value.value) || (value?.kind === 'string' && value.value === 'true')
    ? true
    : undefined;
}
