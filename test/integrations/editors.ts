/** The settings of docs/editors.md, and a folder to try them in. */

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Shell, shellWith } from '../cli/shell.ts';
import { root } from './tools.ts';

/** The code block of docs/editors.md below the comment with a name. */
export function settingsOf(name: string): string {
  const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
  const code = page.split(`<!-- ${name} -->\n`)[1]?.match(/^```\w+\n(.*?)^```$/ms)?.[1];
  if (code === undefined) throw new Error(`docs/editors.md has no settings ${name}.`);
  return code;
}

/** A repository whose `net/main.tf` has a fault at line 3, column 8 in code units, which a safe fix fixes. */
export const faulty = `resource "aws_vpc_security_group_ingress_rule" "web" {
  ip_protocol = "tcp"
  /* é */ cidr_ipv6 = "2001:DB8::/32"
  security_group_id = "sg-0123"
  description = "Web"
  from_port = 443
  to_port = 443
}
`;

/** As little as Git takes for a repository. */
const repository = { '.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/': '', '.git/refs/': '' };

export interface Desk extends Shell {
  /** With `tfsg` on the path, which is dist/cli.js. */
  readonly environment: Record<string, string | undefined>;
}

export function deskWith(files: Readonly<Record<string, string>>): Desk {
  const shell = shellWith({ ...repository, 'net/main.tf': faulty, ...files });
  const bin = join(shell.folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'tfsg'), `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`);
  chmodSync(join(bin, 'tfsg'), 0o755);
  const home = {
    HOME: shell.folder,
    XDG_CONFIG_HOME: join(shell.folder, '.config'),
    XDG_DATA_HOME: join(shell.folder, '.data'),
  };
  return { ...shell, environment: { ...process.env, ...home, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` } };
}
