/** What findings are known by from run to run: no line numbers, so that they stay the same when lines move. */

import { createHash } from 'node:crypto';
import { type Span, textOf } from '../source/span.ts';

/** 32 hexadecimal digits of the check, the path, the subject and the text of the place. */
export function fingerprintOf(check: string, span: Span, subject: string): string {
  const text = textOf(span).replace(/\s+/g, ' ');
  return hash([check, span.file.path, subject, text].join('\0'));
}

/** The same text twice in one subject is two findings: from the second on, the fingerprint has the number in it. */
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
