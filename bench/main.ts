/**
 * `npm run bench`: every figure that tfsg promises, each as a ratio or a whole in one run. `npm run bench -- start NODE...`: what starting
 * costs, on each of these programs. `npm run bench -- growth`: how time and memory grow. `npm run bench -- stages DIRECTORY`: what each stage
 * of a run over a tree costs next to its floor.
 * costs, on each of these programs. `npm run bench -- growth`: how time and memory grow. `npm run bench -- changes`: what comparing with
 * a revision costs.
 */

import { benchChanges } from './changes.ts';
import { generateCorpus } from './corpus.ts';
import { benchEditor } from './editor.ts';
import { benchEdits } from './edits.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchGrowth } from './growth.ts';
import { benchParser, readCorpus } from './parser.ts';
import { benchStages } from './stages.ts';
import { benchStart } from './start.ts';

const [first, ...nodes] = process.argv.slice(2);
type Section = readonly [string, () => Promise<readonly string[]> | readonly string[]];
const everything: readonly Section[] = [
  ['Evaluating a large root', benchEvaluate],
  ['Growth', benchGrowth],
  ['Edits of a large directory', benchEdits],
  ['Edits in an editor', benchEditor],
  ['Changes: one root of 200', () => benchChanges()],
  ['Start', () => benchStart()],
  ['Stages', () => benchStages()],
  ['Parsing', () => benchParser(first === undefined ? generateCorpus() : readCorpus(first))],
];
const alone: Readonly<Record<string, Section>> = {
  start: ['Start', () => benchStart(nodes.length === 0 ? undefined : nodes)],
  growth: ['Growth', benchGrowth],
  stages: ['Stages', () => benchStages(nodes[0])],
  changes: ['Changes: one root of 200', () => benchChanges()],
};
const asked = first === undefined ? undefined : alone[first];
for (const [title, bench] of asked === undefined ? everything : [asked]) {
  const lines = await bench();
  process.stdout.write(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
}
// hcl2json keeps the process alive.
process.exit(0);
