/** The formats of `tfsg changes` by name, each loaded when it is asked for. */

import type { Comparison } from '../../changes/change.ts';
import type { SafeText } from '../escape.ts';
import type { ChangesLook } from './shown.ts';

export type RenderChanges = (comparison: Comparison, look: ChangesLook) => SafeText;

export interface ChangesFormat {
  /** Whether people read it as it is: then problems are told beside it, and only counted in it. */
  readonly isForPeople: boolean;
  readonly render: RenderChanges;
  /** What is written into GitHub's summary of a step along with it. */
  readonly stepSummary?: () => Promise<RenderChanges>;
}

const loadMarkdown = async (): Promise<RenderChanges> => (await import('./markdown.ts')).renderChangesMarkdown;

const formats = {
  github: async (): Promise<ChangesFormat> => ({
    isForPeople: false,
    render: (await import('./github.ts')).renderChangesGithub,
    stepSummary: loadMarkdown,
  }),
  json: async (): Promise<ChangesFormat> => ({
    isForPeople: false,
    render: (await import('./json.ts')).renderChangesJson,
  }),
  markdown: async (): Promise<ChangesFormat> => ({ isForPeople: false, render: await loadMarkdown() }),
  sarif: async (): Promise<ChangesFormat> => ({
    isForPeople: false,
    render: (await import('./sarif.ts')).renderChangesSarif,
  }),
  text: async (): Promise<ChangesFormat> => ({
    isForPeople: true,
    render: (await import('./text.ts')).renderChangesText,
  }),
} as const satisfies Readonly<Record<string, () => Promise<ChangesFormat>>>;

export type ChangesFormatName = keyof typeof formats;

export const DEFAULT_CHANGES_FORMAT = 'text' satisfies ChangesFormatName;

/** By name. */
export const changesFormatNames = Object.keys(formats) as ChangesFormatName[];

export function loadChangesFormat(name: ChangesFormatName): Promise<ChangesFormat> {
  return formats[name]();
}
