/** One tree through the whole line, in every way that has to come to the same. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint, QueryCache } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { formatNames, loadFormat } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import type { Span } from '../../src/source/span.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { edited, type Files } from '../../test/projects/edits.ts';
import { parseXml } from '../../test/report/xml.ts';
import { Random } from '../fuzz-terraform/random.ts';
import { makeEdit, makeTree } from './trees.ts';

/** Seconds of a processor with nothing else to do that one run may take, beside a second for so many groups and rules, and one that comes to a bound. */
const MOST_SECONDS = 2;
const MADE_IN_A_SECOND = 500;
const MOST_SECONDS_BOUNDED = 15;

export interface Trial {
  readonly files: Files;
  readonly runs: number;
  readonly isBounded: boolean;
  /** Of the slowest run. */
  readonly seconds: number;
  readonly fault: string | undefined;
}

class Fault extends Error {}

/** What {@link slowness} measures takes so many seconds where a processor has nothing else to do. */
const USUAL_SECONDS = 0.2;

/** How many times slower the machine is than one with nothing else to do, at least 1: processor time grows when its threads share. */
function slowness(): number {
  const before = process.cpuUsage();
  const text = JSON.stringify(
    Array.from({ length: 20_000 }, (_, each) => ({
      name: `group-${each}`,
      ports: [each],
      source: `10.0.${each % 256}.0/24`,
    })),
  );
  const seen = new Map<string, unknown>();
  for (let round = 0; round < 8; round++) {
    for (const each of JSON.parse(text) as readonly { name: string }[]) seen.set(`${each.name} ${round}`, each);
  }
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, (user + system) / 1e6 / USUAL_SECONDS);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Never rejects. */
export async function tryTree(seed: number): Promise<Trial> {
  const random = new Random(seed);
  const files = makeTree(random);
  const counts = { runs: 0, seconds: 0, isBounded: false };
  const run = async (some: Files, cache?: QueryCache, paths: readonly string[] = ['']) => {
    const before = process.cpuUsage();
    const fileSystem = memoryFileSystem(some);
    const { configFor } = discoverConfigs(fileSystem, checks, noSelection);
    const report = await lint(fileSystem, paths, {
      configFor,
      parser: 'native',
      inputs: noInputs,
      suppressions: { today: '2026-01-31', reportUnused: true },
      // What is looked at here is tfsg's own parser.
      confirmSyntaxErrors: false,
      cache,
    });
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    const isBounded = report.problems.some(({ kind }) => kind === 'limit');
    counts.runs++;
    counts.seconds = Math.max(counts.seconds, seconds);
    counts.isBounded ||= isBounded;
    const made = report.summary.groups + report.summary.rules;
    const most = isBounded ? MOST_SECONDS_BOUNDED : MOST_SECONDS + made / MADE_IN_A_SECOND;
    if (seconds > most && seconds > most * slowness())
      throw new Fault(`a run takes ${seconds.toFixed(1)} s, ${(seconds / most).toFixed(1)} times what it may`);
    checkReport(report, some);
    return report;
  };
  try {
    const saidOf = (report: Report): string => digest(JSON.stringify(documentOf(report)));
    const report = await run(files);
    const said = saidOf(report);
    await checkFormats(report);
    const same = async (other: Promise<Report>, what: string): Promise<void> => {
      if (saidOf(await other) !== said) throw new Fault(`${what} comes to something else`);
    };
    await same(run(files), 'a second run');
    await same(run(Object.fromEntries(Object.entries(files).reverse())), 'another order of files');
    const tops = [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))];
    const forth = saidOf(await run(files, undefined, tops));
    const back = saidOf(await run(files, undefined, [...tops].reverse()));
    if (forth !== back) throw new Fault('another order of paths comes to something else');
    const states = [files];
    for (let left = random.between(1, 3); left > 0; left--) states.push(edited(states.at(-1)!, makeEdit(random)));
    // Before there is a cache: it holds as much as a run takes.
    const fresh: string[] = [said];
    for (const state of states.slice(1)) fresh.push(saidOf(await run(state)));
    const cache = new QueryCache();
    for (const [index, state] of states.entries()) {
      if (saidOf(await run(state, cache)) !== fresh[index]) {
        throw new Fault(`a run that remembers comes to something else, after ${JSON.stringify(state)}`);
      }
    }
    return { files, ...counts, fault: undefined };
  } catch (error) {
    const fault =
      error instanceof Fault ? error.message : `an exception: ${error instanceof Error ? error.stack : error}`;
    return { files, ...counts, fault };
  }
}

