/** A report as diagnostics, file by file. */

import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { checks } from '../checks/index.ts';
import { groupBy } from '../collections/group-by.ts';
import { isSameList } from '../collections/same-list.ts';
import type { CheckTag } from '../findings/check.ts';
import type { Edit, Finding, Fix } from '../findings/finding.ts';
import type { Severity } from '../findings/severity.ts';
import { escapeControls } from '../report/escape.ts';
import { reachSentence } from '../report/exposure/reach-text.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { markOrigins, originText, sourcesOf } from './origins.ts';
import type { EditorPlaces } from './places.ts';
import type { Snapshot } from './snapshot.ts';

/** What stands in the `data` of a finding's diagnostic; ranges are in `edits` as those of the protocol. */
export interface DiagnosticData {
  readonly fingerprint: string;
  /** The safe one. */
  readonly fix: FixData | null;
  /** Alternatives that may change the allowed traffic: the one that allows the least first. */
  readonly suggestions: readonly FixData[];
}

interface FixData {
  readonly message: string;
  readonly edits: readonly FixEdit[];
}

interface FixEdit {
  readonly uri: string;
  readonly range: Diagnostic['range'];
  readonly newText: string;
}

const severityOf: Readonly<Record<Severity | Problem['severity'], DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
  info: DiagnosticSeverity.Hint,
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
};

const tags: Readonly<Record<CheckTag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

const tagsOf: ReadonlyMap<string, readonly DiagnosticTag[]> = new Map(
  checks.flatMap((check) =>
    check.tags === undefined ? [] : [[check.id, check.tags.map((tag) => tags[tag])] as const],
  ),
);

/** What was found in one file, and the diagnostics that it became. */
interface FileDiagnostics {
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
  /** Findings elsewhere, of which a value is written in the file. */
  readonly fromHere: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes diagnostics of one tree's reports; those of a file stay the same object while what was found in it stays the same. */
export class DiagnosticMaker {
  readonly #pageOf: (check: string) => string | undefined;
  #known: ReadonlyMap<string, FileDiagnostics> = new Map();
  /** The URIs of the open documents, which stand in the diagnostics. */
  #uris = '';

  constructor(pageOf: (check: string) => string | undefined) {
    this.#pageOf = pageOf;
  }

