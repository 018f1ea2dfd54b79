/** An exposure as one HTML page, which needs nothing else: no script, style, font or picture from elsewhere. */

import { createHash } from 'node:crypto';
import { type SafeText, safeDocument } from '../../escape.ts';
import type { ExposureLook, ShownExposures } from '../shown.ts';
import { readText, unreadText, verdictOf } from '../verdict.ts';
import { folderOfRoots } from '../words.ts';
import { pageScript, pageStyle } from './assets.generated.ts';
import { chainsSection } from './chains.ts';
import { PageFrame } from './frame.ts';
import { graphSection } from './graph.ts';
import { groupsSection, rowIdsOf } from './groups.ts';
import { type Html, html, ownMarkup } from './html.ts';
import { matrixSection } from './matrix.ts';
import {
  environmentsSection,
  exposedSection,
  type PageSection,
  trustedSection,
  undecidedSection,
  unreadSection,
} from './tables.ts';

/** Only the page's own style and script; https://www.w3.org/TR/CSP3/#framework-directive-source-list */
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The verdict, what is exposed, who may send what to whom, the ways in, the graph, who is trusted, environments, and what is not known. */
export function renderExposureHtml(exposures: ShownExposures, look: ExposureLook): SafeText {
  const frame = new PageFrame(exposures, look);
  const ids = rowIdsOf(frame);
  const unread = unreadText(exposures);
  const folder = folderOfRoots(exposures.roots);
  const environments = environmentsSection(frame);
  const sections: readonly PageSection[] = [
    exposedSection(frame),
    matrixSection(frame, ids),
    chainsSection(frame),
    graphSection(frame),
    trustedSection(frame),
    ...(environments === undefined ? [] : [environments]),
    undecidedSection(frame),
    ...(exposures.problems.length === 0 ? [] : [unreadSection(frame)]),
    groupsSection(frame, ids),
  ];
  const links = sections.map(
    ({ id, title, count }) => html`<li><a href="#${id}">${title} <span>${count}</span></a></li>`,
  );
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${ownMarkup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>What the internet reaches</title>
<style>${ownMarkup(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#exposed">Skip to the results</a>
<header>
<h1>What the internet reaches</h1>
<p class="verdict">${verdictOf(exposures, frame.rows).join(' ')}</p>
<p class="read">Read: ${readText(exposures)}.${folder === '' ? '' : ` Root modules are named below ${folder}.`}${unread === '' ? undefined : html` <strong>Not read in full: <a href="#unread">${unread}</a>.</strong>`}</p>
<nav aria-label="Sections"><ul>${links}</ul></nav>
</header>
${filters(frame)}
<main>
${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>\n${body}</section>\n`)}</main>
<footer>Made by tfsg from the configuration alone: it asked AWS nothing.</footer>
<script>${ownMarkup(pageScript)}</script>
</body>
</html>
`;
  return safeDocument(page.text);
}

function filters({ roots, environments, hasRoots }: PageFrame): Html {
  const select = (name: string, title: string, values: readonly string[]): Html =>
    html`<label>${title} <select name="${name}"><option value="">all</option>${values.map((value) => html`<option>${value}</option>`)}</select></label>`;
  return html`<form class="filters js" hidden role="search" aria-label="Filter"><label>Port or service <input name="port" type="search" placeholder="22, ssh" autocomplete="off"></label><label>Name <input name="name" type="search" placeholder="web" autocomplete="off"></label>${
    hasRoots ? select('root', 'Root module', roots) : undefined
  }${environments.length > 1 ? select('environment', 'Environment', environments) : undefined}<button type="reset">Clear</button> <output aria-live="polite"></output></form>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
