/** What a change opens and closes as SARIF 2.1.0, for code scanning. */

import { createHash } from 'node:crypto';
import type { Comparison, OpenedFinding } from '../../changes/change.ts';
import { groupBy } from '../../collections/group-by.ts';
import { shownAliases } from '../../findings/aliases.ts';
import { distinctFingerprints } from '../../findings/fingerprint.ts';
import { severities } from '../../findings/severity.ts';
import { siteAddress } from '../../site.ts';
import { version } from '../../version.ts';
import { type PlaceDocument, placeDocument, problemDocument, ranges } from '../document.ts';
import { levelOf } from '../entries.ts';
import { escapeControls, type SafeText } from '../escape.ts';
import { jsonDocument } from '../formats/json.ts';
import { cutNotification, MAX_RESULTS, problemNotification } from '../formats/sarif.ts';
import { locationOf, plainText } from '../formats/sarif-results.ts';
import { reportingDescriptorOf } from '../formats/sarif-rules.ts';
import { accessText, placeInFile } from './entries.ts';
import { comparedWith } from './facts.ts';
import { type ChangeRow, changeRowsOf, type ReachRow, reachRowsOf, undecidedRowsOf } from './rows.ts';
import { holdingText, questionText } from './rules.ts';
import type { ChangesLook } from './shown.ts';
import { conditionsText, piecesText, rootsText, trafficName } from './words.ts';

const rules = [
  {
    id: 'new-access',
    name: 'NewAccess',
    text: 'The change allows traffic that a security group did not allow before.',
    help: 'Check that the change is meant to allow this traffic. If it is, declare the source in "trusted", or the traffic in a "policy" of .tfsgrc.json.',
    level: 'warning',
  },
  {
    id: 'removed-access',
    name: 'RemovedAccess',
    text: 'The change closes traffic that a security group allowed before.',
    help: 'Check that nothing needs this traffic.',
    level: 'none',
  },
] as const;

/**
 * One run with a result for each row that is opened, at its place, and an informational one for each that is closed, at its place in the older
 * state. What is undecided, what the internet reaches, and what was compared are notifications.
 */
export function renderChangesSarif(comparison: Comparison, look: ChangesLook): SafeText {
  const rows = changeRowsOf(comparison, look);
  const fingerprints = distinctFingerprints(rows.map(fingerprintOf));
  const asked = rulesIn(comparison);
  const ids = asked.map(({ id }) => id);
  const results = rows.flatMap((row, index) => {
    const place = placeInFile(row);
    const fingerprint = fingerprints[index]!;
    return place === null ? [] : [resultOf(row, place, fingerprint), ...findingResults(row, place, fingerprint, ids)];
  });
  const cut = results.length - MAX_RESULTS;
  const { problems } = comparison;
  return jsonDocument({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'tfsg',
            semanticVersion: version,
            ...(siteAddress !== undefined && { informationUri: siteAddress }),
            rules: [
              ...rules.map(({ id, name, text, help, level }) => ({
                ...{ id, name, shortDescription: { text }, fullDescription: { text } },
                help: { text: help, markdown: help },
                defaultConfiguration: { level },
                properties: { tags: [], precision: 'high', 'problem.severity': 'warning' },
              })),
              ...asked.map((check) => {
                const aliases = shownAliases(check.aliases);
                return reportingDescriptorOf({ ...check, aliases, requirements: [] }, check.own?.page ?? '');
              }),
            ],
          },
        },
        // Else code scanning takes it for another state of what tfsg lint has uploaded.
        automationDetails: { id: 'tfsg-changes/' },
        invocations: [
          {
            executionSuccessful: problems.every(({ severity }) => severity !== 'error'),
            toolExecutionNotifications: [
              ...problems.map((problem) => problemNotification(problemDocument(problem))),
              ...(cut > 0 ? [cutNotification(cut)] : []),
              // Code scanning takes no result without a place.
              ...rows.filter((row) => placeInFile(row) === null).map((row) => noteOf(ruleOf(row).id, changeText(row))),
              ...[...rows, ...undecidedRowsOf(comparison)].flatMap((row) => ruleNotes(row)),
              ...undecidedRowsOf(comparison).map((row) => noteOf('undecided', undecidedText(row), row)),
              ...reachRowsOf(comparison).map((row) => noteOf('reach', reachText(row), row)),
              noteOf('compared', piecesText(comparedWith(comparison))),
            ],
          },
        ],
        columnKind: 'utf16CodeUnits',
        // What is opened comes first.
        results: results.slice(0, MAX_RESULTS),
      },
    ],
  });
}

