/** The text that replaces sensitive values. */

/** What stands for a sensitive value in every text. */
export const SENSITIVE = '(sensitive value)';
