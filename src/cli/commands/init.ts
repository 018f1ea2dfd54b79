/** `tfsg init`: creates a .tfsgrc.json for the repository. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../checks/index.ts';
import { CONFIG_FILE, type Configs, discoverConfigs, fixedConfig } from '../../config/discover.ts';
import { globsOf, type Proposal, proposalText } from '../../config/init/proposal.ts';
import { type Survey, survey } from '../../config/init/survey.ts';
import { propertyOf } from '../../config/jsonc.ts';
import type { ConfigFile } from '../../config/layer.ts';
import { filesIn, noSelection } from '../../config/resolve.ts';
import { diskFileSystem, type FileSystem } from '../../files.ts';
import { lint } from '../../lint.ts';
import { safe } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import type { Report } from '../../report/report.ts';
import { summaryLine } from '../../report/summary.ts';
import { schemaAddress } from '../../site.ts';
import { spanKey } from '../../source/span.ts';
import { noInputs } from '../../terraform/instances/inputs.ts';
import { writeTo } from '../files/destination.ts';
import { locateTree } from '../files/tree.ts';
import { type Io, UsageError } from '../io.ts';
import { foundLines, nextSteps } from '../next-steps.ts';
import type { InitArguments } from '../options/arguments.ts';
import { nothingLinted, printProblems } from '../problems.ts';
import { isMistaken } from '../session.ts';

/** Asks on a terminal only. An existing file stays as it is. */
export async function runInit(given: InitArguments, io: Io): Promise<ExitCode> {
  const file = join(io.cwd, CONFIG_FILE);
  if (existsSync(file)) throw new UsageError(`${CONFIG_FILE} already exists here and was not changed.`);
  const tree = locateTree(io.cwd, []);
  const fileSystem = diskFileSystem(tree.root);
  const folder = tree.pathOf(io.cwd);
  const path = folder === '' ? CONFIG_FILE : `${folder}/${CONFIG_FILE}`;
  const discovered = discoverConfigs(fileSystem, checks, noSelection);
  const held = filesIn(discovered.layersFor(path)).map(({ file }) => file);
  if (isMistaken(discovered)) {
    printProblems(discovered.problems, given, io, tree.shownPath);
    return 2;
  }

  const before = await lintWith(discovered, fileSystem, folder);
  if (before.summary.files === 0) {
    throw new UsageError(`${nothingLinted(before.summary.excluded, 'error').message} ${CONFIG_FILE} was not written.`);
  }
  const say = (text: string): void => {
    if (!given.quiet) io.stderr.write(safe`tfsg: ${text}\n`);
  };
  const paths = before.findings.map(({ span }) => span.file.path);
  const surveyed = unsaid(survey(fileSystem, folder, paths), held);
  const above = held.at(-1)?.file.path;
  const inherited = above === undefined ? undefined : relativeTo(folder, above);
  const lintAs = async (proposal: Proposal): Promise<Report> => {
    const bytes = new TextEncoder().encode(proposalText(proposal));
    return lintWith(fixedConfig({ path, bytes, fileSystem }, checks, noSelection), fileSystem, folder);
  };
  const usual = {
    extends: inherited ?? 'tfsg:recommended',
    schema: undefined,
    tools: [],
    fixtures: [],
    findings: undefined,
  } as const;
  const { environments } = surveyed;
  const areUseless =
    environments.length > 0 &&
    resultsOf(await lintAs({ ...usual, environments })) === resultsOf(await lintAs({ ...usual, environments: [] }));
  for (const line of foundLines(before, surveyed)) say(`found ${line}`);
  if (areUseless) say('the variable files change no result, so no environments are proposed');
  const found = areUseless ? { ...surveyed, environments: [] } : surveyed;
  const chosen = await choose(found, inherited, io);
  const schema = './node_modules/tfsg/schema/tfsgrc.schema.json';
  const proposal: Proposal = {
    ...chosen,
    schema: existsSync(join(io.cwd, schema)) ? schema : schemaAddress,
    tools: found.tools,
    findings: undefined,
  };
  const after = await lintAs(proposal);
  const fault = writeTo(file, proposalText({ ...proposal, findings: after.findings.length }), [tree.root]);
  if (fault !== undefined) throw new UsageError(`Cannot write ${CONFIG_FILE}: ${fault}.`);
  say(`wrote ${path}. A run with it reports: ${summaryLine(after, 0, false)}`);
  const { baseline } = discovered.configFor(path);
  const hasBaseline = baseline !== false && fileSystem.read(baseline).kind === 'file';
  for (const step of nextSteps(fileSystem, after.findings.length, hasBaseline)) say(`next: ${step}`);
  return 0;
}