const ruleOf = ({ kind }: ChangeRow): (typeof rules)[number] => rules[kind === 'opened' ? 0 : 1];

function changeText(row: ChangeRow): string {
  return `${row.group} ${row.kind === 'opened' ? 'opens' : 'closes'} ${accessText(row)}${detailsOf(row)}.`;
}

function resultOf(row: ChangeRow, place: PlaceDocument, fingerprint: string): object {
  const { kind, group, isFailing, isInternet, related } = row;
  const rule = ruleOf(row);
  const level = isFailing ? 'error' : isInternet ? 'warning' : 'note';
  const places = [...row.spans.slice(1).map((span) => ({ message: 'Also here', span })), ...related].filter(
    ({ span }) => !span.file.isVirtual && ranges.key(placeDocument(span)) !== ranges.key(place),
  );
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    // Only what fails has a level: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317648
    ...(kind === 'opened' ? { level } : { kind: 'informational', level: 'none' }),
    message: { text: plainText(changeText(row)) },
    locations: [groupLocation(place, group)],
    ...(places.length > 0 && {
      relatedLocations: places.map(({ message, span }, id) => ({
        id: id + 1,
        ...locationOf(placeDocument(span)),
        message: { text: plainText(message) },
      })),
    }),
    partialFingerprints: { 'tfsgChange/v1': fingerprint },
  };
}

const groupLocation = (place: PlaceDocument, group: string): object => ({
  ...locationOf(place),
  logicalLocations: [{ fullyQualifiedName: escapeControls(group), kind: 'resource' }],
});

/** Each id once: two folders can have rules of one. */
const rulesIn = ({ rules: asked }: Comparison): Comparison['rules'] => [
  ...new Map(asked.map((check) => [check.id, check])).values(),
];

/** @param ids of the own rules, in their order */
function findingResults(
  row: ChangeRow,
  place: PlaceDocument,
  fingerprint: string,
  ids: readonly string[],
): readonly object[] {
  // Code scanning takes several of one rule in one line for the same.
  return [...groupBy(row.findings, ({ check }) => check).values()].map((same) => {
    const [{ check, severity, help }] = same.toSorted(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
    ) as [OpenedFinding];
    const messages = same.map((finding) => {
      const where = holdingText(finding, row, { shownPath: (path) => path });
      return where === '' ? finding.message : `${finding.message} (${where})`;
    });
    const texts = [...messages, help].filter((text) => text !== '');
    const hash = createHash('sha256').update(JSON.stringify([fingerprint, check]));
    return {
      ruleId: check,
      ruleIndex: rules.length + ids.indexOf(check),
      level: levelOf[severity],
      message: { text: plainText(texts.join(' ')) },
      locations: [groupLocation(place, row.group)],
      partialFingerprints: { 'tfsgChange/v1': hash.digest('hex').slice(0, 32) },
      properties: { severity },
    };
  });
}

/** What is not decided, and what is against a row without a place. */
function ruleNotes(row: ChangeRow): readonly object[] {
  const homeless = placeInFile(row) === null ? row.findings : [];
  return [
    ...homeless.map(({ check, message }) => noteOf(check, message)),
    ...row.questions.map((question) => noteOf(question.check, `${row.group}: ${questionText(question)}`, row)),
  ];
}

/** The same for the same change, wherever it is written. */
function fingerprintOf(row: ChangeRow): string {
  const { kind, group, roots, environments, when } = row;
  const text = JSON.stringify([kind, group, accessText(row), roots, environments, when]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function undecidedText(row: ChangeRow): string {
  return `${row.group} may ${row.kind === 'opened' ? 'open' : 'close'} ${accessText(row)}${detailsOf(row)}.`;
}

function reachText(row: ReachRow): string {
  const verb = row.kind === 'opened' ? 'now reaches' : 'no longer reaches';
  const way = row.through.length === 0 ? 'directly' : `by ${row.through.join(' > ')}`;
  return `The internet ${verb} ${row.service} on ${trafficName(row.traffic)}, ${way}${detailsOf(row)}.`;
}

function detailsOf(row: ChangeRow | ReachRow): string {
  const texts = [rootsText(row.roots, { shownPath: (path) => path }), conditionsText(row)];
  return texts.map((text) => (text === '' ? '' : `, ${text}`)).join('');
}

function noteOf(id: string, text: string, row?: ChangeRow | ReachRow): object {
  const place = row === undefined ? null : placeInFile(row);
  return {
    descriptor: { id },
    level: 'note',
    message: { text: plainText(text) },
    ...(place !== null && { locations: [locationOf(place)] }),
  };
}
