/** What the page does where scripts run; without them it has everything but filters and zoom. */

import { elementsIn } from './elements.ts';
import { startFilters } from './filters.ts';
import { startGraph } from './graph.ts';
import { PageMatrix } from './matrix.ts';

/** Opens what an address leads to, where that is folded. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target?.closest('details'); at; at = at.parentElement?.closest('details')) at.open = true;
  target?.scrollIntoView();
}

for (const each of elementsIn('.js')) each.hidden = false;
const matrices = elementsIn('.matrix table').map(
  (table) => new PageMatrix(table as HTMLTableElement, table.closest('.matrix')!.nextElementSibling as HTMLElement),
);
for (const figure of elementsIn('.graph')) startGraph(figure);
startFilters(document.querySelector('form')!, (filter) => {
  for (const matrix of matrices) matrix.filter(filter);
});
addEventListener('hashchange', openTarget);
if (location.hash.length > 1) openTarget();
// On paper nothing can be opened.
addEventListener('beforeprint', () => {
  for (const each of elementsIn('.chains details')) each.setAttribute('open', '');
});
