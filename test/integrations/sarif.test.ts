/** SARIF through the programs that read it: the validator with code scanning's rules, reviewdog and sarif-tools. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { readPage } from '../../src/cli/package.ts';
import { fixedConfig } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { diskFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { renderChangesSarif } from '../../src/report/changes/sarif.ts';
import { documentOf, type ReportDocument } from '../../src/report/document.ts';
import { renderSarif } from '../../src/report/formats/sarif.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { comparisonOf, fullComparison, hostileComparison, strict } from '../report/changes/comparisons.ts';
import { findingAt, fullReport, markedSpan, reportOf } from '../report/reports.ts';
import { describeWith, runTool } from './on-path.ts';

const root = join(import.meta.dirname, '../..');

async function linted(folder: string): Promise<ReportDocument> {
  const { configFor } = fixedConfig(undefined, checks, noSelection);
  return documentOf(await lint(diskFileSystem(root), [folder], { configFor, parser: 'native', inputs: noInputs }));
}

/** A text that is markup, a link, a placeholder and a control character. */
const evil = '[x](https://example.com) {0}\n\u001b[31m</a> %SRCROOT% \\';

/** Findings, two of them in one line, whose every text tries to be something else. */
function hostile(): ReportDocument {
  const span = markedSpan('git::x/ä #?%/(b).tf', '«x»');
  const texts = { message: evil, subject: evil, instances: [evil, `${evil}["a"]`], environments: [evil] };
  const behind = { related: [{ message: evil, span }], fix: { message: evil, edits: [{ span, text: evil }] } };
  const beside = markedSpan('git::x/ä #?%/(b).tf', 'x«x»');
  return documentOf(
    reportOf({
      findings: [findingAt(span, { ...texts, ...behind }), findingAt(beside, { ...texts, ...behind, severity: 'low' })],
      problems: [{ kind: 'syntax', severity: 'error', message: evil, span, hint: evil }],
    }),
  );
}

const reports = {
  'every fixture of the checks': () => linted('fixtures/checks'),
  'the article': () => linted('fixtures/projects/web-sg'),
  'one of everything': async () => documentOf(fullReport()),
  nothing: async () => documentOf(reportOf({})),
  'a shard': async () => documentOf({ ...fullReport(), shard: { index: 1, count: 1, parts: [] } }),
  'hostile texts': async () => hostile(),
};
type Name = keyof typeof reports;
const names = Object.keys(reports) as Name[];

let folder: string;
const texts = new Map<Name, string>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tfsg-'));
  for (const name of names) {
    const text = renderSarif(await reports[name](), { checks, pageOf: (check) => readPage(check) ?? '' });
    texts.set(name, text);
    writeFileSync(join(folder, fileOf(name)), text);
  }
  for (const name of comparisonNames)
    writeFileSync(join(folder, fileOf(name)), renderChangesSarif(comparisons[name](), strict('internet')));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What `tfsg changes` prints. */
const comparisons = {
  'a comparison with one of everything': fullComparison,
  'a comparison of the same': () => comparisonOf({}),
  'a comparison of hostile texts': () => hostileComparison(evil),
} as const;
const comparisonNames = Object.keys(comparisons) as (keyof typeof comparisons)[];

const fileOf = (name: string): string => `${name.replaceAll(' ', '-')}.sarif`;

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number; readonly startColumn: number };
      };
    },
  ];
}

const resultsIn = (text: string): readonly Result[] => JSON.parse(text).runs[0].results;
const placeOf = ({ locations: [{ physicalLocation }] }: Result) => physicalLocation;

