/** What the sections of the page share: places, anchors, and what filters compare. */

import { groupBy } from '../../../collections/group-by.ts';
import type { Traffic } from '../../../network/traffic.ts';
import type { Span } from '../../../source/span.ts';
import { keyOfMember } from '../fold.ts';
import { type GroupOpening, openingsOf } from '../openings.ts';
import { type GroupState, statesOf } from '../reached.ts';
import { type ExposureRow, rowsOf } from '../rows.ts';
import type { ExposureLook, ShownExposures, ShownRoot } from '../shown.ts';
import { addressOfPlace, classOfTraffic, placeText, portIntervals, rootName, withShortRoots } from '../words.ts';
import { type Html, html, joined } from './html.ts';

/** What is shown, as far as several sections need it. */
export class PageFrame {
  readonly exposures: ShownExposures;
  readonly look: ExposureLook;
  readonly rows: readonly ExposureRow[];
  readonly openings: readonly GroupOpening[];
  /** Folders of root modules, in order. */
  readonly roots: readonly string[];
  /** In order; empty where none is configured. */
  readonly environments: readonly string[];
  readonly #states: ReadonlyMap<ShownRoot, ReadonlyMap<string, GroupState>>;
  readonly #anchors = new Map<string, string>();
  readonly #used = new Set<string>();

  constructor(exposures: ShownExposures, look: ExposureLook) {
    this.exposures = exposures;
    this.look = withShortRoots(exposures.roots, look);
    this.rows = rowsOf(exposures);
    const byRoot = exposures.roots.map((root) => [root, openingsOf(root)] as const);
    this.openings = byRoot.flatMap(([, openings]) => openings);
    this.#states = new Map(byRoot.map(([root, openings]) => [root, statesOf(root, openings)]));
    this.roots = [...new Set(exposures.roots.map((root) => rootName(root, this.look)))];
    this.environments = [...new Set(exposures.roots.flatMap(({ exposure }) => exposure.environment ?? []))];
    for (const root of exposures.roots) for (const { address } of root.model.groups) this.anchorOf(root, address);
  }

  /** Root modules by environment; those of none are one part. */
  get byEnvironment(): readonly (readonly [environment: string | undefined, roots: readonly ShownRoot[]])[] {
    return [...groupBy(this.exposures.roots, ({ exposure }) => exposure.environment)];
  }

  /** Whether a row has to say which root module it is of. */
  get hasRoots(): boolean {
    return this.roots.length > 1;
  }

  /** `network (dev)`; empty where there is nothing to tell apart. */
  scopeText(root: ShownRoot): string {
    const { environment } = root.exposure;
    const inEnvironment = environment === undefined ? '' : this.hasRoots ? ` (${environment})` : environment;
    return `${this.hasRoots ? rootName(root, this.look) : ''}${inEnvironment}`;
  }

  stateOf(root: ShownRoot, group: string): GroupState {
    return this.#states.get(root)?.get(group) ?? 'closed';
  }

  /** The id of a group's heading: its address, as far as that has letters, digits, dots and hyphens. */
  anchorOf(root: ShownRoot, group: string): string {
    const key = keyOfMember({ root, group }, 'group');
    const known = this.#anchors.get(key);
    if (known !== undefined) return known;
    const slug = [this.scopeText(root), group]
      .filter((text) => text !== '')
      .join('-')
      .replace(/[^\w.-]+/g, '-');
    let anchor = slug;
    for (let count = 2; this.#used.has(anchor); count++) anchor = `${slug}-${count}`;
    this.#used.add(anchor);
    this.#anchors.set(key, anchor);
    return anchor;
  }

  /** That of a node of the graph; undefined where it is no group. */
  anchorOfNode(key: string): string | undefined {
    return this.#anchors.get(key);
  }

  /** The name of a group, which leads to what may send to it. */
  groupLink(root: ShownRoot, group: string): Html {
    return html`<a href="#${this.anchorOf(root, group)}">${addressCode(group)}</a>`;
  }

  /** `main.tf:12`, which leads to where that is to be seen. */
  place(span: Span): Html {
    const href = addressOfPlace(span, this.look);
    const text = html`<code>${brokenAt(/(?<=\/)/, placeText(span, this.look))}</code>`;
    return html`<span class="place">${href === undefined ? text : html`<a href="${href}">${text}</a>`}</span>`;
  }

  /** The attributes that filters compare. */
  filtered(root: ShownRoot | undefined, traffic: Traffic | undefined): Html {
    const environment = root?.exposure.environment;
    return html` data-f${traffic && html` data-p="${portIntervals(traffic)}"`}${
      root && this.hasRoots ? html` data-r="${rootName(root, this.look)}"` : undefined
    }${environment === undefined ? undefined : html` data-e="${environment}"`}`;
  }
}

/** The letter of the gravest class, in its colour, and the traffic in words. */
export function trafficBadge(traffic: Traffic, text: string): Html {
  const own = classOfTraffic(traffic) ?? 'other';
  return html`<span class="t ${own}"><b title="${classWords[own]}">${own.slice(0, 1).toUpperCase()}</b> ${text}</span>`;
}

/** What a class of ports is, for a legend. */
export const classWords = {
  admin: 'administration',
  data: 'data',
  internal: 'internal',
  other: 'other',
} as const;

/** A list of texts, each on a line of its own. */
export const lines = (texts: readonly string[]): readonly Html[] => texts.map((text) => html`<div>${text}</div>`);

/** An address, which may be broken before its dots. */
export const addressCode = (address: string): Html => html`<code>${brokenAt(/(?=\.)/, address)}</code>`;

/** A text with places where a line may be broken. */
const brokenAt = (places: RegExp, text: string): Html =>
  joined(
    text.split(places).map((part) => html`${part}`),
    html`<wbr>`,
  );
