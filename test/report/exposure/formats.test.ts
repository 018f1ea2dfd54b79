/** What the internet reaches, in every format. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Environment } from '../../../src/config/environment.ts';
import { renderExposureCsv } from '../../../src/report/exposure/csv.ts';
import { renderExposureDot } from '../../../src/report/exposure/dot.ts';
import { renderExposureMarkdown } from '../../../src/report/exposure/markdown.ts';
import { renderExposureMermaid } from '../../../src/report/exposure/mermaid.ts';
import { renderExposureHtml } from '../../../src/report/exposure/page/page.ts';
import { linksByTemplate } from '../../../src/report/exposure/place-url.ts';
import type { ShownExposures } from '../../../src/report/exposure/shown.ts';
import { renderExposureText } from '../../../src/report/exposure/text.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { expectGolden } from '../../golden.ts';
import { attacks } from '../hostile.ts';
import { fixtureExposures, look, memoryExposures, publicNetwork } from './exposures.ts';

const renders = {
  txt: renderExposureText,
  csv: renderExposureCsv,
  md: renderExposureMarkdown,
  mmd: renderExposureMermaid,
  dot: renderExposureDot,
  html: renderExposureHtml,
} as const;

const formats = Object.keys(renders) as (keyof typeof renders)[];

const environment = (name: string, varFiles: readonly string[] = []): Environment => ({
  ...{ name, varFiles, variables: [], workspace: undefined, folder: '' },
  span: { file: new SourceFile('.tfsgrc.json', '{}'), start: 0, end: 2 },
});

/** An instance with a public address in the public subnet, and its group with some rules. */
const server = (name: string, rules: string): string => `
resource "aws_security_group" "${name}" {
  vpc_id = aws_vpc.main.id
${rules}}
resource "aws_instance" "${name}" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.${name}.id]
}
`;

const rule = (port: number | string, source: string, description = '""'): string => `  ingress {
    protocol    = "tcp"
    from_port   = ${port}
    to_port     = ${port}
    description = ${description}
    ${source}
  }
`;

const internet = 'cidr_blocks = ["0.0.0.0/0"]';

describe('a shop', () => {
  let shop: ShownExposures;
  beforeAll(async () => {
    shop = await fixtureExposures('shop');
  });

  test.each(formats)('as %s', (format) => {
    const text = renders[format](shop, look);
    expectGolden(`exposure-pages/shop.expected.${format}`, withoutAssets(text));
    expect(renders[format](shop, look)).toBe(text);
  });

  test('in colour', () => {
    expect(renderExposureText(shop, { ...look, color: true })).toContain('\u001b[31mTCP 5432 (PostgreSQL)');
  });
});

describe('environments', () => {
  test.each(['txt', 'csv'] as const)('as %s', async (format) => {
    const environments = [environment('dev', ['dev.tfvars']), environment('prod', ['prod.tfvars'])];
    const text = renders[format](await fixtureExposures('environments', environments), look);
    expectGolden(`exposure-pages/environments.expected.${format}`, text);
  });

  test('are side by side on the page, and differences are marked', async () => {
    const environments = [environment('dev', ['dev.tfvars']), environment('prod', ['prod.tfvars'])];
    const page = renderExposureHtml(await fixtureExposures('environments', environments), look);
    const rows = [...page.matchAll(/<tr data-f class="(differs|same)">(.*)<\/tr>/g)].map(([, kind, cells]) => [
      kind,
      textIn(cells!),
    ]);
    expect(rows).toEqual([
      ['differs', 'aws_instance.console[0] | reached TCP 15672 (RabbitMQ management) | not open | differs'],
      ['differs', 'aws_instance.web | reached TCP 22, 443 (SSH and HTTPS) | reached TCP 443 (HTTPS) | differs'],
    ]);
  });
});

