/** How bad a finding is. */

/** From worst to least. `info` never fails a run. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];
