/** The whole line over texts in memory, with chosen checks. */

import { checks } from '../../src/checks/index.ts';
import { type Config, configOf } from '../../src/config/config.ts';
import type { Options } from '../../src/config/keys/options.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { Severity } from '../../src/findings/severity.ts';
import { type Evaluated, evaluateModels, lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { placeOf } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

export type Files = Readonly<Record<string, string>>;

/**
 * @param ids of the only checks that run; without them, those of the recommended preset
 * @param worlds `one`: what nobody gives is unknown, and no world is looked at
 */
export function lintFiles(files: Files, ids?: readonly string[], worlds?: 'one'): Promise<Report> {
  const only = ids === undefined ? undefined : new Set(ids);
  return lintWith(files, resolveConfig(defaultLayers, checks, { only, disabled: new Set() }), worlds);
}

/** @param changes options of the only check that runs, as `run` takes them; the others have their defaults */
export function lintWithOptions(files: Files, id: string, changes: Options): Promise<Report> {
  const config = resolveConfig(defaultLayers, checks, { only: new Set([id]), disabled: new Set() });
  const setting = config.checks.get(id)!;
  const changed = { ...setting, options: { ...setting.options, ...changes } };
  return lintWith(files, configOf(new Map([[id, changed]])));
}

/** The configurations and rule models of texts in memory. */
export function evaluateFiles(files: Files): Promise<Evaluated> {
  const config = configOf(new Map());
  return evaluateModels(memoryFileSystem(files), [''], { configFor: () => config, parser: 'native', inputs: noInputs });
}

function lintWith(files: Files, config: Config, worlds?: 'one'): Promise<Report> {
  const options = { configFor: () => config, parser: 'native', inputs: noInputs, worlds } as const;
  return lint(memoryFileSystem(files), [''], options);
}

/** The files after the fixes of some findings; an edit that several findings share is made once. */
export function applyFixes(files: Files, findings: readonly Finding[]): Files {
  const edits = new Map(
    findings
      .flatMap((finding) => finding.fix?.edits ?? [])
      .map((edit) => [`${edit.span.file.path} ${edit.span.start} ${edit.span.end} ${edit.text}`, edit]),
  );
  const result: Record<string, string> = { ...files };
  for (const { span, text } of [...edits.values()].sort(
    (a, b) => b.span.start - a.span.start || b.span.end - a.span.end,
  )) {
    const before = result[span.file.path]!;
    result[span.file.path] = before.slice(0, span.start) + text + before.slice(span.end);
  }
  return result;
}

/** A finding as a person would cite it. */
export interface Cited {
  readonly check: string;
  readonly severity: Severity;
  /** `main.tf:3:17`. */
  readonly place: string;
  readonly message: string;
}

export function cite({ check, severity, span, message }: Finding): Cited {
  return { check, severity, place: placeOf(span), message };
}
