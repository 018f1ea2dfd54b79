/** What other tools call faults that several checks tell apart. */

/**
 * tfsec's ids for any port that is open to the internet: the long ones, and those from before version 1.
 *
 * Sources: https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/aws/ec2,
 * `LegacyID` in the rules below
 * https://github.com/aquasecurity/tfsec/tree/286c6111726147fd7299abc39ae21ac2b3b65820/internal/app/tfsec/rules/aws/vpc
 */
export const tfsecOpenIngress = [
  'aws-ec2-no-public-ingress-sgr',
  'aws-vpc-no-public-ingress-sgr',
  'aws-vpc-no-public-ingress-sg',
  'no-public-ingress-sgr',
  'AWS006',
  'AWS008',
] as const;

/** tfsec's ids for egress to the internet, from the same sources. */
export const tfsecOpenEgress = [
  'aws-ec2-no-public-egress-sgr',
  'aws-vpc-no-public-egress-sgr',
  'aws-vpc-no-public-egress-sg',
  'no-public-egress-sgr',
  'AWS007',
  'AWS009',
] as const;

/**
 * trivy's id for any port that is open to the internet, before it was for SSH and RDP alone.
 *
 * Source: https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/aws/ec2
 */
export const trivyOnceOpenIngress = ['AWS-0107'] as const;

/**
 * KICS's id for a port that is open to the internet.
 *
 * Source: the metadata.json of the queries below https://github.com/Checkmarx/kics/tree/master/assets/queries/terraform/aws
 */
export const kicsOpenIngress = '4728cd65-a20c-49da-8b31-9c08b423e4db';
