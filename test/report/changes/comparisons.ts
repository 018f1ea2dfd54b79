/** Comparisons made by hand, for the formats of `tfsg changes`. */

import type {
  AccessChange,
  Comparison,
  OpenedFinding,
  OpenedQuestion,
  ReachChange,
  UndecidedAccess,
} from '../../../src/changes/change.ts';
import type { Check } from '../../../src/findings/check.ts';
import { ALL_TRAFFIC, type Traffic, trafficOfProtocol, trafficOfValues } from '../../../src/network/traffic.ts';
import type { ChangesLook } from '../../../src/report/changes/shown.ts';
import { linksByTemplate } from '../../../src/report/exposure/place-url.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { markedSpan } from '../reports.ts';

/** Without colour, with links; nothing fails. */
export const look: ChangesLook = {
  shownPath: (path) => path,
  color: false,
  urlOf: linksByTemplate('https://git.example.com/{path}#L{line}-L{endLine}'),
  noNewAccess: undefined,
  failing: () => false,
};

/** As `--no-new-access NAME` makes it. */
export const strict = (noNewAccess: 'internet' | 'any'): ChangesLook => ({
  ...look,
  noNewAccess,
  failing: ({ kind, internet, isAllowed }) => kind === 'opened' && !isAllowed && (noNewAccess === 'any' || internet),
});

export const tcp = (first: number, last = first): Traffic => trafficOfValues(6, [{ first, last }]);
export const udp = (first: number, last = first): Traffic => trafficOfValues(17, [{ first, last }]);

const rule = (path: string) =>
  markedSpan(path, 'resource "aws_security_group" "web" {\n  ingress {\n    cidr_blocks = [«var.cidrs»]\n  }\n}\n');
const declared = markedSpan('variables.tf', 'variable "cidrs" {\n  default = «["0.0.0.0/0"]»\n}\n');

/** SSH of a group, opened to all of IPv4. */
export function accessOf(changes: Partial<AccessChange> = {}): AccessChange {
  return {
    kind: 'opened',
    group: 'aws_security_group.web',
    direction: 'ingress',
    family: 4,
    traffic: tcp(22),
    sources: ['0.0.0.0/0'],
    internet: changes.sources === undefined,
    isAllowed: false,
    environments: [],
    roots: ['.'],
    related: [],
    findings: [],
    questions: [],
    span: rule('main.tf'),
    ...changes,
  };
}

export function undecidedOf(changes: Partial<UndecidedAccess> = {}): UndecidedAccess {
  const { internet: _, isAllowed: __, ...rest } = accessOf();
  return { ...rest, because: ['var.office_cidr'], ...changes };
}

/** PostgreSQL of a database, reached over a load balancer and an instance. */
export function reachOf(changes: Partial<ReachChange> = {}): ReachChange {
  const span = markedSpan('data.tf', '«resource "aws_db_instance" "main"» {\n}\n');
  return {
    kind: 'opened',
    service: 'aws_db_instance.main',
    serviceKind: 'database',
    family: 4,
    traffic: tcp(5432),
    through: ['aws_lb.front', 'aws_instance.app', 'aws_db_instance.main'],
    path: [{ kind: 'service', address: 'aws_db_instance.main', text: 'gets 5432/tcp', span }],
    environments: [],
    roots: ['.'],
    span,
    ...changes,
  };
}

export function comparisonOf(
  parts: Partial<Omit<Comparison, 'counts'>> & { readonly counts?: Partial<Comparison['counts']> },
): Comparison {
  return {
    changes: [],
    undecided: [],
    reach: [],
    problems: [],
    rules: [],
    suppressedRules: [],
    base: 'origin/main (3f2a1b9)',
    isReachUnknown: false,
    ...parts,
    counts: { groups: 5, roots: 1, unchangedDirectories: 0, suppressed: 0, files: 3, ...parts.counts },
  };
}

/** SSH to all of IPv4 and IPv6 where a variable is "prod", by the default of another one. */
export const ssh = comparisonOf({
  changes: [4, 6].map((family) =>
    accessOf({
      family: family as 4 | 6,
      sources: [family === 4 ? '0.0.0.0/0' : '::/0'],
      internet: true,
      when: [{ 'var.environment': 'prod' }],
      related: [{ message: 'default of var.cidrs', span: declared }],
    }),
  ),
});

/** An own rule about what is opened, as far as formats show one. */
export const ownRule = (id: string): Check => ({
  ...{ id, summary: 'Nobody opens this', label: `against ${id}`, help: 'Ask the platform team.', severity: 'high' },
  ...{ preset: 'recommended', topic: 'exposure', aliases: { checkov: ['CKV2_ACME_7'] }, sources: [], options: {} },
  about: 'opened',
  own: { span: rule('tfsg.rules.hcl'), docs: 'tfsg.rules.hcl', page: `# ${id}\n\nNobody opens this.\n`, tags: ['pci'] },
  *run() {},
});

export function findingOf(changes: Partial<OpenedFinding> = {}): OpenedFinding {
  return {
    ...{
      check: 'acme-no-ssh',
      severity: 'high',
      message: 'Nobody opens this to 0.0.0.0/0.',
      help: 'Ask the platform team.',
    },
    ...{ docs: 'tfsg.rules.hcl', isFailing: true, environments: [], roots: ['.'] },
    ...changes,
  };
}

export function questionOf(changes: Partial<OpenedQuestion> = {}): OpenedQuestion {
  return {
    ...{ check: 'acme-tier', severity: 'low', because: ['var.tier'], isFailing: true, environments: [], roots: ['.'] },
    ...changes,
  };
}

