/** Identities of findings as short strings, for servers that track findings across runs. */

import { createHash } from 'node:crypto';
import type { FindingIdentity } from './finding.ts';
import { identityKey } from './identity.ts';

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
export function distinctFingerprints(fingerprints: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return fingerprints.map((fingerprint) => {
    const count = counts.get(fingerprint) ?? 0;
    counts.set(fingerprint, count + 1);
    return count === 0 ? fingerprint : hash(`${fingerprint} ${count}`);
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
