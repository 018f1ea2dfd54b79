/** Code actions for a finding: fixes, suggestions, drafts, suppression comments and documentation. */

import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  CodeActionTriggerKind,
  type Diagnostic,
  type Range,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding, Fix } from '../../findings/finding.ts';
import { describeWhen } from '../../findings/when.ts';
import { fixFindings, type Target } from '../../fix/fix.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { type Span, spanKey } from '../../source/span.ts';
import { formatList } from '../../text/count.ts';
import { sourcesOf } from '../origins.ts';
import type { EditorPlaces } from '../places.ts';
import type { Snapshot } from '../snapshot.ts';
import { draftsOf } from './drafts.ts';
import { conditionOf, type IgnoreComment, ignoreComments, REASON } from './ignore.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.tfsg`;
/** Takes the id of a check. */
export const OPEN_PAGE = 'tfsg.openPage';

/** What the editor can do. */
export interface ActionAbilities {
  /** Edits that name the version of the document that they are for. */
  readonly documentChanges: boolean;
  readonly snippets: boolean;
  /** It opens a document that it is told of. */
  readonly showDocument: boolean;
}

/** @param range of the protocol, by whose lines findings are chosen */
export async function codeActions(
  path: string,
  range: Diagnostic['range'],
  context: CodeActionContext,
  snapshot: Snapshot,
  places: EditorPlaces,
  abilities: ActionAbilities,
  verdicts: Verdicts,
): Promise<CodeAction[]> {
  const wants = (kind: string): boolean =>
    context.only === undefined ||
    context.only.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const isHere = (span: Span): boolean => {
      if (span.file.path !== path) return false;
      const { start, end } = places.rangeOf(span);
      return start.line <= range.end.line && range.start.line <= end.line;
    };
    const here = snapshot.findings.filter(({ span }) => isHere(span));
    const fromHere = snapshot.findings.filter(
      (finding) => !here.includes(finding) && sourcesOf(finding).some(({ span }) => isHere(span)),
    );
    const offered = new Offered(context.diagnostics, snapshot, places, abilities);
    for (const finding of here) {
      for (const fix of [...(finding.fix === null ? [] : [finding.fix]), ...finding.suggestions])
        if (await verdicts.canMake(fix, finding, snapshot)) actions.push(offered.fix(finding, fix));
    }
    for (const finding of [...here, ...fromHere]) actions.push(...offered.drafts(finding, path));
    for (const finding of here) actions.push(...offered.comments(finding));
    for (const finding of here) actions.push(...offered.page(finding));
  }
  // Asked at each move of the cursor, it would be computed for nothing.
  const isAsked = context.only !== undefined || context.triggerKind === CodeActionTriggerKind.Invoked;
  if (isAsked && wants(FIX_ALL)) actions.push(...(await fixAll(path, snapshot, places, abilities)));
  return actions;
}

class Offered {
  readonly #diagnostics: readonly Diagnostic[];
  readonly #snapshot: Snapshot;
  readonly #places: EditorPlaces;
  readonly #abilities: ActionAbilities;
  /** Those that were offered: several findings can have the same. */
  readonly #drafts = new Set<string>();

  constructor(
    diagnostics: readonly Diagnostic[],
    snapshot: Snapshot,
    places: EditorPlaces,
    abilities: ActionAbilities,
  ) {
    this.#diagnostics = diagnostics;
    this.#snapshot = snapshot;
    this.#places = places;
    this.#abilities = abilities;
  }

