/** What standards require that checks look for. */

import type { Check } from './check.ts';

export interface Standard {
  readonly name: string;
  readonly version: string;
  readonly organization: string;
  readonly uri: string;
  /** What each requirement that a check looks for asks for, by its id. */
  readonly requirements: Readonly<Record<string, string>>;
}

/** @param chapter that has the recommendations on networks */
function cis(version: string, chapter: number): Standard {
  return {
    name: 'CIS AWS Foundations Benchmark',
    version,
    organization: 'Center for Internet Security',
    uri: 'https://www.cisecurity.org/benchmark/amazon_web_services',
    requirements: {
      [`${chapter}.1.2`]: 'CIFS can be reached from trusted networks alone.',
      [`${chapter}.2`]: 'No network ACL allows ingress from 0.0.0.0/0 to ports of remote administration.',
      [`${chapter}.3`]: 'No security group allows ingress from 0.0.0.0/0 to ports of remote administration.',
      [`${chapter}.4`]: 'No security group allows ingress from ::/0 to ports of remote administration.',
      [`${chapter}.5`]: 'The default security group of every VPC restricts all traffic.',
    },
  };
}

/**
 * By the version that ids of checks have.
 *
 * Sources: for 5.0 "Related requirements" at https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html; for CIFS, 6.0 and 7.0, which that
 * page does not have, cis_5.0_aws.json, cis_6.0_aws.json and cis_7.0_aws.json at https://github.com/prowler-cloud/prowler/tree/master/prowler/compliance/aws
 */
const benchmarks: ReadonlyMap<string, Standard> = new Map([
  ['5.0', cis('5.0.0', 5)],
  ['6.0', cis('6.0.0', 6)],
  ['7.0', cis('7.0.0', 6)],
]);

const pci: Standard = {
  name: 'PCI DSS',
  version: '4.0.1',
  organization: 'PCI Security Standards Council',
  uri: 'https://www.pcisecuritystandards.org/document_library/',
  requirements: {
    '1.2.5': 'All services, protocols and ports that are allowed are identified, approved and needed.',
    '1.3.1': 'Inbound traffic to the cardholder data environment is restricted to what is necessary.',
    '1.4.2': 'Inbound traffic from untrusted to trusted networks is restricted to what is necessary.',
  },
};

const nist: Standard = {
  name: 'NIST SP 800-53',
  version: 'Revision 5',
  organization: 'National Institute of Standards and Technology',
  uri: 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  requirements: {
    'AC-4': 'Information Flow Enforcement',
    'AC-4(21)': 'Information Flow Enforcement: Physical or Logical Separation of Information Flows',
    'CA-9(1)': 'Internal System Connections: Compliance Checks',
    'CM-2': 'Baseline Configuration',
    'CM-2(2)': 'Baseline Configuration: Automation Support for Accuracy and Currency',
    'CM-7': 'Least Functionality',
    'SC-7': 'Boundary Protection',
    'SC-7(4)': 'Boundary Protection: External Telecommunications Services',
    'SC-7(5)': 'Boundary Protection: Deny by Default, Allow by Exception',
    'SC-7(11)': 'Boundary Protection: Restrict Incoming Communications Traffic',
    'SC-7(16)': 'Boundary Protection: Prevent Discovery of System Components',
    'SC-7(21)': 'Boundary Protection: Isolation of System Components',
  },
};

export const standards: readonly Standard[] = [...benchmarks.values(), pci, nist];

/** Ids of a standard's requirements. */
export interface Requirements {
  readonly standard: Standard;
  readonly ids: readonly string[];
}

const boundary: Requirements = {
  standard: nist,
  ids: ['AC-4', 'AC-4(21)', 'SC-7', 'SC-7(4)', 'SC-7(5)', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)'],
};

const inbound: Requirements = { standard: pci, ids: ['1.3.1'] };

/**
 * Those of inbound traffic and ports that the rules restricted-ssh and vpc-sg-open-only-to-authorized-ports of AWS Config relate to, which look for the
 * same as EC2.13 and EC2.18.
 *
 * Sources: https://docs.aws.amazon.com/config/latest/developerguide/managed-cpack-pci-dss-v4.html, and pci_4.0_aws.json at
 * https://github.com/prowler-cloud/prowler/tree/master/prowler/compliance/aws; the numbers of 4.0 are those of 4.0.1
 */
const untrusted: Requirements = { standard: pci, ids: ['1.3.1', '1.4.2'] };
const authorized: Requirements = { standard: pci, ids: ['1.2.5', '1.3.1', '1.4.2'] };

/**
 * The requirements that a control of AWS Security Hub relates to, beside those of CIS.
 *
 * Sources: "Related requirements" at https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html; for titles of NIST the catalog of SP 800-53
 * Revision 5 at https://github.com/usnistgov/oscal-content
 */
const controls: ReadonlyMap<string, readonly Requirements[]> = new Map([
  ['EC2.2', [boundary]],
  ['EC2.13', [untrusted, boundary, { standard: nist, ids: ['CM-7'] }]],
  ['EC2.14', [inbound]],
  ['EC2.18', [authorized, boundary]],
  ['EC2.19', [boundary, { standard: nist, ids: ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-7'] }]],
  ['EC2.53', [inbound]],
  ['EC2.54', [inbound]],
]);

/** The requirements that a check looks for, by standard, in the order of `standards` and of their requirements. */
export function requirementsOf({
  aliases,
  alsoFails = {},
}: Pick<Check, 'aliases' | 'alsoFails'>): readonly Requirements[] {
  const all = [aliases, alsoFails].flatMap(({ securityHub = [], cis = [] }) => [
    ...securityHub.flatMap((control) => controls.get(control) ?? []),
    ...cis.flatMap((id) => benchmarkOf(id) ?? []),
  ]);
  return standards.flatMap((standard) => {
    const own = all.filter((each) => each.standard === standard);
    const ids = Object.keys(standard.requirements).filter((id) => own.some((each) => each.ids.includes(id)));
    return ids.length === 0 ? [] : { standard, ids };
  });
}

/** What `CIS 5.0/5.3` names. */
function benchmarkOf(id: string): Requirements | undefined {
  const [, version = '', number = ''] = /^CIS ([^/]+)\/(.+)$/.exec(id) ?? [];
  const standard = benchmarks.get(version);
  return standard && { standard, ids: [number] };
}
