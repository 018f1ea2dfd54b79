/** Whether a file may contain suppression comments: most do not, and are skipped. */

const words = ['tfsg', 'TFSG', 'checkov', 'bridgecrew', 'tfsec', 'trivy', 'kics', 'KICS'] as const;

/** Whether a word that such comments begin with is anywhere in a text. */
export function mayHoldSuppressions(text: string): boolean {
  return words.some((word) => text.includes(word));
}