  /** A suggestion is never preferred: it may change the allowed traffic. */
  fix(finding: Finding, fix: Fix): CodeAction {
    const edits = fix.edits.map(({ span, text }) => ({
      path: span.file.path,
      edit: { range: this.#places.rangeOf(span), newText: text },
    }));
    return {
      ...this.#action(finding, fix.message.replace(/\.$/, '')),
      ...(fix === finding.fix && { isPreferred: true }),
      edit: workspaceEdit(edits, this.#places, this.#abilities),
    };
  }

  /** Only in the file that is asked about: editors let nothing be typed over in others. */
  drafts(finding: Finding, path: string): CodeAction[] {
    return draftsOf(finding, path, this.#snapshot.linted.models).flatMap((draft) => {
      const { title, span, before, placeholder, after, isForAll } = draft;
      if (!isForAll && !this.#hasSnippets) return [];
      const key = `${title} ${spanKey(span)}`;
      if (this.#drafts.has(key)) return [];
      this.#drafts.add(key);
      const range = this.#places.rangeOf(span);
      const edit =
        placeholder !== undefined && this.#hasSnippets
          ? snippet(range, before, placeholder, after)
          : { range, newText: `${before}${placeholder ?? ''}${after}` };
      const edits = [{ path, edit }];
      return [{ ...this.#action(finding, title), edit: workspaceEdit(edits, this.#places, this.#abilities) }];
    });
  }

  comments(finding: Finding): CodeAction[] {
    const { check, span } = finding;
    const { suppressions } = this.#snapshot.configs.configFor(span.file.path);
    const allows = (file: SourceFile): boolean => {
      const { inline, locked } = this.#snapshot.configs.configFor(file.path).suppressions;
      return inline && !locked.has(check);
    };
    const { here, block, blockNames } = ignoreComments(finding, undefined, allows);
    const asks = this.#hasSnippets || suppressions.requireReason;
    const words = asks ? ', with a reason' : '';
    const offer = (what: string, comments: readonly IgnoreComment[]): CodeAction[] => {
      if (comments.length === 0) return [];
      const edits = comments.map((comment) => ({ path: comment.file.path, edit: this.#insertion(comment, asks) }));
      const edit = workspaceEdit(edits, this.#places, this.#abilities);
      return [{ ...this.#action(finding, `Ignore ${check} ${what}${words}`), edit }];
    };
    const condition = conditionOf(finding);
    const there = condition === undefined ? [] : ignoreComments(finding, condition, allows).here;
    const where = describeWhen(finding.when ?? []);
    return [
      ...offer(where, there),
      ...offer('here', here),
      ...offer(`in the whole ${blockNames.length > 1 ? 'blocks' : 'block'} ${formatList(blockNames)}`, block),
    ];
  }

  page(finding: Finding): CodeAction[] {
    if (!this.#abilities.showDocument) return [];
    const title = `Open documentation for ${finding.check}`;
    return [{ ...this.#action(finding, title), command: { title, command: OPEN_PAGE, arguments: [finding.check] } }];
  }

  #action({ check, span }: Finding, title: string): CodeAction {
    const { start } = this.#places.rangeOf(span);
    const diagnostics = this.#diagnostics.filter(
      ({ source, code, range }) =>
        source === 'tfsg' &&
        code === check &&
        range.start.line === start.line &&
        range.start.character === start.character,
    );
    return { title, kind: CodeActionKind.QuickFix, diagnostics };
  }

  /** Whether the editor lets texts be typed over. */
  get #hasSnippets(): boolean {
    return this.#abilities.snippets && this.#abilities.documentChanges;
  }

  /**
   * Where the reason can't be typed over, it is left out, or where the configuration asks for one, what replaces it is told until
   * somebody writes it.
   */
  #insertion({ file, offset, before, after }: IgnoreComment, asks: boolean): TextEdit | SnippetTextEdit {
    const at = this.#places.linesOf(file).positionAt(offset);
    const range = { start: at, end: at };
    if (this.#hasSnippets) return snippet(range, `${before} -- `, REASON, after);
    return { range, newText: `${before}${asks ? ` -- ${REASON}` : ''}${after}` };
  }
}

/** Replaces a range by a text in which a part is selected; for an empty one, the cursor stands there. */
function snippet(range: Range, before: string, placeholder: string, after: string): SnippetTextEdit {
  const [start, selected, end] = [before, placeholder, after].map((text) => text.replace(/[\\$}]/g, '\\$&'));
  const stop = placeholder === '' ? '$1' : `\${1:${selected}}`;
  return { range, snippet: { kind: 'snippet', value: `${start}${stop}${end}` } };
}

/** Whether fixes and suggestions can be made, each computed once: editors ask at each move of the cursor. */
export class Verdicts {
  readonly #known = new WeakMap<Fix, Promise<boolean>>();

  /** @param fix of the finding, or one of its suggestions */
  canMake(fix: Fix, finding: Finding, snapshot: Snapshot): Promise<boolean> {
    let verdict = this.#known.get(fix);
    if (verdict === undefined) {
      verdict = tryFix(fix, finding, snapshot);
      this.#known.set(fix, verdict);
    }
    return verdict;
  }
}

async function tryFix(fix: Fix, finding: Finding, snapshot: Snapshot): Promise<boolean> {
  const { fileSystem, meaningOf } = snapshot;
  const isSafe = fix === finding.fix;
  const tried: Finding = { ...finding, fix: isSafe ? fix : null, suggestions: isSafe ? [] : [fix] };
  const { count } = await fixFindings(fileSystem, {
    report: async (state) => ({ findings: state === fileSystem ? [tried] : [] }),
    isWanted: () => true,
    suggestionOf: ({ suggestions }) => suggestions[0],
    state: meaningOf,
    targetOf: targetsOf(snapshot),
  });
  return count === 1;
}

/** All fixes that lie in one file, as `tfsg --fix` makes them. */
async function fixAll(
  path: string,
  snapshot: Snapshot,
  places: EditorPlaces,
  abilities: ActionAbilities,
): Promise<CodeAction[]> {
  const { fileSystem, documents } = snapshot;
  const fixed = await fixFindings(fileSystem, {
    report: async (state) => (state === fileSystem ? snapshot.report : snapshot.reportOf(state)),
    isWanted: ({ fix }) => fix?.edits.every(({ span }) => span.file.path === path) === true,
    state: snapshot.meaningOf,
    targetOf: targetsOf(snapshot),
  });
  const change = fixed.files.get(path);
  const document = documents.get(path);
  if (change === undefined || document === undefined) return [];
  const edit = places.replacement(change.before, change.after);
  return [
    { title: 'Apply all safe fixes of tfsg', kind: FIX_ALL, edit: workspaceEdit([{ path, edit }], places, abilities) },
  ];
}

function targetsOf({ configs }: Snapshot): (path: string) => Target {
  return (path) =>
    configs.configFor(path).isIncluded(path) ? { path } : { path, fault: 'the configuration excludes it' };
}

function workspaceEdit(
  edits: readonly { readonly path: string; readonly edit: TextEdit | SnippetTextEdit }[],
  places: EditorPlaces,
  { documentChanges }: ActionAbilities,
): WorkspaceEdit {
  const byPath = new Map<string, (TextEdit | SnippetTextEdit)[]>();
  for (const { path, edit } of edits) byPath.set(path, [...(byPath.get(path) ?? []), edit]);
  if (!documentChanges) {
    return { changes: Object.fromEntries([...byPath].map(([path, all]) => [places.uriOf(path), all as TextEdit[]])) };
  }
  return {
    documentChanges: [...byPath].map(([path, all]) => ({
      textDocument: { uri: places.uriOf(path), version: places.versionOf(path) },
      edits: all,
    })),
  };
}
