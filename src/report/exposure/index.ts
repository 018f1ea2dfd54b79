/** The formats of `tfsg exposure` by name, each loaded when it is asked for. */

import type { SafeText } from '../escape.ts';
import type { ExposureLook, ShownExposures } from './shown.ts';

export interface ExposureFormat {
  /** Whether people read it as it is: then problems are told beside it, and not in it. */
  readonly isForPeople: boolean;
  readonly render: (exposures: ShownExposures, look: ExposureLook) => SafeText;
}

const formats = {
  csv: async () => ({ isForPeople: false, render: (await import('./csv.ts')).renderExposureCsv }),
  dot: async () => ({ isForPeople: false, render: (await import('./dot.ts')).renderExposureDot }),
  html: async () => ({ isForPeople: false, render: (await import('./page/page.ts')).renderExposureHtml }),
  json: async () => ({ isForPeople: false, render: (await import('./json.ts')).renderExposureJson }),
  markdown: async () => ({ isForPeople: true, render: (await import('./markdown.ts')).renderExposureMarkdown }),
  mermaid: async () => ({ isForPeople: false, render: (await import('./mermaid.ts')).renderExposureMermaid }),
  text: async () => ({ isForPeople: true, render: (await import('./text.ts')).renderExposureText }),
} as const satisfies Readonly<Record<string, () => Promise<ExposureFormat>>>;

export type ExposureFormatName = keyof typeof formats;

export const DEFAULT_EXPOSURE_FORMAT = 'text' satisfies ExposureFormatName;

/** By name. */
export const exposureFormatNames = Object.keys(formats) as ExposureFormatName[];

export function loadExposureFormat(name: ExposureFormatName): Promise<ExposureFormat> {
  return formats[name]();
}