/** A page without its script and style, which are files of their own, and their hashes. */
const withoutAssets = (text: string): string =>
  text.replace(/(<(script|style)>).*?(?=<\/\2>)/gs, '$1').replace(/sha256-[\w+/=]+/g, 'sha256-');

/** The text of cells, with a line between them. */
function textIn(markup: string): string {
  return markup
    .replace(/<\/t[hd]>(?!$)/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

test('nothing at all is said in words', async () => {
  const nothing = await memoryExposures({ 'main.tf': 'locals {}\n' });
  expect(renderExposureText(nothing, look)).toBe(
    'No service with security groups was found.\nRead: 1 file, 1 root module, 0 groups, 0 rules, 0 services.\n',
  );
  const page = renderExposureHtml(nothing, look);
  expect([...page.matchAll(/<p class="empty">(.*?)<\/p>/g)].map(([, text]) => text)).toEqual([
    'No service has a port open to the internet.',
    'No rule allows traffic in.',
    'The internet has no sure way to a service.',
    'No rule allows traffic in.',
    'No rule allows an external block, a prefix list or a group from elsewhere.',
    'Nothing is undecided.',
  ]);
});

describe('the verdict', () => {
  const verdictOf = async (configuration: string): Promise<string[]> =>
    renderExposureText(await memoryExposures({ 'main.tf': publicNetwork() + configuration }), look)
      .split('\n')
      .filter((line) => /^(?:The internet|It reaches|Data ports|Whether)/.test(line));

  test('names the gravest ports first', async () => {
    const web = server('web', rule(443, internet));
    expect(await verdictOf(web + server('shell', rule(22, internet)) + server('other', rule(443, internet)))).toEqual([
      'The internet directly reaches 3 of 3 services: SSH on 1 and HTTPS on 2.',
      'It reaches no data port.',
    ]);
  });

  test('says that databases are reached', async () => {
    expect(await verdictOf(server('data', rule(3306, internet)))).toEqual([
      'The internet directly reaches 1 of 1 service: MySQL on 1.',
      'Data ports are reached on 1 service, on 1 directly.',
    ]);
  });

  test('is no better than what is known', async () => {
    expect(await verdictOf(`variable "from" {}\n${server('web', rule(443, 'cidr_blocks = [var.from]'))}`)).toEqual([
      'The internet reaches none of 1 service directly for certain.',
      'Whether it reaches 1 is undecided until apply.',
    ]);
  });

  test('is plain where nothing is open', async () => {
    expect(await verdictOf(server('web', rule(443, 'cidr_blocks = ["10.0.0.0/8"]')))).toEqual([
      'The internet reaches none of 1 service.',
    ]);
  });
});

test('what was not read is counted first, and listed on the page', async () => {
  const files = { 'main.tf': 'module "x" {\n  source = "./gone"\n}\n' };
  const exposures = await memoryExposures(files);
  expect(renderExposureText(exposures, look)).toContain('Not read in full: 1 problem with modules.\n');
  const page = renderExposureHtml(exposures, look);
  expect(page).toContain('<strong>Not read in full: <a href="#unread">1 problem with modules</a>.</strong>');
  expect(page).toMatch(/<section id="unread".*[\s\S]*main\.tf:2/);
});

describe('the graph', () => {
  const groups = (count: number, modules: number): Record<string, string> => {
    const all = Array.from({ length: count }, (_, index) => index);
    const group = (index: number) =>
      `resource "aws_security_group" "g${index}" {\n${rule(443, index === 0 ? internet : `security_groups = [aws_security_group.g0.id]`)}}\n`;
    const calls = Array.from({ length: modules }, (_, index) => `module "m${index}" {\n  source = "./part"\n}\n`);
    return { 'main.tf': calls.join(''), 'part/main.tf': all.map(group).join('') };
  };
  const nodesIn = (text: string): readonly string[] => text.match(/^ +n\d+[[(].*$/gm) ?? [];

  test('has all groups where there are few', async () => {
    const text = renderExposureMermaid(await memoryExposures(groups(5, 2)), look);
    expect(nodesIn(text)).toHaveLength(11);
    expect(text).toContain('subgraph m1["module.m0"]');
  });

  test('is folded by module from 60 nodes on', async () => {
    const exposures = await memoryExposures(groups(20, 4));
    expect(nodesIn(renderExposureMermaid(exposures, look)).slice(0, 2)).toEqual([
      '  n0(["internet"]):::internet',
      '  n1["module.m0<br>20 groups<br>open, attached to nothing<br>reaches itself"]:::other',
    ]);
    expect(nodesIn(renderExposureMermaid(exposures, look))).toHaveLength(5);
    expect(renderExposureHtml(exposures, look)).toContain('Groups are folded into modules');
  });

  test('never has more than 60 nodes', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 70 }, (_, index) => [
        `root${index}/main.tf`,
        `resource "aws_security_group" "a" {\n${rule(443, internet)}}\n`,
      ]),
    );
    const nodes = nodesIn(renderExposureMermaid(await memoryExposures(files), look));
    expect(nodes).toHaveLength(60);
    expect(nodes.at(-1)).toContain('12 more root modules');
  });
});