  /** By path, for each file that has any; problems first. What has a place in no file is left out. */
  make({ findings, problems, documents }: Snapshot, places: EditorPlaces): ReadonlyMap<string, readonly Diagnostic[]> {
    const uris = [...documents.values()].map(({ uri }) => uri).join('\n');
    if (uris !== this.#uris) this.#known = new Map();
    this.#uris = uris;
    const placed = problems.filter((problem): problem is Placed => problem.span?.file.isVirtual === false);
    const problemsIn = groupBy(placed, ({ span }) => span.file.path);
    const findingsIn = groupBy(findings, ({ span }) => span.file.path);
    const sources = findings.flatMap((finding) =>
      [...new Set(sourcesOf(finding).map(({ span }) => span.file.path))].map((path) => ({ path, finding })),
    );
    const fromHereIn = groupBy(sources, ({ path }) => path);
    const made = new Map<string, FileDiagnostics>();
    for (const path of new Set([...problemsIn.keys(), ...findingsIn.keys(), ...fromHereIn.keys()])) {
      const inFile = {
        problems: problemsIn.get(path) ?? [],
        findings: findingsIn.get(path) ?? [],
        fromHere: fromHereIn.get(path)?.map(({ finding }) => finding) ?? [],
      };
      const known = this.#known.get(path);
      made.set(
        path,
        known !== undefined && isSame(known, inFile)
          ? known
          : { ...inFile, diagnostics: this.#convert(path, inFile, places) },
      );
    }
    this.#known = made;
    return new Map([...made].map(([path, { diagnostics }]) => [path, diagnostics]));
  }

  #convert(path: string, { problems, findings, fromHere }: Found, places: EditorPlaces): Diagnostic[] {
    return [
      ...problems.map((problem) => ofProblem(problem, places.rangeOf(problem.span))),
      ...findings.map((finding) => ofFinding(finding, places, this.#pageOf(finding.check) ?? addressIn(finding.docs))),
      ...markOrigins(path, fromHere, places),
    ];
  }
}

/** Of an own rule's documentation. */
const addressIn = (docs: string): string | undefined => (/^https?:/.test(docs) ? docs : undefined);

type Placed = Problem & { readonly span: Span };
type Found = Omit<FileDiagnostics, 'diagnostics' | 'problems'> & { readonly problems: readonly Placed[] };

/** Whether the diagnostics would be the same. The same file is the same text. */
function isSame(a: Omit<FileDiagnostics, 'diagnostics'>, b: Omit<FileDiagnostics, 'diagnostics'>): boolean {
  return (
    isSameList(
      a.problems,
      b.problems,
      (x, y) => x.message === y.message && x.hint === y.hint && isSamePlace(x.span!, y.span!),
    ) &&
    isSameList(a.findings, b.findings, isSameFinding) &&
    isSameList(a.fromHere, b.fromHere, isSameFinding)
  );
}

function isSameFinding(a: Finding, b: Finding): boolean {
  return (
    a.check === b.check &&
    a.severity === b.severity &&
    a.message === b.message &&
    a.fingerprint === b.fingerprint &&
    a.reach === b.reach &&
    isSameList(a.reachBecause ?? [], b.reachBecause ?? []) &&
    isSamePlace(a.span, b.span) &&
    isSameList(a.environments, b.environments) &&
    isSameList(
      a.related,
      b.related,
      (one, other) => one.message === other.message && isSamePlace(one.span, other.span),
    ) &&
    isSameList(fixesOf(a), fixesOf(b), isSameFix)
  );
}

const fixesOf = ({ fix, suggestions }: Finding): readonly (Fix | null)[] => [fix, ...suggestions];

function isSameFix(a: Fix | null, b: Fix | null): boolean {
  if (a === null || b === null) return a === b;
  const isSameEdit = (one: Edit, other: Edit) => one.text === other.text && isSamePlace(one.span, other.span);
  return a.message === b.message && isSameList(a.edits, b.edits, isSameEdit);
}

const isSamePlace = (a: Span, b: Span): boolean => a.file === b.file && a.start === b.start && a.end === b.end;

function ofProblem({ kind, severity, message, hint }: Problem, range: Diagnostic['range']): Diagnostic {
  return {
    range,
    severity: severityOf[severity],
    source: 'tfsg',
    code: kind,
    message: escapeControls(hint === undefined ? message : `${message} ${hint}`),
  };
}

function ofFinding(finding: Finding, places: EditorPlaces, page: string | undefined): Diagnostic {
  const { check, severity, message, help, environments, related, fingerprint, fix, suggestions } = finding;
  const tags = tagsOf.get(check);
  const fixData = ({ message, edits }: Fix): FixData => ({
    message,
    edits: edits.map(({ span, text }) => ({ ...places.locationOf(span), newText: text })),
  });
  const data: DiagnosticData = { fingerprint, fix: fix && fixData(fix), suggestions: suggestions.map(fixData) };
  return {
    range: places.rangeOf(finding.span),
    severity: severityOf[severity],
    source: 'tfsg',
    code: check,
    ...(page !== undefined && { codeDescription: { href: page } }),
    message: escapeControls(
      [
        environments.length === 0 ? message : `${message} (${environments.join(', ')})`,
        originText(finding),
        reachSentence(finding),
        help,
      ]
        .filter((text) => text !== '')
        .join(' '),
    ),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(related.length > 0 && {
      relatedInformation: related.map((each) => ({
        location: places.locationOf(each.span),
        message: escapeControls(each.message),
      })),
    }),
    data,
  };
}
