/** What standards require that checks look for. */

export interface Standard {
  readonly name: string;
  readonly version: string;
  readonly organization: string;
  readonly uri: string;
  /** What each requirement that a check looks for asks for, by its id. */
  readonly requirements: Readonly<Record<string, string>>;
}

const cis = {
  name: 'CIS AWS Foundations Benchmark',
  organization: 'Center for Internet Security',
  uri: 'https://www.cisecurity.org/benchmark/amazon_web_services',
};

/** @param chapter that has the recommendations on networks */
function recommendations(chapter: number): Standard['requirements'] {
  return {
    [`${chapter}.1.2`]: 'CIFS can be reached from trusted networks alone.',
    [`${chapter}.3`]: 'No security group allows ingress from 0.0.0.0/0 to ports of remote administration.',
    [`${chapter}.4`]: 'No security group allows ingress from ::/0 to ports of remote administration.',
    [`${chapter}.5`]: 'The default security group of every VPC restricts all traffic.',
  };
}

const cis5: Standard = { ...cis, version: '5.0.0', requirements: recommendations(5) };
const cis6: Standard = { ...cis, version: '6.0.0', requirements: recommendations(6) };
const cis7: Standard = { ...cis, version: '7.0.0', requirements: recommendations(6) };

const pci: Standard = {
  name: 'PCI DSS',
  version: '4.0.1',
  organization: 'PCI Security Standards Council',
  uri: 'https://www.pcisecuritystandards.org/document_library/',
  requirements: { '1.3.1': 'Inbound traffic to the cardholder data environment is restricted to what is necessary.' },
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

export const standards: readonly Standard[] = [cis5, cis6, cis7, pci, nist];

/** Ids of a standard's requirements. */
export interface Requirements {
  readonly standard: Standard;
  readonly ids: readonly string[];
  /** Some of what the check finds is beyond them: they are about some ports, or one address family. */
  readonly isPartly?: true;
}

const boundary: Requirements = {
  standard: nist,
  ids: ['AC-4', 'AC-4(21)', 'SC-7', 'SC-7(4)', 'SC-7(5)', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)'],
};

const inbound: Requirements = { standard: pci, ids: ['1.3.1'] };

/** A recommendation that has one number in version 5.0, and another one in 6.0 and 7.0. */
const recommended = (five: string, later: string): readonly Requirements[] => [
  { standard: cis5, ids: [five] },
  { standard: cis6, ids: [later] },
  { standard: cis7, ids: [later] },
];

const partly = (all: readonly Requirements[]): readonly Requirements[] =>
  all.map((each) => ({ ...each, isPartly: true }));

/**
 * The requirements that a control of AWS Security Hub relates to.
 *
 * Sources: "Related requirements" at https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html; for versions 6.0 and 7.0 of the
 * CIS benchmark, which that page does not have, the recommendations of the same words in cis_6.0_aws.json and cis_7.0_aws.json at
 * https://github.com/prowler-cloud/prowler/tree/master/prowler/compliance/aws, as for CIFS. Titles of NIST: the catalog of SP 800-53 Revision 5 at https://github.com/usnistgov/oscal-content
 */
const controls = {
  'EC2.2': [...recommended('5.5', '6.5'), boundary],
  'EC2.13': [inbound, boundary, { standard: nist, ids: ['CM-7'] }],
  'EC2.14': [inbound],
  'EC2.18': [boundary],
  'EC2.19': [boundary, { standard: nist, ids: ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-7'] }],
  'EC2.53': [...partly(recommended('5.3', '6.3')), inbound],
  'EC2.54': [...partly(recommended('5.4', '6.4')), inbound],
} as const satisfies Readonly<Record<string, readonly Requirements[]>>;

const administration = ['EC2.13', 'EC2.14', 'EC2.19', 'EC2.53', 'EC2.54'] as const;

/** The controls that fail where a check finds something. All traffic is that to the ports of each control, too. */
const controlsOf: Readonly<Record<string, readonly (keyof typeof controls)[]>> = {
  'admin-port-open': administration,
  'all-traffic-open': [...administration, 'EC2.18'],
  'data-port-open': ['EC2.19'],
  'default-group-has-rules': ['EC2.2'],
  'internal-port-open': ['EC2.19'],
  'port-open': ['EC2.18'],
};

const withoutControl: Readonly<Record<string, readonly Requirements[]>> = {
  'internal-port-open': partly(recommended('5.1.2', '6.1.2')),
};

/** The requirements that a check looks for, by standard, in the order of `standards` and of their requirements. */
export function requirementsOf(check: string): readonly Requirements[] {
  const all: readonly Requirements[] = [
    ...(controlsOf[check] ?? []).flatMap((control): readonly Requirements[] => controls[control]),
    ...(withoutControl[check] ?? []),
  ];
  return standards.flatMap((standard) => {
    const own = all.filter((each) => each.standard === standard);
    const ids = Object.keys(standard.requirements).filter((id) => own.some((each) => each.ids.includes(id)));
    const isPartly = own.some((each) => each.isPartly);
    return ids.length === 0 ? [] : { standard, ids, ...(isPartly && { isPartly }) };
  });
}

/** The controls of AWS Security Hub that fail where a check finds something. */
export const securityHubControlsOf = (check: string): readonly string[] => controlsOf[check] ?? [];
