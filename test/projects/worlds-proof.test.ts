/**
 * What is found without inputs is what is found with them, in one world after the other; and each finding says in which. WORLD_RUNS
 * has more configurations, WORLD_SEED others; fast-check prints the seed of what fails.
 */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import { defaultLayers, resolveConfig } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { When } from '../../src/findings/when.ts';
import { type Inputs, lint } from '../../src/lint.ts';
import type { Report } from '../../src/report/report.ts';
import { placeOf } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { inputValues, madeConfigurations } from './worlds-made.ts';

type Files = Readonly<Record<string, string>>;
type World = Readonly<Record<string, string>>;

const numRuns = Number(process.env['WORLD_RUNS'] ?? 8);
const seed = Number(process.env['WORLD_SEED'] ?? 5);
const bounds = { numRuns, seed, endOnFailure: true };
const timeout = 60_000 + numRuns * 4_000;

const ofUnits = checks.filter(({ scope }) => scope !== 'model').map(({ id }) => id);
const exposures = new Set(checks.filter(({ topic }) => topic === 'exposure').map(({ id }) => id));
const config = resolveConfig(defaultLayers, checks, { only: new Set(ofUnits), disabled: new Set() });

function lintIn(files: Files, inputs: Inputs = noInputs): Promise<Report> {
  return lint(memoryFileSystem(files), [''], { configFor: () => config, parser: 'native', inputs });
}

function inputsOf(world: World): Inputs {
  const variables = Object.entries(world).flatMap(([input, text]) =>
    input.startsWith('var.') ? [{ kind: 'var' as const, name: input.slice('var.'.length), text }] : [],
  );
  return { ...noInputs, variables, workspace: world['terraform.workspace'] };
}

/** All worlds of what the configuration asks for: of inputs that decide nothing one value. */
function worldsOf(files: Files): readonly World[] {
  const text = files['main.tf']!.slice(files['main.tf']!.indexOf('# Groups'));
  let worlds: readonly World[] = [{}];
  for (const [input, values] of Object.entries(inputValues)) {
    const isAsked = text.includes(input) || (input === 'var.env' && text.includes('local.name'));
    const some = isAsked ? values : values.slice(0, 1);
    worlds = worlds.flatMap((world) => some.map((value) => ({ ...world, [input]: value })));
  }
  return worlds;
}

/** Each finding, with the worlds where it says that it is. */
function foundIn({ findings }: Report): ReadonlyMap<string, readonly When[] | undefined> {
  return new Map(findings.map(({ check, span, subject, when }) => [`${check} ${placeOf(span)} ${subject}`, when]));
}

/** Whether a finding is about what is open. What is written is at fault even where nothing comes of it. */
const isExposure = (key: string): boolean => exposures.has(key.slice(0, key.indexOf(' ')));

/** Whether a world is one of those. Of conditions it is not known. */
function isIn(world: World, when: readonly When[]): boolean {
  return when.some((each) =>
    Object.entries(each).every(([input, condition]) => {
      const value = world[input];
      return typeof condition === 'object'
        ? condition.not.every((other) => String(other) !== value)
        : String(condition) === value;
    }),
  );
}

const isNamed = (when: readonly When[]): boolean =>
  when.every((each) => Object.keys(each).every((input) => input in inputValues));

test(
  'what is found is what is found in the worlds, and where',
  async () => {
    let found = 0;
    const property = fc.asyncProperty(madeConfigurations, async (files) => {
      const base = await lintIn(files);
      const all = foundIn(base);
      const isWhole = base.undecided.length === 0;
      const seen = new Map<string, World[]>();
      const worlds = worldsOf(files);
      for (const world of worlds) {
        const report = await lintIn(files, inputsOf(world));
        expect(report.problems).toEqual([]);
        for (const key of foundIn(report).keys()) seen.set(key, [...(seen.get(key) ?? []), world]);
      }
      for (const [key, where] of seen) {
        // What compares rules asks nothing of rules of which it is not known how many there are.
        if (isWhole && isExposure(key)) expect([...all.keys()]).toContain(key);
        const when = all.get(key);
        if (isWhole && when !== undefined && isNamed(when) && isExposure(key))
          expect([key, worlds.filter((world) => isIn(world, when))]).toEqual([key, where]);
        else if (all.has(key) && when === undefined && isExposure(key))
          expect([key, where.length]).toEqual([key, worlds.length]);
        found += 1;
      }
      for (const key of all.keys()) expect([...seen.keys()]).toContain(key);
    });
    await fc.assert(property, bounds);
    expect(found).toBeGreaterThan(numRuns);
  },
  timeout,
);
