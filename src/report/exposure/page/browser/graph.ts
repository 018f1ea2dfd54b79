/** A graph of the page: zoom, and what a node is connected with. */

import { elementsIn } from './elements.ts';

/** How much one step of the zoom changes, and its bounds, as parts of the natural size. */
const STEP = 1.25;
const [LEAST, MOST] = [0.1, 4];

export function startGraph(figure: HTMLElement): void {
  const svg = figure.querySelector('svg')!;
  const scroll = svg.parentElement!;
  const natural = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  let scale = 1;
  const zoom = (to: number): void => {
    scale = Math.min(MOST, Math.max(LEAST, to));
    svg.setAttribute('width', String(natural.width * scale));
    svg.setAttribute('height', String(natural.height * scale));
  };
  const act = (action: string | undefined): void => {
    if (action === 'in') zoom(scale * STEP);
    if (action === 'out') zoom(scale / STEP);
    if (action === 'fit') zoom(Math.min(1, scroll.clientWidth / natural.width));
  };
  figure.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLElement) act(target.dataset['z']);
  });
  scroll.addEventListener('keydown', (event) => {
    const action = { '+': 'in', '=': 'in', '-': 'out', '0': 'fit' }[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act(action);
  });
  const show = (node: Element | null): void => {
    const key = node?.getAttribute('data-k') ?? undefined;
    svg.classList.toggle('dim', key !== undefined);
    const near = new Set([key]);
    for (const edge of elementsIn('.edge', svg)) {
      const [from, to] = [edge.getAttribute('data-a')!, edge.getAttribute('data-b')!];
      const isNear = from === key || to === key;
      edge.classList.toggle('near', isNear);
      if (isNear) near.add(from).add(to);
    }
    for (const each of elementsIn('.node', svg)) each.classList.toggle('near', near.has(each.getAttribute('data-k')!));
  };
  const nodeAt = (target: EventTarget | null): Element | null =>
    target instanceof Element ? target.closest('.node') : null;
  for (const type of ['mouseover', 'focusin']) svg.addEventListener(type, ({ target }) => show(nodeAt(target)));
  for (const type of ['mouseleave', 'focusout']) svg.addEventListener(type, () => show(null));
  act('fit');
}
