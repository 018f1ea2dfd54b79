/** The config that `tfsg init` writes. */

import type { SafeText } from '../../report/escape.ts';
import { formatCount, formatList } from '../../text/count.ts';
import { commentedJson, oneLineJson, type PrintedEntry } from '../commented-json.ts';
import type { Preset } from '../presets.ts';
import type { Survey } from './survey.ts';

export interface Proposal {
  /** Path of the schema where it is installed, or its address. */
  readonly schema: string | undefined;
  /** Sets of checks, or the path of the config that held until now. */
  readonly extends: Preset | `./${string}` | `../${string}`;
  readonly fixtures: Survey['fixtures'];
  readonly environments: Survey['environments'];
  readonly tools: Survey['tools'];
  /** Findings that there are with it; undefined while that isn't known. */
  readonly findings: number | undefined;
}

/** From so many findings on a baseline is proposed. */
const MANY_FINDINGS = 20;

/** JSON with comments that explain each part. */
export function proposalText(proposal: Proposal): SafeText {
  const { schema, fixtures, environments, tools, findings = 0 } = proposal;
  const entries: PrintedEntry[] = [
    ...(schema === undefined ? [] : [{ name: '$schema', value: oneLineJson(schema) }]),
    { name: 'extends', value: oneLineJson([proposal.extends]), above: extendsLines(proposal) },
    ...(fixtures.length === 0 ? [] : [excludeEntry(fixtures)]),
    ...(proposal.extends.startsWith('.') ? [] : [failOnEntry]),
    {
      name: 'checks',
      value: '{}',
      above: ['Checks by id, tfsg\'s or another tool\'s: "off", a severity, or [severity, { options }].'],
    },
    ...(environments.length === 0 ? [] : [environmentsEntry(environments)]),
    ...(tools.length === 0 ? [] : [suppressionsEntry(tools)]),
  ];
  const hint = [
    `There are ${findings} findings now. To report only new ones, record these once with \`tfsg baseline\`, and commit the file.`,
  ];
  return commentedJson({ open: '{', entries }, [
    'Configuration of tfsg. `tfsg --print-config FILE` prints the effective configuration for a file.',
    ...(findings >= MANY_FINDINGS ? hint : []),
  ]);
}

const failOnEntry: PrintedEntry = {
  name: 'failOn',
  value: oneLineJson('low'),
  above: ['The lowest severity that fails the run (exit code 1): critical, high, medium, low or never.'],
};

function extendsLines({ extends: name }: Proposal): string[] {
  if (name.startsWith('.')) return ['The configuration that applied here before; this file overrides it.'];
  return ['The enabled checks: tfsg:recommended, tfsg:strict, tfsg:cis or tfsg:off. `tfsg checks` lists them.'];
}

function excludeEntry(fixtures: Proposal['fixtures']): PrintedEntry {
  const counts = fixtures.map(({ name, findings }) => `${formatCount(findings, 'finding')} in ${name}`);
  return {
    name: 'exclude',
    value: oneLineJson(globsOf(fixtures)),
    above: [`Examples and tests are not linted: ${formatList(counts)}.`],
  };
}

/** Patterns for folders of these names, wherever they are. */
export function globsOf(fixtures: Proposal['fixtures']): readonly string[] {
  return fixtures.map(({ name }) => `**/${name}/**`);
}

function environmentsEntry(environments: Proposal['environments']): PrintedEntry {
  const entries = environments.map(({ name, varFiles }) => ({ name, value: oneLineJson({ varFiles }) }));
  const above = [
    'Each root module is evaluated once for every environment whose files it has. Paths are relative to the module.',
  ];
  return { name: 'environments', value: { open: '{', entries }, above };
}

function suppressionsEntry(tools: Proposal['tools']): PrintedEntry {
  const counts = tools.map(({ tool, comments }) => `${formatCount(comments, 'comment')} of ${tool}`);
  const names = tools.map(({ tool }) => tool);
  return {
    name: 'suppressions',
    value: oneLineJson({ honor: names }),
    above: [`Suppression comments of these tools also suppress tfsg findings: ${formatList(counts)}.`],
  };
}
