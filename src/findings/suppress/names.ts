/** Names of checks in comments: ids, aliases, and other tools' ids. */

import type { HonoredTool } from '../../config/config.ts';
import { checksByName } from '../../config/names.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { Check } from '../check.ts';

const openToInternet = [
  'all-traffic-open',
  'admin-port-open',
  'data-port-open',
  'internal-port-open',
  'port-open',
  'icmp-open',
  'broad-public-cidr',
] as const;
const openEgress = ['all-traffic-egress', 'port-egress'] as const;

type Table = Readonly<Record<string, readonly string[]>>;

/**
 * Ids of trivy without `AVD-`, its long ids, and tfsec's from before version 1, in lower case. AWS-0107 was about every port before it
 * was about SSH and RDP alone, and comments of both times say it.
 *
 * Sources: https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/aws/ec2,
 * `LegacyID` in the rules below
 * https://github.com/aquasecurity/tfsec/tree/286c6111726147fd7299abc39ae21ac2b3b65820/internal/app/tfsec/rules/aws/vpc
 */
const aquaNames: Table = {
  'aws-0107': openToInternet,
  'aws-ec2-no-public-ingress-sgr': openToInternet,
  'aws-vpc-no-public-ingress-sgr': openToInternet,
  'aws-vpc-no-public-ingress-sg': openToInternet,
  'no-public-ingress-sgr': openToInternet,
  aws006: openToInternet,
  aws008: openToInternet,
  'aws-0104': openEgress,
  'aws-ec2-no-public-egress-sgr': openEgress,
  'aws-vpc-no-public-egress-sgr': openEgress,
  'aws-vpc-no-public-egress-sg': openEgress,
  'no-public-egress-sgr': openEgress,
  aws007: openEgress,
  aws009: openEgress,
  'aws-0099': ['missing-group-description'],
  'aws-ec2-add-description-to-security-group': ['missing-group-description'],
  'aws-vpc-add-description-to-security-group': ['missing-group-description'],
  'add-description-to-security-group': ['missing-group-description'],
  aws018: ['missing-group-description', 'missing-rule-description'],
  'aws-0124': ['missing-rule-description'],
  'aws-ec2-add-description-to-security-group-rule': ['missing-rule-description'],
  'aws-vpc-add-description-to-security-group-rule': ['missing-rule-description'],
  'add-description-to-security-group-rule': ['missing-rule-description'],
  'aws-0173': ['default-group-has-rules'],
  'aws-ec2-restrict-all-in-default-sg': ['default-group-has-rules'],
  'restrict-all-in-default-sg': ['default-group-has-rules'],
};

/** Source: the metadata.json of the queries below https://github.com/Checkmarx/kics/tree/master/assets/queries/terraform/aws */
const kicsNames: Table = {
  '4728cd65-a20c-49da-8b31-9c08b423e4db': openToInternet,
  '65905cec-d691-4320-b320-2000436cb696': ['admin-port-open'],
  '151187cb-0efc-481c-babd-ad24e3c9bc22': ['admin-port-open'],
  '381c3f2a-ef6f-4eff-99f7-b169cda3422c': ['admin-port-open', 'data-port-open', 'internal-port-open'],
  '590d878b-abdc-428f-895a-e2b68a0e1998': ['port-open'],
  'ffac8a12-322e-42c1-b9b9-81ff85c39ef7': ['port-open'],
  'e35c16a2-d54e-419d-8546-a804d8e024d0': ['broad-public-cidr'],
  '92fe237e-074c-4262-81a4-2077acb928c1': ['broad-private-cidr'],
  '46883ce1-dc3e-4b17-9195-c6a601624c73': ['default-group-has-rules'],
  '9a4ef195-74b9-4c58-b8ed-2b2fe4353a75': ['default-group-has-rules'],
  'cb3f5ed6-0d18-40de-a93d-b3538db31e8c': ['missing-group-description'],
  '68eb4bf3-f9bf-463d-b5cf-e029bb446d2e': ['missing-rule-description'],
  '4849211b-ac39-479e-ae78-5694d506cb24': ['unused-group'],
};

/** Source: https://www.checkov.io/5.Policy%20Index/terraform.html */
const checkovNames: Table = { ckv_aws_260: ['port-open'] };

const tables: Readonly<Record<HonoredTool, Table>> = {
  checkov: checkovNames,
  tfsec: aquaNames,
  trivy: aquaNames,
  kics: kicsNames,
};

export class CheckNames {
  readonly #checks = new Map<string, Set<string>>();
  /** Every id and alias as its check has it. */
  readonly #spellings: readonly string[];
  #misspelt = 0;
  readonly #ofTools = new Map<HonoredTool, ReadonlySet<string>>();

  constructor(checks: readonly Check[]) {
    const byName = checksByName(checks);
    this.#spellings = [...byName.keys()];
    for (const [name, named] of byName)
      this.#add(
        name,
        named.map(({ id }) => id),
      );
    for (const table of [checkovNames, aquaNames, kicsNames]) {
      for (const [name, ids] of Object.entries(table)) this.#add(name, ids);
    }
  }

  /** Ids of the checks with a name, upper and lower case being alike; undefined if there is none. */
  find(name: string): ReadonlySet<string> | undefined {
    return this.#checks.get(keyOf(name));
  }

  /** The name that was probably meant, as its check has it; for the first 1,000 that are asked for. */
  nearest(name: string): string | undefined {
    this.#misspelt += 1;
    return this.#misspelt <= 1000 ? nearestName(name, this.#spellings) : undefined;
  }

  /** Ids of all checks for which a tool has a counterpart: what a comment of that tool without ids can be about. */
  ofTool(tool: HonoredTool): ReadonlySet<string> {
    const known = this.#ofTools.get(tool) ?? new Set(Object.values(tables[tool]).flat());
    this.#ofTools.set(tool, known);
    return known;
  }

  #add(name: string, ids: readonly string[]): void {
    const key = keyOf(name);
    this.#checks.set(key, new Set([...(this.#checks.get(key) ?? []), ...ids]));
  }
}

/** trivy takes its ids with and without the prefix of its vulnerability database. */
const keyOf = (name: string): string => name.toLowerCase().replace(/^avd-/, '');