test('a matrix of more than 200 groups is one of modules', async () => {
  const group = (index: number) => `resource "aws_security_group" "g${index}" {\n${rule(443, internet)}}\n`;
  const part = Array.from({ length: 21 }, (_, index) => group(index)).join('');
  const calls = Array.from({ length: 10 }, (_, index) => `module "m${index}" {\n  source = "./part"\n}\n`);
  const page = renderExposureHtml(await memoryExposures({ 'main.tf': calls.join(''), 'part/main.tf': part }), look);
  expect(page).toContain('1 source and 10 modules, groups folded into modules because there are more than 200.');
});

describe('the state of a group', () => {
  const statesOf = async (configuration: string): Promise<Record<string, string>> => {
    const page = renderExposureHtml(await memoryExposures({ 'main.tf': publicNetwork() + configuration }), look);
    const found = page.matchAll(/<summary><code>(.*?)<\/code> <span class="state \w+">(.*?)<\/span>/g);
    return Object.fromEntries([...found].map(([, group, state]) => [group, state]));
  };

  test('is what the internet gets to', async () => {
    const loose = `resource "aws_security_group" "loose" {\n${rule(22, internet)}}\n`;
    const inner = 'security_groups = [aws_security_group.web.id]';
    expect(await statesOf(server('web', rule(443, internet)) + server('db', rule(5432, inner)) + loose)).toEqual({
      'aws_security_group.web': 'reached directly',
      'aws_security_group.db': 'reached through another service',
      'aws_security_group.loose': 'open, attached to nothing',
    });
  });

  test('is not known of a group from elsewhere', async () => {
    const open = `resource "aws_security_group_rule" "r" {
  type              = "ingress"
  security_group_id = "sg-0123"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}
`;
    expect(await statesOf(open)).toEqual({ 'sg-0123': 'undecided' });
  });
});

describe('sensitive values', () => {
  const configuration = `${publicNetwork()}
variable "secret" {
  default   = "198.51.100.77/32"
  sensitive = true
}
variable "port" {
  default   = 47123
  sensitive = true
}
variable "note" {
  default   = "the cupboard"
  sensitive = true
}
${server('web', rule('var.port', internet) + rule(443, 'cidr_blocks = [var.secret]', 'var.note'))}`;

  test.each(formats)('are not in %s', async (format) => {
    const text = renders[format](await memoryExposures({ 'main.tf': configuration }), look);
    expect(text).toContain('(sensitive value)');
    for (const secret of ['198.51.100.77', '47123', '47,123', 'cupboard']) expect(text).not.toContain(secret);
  });
});

