/** Which terminals open the addresses behind texts. */

import { createSupportsHyperlinks } from 'supports-hyperlinks';

/** Over SSH no: the addresses are those of files here. */
export function hasHyperlinks(stream: NodeJS.WriteStream): boolean {
  return process.env['SSH_CONNECTION'] === undefined && createSupportsHyperlinks(stream);
}
