/** What other tools and standards call a check's fault. */

/** Ids by who has them, each as it is written there. */
export interface Aliases {
  readonly checkov?: readonly string[];
  /** Prisma Cloud's, which checkov has taken as well. */
  readonly prisma?: readonly string[];
  /** Without `AVD-`, the prefix of its vulnerability database, with which they are names too. */
  readonly trivy?: readonly string[];
  /** The controls of AWS Security Hub. */
  readonly securityHub?: readonly string[];
  /** The recommendations of the CIS AWS Foundations Benchmark, with the version: `CIS 5.0/5.3`. */
  readonly cis?: readonly string[];
  readonly tfsec?: readonly string[];
  readonly kics?: readonly string[];
}

/** Who has ids for faults. */
export type AliasOwner = keyof Aliases;

/** Those whose ids pages and reports show, in this order. tfsec has ended, and the ids of KICS say nothing to a reader. */
const shownOwners: readonly AliasOwner[] = ['checkov', 'prisma', 'trivy', 'securityHub', 'cis'];
const owners: readonly AliasOwner[] = [...shownOwners, 'tfsec', 'kics'];

/** The ids that pages and reports show of a check. */
export function shownAliases(aliases: Aliases): readonly string[] {
  return shownOwners.flatMap((owner) => aliases[owner] ?? []);
}

/** Every id, in each of its spellings. */
export function allAliases(aliases: Aliases): readonly string[] {
  return owners.flatMap((owner) =>
    (aliases[owner] ?? []).flatMap((id) => (owner === 'trivy' ? [id, `${TRIVY_PREFIX}${id}`] : [id])),
  );
}

export const TRIVY_PREFIX = 'AVD-';
