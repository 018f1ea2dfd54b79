/** The reference of docs/rules.md, from the objects and functions themselves. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionTable, objectTables, subjectTable } from '../../src/rules/reference.ts';
import { type Output, replaceBetween } from './output.ts';

export function rulesReference(root: string): Output {
  const path = 'docs/rules.md';
  const parts = { functions: functionTable(), subjects: subjectTable(), objects: objectTables() };
  const text = Object.entries(parts).reduce(
    (page, [name, part]) => replaceBetween(path, page, name, part),
    readFileSync(join(root, path), 'utf8'),
  );
  return { path, text };
}
