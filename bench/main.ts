/** `npm run bench`: every figure that tfsg promises, each as a ratio or a whole in one run. */

import { setFlagsFromString } from 'node:v8';
import { generateCorpus } from './corpus.ts';
import { benchEditor } from './editor.ts';
import { benchEdits } from './edits.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchParser, readCorpus } from './parser.ts';
import { benchStart } from './start.ts';

// As the program does.
setFlagsFromString('--interrupt-budget=600000');

const directory = process.argv[2];
const sections: readonly (readonly [string, () => Promise<readonly string[]> | readonly string[]])[] = [
  ['Evaluating a large root', benchEvaluate],
  ['Edits of a large directory', benchEdits],
  ['Edits in an editor', benchEditor],
  ['Start', benchStart],
  ['Parsing', () => benchParser(directory === undefined ? generateCorpus() : readCorpus(directory))],
];
for (const [title, bench] of sections) {
  const lines = await bench();
  process.stdout.write(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
}
// hcl2json keeps the process alive.
process.exit(0);
