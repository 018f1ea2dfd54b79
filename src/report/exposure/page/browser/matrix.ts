/** A matrix of the page: filters, the row and column of a cell, keys, and the rules of the cell that is pinned. */

import { element, elementsIn, shownTextOf } from './elements.ts';
import type { Filter } from './filters.ts';

interface Cell {
  readonly element: HTMLTableCellElement;
  readonly link: HTMLAnchorElement;
  readonly row: HTMLTableRowElement;
  readonly column: number;
}

export class PageMatrix {
  readonly #detail: HTMLElement;
  readonly #head: HTMLTableRowElement;
  readonly #rows: readonly HTMLTableRowElement[];
  readonly #cells: readonly Cell[];
  readonly #byElement: ReadonlyMap<Element, Cell>;
  #marked: Cell | undefined;
  /** The row and the cells of the column of the cell that is marked. */
  #hot: readonly Element[] = [];
  #pinned: Cell | undefined;

  constructor(table: HTMLTableElement, detail: HTMLElement) {
    this.#detail = detail;
    this.#head = table.tHead!.rows[0]!;
    this.#rows = [...table.tBodies[0]!.rows];
    this.#cells = this.#rows.flatMap((row) =>
      elementsIn('td[data-i]', row).map((each): Cell => {
        const own = each as HTMLTableCellElement;
        return { element: own, link: own.querySelector('a')!, row, column: own.cellIndex };
      }),
    );
    this.#byElement = new Map(this.#cells.map((cell) => [cell.element, cell]));
    for (const { link } of this.#cells.slice(1)) link.tabIndex = -1;
    table.addEventListener('mouseover', ({ target }) => this.#mark(this.#cellAt(target) ?? this.#pinned));
    table.addEventListener('mouseleave', () => this.#mark(this.#pinned));
    table.addEventListener('focusin', ({ target }) => this.#mark(this.#cellAt(target)));
    table.addEventListener('click', (event) => {
      const cell = this.#cellAt(event.target);
      if (cell === undefined) return;
      event.preventDefault();
      this.#pin(cell === this.#pinned ? undefined : cell);
    });
    table.addEventListener('keydown', (event) => this.#press(event));
  }

  /** Hides rows and columns in which nothing is left, and dims the other cells. */
  filter(filter: Filter): void {
    const headings = [...this.#head.cells];
    const isNamed = ({ cells: [heading] }: HTMLTableRowElement): boolean => filter.hasName(shownTextOf(heading!));
    const columnNamed = headings.map((heading) => filter.hasName(shownTextOf(heading)) && filter.isOf(heading));
    const rows = new Set<HTMLTableRowElement>();
    const columns = new Set<number>();
    for (const { element: cell, row, column } of this.#cells) {
      const isOf = filter.isOf(headings[column]!);
      const isOn = isOf && filter.hasPort(cell) && (columnNamed[column] || isNamed(row));
      cell.classList.toggle('off', !isOn);
      if (!isOn) continue;
      rows.add(row);
      columns.add(column);
    }
    for (const [column, heading] of headings.entries()) {
      const isHidden = filter.isActive && column > 0 && !columns.has(column);
      if (heading.hidden === isHidden) continue;
      heading.hidden = isHidden;
      for (const { cells } of this.#rows) cells[column]!.hidden = isHidden;
    }
    for (const row of this.#rows) row.hidden = filter.isActive && !rows.has(row);
  }

  #cellAt(target: EventTarget | null): Cell | undefined {
    const cell = target instanceof Element ? target.closest('td') : null;
    return cell === null ? undefined : this.#byElement.get(cell);
  }

  /** Shows which row and column a cell is of. */
  #mark(cell: Cell | undefined): void {
    if (cell === this.#marked) return;
    for (const each of this.#hot) each.classList.remove('hot');
    this.#marked = cell;
    const lines = [this.#head, ...this.#rows];
    this.#hot = cell === undefined ? [] : [cell.row, ...lines.map(({ cells }) => cells[cell.column]!)];
    for (const each of this.#hot) each.classList.add('hot');
  }

  #pin(cell: Cell | undefined): void {
    this.#pinned?.element.classList.remove('pin');
    this.#pinned = cell;
    this.#mark(cell);
    this.#detail.hidden = cell === undefined;
    if (cell === undefined) return;
    cell.element.classList.add('pin');
    this.#focus(cell);
    const { t: traffic = '', i: ids = '' } = cell.element.dataset;
    const [from, to] = [cell.row.cells[0]!, this.#head.cells[cell.column]!].map(shownTextOf);
    const body = element('tbody');
    for (const id of ids.split(' ')) {
      const row = document.getElementById(id)?.cloneNode(true);
      if (!(row instanceof HTMLElement)) continue;
      row.removeAttribute('id');
      body.append(row);
    }
    const head = element('thead', element('tr', ...['From', 'Traffic', 'Description', 'Rule', 'Place'].map(heading)));
    this.#detail.replaceChildren(
      element('p', element('b', `${from} → ${to}`), `: ${traffic}`),
      element('table', head, body),
    );
  }

  #focus(cell: Cell): void {
    for (const { link } of this.#cells) link.tabIndex = link === cell.link ? 0 : -1;
    cell.link.focus();
  }

  #press(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#pin(undefined);
    const cell = this.#cellAt(event.target);
    const next = cell && this.#next(cell, event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.#focus(next);
  }

  /** The next cell with something in it, in the direction of a key. */
  #next(cell: Cell, key: string): Cell | undefined {
    const shown = this.#cells.filter(({ row, element: each }) => !row.hidden && !each.hidden);
    const inRow = shown.filter(({ row }) => row === cell.row);
    const inColumn = shown.filter(({ column }) => column === cell.column);
    switch (key) {
      case 'ArrowRight':
        return inRow[inRow.indexOf(cell) + 1];
      case 'ArrowLeft':
        return inRow[inRow.indexOf(cell) - 1];
      case 'ArrowDown':
        return inColumn[inColumn.indexOf(cell) + 1] ?? shown.find(({ row }) => row.rowIndex > cell.row.rowIndex);
      case 'ArrowUp':
        return inColumn[inColumn.indexOf(cell) - 1] ?? shown.findLast(({ row }) => row.rowIndex < cell.row.rowIndex);
      case 'Home':
        return inRow[0];
      case 'End':
        return inRow.at(-1);
      default:
        return undefined;
    }
  }
}

function heading(text: string): HTMLTableCellElement {
  const made = element('th', text);
  made.scope = 'col';
  return made;
}
