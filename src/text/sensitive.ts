/** What texts show of sensitive values. */

/** What stands for a sensitive value in every text. */
export const SENSITIVE = '(sensitive value)';
