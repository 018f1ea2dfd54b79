/** Filters of the page: by port or service, name, root module and environment. */

import { elementsIn, shownTextOf } from './elements.ts';

/** Whether something passes by itself: what is not asked of is not compared. */
export interface Filter {
  readonly isActive: boolean;
  /** Whether traffic has one of the ports, or the name of the service in its text. */
  hasPort(element: HTMLElement): boolean;
  hasName(text: string): boolean;
  isOf(element: HTMLElement): boolean;
}

/** Calls back at the start of each change, after the rows of all tables and lists but the matrices are shown or hidden. */
export function startFilters(form: HTMLFormElement, onChange: (filter: Filter) => void): void {
  const rows = elementsIn('[data-f]');
  const apply = (): void => {
    const filter = filterOf(form);
    for (const row of rows) row.hidden = !isShown(row, filter);
    onChange(filter);
    const exposed = elementsIn('#exposed tbody tr');
    const shown = exposed.filter((row) => !row.hidden).length;
    form.querySelector('output')!.textContent = filter.isActive ? `${shown} of ${exposed.length} exposed services` : '';
  };
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  // Browsers keep what was filled in before.
  if (filterOf(form).isActive) apply();
}

function isShown(row: HTMLElement, filter: Filter): boolean {
  if (row.matches('.environment')) return filter.isOf(row);
  return (
    filter.isOf(row) && filter.hasName(shownTextOf(row)) && (row.dataset['p'] === undefined || filter.hasPort(row))
  );
}

function filterOf(form: HTMLFormElement): Filter {
  const value = (name: string): string => {
    const input = form.elements.namedItem(name);
    return input instanceof HTMLInputElement || input instanceof HTMLSelectElement ? input.value.trim() : '';
  };
  const [port, name, root, environment] = [
    value('port').toLowerCase(),
    value('name').toLowerCase(),
    value('root'),
    value('environment'),
  ];
  const wanted = /^[\d\s,-]+$/.test(port) ? port.split(/[\s,]+/).filter((part) => part !== '') : undefined;
  return {
    isActive: [port, name, root, environment].some((text) => text !== ''),
    hasPort: (element) => {
      if (wanted === undefined) return (element.dataset['t'] ?? shownTextOf(element)).toLowerCase().includes(port);
      const open = (element.dataset['p'] ?? '').split(' ').map(interval);
      return wanted.map(interval).some(([first, last]) => open.some(([from, to]) => from <= last && first <= to));
    },
    hasName: (text) => text.toLowerCase().includes(name),
    isOf: ({ dataset: { r = root, e = environment } }) =>
      (root === '' || r === root) && (environment === '' || e === environment),
  };
}

/** `20-21`, `22`; nothing is in what is none. */
function interval(text: string): readonly [first: number, last: number] {
  const [first = '', last = first] = text.split('-');
  return first === '' ? [Number.POSITIVE_INFINITY, -1] : [Number(first), Number(last)];
}
