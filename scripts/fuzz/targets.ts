/** What the fuzzer gives texts to, and what has to hold of the results. */

import { checks } from '../../src/checks/index.ts';
import { configOf } from '../../src/config/config.ts';
import { decodeConfigFile } from '../../src/config/decode.ts';
import { defaultLayers, noSelection, resolveConfig } from '../../src/config/resolve.ts';
import { DiffError, parseDiff } from '../../src/diff/parse.ts';
import { BaselineError, readBaseline, baselineText as writtenBaseline } from '../../src/findings/baseline/document.ts';
import { suppressParts } from '../../src/findings/suppress/suppress.ts';
import { blocksOf } from '../../src/hcl/json/blocks.ts';
import { parseJson } from '../../src/hcl/json/parser.ts';
import { parseExpression } from '../../src/hcl/native/expression.ts';
import { tokenize } from '../../src/hcl/native/lexer.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { parseTemplateText } from '../../src/hcl/native/template.ts';
import { incompleteShards, joinReports } from '../../src/report/merge/join-shards.ts';
import { readBack } from '../../src/report/read-back.ts';
import { importedRules } from '../../src/rules/import/index.ts';
import { readRuleFile } from '../../src/rules/read.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { Random } from '../fuzz-terraform/random.ts';
import {
  baselineText,
  commentedText,
  configurationText,
  diffText,
  policiesText,
  reportText,
  rulesText,
} from './documents.ts';
import { reports } from './reports.ts';
import { jsonText, nativeText } from './texts.ts';

/** A way in for texts. */
interface Target {
  readonly make: (random: Random) => string;
  /** What came out, as far as it has to be the same again. Throws for whatever may not be. */
  readonly run: (text: string) => unknown;
  /** How often it is chosen. */
  readonly weight: number;
}

export const targets: Readonly<Record<string, Target>> = {
  native: {
    weight: 45,
    make: nativeText,
    run(text) {
      const file = new SourceFile('main.tf', text);
      let end = 0;
      for (const token of tokenize(file)) {
        if (token.start !== end || token.end <= token.start)
          throw new Error(`a token goes from ${token.start} to ${token.end}`);
        end = token.end;
      }
      if (end !== text.length) throw new Error(`the tokens end at ${end}`);
      return placesOf(file, [parseHcl(file), parseExpression(file)]);
    },
  },
  json: {
    weight: 20,
    make: jsonText,
    run(text) {
      const file = new SourceFile('main.tf.json', text);
      const tree = parseJson(file);
      const blocks = tree.value.body.items.map((item) => (item.kind === 'attribute' ? blocksOf(item, 1) : item));
      return placesOf(file, [tree, blocks, parseJson(file, 'literal')]);
    },
  },
  template: {
    weight: 10,
    make: nativeText,
    run(text) {
      const file = new SourceFile('main.tf', text);
      return placesOf(
        file,
        parseTemplateText({ file, start: 0, end: text.length }, text, (at) => at),
      );
    },
  },
  configuration: {
    weight: 8,
    make: configurationText,
    run(text) {
      const file = new SourceFile('.tfsgrc.json', text);
      const { value, problems } = decodeConfigFile(file, checks);
      const layers = [...defaultLayers, { kind: 'file', file: value, folder: '' } as const];
      const config = resolveConfig(layers, checks, noSelection);
      const paths = ['main.tf', 'a/b/main.tf', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '.a/é'];
      const isIncluded = paths.map((path) => [config.isIncluded(path), config.checksFor(path).checks.size]);
      return [placesOf(file, problems), isIncluded];
    },
  },
  rules: {
    weight: 5,
    make: rulesText,
    run(text) {
      const file = new SourceFile('tfsg.rules.hcl', text);
      const { value, problems } = readRuleFile(file, new Map());
      return [placesOf(file, problems), value.map(({ id }) => id)];
    },
  },
  policies: {
    weight: 2,
    make: policiesText,
    run: (text) => importedRules(text),
  },
  comments: {
    weight: 6,
    make: commentedText,
    run(text) {
      const file = new SourceFile('main.tf', text);
      const { problems } = suppressParts([], [parseHcl(file).value], [], checks, {
        configFor: () => configOf(new Map()),
        today: '2026-01-01',
        reportsUnused: true,
      });
      return placesOf(file, problems);
    },
  },
  diff: {
    weight: 5,
    make: diffText,
    run: (text) => unless(DiffError, () => parseDiff(text)),
  },
  baseline: {
    weight: 3,
    make: baselineText,
    run: (text) =>
      unless(BaselineError, () => {
        const written = writtenBaseline(readBaseline(new SourceFile('baseline.json', text)));
        const again = writtenBaseline(readBaseline(new SourceFile('baseline.json', written)));
        if (again !== written) throw new Error('the baseline that is written is read as another');
        return written;
      }),
  },
  merge: {
    weight: 3,
    make: (random) => reportText(random, reports),
    run(text) {
      const read = readBack(text);
      if (typeof read === 'string') return read;
      const documents = [read.document, read.document];
      return [incompleteShards(documents), joinReports(documents)];
    },
  },
};

function unless<T>(expected: new (...values: never[]) => Error, run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof expected) return error.message;
    throw error;
  }
}

/** Kinds, places and texts of all that is below a value; throws for a place outside of the file or one that ends before it starts. */
function placesOf(file: SourceFile, root: object): readonly unknown[] {
  const places: unknown[] = [];
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { start, end } = node as { readonly start?: unknown; readonly end?: unknown };
    if (typeof start === 'number' && typeof end === 'number') {
      if (start < 0 || end < start || end > file.text.length) throw new Error(`a place goes from ${start} to ${end}`);
      places.push(start, end);
    }
    for (const value of Object.values(node) as unknown[]) {
      if (typeof value === 'object' && value !== null && !(value instanceof SourceFile)) waiting.push(value);
      else if (typeof value === 'string') places.push(value);
    }
  }
  return places;
}

export interface Run {
  readonly target: string;
  readonly text: string;
  /** What is wrong with the results; undefined if nothing is. */
  readonly fault: string | undefined;
  /** Of the processor, for one run. */
  readonly seconds: number;
}

const choices = Object.entries(targets).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

/** The text of a seed, and the target that gets it. */
export function inputOf(seed: number): { readonly target: string; readonly text: string } {
  const random = new Random(seed);
  const target = random.pick(choices);
  return { target, text: targets[target]!.make(random) };
}

/** Gives the text of a seed to its target twice. */
export function fuzzOne(seed: number): Run {
  const { target, text } = inputOf(seed);
  const { run } = targets[target]!;
  const before = process.cpuUsage();
  let fault: string | undefined;
  let first = '';
  try {
    first = JSON.stringify(run(text)) ?? '';
  } catch (error) {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  if (fault === undefined && JSON.stringify(run(text)) !== first) fault = 'a second run gives another result';
  return { target, text, fault, seconds };
}
