/** The option of checks that ignore trusted sources. */

/** Its value is what the configuration's key `trusted` says. */
export const trustedOption = {
  type: 'trusted',
  default: { cidrs: [], prefixLists: [], groups: [] },
  summary: 'Trusted sources, which all checks ignore.',
} as const;