test('every result is at a file of the repository', () => {
  const results = resultsIn(texts.get('every fixture of the checks')!);
  const paths = new Set(results.map((result) => decodeURIComponent(placeOf(result).artifactLocation.uri)));
  expect([...paths].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(new Set(results.map(({ ruleId }) => ruleId)).size).toBeGreaterThan(20);
});

// npm: @microsoft/sarif-multitool
describeWith('sarif-multitool', "the standard's validator", () => {
  /** The rules of code scanning that the validator leaves out unless they are asked for. */
  const further = [
    'GH1001.ProvideRequiredLocationProperties',
    'GH1002.InlineThreadFlowLocations',
    'GH1003.ProvideRequiredRegionProperties',
    'GH1004.ReviewArraysThatExceedConfigurableDefaults',
    'GH1005.LocationsMustBeRelativeUrisOrFilePaths',
    'GH1006.ProvideCheckoutPath',
    'GH1007.ProvideFullyFormattedMessageStrings',
  ];
  beforeAll(() => {
    const property = '<Property Key="RuleEnabled" Value="Error" Type="Driver.RuleEnabledState" />';
    const rules = further.map((rule) => `<Properties Key="${rule}.Options">${property}</Properties>`);
    writeFileSync(join(folder, 'rules.xml'), `<Properties>${rules.join('')}</Properties>`);
  });

  /** The rules that logs break, each once for a log that breaks it, notes aside. */
  const broken = (files: readonly string[], kind: string): string[] => {
    const options = ['--config', 'rules.xml', '--rule-kind', kind, '--output', 'out.json', '--log', 'ForceOverwrite'];
    expect(runTool('sarif-multitool', ['validate', ...files, ...options], { cwd: folder })).toMatchObject({ code: 0 });
    const log = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8').replace(/^\ufeff/, ''));
    return (log.runs[0].results as readonly Pick<Result, 'ruleId'>[]).map(({ ruleId }) => ruleId).sort();
  };

  test('finds nothing that code scanning would refuse', () => {
    expect(broken([...names, ...comparisonNames].map(fileOf), 'Ghas')).toEqual([]);
  });

  test('finds nothing against the standard but that the tool has no address', () => {
    const all = [...names, ...comparisonNames];
    expect(broken(all.map(fileOf), 'Sarif')).toEqual(all.map(() => 'SARIF2005'));
  });

  test('would find what is missing and what is no path', () => {
    const log = JSON.parse(texts.get('one of everything')!);
    const { physicalLocation } = log.runs[0].results[0].locations[0];
    delete physicalLocation.region;
    physicalLocation.artifactLocation.uri = 'git::https://example.com/main.tf';
    writeFileSync(join(folder, 'broken.sarif'), JSON.stringify(log));
    expect(broken(['broken.sarif'], 'Ghas')).toEqual(['GH1003', 'GH1005']);
  });
});

// go install github.com/reviewdog/reviewdog/cmd/reviewdog@latest
describeWith('reviewdog', 'reviewdog', () => {
  interface Diagnostic {
    readonly message: string;
    readonly location: {
      readonly path: string;
      readonly range: { readonly start: { readonly line: number; readonly column?: number } };
    };
    readonly severity: string;
    readonly code: { readonly value: string };
    readonly suggestions?: readonly { readonly text: string }[];
  }

  const diagnosticsOf = (name: Name): readonly Diagnostic[] => {
    const argv = ['-f=sarif', '-reporter=rdjson', '-filter-mode=nofilter', '-diff='];
    const { code, stdout, stderr } = runTool('reviewdog', argv, { cwd: folder, input: texts.get(name)! });
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout).diagnostics ?? [];
  };

  test.each(names)('reads each result of %s with its place', (name) => {
    const severities: Readonly<Record<string, string>> = { error: 'ERROR', warning: 'WARNING', note: 'INFO' };
    const expected = resultsIn(texts.get(name)!).map((result) => {
      const { artifactLocation, region } = placeOf(result);
      const { startLine, startColumn } = region;
      const path = decodeURIComponent(artifactLocation.uri);
      return [path, startLine, startColumn, severities[result.level], result.ruleId, result.message.text];
    });
    const read = diagnosticsOf(name).map(({ location, severity, code, message }) => {
      const { line, column = 1 } = location.range.start;
      return [location.path, line, column, severity, code.value, message];
    });
    expect(read).toEqual(expected);
  });

  test('reads fixes', () => {
    const texts = diagnosticsOf('every fixture of the checks').flatMap(({ suggestions = [] }) => suggestions);
    expect(texts.map(({ text }) => text)).toContain('"::/0"');
  });
});

// pip install sarif-tools
describeWith('sarif', 'sarif-tools', () => {
  test.each(names)('counts the results of %s', (name) => {
    const { code, stdout } = runTool('sarif', ['summary', fileOf(name)], { cwd: folder });
    expect(code).toBe(0);
    const results = resultsIn(texts.get(name)!);
    for (const level of ['error', 'warning', 'note']) {
      const count = results.filter((result) => result.level === level).length;
      expect(stdout).toMatch(new RegExp(`^${level}: ${count}$`, 'm'));
    }
  });
});
