/** How bad a finding is. */

/** From worst to least. `info` never fails a run. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Two steps less, and never less than `info`: how bad an open port is that the internet does not get to. */
export function twoStepsBelow(severity: Severity): Severity {
  return severities[Math.min(severities.indexOf(severity) + 2, severities.length - 1)]!;
}

/** @param given at least one */
export function worstSeverity(given: readonly Severity[]): Severity {
  return severities.find((each) => given.includes(each))!;
}