/** The results of a report as a text that is the same for the same ones, whatever environment they are of. */
function resultsOf({ findings, undecided }: Report): string {
  return JSON.stringify([
    findings.map(({ check, span, message }) => [check, spanKey(span), message]),
    undecided.map(({ check, span, subject, because }) => [check, spanKey(span), subject, because]),
  ]);
}

/** Without what the config above says already: of each part the last file that has it decides. */
function unsaid(found: Survey, held: readonly ConfigFile[]): Survey {
  const has = (...path: readonly string[]) =>
    held.some(({ root }) => path.reduce((node, name) => propertyOf(node, name), root) !== undefined);
  return {
    fixtures: has('exclude') ? [] : found.fixtures,
    environments: has('environments') ? [] : found.environments,
    tools: has('suppressions', 'honor') ? [] : found.tools,
  };
}

async function lintWith({ configFor }: Configs, fileSystem: FileSystem, folder: string): Promise<Report> {
  // What it proposes is what is configured from then on.
  return lint(fileSystem, [folder], { configFor, parser: 'native', inputs: noInputs, suggestEnvironments: false });
}

/** The path of a file above a folder. */
function relativeTo(folder: string, file: string): `../${string}` {
  const from = folder.split('/');
  const to = file.split('/');
  const shared = from.findIndex((step, index) => step !== to[index]);
  return `../${'../'.repeat(from.length - shared - 1)}${to.slice(shared).join('/')}`;
}

const presetNames = ['recommended', 'strict', 'cis'] as const;

/** The answers to a few questions; what is found where nobody answers. */
async function choose(
  { fixtures, environments }: Survey,
  above: `../${string}` | undefined,
  io: Io,
): Promise<Pick<Proposal, 'extends' | 'fixtures' | 'environments'>> {
  const preset = above ?? `tfsg:${await oneOf('Which preset: recommended, strict or cis?', presetNames, io)}`;
  const keeps = async (question: string, isAsked: boolean) => isAsked && (await yes(question, io));
  const names = environments.map(({ name }) => name).join(', ');
  return {
    extends: preset,
    fixtures: (await keeps(`Exclude ${globsOf(fixtures).join(', ')}?`, fixtures.length > 0)) ? fixtures : [],
    environments: (await keeps(`Check each environment separately (${names})?`, environments.length > 0))
      ? environments
      : [],
  };
}

/** The first is the default; whatever is no answer is asked again. */
async function oneOf<T extends string>(question: string, answers: readonly [T, ...T[]], io: Io): Promise<T> {
  for (;;) {
    const answer = (await io.ask(safe`${question} [${answers[0]}] `))?.trim().toLowerCase();
    if (answer === undefined || answer === '') return answers[0];
    const known = answers.find((each) => each.startsWith(answer));
    if (known !== undefined) return known;
  }
}

async function yes(question: string, io: Io): Promise<boolean> {
  for (;;) {
    const answer = (await io.ask(safe`${question} [Y/n] `))?.trim().toLowerCase();
    if (answer === undefined || answer === '' || answer === 'y' || answer === 'yes') return true;
    if (answer === 'n' || answer === 'no') return false;
  }
}
