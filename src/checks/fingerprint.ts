/** Identities of findings as short texts, which reports have for servers that follow findings from run to run. */

import { createHash } from 'node:crypto';
import { type FindingIdentity, identityKey } from './identity.ts';

/** 32 hexadecimal digits. */
export function fingerprintOf(identity: FindingIdentity): string {
  return hash(identityKey(identity));
}

/** The fingerprint of a finding with several parts: that of them all, or one that is the same for the same ones in any order. */
export function joinFingerprints(fingerprints: readonly string[]): string {
  const different = [...new Set(fingerprints)].sort();
  return different.length === 1 ? different[0]! : hash(different.join(' '));
}

/** What is the same fault at several places is a finding for each: from the second on, the fingerprint has the number in it. */
export function withDistinctFingerprints<T extends { readonly fingerprint: string }>(findings: readonly T[]): T[] {
  const counts = new Map<string, number>();
  return findings.map((one) => {
    const count = counts.get(one.fingerprint) ?? 0;
    counts.set(one.fingerprint, count + 1);
    return count === 0 ? one : { ...one, fingerprint: hash(`${one.fingerprint} ${count}`) };
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
