/** The generated parts of the documentation: a page for each check, tables, the map of files. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixedConfig } from '../../src/config/discover.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { shownAliases } from '../../src/findings/aliases.ts';
import type { Check } from '../../src/findings/check.ts';
import { requirementsOf } from '../../src/findings/standards.ts';
import { lint } from '../../src/lint.ts';
import { type IngressDeclaration, roles } from '../../src/model/questions/policy.ts';
import { formatPorts } from '../../src/network/ports.ts';
import { keywordsOf, SERVICES } from '../../src/network/services.ts';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { type Output, replaceBetween } from './output.ts';

/** The parts of a page that are written by hand. */
const proseHeadings = ['## Why', '## When not to'];

/** docs/checks/<id>.md: the prose stays, the rest is made anew. */
export async function checkPage(root: string, check: Check, checks: readonly Check[]): Promise<Output> {
  const path = `docs/checks/${check.id}.md`;
  const file = join(root, path);
  const page = existsSync(file) ? readFileSync(file, 'utf8') : emptyPage();
  const withHeader = replaceBetween(path, page, 'header', header(check));
  const withHelp = replaceBetween(path, withHeader, 'help', check.help);
  return { path, text: replaceBetween(path, withHelp, 'examples', await examples(root, check, checks)) };
}

/** Headings of a page without prose below them. */
export function missingProse(page: string): string[] {
  return proseHeadings.filter((heading) => {
    const [, after = ''] = page.split(`${heading}\n`);
    return /^\s*(?:#|<!--|$)/.test(after);
  });
}

/** A page that waits for its prose. */
export function emptyPage(): string {
  const [why, whenNot] = proseHeadings;
  return `<!-- header -->\n<!-- /header -->\n\n${why}\n\n## How to fix\n\n<!-- help -->\n<!-- /help -->\n\n${whenNot}\n\n<!-- examples -->\n<!-- /examples -->\n`;
}

/** The tables of docs/configuration.md between its markers: predefined roles, and names of services. */
export function configurationPage(root: string): Output {
  const path = 'docs/configuration.md';
  const code = (items: readonly (number | string)[]) => items.map((item) => `\`${item}\``).join(', ');
  const roleRows = Object.entries<readonly IngressDeclaration[]>(roles).flatMap(([name, entries]) =>
    entries.map(
      ({ ports, from }) => `| \`${name}\` | ${ports === undefined ? 'all traffic' : code(ports)} | ${code(from)} |`,
    ),
  );
  const byName = new Map<string, string[]>();
  for (const service of SERVICES) {
    const { ports, transports } = service;
    const text = `${formatPorts([ports])}${transports.length === 1 ? `/${transports[0]}` : ''}`;
    for (const name of keywordsOf(service)) byName.set(name, [...(byName.get(name) ?? []), text]);
  }
  const serviceRows = [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, ports]) => `| \`${name}\` | ${ports.join(', ')} |`);
  const table = (head: string, rows: readonly string[]) => [head, head.replace(/[^|]+/g, ' --- '), ...rows].join('\n');
  const withRoles = replaceBetween(path, read(root, path), 'roles', table('| role | ports | from |', roleRows));
  return { path, text: replaceBetween(path, withRoles, 'services', table('| name | ports |', serviceRows)) };
}

/** docs/files.md: the source files with their first lines. */
export function fileMap(root: string): Output {
  const files = (readdirSync(join(root, 'src'), { recursive: true }) as string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const width = Math.max(...files.map((name) => name.length));
  const lines = files.map((name) => `${name.padEnd(width)}  ${purposeOf(read(root, `src/${name}`))}`.trimEnd());
  const text = `# Files of src\n\nThe purpose of each file, from its first line. See [architecture](architecture.md) for how they fit together.\n\n<!-- not run: a list -->\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
  return { path: 'docs/files.md', text };
}

/** The comment that a file starts with, up to its first full stop or line end. */
function purposeOf(text: string): string {
  return /^(?:#!.*\n)?\/\*\*\s*(.*?)(?:\s*\*\/|\n)/.exec(text)?.[1] ?? '';
}

function header(check: Check): string {
  const shown = shownAliases(check.aliases);
  const aliases = shown.length === 0 ? '' : `\nAlso known as ${shown.join(', ')}.\n`;
  const requirements = requirementsOf(check).map(
    ({ standard, ids }) => `${standard.name} ${standard.version}: ${ids.join(', ')}`,
  );
  const related =
    requirements.length === 0 ? '' : `\nRelated requirements:\n\n${requirements.map((each) => `- ${each}\n`).join('')}`;
  const options = Object.entries(check.options).map(([name, option]) => {
    const { type, default: value, summary } = option;
    const key = option.type === 'key' ? option.key : undefined;
    const cells = [`\`${name}\``, type, `\`${escapeCell(JSON.stringify(value).replaceAll(',', ', '))}\``];
    return `| ${(key === undefined ? cells : [`the key \`${key}\``, '', '']).join(' | ')} | ${escapeCell(summary)} |`;
  });
  const table =
    options.length === 0 ? '' : ['\n| option | type | default | |', '| --- | --- | --- | --- |', ...options].join('\n');
  const preset = { recommended: 'In `tfsg:recommended`.', strict: 'Only in `tfsg:strict`.', off: 'Off by default.' };
  return `# ${check.id}\n\n${check.summary}.\n\nSeverity ${check.severity}. ${preset[check.preset]}\n${aliases}${related}${table}`;
}

async function examples(root: string, check: Check, checks: readonly Check[]): Promise<string> {
  const bad = fixture(root, check, 'bad');
  const good = fixture(root, check, 'good');
  const selection = { only: new Set([check.id]), disabled: new Set<string>() };
  const { configFor } = fixedConfig(undefined, checks, selection);
  const report = await lint(memoryFileSystem({ 'main.tf': bad }), [''], {
    configFor,
    parser: 'native',
    inputs: noInputs,
  });
  const output = renderPretty(report, { color: false, width: 100, unknown: false, checks });
  const sources = check.sources.map((source) => `- <${source}>`).join('\n');
  return [
    '## Example',
    fence('hcl', bad),
    fence('text', output),
    'Not reported:',
    fence('hcl', good),
    ...(sources === '' ? [] : ['## Sources', sources]),
  ].join('\n\n');
}

/** A fixture without the comments that tests read. */
function fixture(root: string, check: Check, name: string): string {
  return read(root, `fixtures/checks/${check.id}/${name}.tf`).replace(/[ \t]*# expect: .*$/gm, '');
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** @throws Error naming the file that is missing */
function read(root: string, path: string): string {
  if (!existsSync(join(root, path))) throw new Error(`${path} is missing: write it`);
  return readFileSync(join(root, path), 'utf8');
}
