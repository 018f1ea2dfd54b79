/**
 * `npm run bench`: every figure that tfsg promises, each as a ratio or a whole in one run. `npm run bench -- start NODE...`: what starting
 * costs, on each of these programs. `npm run bench -- growth [WORDS]`: how time and memory grow. `npm run bench -- stages DIRECTORY`: what each
 * stage of a run over a tree costs next to its floor. `npm run bench -- changes`: what comparing with a revision costs. `npm run bench --
 * again DIRECTORY`: what a second run with --cache costs there. `npm run bench -- shards DIRECTORY`: how evenly --shard splits it.
 * `npm run bench -- rules DIRECTORY`: what 100 own rules cost there.
 * `npm run bench -- race DIRECTORY...`: tfsg beside other tools.
 */

import { benchAgain } from './again.ts';
import { benchChanges } from './changes.ts';
import { generateCorpus } from './corpus.ts';
import { benchEditor } from './editor.ts';
import { benchEdits } from './edits.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchGrowth } from './growth.ts';
import { benchOwnRules } from './own-rules.ts';
import { benchParser, readCorpus } from './parser.ts';
import { benchRace } from './race.ts';
import { benchShards } from './shards.ts';
import { benchStages } from './stages.ts';
import { benchStart } from './start.ts';

const [first, ...rest] = process.argv.slice(2);
type Section = readonly [string, () => Promise<readonly string[]> | readonly string[]];
const everything: readonly Section[] = [
  ['Evaluating a large root', benchEvaluate],
  ['Growth', () => benchGrowth()],
  ['Edits of a large directory', benchEdits],
  ['Edits in an editor', benchEditor],
  ['Changes: one root of 200', () => benchChanges()],
  ['Start', () => benchStart()],
  ['Stages', () => benchStages()],
  ['Again', () => benchAgain()],
  ['Own rules', () => benchOwnRules()],
  ['Shards', () => benchShards()],
  ['Parsing', () => benchParser(first === undefined ? generateCorpus() : readCorpus(first))],
];
const alone: Readonly<Record<string, Section>> = {
  start: ['Start', () => benchStart(rest.length === 0 ? undefined : rest)],
  growth: ['Growth', () => benchGrowth(rest.join(' '))],
  stages: ['Stages', () => benchStages(rest[0])],
  changes: ['Changes: one root of 200', () => benchChanges()],
  again: ['Again', () => benchAgain(rest[0])],
  rules: ['Own rules', () => benchOwnRules(rest[0])],
  shards: ['Shards', () => benchShards(rest[0])],
  race: ['Race', () => benchRace(rest)],
};
const asked = first === undefined ? undefined : alone[first];
for (const [title, bench] of asked === undefined ? everything : [asked]) {
  const lines = await bench();
  process.stdout.write(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
}
// hcl2json keeps the process alive.
process.exit(0);
