/** Lists of the checks: by topic for the README and docs/checks.md, by requirement for docs/standards.md. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Topic } from '../../src/findings/check.ts';
import { severities } from '../../src/findings/severity.ts';
import { requirementsOf, standards } from '../../src/findings/standards.ts';
import { type Output, replaceBetween } from './output.ts';

/** The heading of each topic, and what it is about. */
const topics: readonly (readonly [topic: Topic, heading: string, meaning: string])[] = [
  ['exposure', 'Exposure', 'Who gets in or out.'],
  ['apply', 'Will not apply', 'What Terraform or AWS rejects, or what does something else than it says.'],
  ['hygiene', 'Hygiene', 'How well a group is explained and kept.'],
];

/** The checks of a topic, the gravest first. */
const checksOf = (checks: readonly Check[], topic: Topic): readonly Check[] =>
  checks
    .filter((check) => check.topic === topic)
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The list of checks between the README's markers. */
export function readmeChecks(root: string, checks: readonly Check[]): Output {
  const paragraphs = topics.map(([topic, heading, meaning]) => {
    const links = checksOf(checks, topic).map(({ id }) => `[${id}](docs/checks/${id}.md)`);
    return `**${heading}.** ${meaning}\n\n${links.join(' ·\n')}`;
  });
  return marked(root, 'README.md', 'checks', paragraphs.join('\n\n'));
}

/** docs/checks.md. */
export function checksPage(checks: readonly Check[]): Output {
  const sections = topics.map(([topic, heading, meaning]) => {
    const rows = checksOf(checks, topic).map(
      ({ id, severity, preset, summary }) =>
        `| [${id}](checks/${id}.md) | ${severity} | ${preset} | ${cell(summary)} |`,
    );
    const head = ['| check | severity | preset | finding |', '| --- | --- | --- | --- |'];
    return `## ${heading}\n\n${meaning}\n\n${[...head, ...rows].join('\n')}`;
  });
  const start =
    '# Checks\n\nThe gravest come first. `tfsg checks` lists them with the settings of your configuration, and `tfsg explain CHECK` prints a page. The\n[configuration](configuration.md) turns them on and off and sets their severity and options.';
  return { path: 'docs/checks.md', text: `${[start, ...sections].join('\n\n')}\n` };
}

/** The tables of docs/standards.md between its markers: what each requirement of a standard is checked by. */
export function standardsPage(root: string, checks: readonly Check[]): Output {
  const sections = standards.map((standard) => {
    const rows = Object.entries(standard.requirements).map(([id, meaning]) => {
      const found = checks.filter((check) =>
        requirementsOf(check).some((each) => each.standard === standard && each.ids.includes(id)),
      );
      const links = found.map((check) => `[${check.id}](checks/${check.id}.md)`).join(', ');
      return `| ${id} | ${cell(meaning)} | ${links} |`;
    });
    const heading = `## ${standard.name} ${standard.version}\n\nBy the [${standard.organization}](${standard.uri}).`;
    return [heading, ['| requirement | | checks |', '| --- | --- | --- |', ...rows].join('\n')].join('\n\n');
  });
  return marked(root, 'docs/standards.md', 'standards', sections.join('\n\n'));
}

function marked(root: string, path: string, name: string, text: string): Output {
  return { path, text: replaceBetween(path, readFileSync(join(root, path), 'utf8'), name, text) };
}