/** A string of HCL with every character that is no letter escaped. */
const hclString = (text: string): string =>
  `"${text.replace(/\p{Surrogate}/gu, '').replace(/[^\w .-]/gu, (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`)}"`;

describe('texts of users', () => {
  /** A configuration with a text wherever a user may write one. */
  const hostile = (text: string): Promise<ShownExposures> => {
    const quoted = hclString(text);
    const main = `${publicNetwork()}
resource "aws_security_group" "web" {
  for_each    = toset([${quoted}])
  description = ${quoted}
  vpc_id      = aws_vpc.main.id
${rule(22, internet, quoted)}${rule(80, 'cidr_blocks = ["198.51.100.0/24"]', quoted)}${rule(81, `prefix_list_ids = [${quoted}]`)}${rule(82, `security_groups = [${quoted}]`)}}
resource "aws_instance" "web" {
  for_each                    = aws_security_group.web
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [each.value.id]
}
`;
    const folder = text.replace(/[\0-\x1f/\\]/g, '') || 'a';
    const environments = [environment(text || 'x')];
    return memoryExposures({ [`${folder}/main.tf`]: main, 'other/main.tf': 'locals {}' }, environments);
  };
  const tagsOf = (page: string): readonly string[] =>
    [...page.matchAll(/<(\/?[a-z!][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(([, name, attributes]) =>
      [name, ...[...attributes!.matchAll(/([\w-]+)(?:="[^"]*")?/g)].map(([, attribute]) => attribute)].join(' '),
    );

  test('are no markup on the page', async () => {
    const plain = tagsOf(renderExposureHtml(await hostile('x'), look)).filter((tag) => tag !== 'wbr');
    expect(plain.filter((tag) => tag === 'script')).toHaveLength(1);
    for (const attack of attacks.filter((each) => each !== '')) {
      const page = renderExposureHtml(await hostile(attack), look);
      const tags = tagsOf(page).filter((tag) => tag !== 'wbr');
      expect({ attack, isSame: JSON.stringify(tags) === JSON.stringify(plain) }).toEqual({ attack, isSame: true });
      expect(page).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e\u200b]/);
    }
  });

  test('are one line of a graph, and one field of a table', async () => {
    const [mermaid, dot, csv] = await Promise.all(
      [renderExposureMermaid, renderExposureDot, renderExposureCsv].map(async (render) =>
        render(await hostile('x'), look),
      ),
    );
    for (const attack of attacks) {
      const exposures = await hostile(attack);
      const linesOf = (text: string | undefined): number => text!.split('\n').length;
      expect(linesOf(renderExposureMermaid(exposures, look))).toBe(linesOf(mermaid));
      // As codes they would be these characters again on a page.
      expect(renderExposureMermaid(exposures, look)).not.toMatch(
        /#(?:[0-9]|[12][0-9]|3[01]|1(?:2[7-9]|[345][0-9])|8232|8238|65279);/,
      );
      expect(linesOf(renderExposureDot(exposures, look))).toBe(linesOf(dot));
      expect(linesOf(renderExposureCsv(exposures, look))).toBe(linesOf(csv));
    }
  });

  test('are no formulas in a spreadsheet', async () => {
    for (const text of ['=cmd()', '+1', '-1', '@x'])
      expect(renderExposureCsv(await hostile(text), look).split('\n')[1]).toMatch(/^"?'[=+\-@]/);
  });
});

describe('links', () => {
  test('are made of a template', () => {
    const links = linksByTemplate('vscode://file/home/{path}:{line}-{endLine}');
    expect(links?.('a b/c&d.tf', 3, 5)).toBe('vscode://file/home/a%20b/c%26d.tf:3-5');
  });

  test.each([
    'https://example.com/',
    '{path}',
    '/files/{path}',
    'javascript:alert("{path}")',
    ' data:text/html,{path}',
  ])('are not made of %s', (template) => {
    expect(linksByTemplate(template)).toBeUndefined();
  });
});
