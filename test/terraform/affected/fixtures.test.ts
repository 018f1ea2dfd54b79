/** A change of any file of the fixtures: a run over what it touches differs as a run over everything does. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { fixtures } from '../../golden.ts';
import { affected, type Files, partly, wholly } from './runs.ts';

function treeOf(folder: string): Files {
  const names = (readdirSync(join(fixtures, folder), { recursive: true }) as string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(fixtures, folder, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(fixtures, folder, name), 'utf8')]));
}

const folders = ['terragrunt', 'stacks', 'projects', 'terraform'].flatMap((room) =>
  readdirSync(join(fixtures, room))
    .filter((name) => statSync(join(fixtures, room, name)).isDirectory())
    .map((name) => `${room}/${name}`),
);

/** Roots of one kind look up what others make: only a run over everything knows. */
const lookups = /^data\s+"aws_(?:security_group|subnet|vpc)"/m;

test.each(folders)('%s', async (folder) => {
  const files = treeOf(folder);
  if (Object.values(files).some((text) => lookups.test(text))) return;
  const failures: string[] = [];
  for (const path of Object.keys(files)) {
    const { [path]: text, ...without } = files;
    const other = text!
      .replace(/\b10\./g, '11.')
      .replace(/\b(?:22|80|443)\b/g, '2222')
      .replace(/0\.0\.0\.0\/0/g, '9.9.9.9/32');
    for (const after of [without, { ...files, [path]: other }]) {
      const found = affected(files, after);
      if (found.kind === 'everything') continue;
      const [whole, part] = [await wholly(files, after), await partly(files, after, found.directories)];
      if (JSON.stringify(whole) !== JSON.stringify(part))
        failures.push(
          `${path}${after === without ? ' deleted' : ''}: ${Object.keys(whole)}, not ${Object.keys(part)} of ${found.directories}`,
        );
    }
  }
  expect(failures).toEqual([]);
});
