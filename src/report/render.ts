/** The formats by name; all but the default are loaded on demand. */

import { documentOf } from './document.ts';
import { DEFAULT_FORMAT, type DocumentFormat, type Format, type Render } from './format.ts';
import { documentFormats, reportFormats } from './formats/index.ts';

export type DocumentFormatName = keyof typeof documentFormats;
export type FormatName = keyof typeof reportFormats | DocumentFormatName;

export const documentFormatNames = Object.keys(documentFormats) as DocumentFormatName[];

/** The default first, the others by name. */
export const formatNames: readonly FormatName[] = [
  DEFAULT_FORMAT,
  ...([...documentFormatNames, ...Object.keys(reportFormats)] as FormatName[])
    .filter((name) => name !== DEFAULT_FORMAT)
    .sort(),
];

/** What renders a format. */
export async function loadFormat(name: FormatName): Promise<Render> {
  const format = await formatNamed(name);
  return (report, options) => renderAs(format, report, options);
}

export function formatNamed(name: FormatName): Promise<Format> {
  return { ...documentFormats, ...reportFormats }[name]();
}

export function documentFormatNamed(name: DocumentFormatName): Promise<DocumentFormat> {
  return documentFormats[name]();
}

export function renderAs(format: Format, ...[report, options]: Parameters<Render>): ReturnType<Render> {
  return format.input === 'report' ? format.render(report, options) : format.render(documentOf(report), options);
}