/** What own rules say of rows: in both families, in one of two environments, undecided, and where the row itself is. */
export function comparisonWithRules(): Comparison {
  const roots = ['live/dev', 'live/prod'];
  const environments = ['dev', 'prod'];
  return comparisonOf({
    changes: [
      accessOf({ findings: [findingOf()], questions: [questionOf()] }),
      accessOf({
        ...{ family: 6, sources: ['::/0'], internet: true },
        findings: [findingOf({ message: 'Nobody opens this to ::/0.' })],
        questions: [questionOf()],
      }),
      accessOf({
        ...{ traffic: tcp(5432), sources: ['10.0.0.0/8'], roots, environments },
        findings: [
          findingOf({
            ...{ check: 'acme-prod', severity: 'info', message: 'Production is closed.', isFailing: false },
            ...{ help: 'See https://wiki.example.com/prod?a=1&b=2.', docs: 'https://wiki.example.com/prod?a=1&b=2' },
            ...{ environments: ['prod'], roots: ['live/prod'], when: [{ 'var.size': 'large' }] },
          }),
        ],
      }),
    ],
    undecided: [undecidedOf({ questions: [questionOf({ because: ['var.office_cidr', 'var.tier'] })] })],
    rules: [ownRule('acme-no-ssh'), ownRule('acme-prod'), ownRule('acme-tier')],
    problems: [
      { kind: 'configuration', severity: 'warning', message: 'The change edits acme-no-ssh.', span: declared },
    ],
    ...{ counts: { suppressed: 2 }, suppressedRules: ['acme-no-ssh', 'acme-prod'] },
  });
}

/** A comparison with one of everything. */
export function fullComparison(): Comparison {
  const span = rule('live/prod/main.tf');
  const roots = ['live/prod'];
  const db = { group: 'module.db.aws_security_group.this["main"]', roots, span: rule('modules/db/main.tf') };
  return comparisonOf({
    changes: [
      accessOf({ roots, span, environments: ['prod'], related: [{ message: 'default of var.cidrs', span: declared }] }),
      accessOf({ roots, span, traffic: tcp(80), environments: ['prod'] }),
      accessOf({ roots, span, traffic: tcp(8000, 8010), sources: ['10.0.0.0/8'], isAllowed: true }),
      accessOf({ ...db, traffic: tcp(5432), sources: ['10.0.0.0/8', '192.168.0.0/16'] }),
      accessOf({ ...db, traffic: tcp(5432), sources: ['aws_security_group.app', 'self'], family: null }),
      accessOf({ ...db, traffic: { ...tcp(9000), isSensitive: true }, sources: ['(sensitive value)'] }),
      accessOf({ ...db, direction: 'egress', traffic: ALL_TRAFFIC, sources: ['128.0.0.0/1'], internet: true }),
      accessOf({ ...db, traffic: trafficOfProtocol(50), sources: ['10.0.0.0/8'], when: [{ 'var.vpn': true }] }),
      accessOf({ kind: 'closed', roots, span, traffic: tcp(80) }),
      accessOf({ kind: 'closed', ...db, traffic: udp(53), sources: ['10.1.0.0/16'] }),
      accessOf({
        ...{ kind: 'closed', group: 'sg-0123456789abcdef0', roots: ['live/dev', 'live/prod'] },
        span: { file: new SourceFile('--var office', 'x', true), start: 0, end: 1 },
        sources: ['203.0.113.0/24'],
      }),
    ],
    undecided: [
      undecidedOf({ roots, span }),
      undecidedOf({ kind: 'closed', roots, span, traffic: tcp(443), because: ['data.aws_vpc.main', 'var.x'] }),
    ],
    reach: [
      reachOf({ roots }),
      reachOf({ roots, family: 6 }),
      reachOf({ roots, kind: 'closed', service: 'aws_instance.old', through: ['aws_instance.old'], traffic: tcp(443) }),
    ],
    problems: [
      {
        kind: 'module',
        severity: 'warning',
        message: 'Module "vpc" is not downloaded.',
        span,
        hint: 'Run terraform init.',
      },
      { kind: 'file', severity: 'error', message: 'gone.tf: no such file or directory.' },
    ],
    counts: { groups: 12, roots: 2, unchangedDirectories: 199, files: 31 },
  });
}

/** A comparison with one of everything, all of it made of one text. */
export function hostileComparison(text: string): Comparison {
  const span = markedSpan(`${text}.tf`, `# ${text}\na = «"1"»\n`);
  const own = { group: text, span, sources: [text, '0.0.0.0/0'], environments: [text], roots: [text] };
  const related = [{ message: text, span: markedSpan(`${text}.tf`, `# ${text}\n«a» = "1"\n`) }];
  return comparisonOf({
    changes: [
      accessOf({
        ...{ ...own, related, internet: true, when: [{ [text]: text }] },
        findings: [findingOf({ check: text, message: text, help: text, environments: [text], roots: [text] })],
        questions: [questionOf({ because: [text] })],
      }),
      accessOf({ ...own, kind: 'closed', related }),
      accessOf({ ...own, direction: 'egress' }),
    ],
    undecided: [undecidedOf({ ...own, because: [text], related })],
    reach: [
      reachOf({ service: text, through: [text, text], span, roots: [text], environments: [text] }),
      reachOf({ service: text, through: [text], span, kind: 'closed' }),
    ],
    problems: [
      { kind: 'file', severity: 'error', message: text, hint: text },
      { kind: 'module', severity: 'warning', message: text, span },
    ],
    rules: [ownRule(text)],
    base: text,
  });
}
