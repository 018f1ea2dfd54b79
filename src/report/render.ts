/** The formats by name; all but the default are loaded on demand. */

import { documentOf } from './document.ts';
import { markedLine } from './excerpt.ts';
import { DEFAULT_FORMAT, type DocumentFormat, type Format, type Render, type RenderOptions } from './format.ts';
import { documentFormats, reportFormats } from './formats/index.ts';
import type { Report } from './report.ts';

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
  return format.input === 'report'
    ? format.render(report, options)
    : format.render(documentOf(report), { ...options, sourceOf: sourcesOf(report) });
}

/** Columns of a source line that is told in a sentence. */
const SOURCE_COLUMNS = 120;

/** The lines of the findings and problems of a report. */
function sourcesOf({ findings, problems }: Report): NonNullable<RenderOptions['sourceOf']> {
  const places = [...problems, ...findings].flatMap(({ span }) => span ?? []);
  const files = new Map(places.map(({ file }) => [file.path, file]));
  return ({ file: path, range: { start, end } }) => {
    const file = files.get(path);
    if (file === undefined || file.text === '') return undefined;
    return markedLine({ file, start: start.offset, end: end.offset }, SOURCE_COLUMNS)?.text.trim();
  };
}
