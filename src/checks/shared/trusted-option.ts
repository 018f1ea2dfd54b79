/** The option of checks that leave out sources that the user trusts. */

/** Its value is what the configuration's key `trusted` says. */
export const trustedOption = {
  type: 'trusted',
  default: { cidrs: [], prefixLists: [], groups: [] },
  summary: 'Sources that do not count, whatever the check.',
} as const;
