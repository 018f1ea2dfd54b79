/** How VitePress builds the site: one address for each page of docs, search without a service, and no link that leads nowhere. */

import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type MarkdownRenderer } from 'vitepress';
import { deadLinks, linkTo, published } from '../links.ts';
import { navigation } from '../navigation.ts';

const root = join(import.meta.dirname, '../..');
const docs = join(root, 'docs');
const { homepage, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const base = homepage === undefined ? '/' : new URL(homepage).pathname.replace(/\/*$/, '/');
const address: string | undefined = repository?.url.replace(/^git\+/, '').replace(/\.git$/, '');

const installed = (module: string): string => fileURLToPath(import.meta.resolve(module));

/** Links to what is no page lead to its copy or to the repository; without an address of that, they are text. */
function otherLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('other-links', ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const [index, token] of (children ?? []).entries()) {
        const target = token.type === 'link_open' && linkTo(env.relativePath, token.attrGet('href')!, address);
        if (!target) continue;
        // VitePress leaves links with a target alone.
        token.attrs = [
          ['href', target],
          ['target', '_self'],
        ];
        if (target !== 'nowhere') continue;
        const end = children!.slice(index).find(({ type }) => type === 'link_close')!;
        for (const each of [token, end]) Object.assign(each, { type: 'text', content: '' });
      }
    }
  });
}

export default defineConfig({
  title: 'tfsg',
  description: 'Security-group analyzer for Terraform and OpenTofu',
  base,
  srcDir: '../docs',
  outDir: 'dist',
  lastUpdated: false,
  markdown: { config: otherLinks },
  // The pages lie outside of this folder, where Vite would look for Vue.
  vite: {
    resolve: {
      alias: [
        { find: /^vue$/, replacement: installed('vue/dist/vue.runtime.esm-bundler.js') },
        { find: /^vue\/server-renderer$/, replacement: installed('vue/server-renderer') },
      ],
    },
  },
  themeConfig: {
    search: {
      provider: 'local',
      // Without the fixtures, which are most of the text.
      options: {
        _render: (text, env, markdown) => markdown.render(text.replace(/^```(?:hcl|text)\n.*?^```/gms, ''), env),
      },
    },
    sidebar: navigation(docs).map(({ text, collapsed, items }) => ({ text, collapsed, items: [...items] })),
    outline: { level: [2, 3] },
    socialLinks: address === undefined ? [] : [{ icon: 'github', link: address }],
  },
  buildEnd({ outDir }) {
    for (const [source, target] of published) cpSync(join(root, source), join(outDir, target), { recursive: true });
    const dead = deadLinks(outDir, base);
    if (dead.length > 0) throw new Error(`Links that lead nowhere:\n${dead.join('\n')}`);
  },
});