function checkReport(report: Report, files: Files): void {
  for (const { kind, message } of report.problems)
    if (kind === 'internal') throw new Fault(`an internal problem: ${message}`);
  const spans: (Span | undefined)[] = [
    ...report.problems.map(({ span }) => span),
    ...report.undecided.map(({ span }) => span),
    ...report.findings.flatMap(({ span, related, fix, suggestions }) => [
      span,
      ...related.map((each) => each.span),
      ...[...(fix === null ? [] : [fix]), ...suggestions].flatMap(({ edits }) => edits.map((edit) => edit.span)),
    ]),
  ];
  for (const span of spans) {
    if (span === undefined) continue;
    const { file, start, end } = span;
    if (!(0 <= start && start <= end && end <= file.text.length)) {
      throw new Fault(`a place outside of its file: ${file.path} ${start}-${end} of ${file.text.length}`);
    }
    if (file.isVirtual || files[file.path] === undefined) continue;
    // Half of a pair of surrogates is not what it was given as, and what has a zero byte is no text.
    const decoded = new TextDecoder().decode(new TextEncoder().encode(files[file.path]));
    const text = decoded.includes('\0') ? '' : decoded;
    if (file.text.replace(/^\ufeff/, '') !== text) throw new Fault(`a place in a text that is no more: ${file.path}`);
  }
}

const isReport = new Ajv().compile(
  JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8')),
);

const options = { color: false, width: 100, unknown: true, checks, pageOf: () => '' };

async function checkFormats(report: Report): Promise<void> {
  for (const name of formatNames) {
    const text = (await loadFormat(name))(report, options);
    const wrong = (why: unknown): Fault => new Fault(`${name} is not well-formed: ${why}`);
    if (text !== '' && !text.endsWith('\n')) throw wrong('it has no end of line');
    // A tab, and the ends of lines, are all that a report has of control characters.
    if (/[\0-\x08\x0b-\x1f\x7f]/.test(text)) throw wrong('it has control characters');
    try {
      if (name === 'json') {
        if (!isReport(JSON.parse(text))) throw wrong(JSON.stringify(isReport.errors));
      } else if (name === 'sarif') checkSarif(JSON.parse(text));
      else if (name === 'gitlab' || name === 'rdjson') JSON.parse(text);
      else if (name === 'rdjsonl') for (const line of text.split('\n')) if (line !== '') JSON.parse(line);
      if (name === 'junit' || name === 'checkstyle') parseXml(text);
    } catch (error) {
      throw error instanceof Fault ? error : wrong(error);
    }
  }
}

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly locations: readonly {
        readonly physicalLocation: { readonly region: Readonly<Record<string, number>> };
      }[];
    }[];
  }[];
}

/** What the schema of SARIF can't say, and readers go by. */
function checkSarif({ version, runs }: Sarif): void {
  if (version !== '2.1.0' || runs.length !== 1) throw new Fault('sarif has another version, or not one run');
  for (const { ruleId, ruleIndex, locations } of runs[0]!.results) {
    if (runs[0]!.tool.driver.rules[ruleIndex]?.id !== ruleId) throw new Fault(`sarif has no rule ${ruleId}`);
    for (const { physicalLocation } of locations) {
      if (Object.values(physicalLocation.region).some((each) => each < 1))
        throw new Fault('sarif has a place before 1:1');
    }
  }
}
