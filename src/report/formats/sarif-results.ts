/** Findings as SARIF's results. */

import { groupBy } from '../../collections/group-by.ts';
import type { FixOf } from '../../findings/finding.ts';
import { severities } from '../../findings/severity.ts';
import type { Range } from '../../source/position.ts';
import type { FindingDocument, PlaceDocument } from '../document.ts';
import { levelOf, messageWithHelp } from '../entries.ts';
import { escapeControls } from '../escape.ts';
import { reachSentence } from '../exposure/reach-text.ts';

/** Code scanning shows no more of one result. */
const MAX_LOCATIONS = 100;

/** More related places, or instances, than these are counted in a message. */
const MAX_NAMED = 5;

/** Findings that make one result, the worst first. */
export type ResultGroup = readonly [FindingDocument, ...FindingDocument[]];

/** A related place with its words, as a finding has it. */
type Related = FindingDocument['related'][number];

/**
 * Findings of one check that start in one line together: code scanning tells results of a rule apart by the text of their line, and shows
 * one of those that it takes for the same. In the order of the findings.
 */
export function resultGroups(findings: readonly FindingDocument[]): readonly ResultGroup[] {
  const byLine = groupBy(findings, ({ check, file, range }) => `${check} ${range.start.line} ${file}`);
  return [...byLine.values()].flatMap((group) => {
    const ranked = group.toSorted(bySeverity);
    const parts = Math.ceil(ranked.length / MAX_LOCATIONS);
    return Array.from(
      { length: parts },
      (_, part) => ranked.slice(part * MAX_LOCATIONS, (part + 1) * MAX_LOCATIONS) as unknown as ResultGroup,
    );
  });
}

/** The worst of the groups, as many as may be, in the order given. */
export function worstGroups(groups: readonly ResultGroup[], count: number): readonly ResultGroup[] {
  if (groups.length <= count) return groups;
  const kept = new Set(groups.toSorted(([a], [b]) => bySeverity(a, b)).slice(0, count));
  return groups.filter((group) => kept.has(group));
}

function bySeverity(a: FindingDocument, b: FindingDocument): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

/** What results of a rule have of it. */
export interface ResultRule {
  readonly index: number;
  readonly taxa: readonly object[];
}

/** A result at the place of the group's worst finding; the places of the others are among the related ones. */
export function resultOf(group: ResultGroup, { index: ruleIndex, taxa }: ResultRule): object {
  const [main, ...others] = group;
  const related = placesBehind(group);
  const locations = [...others, ...related].slice(0, MAX_LOCATIONS - 1);
  const subjects = [...new Set(group.map(({ subject }) => subject))];
  return {
    ruleId: main.check,
    ruleIndex,
    level: levelOf[main.severity],
    message: { text: messageOf(group, related) },
    locations: [
      {
        ...locationOf(main),
        logicalLocations: subjects.map((subject) => ({
          fullyQualifiedName: escapeControls(subject),
          kind: 'resource',
        })),
      },
    ],
    ...(locations.length > 0 && {
      relatedLocations: locations.map((place, index) => ({
        id: index + 1,
        ...locationOf(place),
        message: { text: plainText(place.message) },
      })),
    }),
    ...(taxa.length > 0 && { taxa }),
    ...fixesOf(group),
    partialFingerprints: { 'tfsgFingerprint/v2': main.fingerprint },
    properties: { severity: main.severity, ...(main.reach !== undefined && { reach: main.reach }) },
  };
}

/** The places behind all findings of a group, each once. */
function placesBehind(group: ResultGroup): readonly Related[] {
  const unique = groupBy(
    group.flatMap(({ related }) => related),
    ({ file, range }) => `${range.start.offset} ${range.end.offset} ${file}`,
  );
  return [...unique.values()].map(([first]) => first);
}

/** The first sentence stands for itself: it is the title of an alert. Of the related places code scanning shows those that are linked. */
function messageOf(group: ResultGroup, related: readonly Related[]): string {
  const [main, ...others] = group;
  const first = others.length + 1;
  const seen = related
    .slice(0, Math.min(MAX_NAMED, MAX_LOCATIONS - first))
    .map(({ message }, index) => link(message, first + index));
  const instances = instancesOf(group);
  const environments = [...new Set(group.flatMap((finding) => finding.environments))];
  return [
    plainText(messageWithHelp(main)),
    ...(main.reach === undefined ? [] : [plainText(reachSentence(main))]),
    ...others.map(({ message }, index) => `${link('Also here', index + 1)}: ${plainText(message)}`),
    ...listed('See', seen, related.length),
    ...listed('In', instances.slice(0, MAX_NAMED).map(plainText), instances.length),
    ...listed('Environments:', environments.map(plainText), environments.length),
  ].join(' ');
}

/** The instances with the faults, where the resources' own addresses don't say which. */
function instancesOf(group: ResultGroup): readonly string[] {
  const subjects = new Set(group.map(({ subject }) => subject));
  const instances = new Set(group.flatMap((finding) => finding.instances));
  return [...instances].every((instance) => subjects.has(instance)) ? [] : [...instances];
}

/** A sentence, or none where there is nothing to list. */
function listed(words: string, items: readonly string[], total: number): string[] {
  if (items.length === 0) return [];
  const rest = total - items.length;
  return [`${words} ${items.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
}

/** A link to a related location (section 3.11.6 of the standard). */
function link(text: string, id: number): string {
  return `[${plainText(text).replace(/[\\[\]]/g, '\\$&')}](${id})`;
}

/** Text of users in a message: it can't break a line or make a link. */
export function plainText(text: string): string {
  return escapeControls(text).replaceAll('](', '] (');
}

/** Each finding's fix separately, because each fixes its own finding. */
function fixesOf(group: ResultGroup): { readonly fixes?: readonly object[] } {
  const fixes = group.flatMap(({ fix }) => fix ?? []);
  const unique = [...groupBy(fixes, ({ edits }) => JSON.stringify(edits)).values()];
  return unique.length === 0 ? {} : { fixes: unique.map(([fix]) => fixOf(fix)) };
}

function fixOf({ message, edits }: FixOf<PlaceDocument>): object {
  return {
    description: { text: plainText(message) },
    artifactChanges: [...groupBy(edits, ({ file }) => file)].map(([file, changes]) => ({
      artifactLocation: artifactOf(file),
      replacements: changes.map(({ range, text }) => ({ deletedRegion: regionOf(range), insertedContent: { text } })),
    })),
  };
}

export function locationOf({ file, range }: PlaceDocument): object {
  return { physicalLocation: { artifactLocation: artifactOf(file), region: regionOf(range) } };
}

/** The path from the repository's root as a relative reference; no segment of it can be taken for a scheme. */
function artifactOf(file: string): object {
  // Names with halves of surrogate pairs have no UTF-8.
  const path = file.replace(/\p{Surrogate}/gu, '\ufffd');
  return { uri: path.split('/').map(encodeURIComponent).join('/') };
}

function regionOf({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
