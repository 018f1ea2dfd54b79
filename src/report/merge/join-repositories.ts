/** Reports of different repositories -> one report, with the name of its repository in front of each path. */

import { createHash } from 'node:crypto';
import type { FixOf } from '../../findings/finding.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { causesOf } from '../causes.ts';
import {
  type FindingDocument,
  type PlaceDocument,
  type ProblemDocument,
  type ReportDocument,
  ranges,
  SCHEMA_VERSION,
} from '../document.ts';
import { joinProblems, summed } from './join-shards.ts';

export interface NamedReport {
  /** A path, with `/`. */
  readonly name: string;
  readonly document: ReportDocument;
}

/** @param reports at least one, each of another name and none of a shard */
export function joinRepositories(reports: readonly NamedReport[]): ReportDocument {
  const documents = reports.map(named);
  const inOrder = <T extends PlaceDocument>(each: (document: ReportDocument) => readonly T[]): T[] =>
    documents.flatMap(each).sort((a, b) => compareStrings(a.file, b.file));
  const undecided = inOrder((document) => document.undecided);
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: documents[0]!.tool,
    findings: inOrder(({ findings }) => findings),
    problems: joinProblems(documents.flatMap(({ problems }) => problems)),
    undecided,
    causes: causesOf(undecided, ranges),
    summary: summed(documents.map(({ summary }) => summary)),
  };
}

function named({ name, document }: NamedReport): ReportDocument {
  const placed = <T extends PlaceDocument>(place: T): T => ({ ...place, file: `${name}/${place.file}` });
  const rootOf = (root: string): string => (root === '.' ? name : `${name}/${root}`);
  const fixed = ({ message, edits }: FixOf<PlaceDocument>): FixOf<PlaceDocument> => ({
    message,
    edits: edits.map(placed),
  });
  const found = (finding: FindingDocument): FindingDocument => ({
    ...placed(finding),
    roots: finding.roots.map(rootOf),
    related: finding.related.map(placed),
    // The same fault of the same file of another repository is another one.
    fingerprint: createHash('sha256').update(`${name}\n${finding.fingerprint}`).digest('hex').slice(0, 32),
    fix: finding.fix && fixed(finding.fix),
    suggestions: finding.suggestions.map(fixed),
    ...(finding.members !== undefined && { members: finding.members.map(found) }),
  });
  const problem = (each: ProblemDocument): ProblemDocument =>
    each.file === null ? { ...each, message: `${name}: ${each.message}` } : { ...each, file: `${name}/${each.file}` };
  return {
    ...document,
    findings: document.findings.map(found),
    problems: document.problems.map(problem),
    undecided: document.undecided.map((each) => ({ ...placed(each), roots: each.roots.map(rootOf) })),
  };
}
