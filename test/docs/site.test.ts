/** The site of the pages: every page is in its navigation, and its links are followed. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { deadLinks, linkTo } from '../../site/links.ts';
import { navigation } from '../../site/navigation.ts';

const docs = join(import.meta.dirname, '../../docs');

test('the navigation has every page once', () => {
  const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .map((name) => `/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md') && name !== '/index.md')
    .map((name) => name.replace(/\.md$/, ''));
  const links = navigation(docs).flatMap(({ items }) => items.map(({ link }) => link));
  expect(links.toSorted()).toEqual(pages.toSorted());
});

test.each([
  ['fixes.md', 'diff.md#what-is-read', undefined],
  ['checks/policy.md', '../configuration.md#roles', undefined],
  ['fixes.md', '#an-example', undefined],
  ['fixes.md', 'https://example.com', undefined],
  ['ci.md', 'ci/Jenkinsfile', 'ci/Jenkinsfile'],
  ['checks/policy.md', '../../schema/tfsgrc.schema.json', '../schema/tfsgrc.schema.json'],
  ['configuration.md', '../.tfsgrc.example.json', 'tfsgrc.example.json'],
  ['architecture.md', '../src/lint.ts', 'https://example.com/acme/tfsg/blob/HEAD/src/lint.ts'],
  ['index.md', '../README.md#install', 'https://example.com/acme/tfsg/blob/HEAD/README.md#install'],
])('on %s, %s leads to %s', (page, link, expected) => {
  expect(linkTo(page, link, 'https://example.com/acme/tfsg')).toBe(expected);
});

test('a link out of the site leads nowhere without an address of the repository', () => {
  expect(linkTo('architecture.md', '../src/lint.ts', undefined)).toBe('nowhere');
  expect(linkTo('ci.md', 'ci/Jenkinsfile', undefined)).toBe('ci/Jenkinsfile');
});

test('links that lead nowhere are found in the built pages', () => {
  const site = mkdtempSync(join(tmpdir(), 'tfsg-site-'));
  const pages = {
    'index.html': '<a href="/tfsg/a.html#here"></a><a href="/tfsg/"></a><a href="gone.html"></a><img src="/gone.png">',
    'a.html': '<h2 id="here"></h2><a href="#here"></a><a href="#gone"></a><a href="https://example.com/gone"></a>',
    'checks/b.html': '<a href="../a.html#gone"></a><a href="../schema.json"></a>',
    'schema.json': '{}',
  };
  try {
    for (const [path, text] of Object.entries(pages)) {
      mkdirSync(dirname(join(site, path)), { recursive: true });
      writeFileSync(join(site, path), text);
    }
    expect(deadLinks(site, '/tfsg/').toSorted()).toEqual([
      'a.html: #gone',
      'checks/b.html: ../a.html#gone',
      'index.html: /gone.png',
      'index.html: gone.html',
    ]);
  } finally {
    rmSync(site, { recursive: true });
  }
});
