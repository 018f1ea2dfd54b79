/** The step of docs/ci/github-comment.yml that writes the comment, with a `gh` that answers from a file; its filter is run by jq. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { parse } from 'yaml';

import { describeWith } from './on-path.ts';
import { cleanEnvironment, temporaryFolder } from './released.ts';
import { root } from './tools.ts';

interface Comment {
  readonly type: 'Bot' | 'User';
  readonly body: string;
}

/** Reads with `gh api --paginate PATH --jq FILTER`; every other call is a line of gh.log. */
const gh = `#!/bin/sh
if [ "$2" = --paginate ]; then exec jq -r "$5" comments.json; fi
echo "$@" >> gh.log
`;

const { jobs } = parse(readFileSync(join(root, 'docs/ci/github-comment.yml'), 'utf8'));
const step = (jobs.tfsg.steps as readonly { readonly run?: string }[]).find(({ run }) => run?.includes('gh api'))!;

let folder: string;
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the step asks of GitHub, in a pull request with these comments, the oldest first. */
function calls(comments: readonly Comment[]): string {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/gh'), gh, { mode: 0o755 });
  const answer = comments.map(({ type, body }, index) => ({ url: `comment-${index}`, user: { type }, body }));
  writeFileSync(join(folder, 'comments.json'), JSON.stringify(answer));
  const environment = cleanEnvironment();
  const { status, stderr } = spawnSync('bash', ['-e', '-c', step.run!], {
    cwd: folder,
    env: {
      ...environment,
      PATH: `${join(folder, 'bin')}:${environment['PATH']}`,
      GITHUB_REPOSITORY: 'acme/shop',
      PULL_REQUEST: '7',
    },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return readFileSync(join(folder, 'gh.log'), 'utf8');
}

const mine: Comment = { type: 'Bot', body: '<!-- tfsg -->\n\n## tfsg' };
const plan: Comment = { type: 'Bot', body: 'Plan: 2 to add. It mentions <!-- tfsg -->.' };
const quoted: Comment = { type: 'User', body: '<!-- tfsg --> is what they start with' };

const written = 'api --method POST repos/acme/shop/issues/7/comments --field body=@tfsg.md --silent\n';

describeWith('jq', 'the comment on a pull request', () => {
  test.each<[string, readonly Comment[], string]>([
    ['is written where there is none', [], written],
    ['leaves those of other bots and of people alone', [plan, quoted], written],
    [
      'is its own, written anew, wherever it stands',
      [quoted, plan, mine, plan],
      'api --method PATCH comment-2 --field body=@tfsg.md --silent\n',
    ],
  ])('%s', (_, comments, expected) => {
    expect(calls(comments)).toBe(expected);
  });
});
