/** The reference of objects and functions, as Markdown. */

import { functionTexts } from './functions.ts';
import { objects } from './objects.ts';
import { subjects } from './subjects.ts';
import type { AskedType } from './world.ts';

function typeText(type: AskedType): string {
  if (typeof type !== 'string' && 'words' in type) return 'string';
  if (typeof type !== 'string') return 'object' in type ? `\`${type.object}\`` : `list of \`${type.listOf}\``;
  switch (type) {
    case 'ports':
      return 'set of ports';
    case 'sources':
      return 'set of sources';
    case 'texts':
      return 'list of strings';
    case 'tags':
      return 'map of strings';
    default:
      return type;
  }
}

/** What `for` takes, with the names of a condition. */
export function subjectTable(): string {
  const rows = Object.entries(subjects).map(
    ([name, { names }]) =>
      `| \`${name}\` | ${Object.keys(names)
        .map((each) => `\`${each}\``)
        .join(', ')} |`,
  );
  return ['| `for` | names in `when` and `message` |', '|---|---|', ...rows].join('\n');
}

export function objectTables(): string {
  return Object.entries(objects)
    .map(([name, { summary, attributes }]) => {
      const rows = Object.entries(attributes).map(
        ([attribute, { type, summary: text }]) => `| \`${attribute}\` | ${typeText(type)} | ${text}. |`,
      );
      return [`### \`${name}\``, '', `${summary}.`, '', '| attribute | type | |', '|---|---|---|', ...rows].join('\n');
    })
    .join('\n\n');
}

export function functionTable(): string {
  const rows = Object.values(functionTexts).map(({ signature, summary }) => `| \`${signature}\` | ${summary}. |`);
  return ['| function | |', '|---|---|', ...rows].join('\n');
}

/** All of it. */
export function referenceText(): string {
  return [
    '# Own rules: objects and functions',
    'An option of a rule is `option.NAME`. The functions of Terraform are there too, without those that read files or the clock.',
    subjectTable(),
    '## Functions',
    functionTable(),
    '## Objects',
    objectTables(),
  ]
    .join('\n\n')
    .concat('\n');
}
