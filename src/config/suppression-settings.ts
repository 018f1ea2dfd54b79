/** Which comments suppress findings. */

/** The tools whose comments can suppress findings, beside tfsg's own. */
export const honoredTools = ['checkov', 'tfsec', 'trivy', 'kics'] as const;
export type HonoredTool = (typeof honoredTools)[number];

/** Which comments suppress findings. */
export interface SuppressionSettings {
  /** Whether comments suppress anything. */
  readonly inline: boolean;
  /** Whether a comment without a reason suppresses nothing. */
  readonly requireReason: boolean;
  readonly honor: readonly HonoredTool[];
  /** Ids of checks that no comment suppresses. */
  readonly locked: ReadonlySet<string>;
}

export const defaultSuppressions: SuppressionSettings = {
  inline: true,
  requireReason: false,
  honor: honoredTools,
  locked: new Set(),
};
