/** What an editor offers at a finding: its fix, comments that suppress it, and its page. */

import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  CodeActionTriggerKind,
  type Diagnostic,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding } from '../checks/finding.ts';
import { fixFindings, type Target } from '../fix/fix.ts';
import { type IgnoreComment, ignoreComments, REASON } from './ignore.ts';
import type { Places } from './places.ts';
import type { Snapshot } from './snapshot.ts';

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
  places: Places,
  abilities: ActionAbilities,
  verdicts: Verdicts,
): Promise<CodeAction[]> {
  const wants = (kind: string): boolean =>
    context.only === undefined ||
    context.only.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const here = snapshot.report.findings.filter(({ span }) => {
      if (span.file.path !== path) return false;
      const { start, end } = places.rangeOf(span);
      return start.line <= range.end.line && range.start.line <= end.line;
    });
    const offered = new Offered(context.diagnostics, snapshot, places, abilities);
    for (const finding of here)
      if (finding.fix !== null && (await verdicts.isSafe(finding, snapshot))) actions.push(...offered.fixes(finding));
    for (const finding of here) actions.push(...offered.comments(finding));
    for (const finding of here) actions.push(...offered.page(finding));
  }
  // Asked at each move of the cursor, it would be worked out for nothing.
  const isAsked = context.only !== undefined || context.triggerKind === CodeActionTriggerKind.Invoked;
  if (isAsked && wants(FIX_ALL)) actions.push(...(await fixAll(path, snapshot, places, abilities)));
  return actions;
}

class Offered {
  readonly #diagnostics: readonly Diagnostic[];
  readonly #snapshot: Snapshot;
  readonly #places: Places;
  readonly #abilities: ActionAbilities;

  constructor(diagnostics: readonly Diagnostic[], snapshot: Snapshot, places: Places, abilities: ActionAbilities) {
    this.#diagnostics = diagnostics;
    this.#snapshot = snapshot;
    this.#places = places;
    this.#abilities = abilities;
  }

  fixes(finding: Finding): CodeAction[] {
    const { fix } = finding;
    if (fix === null) return [];
    const edits = fix.edits.map(({ span, text }) => ({
      path: span.file.path,
      edit: { range: this.#places.rangeOf(span), newText: text },
    }));
    return [
      {
        ...this.#action(finding, fix.message.replace(/\.$/, '')),
        isPreferred: true,
        edit: workspaceEdit(edits, this.#places, this.#abilities),
      },
    ];
  }

  comments(finding: Finding): CodeAction[] {
    const { check, span } = finding;
    const { suppressions } = this.#snapshot.configurations.configFor(span.file.path);
    if (!suppressions.inline || suppressions.locked.has(check)) return [];
    const { here, block } = ignoreComments(finding);
    const action = (title: string, comment: IgnoreComment): CodeAction => ({
      ...this.#action(finding, title),
      edit: workspaceEdit(
        [{ path: span.file.path, edit: this.#insertion(finding, comment) }],
        this.#places,
        this.#abilities,
      ),
    });
    return [
      ...(here === undefined ? [] : [action(`Ignore ${check} here, with a reason`, here)]),
      ...(block === undefined ? [] : [action(`Ignore ${check} in all of ${block.name}, with a reason`, block)]),
    ];
  }

  page(finding: Finding): CodeAction[] {
    if (!this.#abilities.showDocument) return [];
    const title = `Open the page of ${finding.check}`;
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

  #insertion({ span }: Finding, { offset, before, after }: IgnoreComment): TextEdit | SnippetTextEdit {
    const at = this.#places.linesOf(span.file).positionAt(offset);
    const range = { start: at, end: at };
    if (!this.#abilities.snippets || !this.#abilities.documentChanges)
      return { range, newText: before + REASON + after };
    return { range, snippet: { kind: 'snippet', value: `${before}\${1:${REASON}}${after}` } };
  }
}

/** Whether fixes keep what the configurations mean, each worked out once: editors ask at each move of the cursor. */
export class Verdicts {
  readonly #known = new WeakMap<Finding, Promise<boolean>>();

  isSafe(finding: Finding, snapshot: Snapshot): Promise<boolean> {
    let verdict = this.#known.get(finding);
    if (verdict === undefined) {
      verdict = tryFix(finding, snapshot);
      this.#known.set(finding, verdict);
    }
    return verdict;
  }
}

async function tryFix(finding: Finding, snapshot: Snapshot): Promise<boolean> {
  const { fileSystem, meaningOf } = snapshot;
  const { count } = await fixFindings(fileSystem, {
    report: async (state) => ({ findings: state === fileSystem ? [finding] : [] }),
    isWanted: () => true,
    state: meaningOf,
    targetOf: targetsOf(snapshot),
  });
  return count === 1;
}

/** All fixes that lie in one file, as `tfsg --fix` makes them. */
async function fixAll(
  path: string,
  snapshot: Snapshot,
  places: Places,
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
    { title: 'Make all safe fixes of tfsg', kind: FIX_ALL, edit: workspaceEdit([{ path, edit }], places, abilities) },
  ];
}

function targetsOf({ configurations }: Snapshot): (path: string) => Target {
  return (path) =>
    configurations.configFor(path).isIncluded(path) ? { path } : { path, fault: 'the configuration excludes it' };
}

function workspaceEdit(
  edits: readonly { readonly path: string; readonly edit: TextEdit | SnippetTextEdit }[],
  places: Places,
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
