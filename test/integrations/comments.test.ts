/**
 * The comments of docs/ci on pull and merge requests: their commands, with a stub of each service's API on loopback. Of gh there is one that
 * asks that stub; its filters are run by jq.
 */

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { renderChangesMarkdown } from '../../src/report/changes/markdown.ts';
import { accessOf, comparisonOf, look } from '../report/changes/comparisons.ts';
import { describeWith } from './on-path.ts';
import { cleanEnvironment, temporaryFolder } from './released.ts';
import { root } from './tools.ts';

interface Comment {
  readonly id: number;
  /** Who wrote it: the recipe's own bot, another bot, or somebody. */
  readonly author: 'me' | 'other bot' | 'person';
  body: string;
}

/** What a service asks for and answers. */
interface Service {
  /** The commands that write the comment, with `tfsg-changes.md` as the program of `cli.js` writes it. */
  readonly script: () => string;
  readonly environment: (address: string) => Readonly<Record<string, string>>;
  /** Undefined for what it has no answer to. */
  readonly answer: (request: StubRequest, comments: Comment[]) => StubAnswer | undefined;
}

interface StubRequest {
  readonly method: string;
  readonly url: URL;
  readonly token: string | undefined;
  readonly body: unknown;
}

interface StubAnswer {
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const recipe = (name: string) => parse(readFileSync(join(root, 'docs/ci', name), 'utf8'));

function pageOf<T>({ url }: StubRequest, all: readonly T[]): { readonly items: readonly T[]; readonly next: string } {
  const size = Number(url.searchParams.get('per_page') ?? 20);
  const page = Number(url.searchParams.get('page') ?? 1);
  const next = page * size < all.length ? String(page + 1) : '';
  return { items: all.slice((page - 1) * size, page * size), next };
}

function add(comments: Comment[], body: unknown): void {
  comments.push({ id: comments.length + 1, author: 'me', body: String(body) });
}

function edit(comments: readonly Comment[], id: string, body: unknown): void {
  const found = comments.find((comment) => String(comment.id) === id);
  if (found?.author !== 'me') throw new Error(`comment ${id} is not to be edited`);
  found.body = String(body);
}

/** https://docs.github.com/en/rest/issues/comments */
const github: Service = {
  script: () => {
    const steps = recipe('github-comment.yml').jobs.tfsg.steps as readonly { readonly run?: string }[];
    return steps
      .find(({ run }) => run?.includes('gh api'))!
      .run!.replace(/^/, 'node "$HOME/tfsg/dist/cli.js" || true\n');
  },
  environment: (address) => ({
    STUB: address,
    GITHUB_REPOSITORY: 'acme/shop',
    PULL_REQUEST: '7',
    CHANGES: 'tfsg-changes.md',
    GH_TOKEN: 'token',
  }),
  answer: (request, comments) => {
    const { method, url, body } = request;
    const all = '/repos/acme/shop/issues/7/comments';
    const one = /^\/repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(url.pathname);
    if (method === 'GET' && url.pathname === all) {
      const { items, next } = pageOf(request, comments);
      const address = `${url.origin}/repos/acme/shop/issues/comments`;
      const link = new URL(url);
      link.searchParams.set('page', next);
      return {
        json: items.map(({ id, author, body }) => ({
          ...{ url: `${address}/${id}`, body },
          user: { type: author === 'person' ? 'User' : 'Bot' },
        })),
        headers: next === '' ? {} : { link: `<${link}>; rel="next"` },
      };
    }
    const text = (body as { readonly body?: string } | undefined)?.body;
    if (method === 'POST' && url.pathname === all) return { json: add(comments, text) ?? {} };
    return method === 'PATCH' && one !== null ? { json: edit(comments, one[1]!, text) ?? {} } : undefined;
  },
};

/** https://docs.gitlab.com/api/notes/ */
const gitlab: Service = {
  script: () => {
    const lines = recipe('gitlab.yml')['tfsg-changes'].script as readonly string[];
    return lines.filter((line) => !line.startsWith('git clone')).join('\n');
  },
  environment: (address) => ({
    CI_API_V4_URL: `${address}/api/v4`,
    CI_PROJECT_ID: '12',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc',
    TFSG_TOKEN: 'token',
  }),
  answer: (request, comments) => {
    const { method, url, token, body } = request;
    const all = '/api/v4/projects/12/merge_requests/7/notes';
    if (token !== 'token') return undefined;
    const ids = { me: 1, 'other bot': 2, person: 3 } as const;
    if (url.pathname === '/api/v4/user') return { json: { id: ids.me } };
    if (method === 'GET' && url.pathname === all) {
      const { items, next } = pageOf(request, comments);
      return {
        json: items.map(({ id, author, body }) => ({ id, body, author: { id: ids[author] } })),
        headers: { 'x-next-page': next },
      };
    }
    const text = (body as { readonly body?: string } | undefined)?.body;
    if (method === 'POST' && url.pathname === all) return { json: add(comments, text) ?? {} };
    return method === 'PUT' ? { json: edit(comments, url.pathname.slice(all.length + 1), text) ?? {} } : undefined;
  },
};

/** https://learn.microsoft.com/en-us/rest/api/azure/devops/git/pull-request-threads */
const azure: Service = {
  script: () => {
    const steps = recipe('azure.yml').steps as readonly { readonly script?: string; readonly displayName?: string }[];
    return steps.find(({ displayName }) => displayName === 'tfsg changes')!.script!;
  },
  environment: (address) => ({
    SYSTEM_COLLECTIONURI: `${address}/acme/`,
    SYSTEM_TEAMPROJECTID: 'project',
    BUILD_REPOSITORY_ID: 'repository',
    SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
    SYSTEM_ACCESSTOKEN: 'token',
  }),
  answer: ({ method, url, token, body }, comments) => {
    const all = '/acme/project/_apis/git/repositories/repository/pullRequests/7/threads';
    if (token !== 'Bearer token' || url.searchParams.get('api-version') !== '7.1') return undefined;
    if (method === 'GET' && url.pathname === all) {
      const threads = comments.map(({ id, body }) => ({ id: id + 1000, comments: [{ id, content: body }] }));
      return { json: { value: [{ id: 1, comments: [] }, ...threads] } };
    }
    if (method === 'POST' && url.pathname === all) {
      const { comments: written } = body as { readonly comments: readonly { readonly content: string }[] };
      return { json: add(comments, written[0]!.content) ?? {} };
    }
    const one = /^\/(\d+)\/comments\/(\d+)$/.exec(url.pathname.slice(all.length));
    if (method !== 'PATCH' || one === null || Number(one[1]) !== Number(one[2]) + 1000) return undefined;
    return { json: edit(comments, one[2]!, (body as { readonly content: string }).content) ?? {} };
  },
};

/** `gh api`, as far as the recipe uses it: https://cli.github.com/manual/gh_api */
const gh = `#!/usr/bin/env node
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { parseArgs } = require('node:util');
const { positionals: [, path], values: { method = 'GET', field, jq, paginate } } = parseArgs({
  allowPositionals: true,
  options: {
    method: { type: 'string' }, field: { type: 'string' }, jq: { type: 'string' },
    paginate: { type: 'boolean' }, silent: { type: 'boolean' },
  },
});
const body = field && JSON.stringify({ body: readFileSync(field.replace('body=@', ''), 'utf8') });
(async () => {
  for (let url = path.startsWith('http') ? path : process.env.STUB + '/' + path; url; ) {
    const response = await fetch(url, { method, body });
    if (!response.ok) process.exit(1);
    const text = await response.text();
    if (jq) process.stdout.write(spawnSync('jq', ['-r', jq], { input: text }).stdout);
    url = paginate ? /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] : undefined;
  }
})();
`;

const services: Readonly<Record<string, Service>> = { GitHub: github, GitLab: gitlab, 'Azure Pipelines': azure };

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const report = (groups: number, paths: readonly string[] = []): string =>
  renderChangesMarkdown(
    comparisonOf({
      changes: Array.from({ length: groups }, (_, index) => accessOf({ group: `aws_security_group.g${index}` })),
    }),
    { ...look, paths },
  );

describeWith('jq', 'the comment on a pull request', () => {
  describe.each(Object.keys(services))('%s', (name) => {
    const service = services[name]!;
    let folder: string;
    let server: Server;
    let comments: Comment[];
    beforeEach(async () => {
      folder = temporaryFolder();
      comments = [];
      server = createServer(async (request, response) => {
        const { method = 'GET', headers } = request;
        const text = await textOf(request);
        const token = headers['private-token'] ?? headers.authorization;
        const url = new URL(request.url ?? '/', `http://${headers.host}`);
        try {
          const asked = { method, url, token: token?.toString(), body: text === '' ? undefined : JSON.parse(text) };
          const answer = service.answer(asked, comments);
          response.writeHead(answer === undefined ? 404 : 200, answer?.headers).end(JSON.stringify(answer?.json ?? {}));
        } catch (error) {
          response.writeHead(403).end(String(error));
        }
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      for (const path of ['bin', 'tfsg/dist']) mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, 'bin/gh'), gh, { mode: 0o755 });
      const program = "require('node:fs').copyFileSync('report.md', 'tfsg-changes.md'); process.exitCode = 1;";
      writeFileSync(join(folder, 'tfsg/dist/cli.js'), program);
    });
    afterEach(async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    });

    /** A push with this report; the exit code of the step. */
    async function push(text: string): Promise<number> {
      writeFileSync(join(folder, 'report.md'), text);
      const environment = cleanEnvironment();
      const { port } = server.address() as AddressInfo;
      const env = {
        ...environment,
        ...service.environment(`http://127.0.0.1:${port}`),
        HOME: folder,
        PATH: `${join(folder, 'bin')}:${environment['PATH']}`,
      };
      try {
        await promisify(execFile)('bash', ['-e', '-c', service.script()], { cwd: folder, env });
        return 0;
      } catch (error) {
        const { code, stderr } = error as { readonly code: number; readonly stderr: string };
        expect(stderr).toBe('');
        return code;
      }
    }

    /** The exit code of the program, where the step runs it. */
    const failed = name === 'GitHub' ? 0 : 1;

    test('is written once, and edited by the second push', async () => {
      expect(await push(report(1))).toBe(failed);
      expect(comments.map(({ body }) => body)).toEqual([report(1)]);
      const others = Array.from({ length: 250 }, (_, index): Comment => {
        return { id: index + 2, author: index % 2 === 0 ? 'other bot' : 'person', body: `Comment ${index}` };
      });
      comments.push(...others);
      expect(await push(report(2))).toBe(failed);
      expect(comments.map(({ id, body }) => [id, body])).toEqual([
        [1, report(2)],
        ...others.map(({ id }, index) => [id, `Comment ${index}`]),
      ]);
    });

    test('is found wherever it is, and leaves those of others alone', async () => {
      const bodies: readonly (readonly [Comment['author'], string])[] = [
        ['other bot', 'Plan: 2 to add. It mentions <!-- tfsg-changes -->.'],
        ...(name === 'Azure Pipelines' ? [] : [['person', '<!-- tfsg-changes -->\nis what they begin with'] as const]),
        ['me', '<!-- tfsg -->\n### tfsg passed'],
        ...Array.from({ length: 120 }, (_, index) => ['person', `Comment ${index}`] as const),
        ['me', report(1, ['live/prod'])],
        ['me', report(1).replaceAll('\n', '\r\n')],
        ['other bot', 'Plan: nothing to do.'],
      ];
      comments = bodies.map(([author, body], index) => ({ id: index + 1, author, body }));
      const expected = bodies.map(([, body], index) => (index === bodies.length - 2 ? report(3) : body));
      expect(await push(report(3))).toBe(failed);
      expect(comments.map(({ body }) => body)).toEqual(expected);
    });

    test('is another one for other paths', async () => {
      await push(report(1, ['live/dev']));
      await push(report(1, ['live/prod']));
      await push(report(2, ['live/dev']));
      expect(comments.map(({ body }) => body)).toEqual([report(2, ['live/dev']), report(1, ['live/prod'])]);
    });
  });
});
