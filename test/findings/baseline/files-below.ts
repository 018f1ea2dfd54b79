/** Configurations of the fixtures, as files by path. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Example {
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
}

/** One example for each folder that a folder holds, and of a folder of checks one for each file. */
export function filesBelow(folder: string): readonly Example[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = join(folder, name);
      const names = (readdirSync(path, { recursive: true }) as string[]).filter((each) =>
        /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(each),
      );
      const read = (each: string): [string, string] => [each, readFileSync(join(path, each), 'utf8')];
      if (names.includes('bad.tf'))
        return names.map((each) => ({ path: join(path, each), files: Object.fromEntries([read(each)]) }));
      return [{ path, files: Object.fromEntries(names.map(read)) }];
    });
}
