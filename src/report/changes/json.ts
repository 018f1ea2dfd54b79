/** What a change opens and closes for programs: schema/changes.schema.json. */

import type {
  AccessChange,
  Comparison,
  OpenedFinding,
  OpenedQuestion,
  ReachChange,
  UndecidedAccess,
} from '../../changes/change.ts';
import type { PathStep } from '../../exposure/exposure.ts';
import type { Span } from '../../source/span.ts';
import { placeDocument, problemDocument, SCHEMA_VERSION } from '../document.ts';
import type { SafeText } from '../escape.ts';
import { trafficDocument } from '../exposure/traffic-document.ts';
import { jsonDocument } from '../formats/json.ts';
import { failsRun } from './rows.ts';
import { sentenceOf } from './sentence.ts';
import type { ChangesLook } from './shown.ts';
import { piecesText } from './words.ts';

/** `{ schemaVersion, base, changes, undecided, reach, problems, summary }`. */
export function renderChangesJson(comparison: Comparison, look: ChangesLook): SafeText {
  const { base, changes, undecided, reach, problems, counts, suppressedRules, isReachUnknown } = comparison;
  const count = (of: readonly { readonly kind: string }[], kind: AccessChange['kind']): number =>
    of.filter((each) => each.kind === kind).length;
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    base,
    changes: changes.map((change) => changeDocument(change, look)),
    undecided: undecided.map(undecidedDocument),
    reach: isReachUnknown ? null : reach.map(reachDocument),
    problems: problems.map(problemDocument),
    summary: {
      sentence: piecesText(sentenceOf(comparison, look)),
      ...{ opened: count(changes, 'opened'), closed: count(changes, 'closed') },
      failing: changes.filter((change) => isFailing(change, look)).length,
      undecided: undecided.length,
      findings: changes.reduce((sum, { findings }) => sum + findings.length, 0),
      ...counts,
      suppressedRules,
    },
  });
}

function changeDocument(change: AccessChange, look: ChangesLook) {
  const { internet, isAllowed, related, findings } = change;
  return {
    ...accessDocument(change),
    ...{ internet, allowed: isAllowed, fails: isFailing(change, look) },
    ...holdingDocument(change),
    related: related.map(relatedDocument),
    findings: findings.map(findingDocument),
    undecidedFindings: change.questions.map(questionDocument),
  };
}

function undecidedDocument(change: UndecidedAccess) {
  const { because, related, questions } = change;
  return {
    ...{ ...accessDocument(change), because, ...holdingDocument(change) },
    related: related.map(relatedDocument),
    undecidedFindings: questions.map(questionDocument),
  };
}

const isFailing = (change: AccessChange, look: ChangesLook): boolean =>
  failsRun({ isFailing: look.failing(change), findings: change.findings });

function findingDocument(finding: OpenedFinding) {
  const { check, severity, message, help, docs, isFailing: fails } = finding;
  return { check, severity, message, help, docs, fails, ...whereDocument(finding) };
}

function questionDocument(question: OpenedQuestion) {
  const { check, severity, because } = question;
  return { check, severity, because, ...whereDocument(question) };
}

function accessDocument({ kind, group, direction, family, traffic, sources }: AccessChange | UndecidedAccess) {
  return { kind, group, direction, family, ...trafficDocument(traffic), sources };
}

function reachDocument(change: ReachChange) {
  const { kind, service, serviceKind, family, traffic, through, path } = change;
  return {
    ...{ kind, service, service_kind: serviceKind, family, ...trafficDocument(traffic), through },
    path: path.map(stepDocument),
    ...holdingDocument(change),
  };
}

function holdingDocument(change: AccessChange | UndecidedAccess | ReachChange) {
  return { ...whereDocument(change), ...placeOrNull(change.span) };
}

function whereDocument({ when, environments, roots }: Pick<OpenedQuestion, 'when' | 'environments' | 'roots'>) {
  return { ...(when !== undefined && { when }), environments, roots };
}

const stepDocument = ({ kind, address, text, span }: PathStep) => ({ kind, address, text, ...placeOrNull(span) });

const relatedDocument = ({ message, span }: AccessChange['related'][number]) => ({ message, ...placeOrNull(span) });

/** Of what is in no file, such as a value of the command line, both are null. */
const placeOrNull = (span: Span) => (span.file.isVirtual ? { file: null, range: null } : placeDocument(span));
