/** All checks, by id; written by scripts/generate.ts. */

import type { Check } from '../findings/check.ts';
import { aclAllTrafficOpen } from './acl-all-traffic-open.ts';
import { aclConflictingEntries } from './acl-conflicting-entries.ts';
import { aclDuplicateNumber } from './acl-duplicate-number.ts';
import { aclIgnoredPorts } from './acl-ignored-ports.ts';
import { aclInvalidEntry } from './acl-invalid-entry.ts';
import { aclInvalidIcmp } from './acl-invalid-icmp.ts';
import { aclIpv6WiderThanIpv4 } from './acl-ipv6-wider-than-ipv4.ts';
import { aclMissingIpv6 } from './acl-missing-ipv6.ts';
import { aclNoReplies } from './acl-no-replies.ts';
import { aclPortOpen } from './acl-port-open.ts';
import { aclPortZero } from './acl-port-zero.ts';
import { aclRedundantEntry } from './acl-redundant-entry.ts';
import { aclUnreachableEntry } from './acl-unreachable-entry.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficEgress } from './all-traffic-egress.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { broadPortRange } from './broad-port-range.ts';
import { broadPrivateCidr } from './broad-private-cidr.ts';
import { broadPublicCidr } from './broad-public-cidr.ts';
import { conflictingName } from './conflicting-name.ts';
import { conflictingRules } from './conflicting-rules.ts';
import { conflictingSources } from './conflicting-sources.ts';
import { dataPortOpen } from './data-port-open.ts';
import { defaultGroupAssociation } from './default-group-association.ts';
import { defaultGroupHasRules } from './default-group-has-rules.ts';
import { defaultGroupUsed } from './default-group-used.ts';
import { dependencyCycle } from './dependency-cycle.ts';
import { deprecatedRuleResource } from './deprecated-rule-resource.ts';
import { duplicateGroupName } from './duplicate-group-name.ts';
import { duplicateRule } from './duplicate-rule.ts';
import { echoReplyOnly } from './echo-reply-only.ts';
import { emrRulesNotRevoked } from './emr-rules-not-revoked.ts';
import { failedCondition } from './failed-condition.ts';
import { forbiddenPath } from './forbidden-path.ts';
import { groupIdAsName } from './group-id-as-name.ts';
import { groupOfOtherVpc } from './group-of-other-vpc.ts';
import { groupQuota } from './group-quota.ts';
import { hugePublicCidr } from './huge-public-cidr.ts';
import { icmpOpen } from './icmp-open.ts';
import { icmpVersionMismatch } from './icmp-version-mismatch.ts';
import { ignoredPorts } from './ignored-ports.ts';
import { incompleteRuleObject } from './incomplete-rule-object.ts';
import { inlineRules } from './inline-rules.ts';
import { interfaceGroupConflict } from './interface-group-conflict.ts';
import { internalPortOpen } from './internal-port-open.ts';
import { invalidCidr } from './invalid-cidr.ts';
import { invalidDescription } from './invalid-description.ts';
import { invalidExpression } from './invalid-expression.ts';
import { invalidForEach } from './invalid-for-each.ts';
import { invalidIcmp } from './invalid-icmp.ts';
import { invalidPortRange } from './invalid-port-range.ts';
import { invalidProtocol } from './invalid-protocol.ts';
import { invalidValue } from './invalid-value.ts';
import { ipv6WiderThanIpv4 } from './ipv6-wider-than-ipv4.ts';
import { legacySyntax } from './legacy-syntax.ts';
import { mergeableRules } from './mergeable-rules.ts';
import { missingArgument } from './missing-argument.ts';
import { missingEgress } from './missing-egress.ts';
import { missingGroupDescription } from './missing-group-description.ts';
import { missingPath } from './missing-path.ts';
import { missingRuleDescription } from './missing-rule-description.ts';
import { missingSource } from './missing-source.ts';
import { notAGroupId } from './not-a-group-id.ts';
import { policy } from './policy.ts';
import { portEgress } from './port-egress.ts';
import { portOpen } from './port-open.ts';
import { portZero } from './port-zero.ts';
import { portlessProtocol } from './portless-protocol.ts';
import { regionMismatch } from './region-mismatch.ts';
import { removedSyntax } from './removed-syntax.ts';
import { replacementConflict } from './replacement-conflict.ts';
import { reservedName } from './reserved-name.ts';
import { reservedTag } from './reserved-tag.ts';
import { ruleQuota } from './rule-quota.ts';
import { selfReference } from './self-reference.ts';
import { shadowedRule } from './shadowed-rule.ts';
import { sharedGroup } from './shared-group.ts';
import { unassignedIcmp } from './unassigned-icmp.ts';
import { undeclaredName } from './undeclared-name.ts';
import { undeletableGroup } from './undeletable-group.ts';
import { unknownAttribute } from './unknown-attribute.ts';
import { unlistedRule } from './unlisted-rule.ts';
import { unusedGroup } from './unused-group.ts';
import { wrongType } from './wrong-type.ts';

export const checks: readonly Check[] = [
  aclAllTrafficOpen,
  aclConflictingEntries,
  aclDuplicateNumber,
  aclIgnoredPorts,
  aclInvalidEntry,
  aclInvalidIcmp,
  aclIpv6WiderThanIpv4,
  aclMissingIpv6,
  aclNoReplies,
  aclPortOpen,
  aclPortZero,
  aclRedundantEntry,
  aclUnreachableEntry,
  adminPortOpen,
  allTrafficEgress,
  allTrafficOpen,
  broadPortRange,
  broadPrivateCidr,
  broadPublicCidr,
  conflictingName,
  conflictingRules,
  conflictingSources,
  dataPortOpen,
  defaultGroupAssociation,
  defaultGroupHasRules,
  defaultGroupUsed,
  dependencyCycle,
  deprecatedRuleResource,
  duplicateGroupName,
  duplicateRule,
  echoReplyOnly,
  emrRulesNotRevoked,
  failedCondition,
  forbiddenPath,
  groupIdAsName,
  groupOfOtherVpc,
  groupQuota,
  hugePublicCidr,
  icmpOpen,
  icmpVersionMismatch,
  ignoredPorts,
  incompleteRuleObject,
  inlineRules,
  interfaceGroupConflict,
  internalPortOpen,
  invalidCidr,
  invalidDescription,
  invalidExpression,
  invalidForEach,
  invalidIcmp,
  invalidPortRange,
  invalidProtocol,
  invalidValue,
  ipv6WiderThanIpv4,
  legacySyntax,
  mergeableRules,
  missingArgument,
  missingEgress,
  missingGroupDescription,
  missingPath,
  missingRuleDescription,
  missingSource,
  notAGroupId,
  policy,
  portEgress,
  portOpen,
  portZero,
  portlessProtocol,
  regionMismatch,
  removedSyntax,
  replacementConflict,
  reservedName,
  reservedTag,
  ruleQuota,
  selfReference,
  shadowedRule,
  sharedGroup,
  unassignedIcmp,
  undeclaredName,
  undeletableGroup,
  unknownAttribute,
  unlistedRule,
  unusedGroup,
  wrongType,
];
