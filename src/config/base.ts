/** A config below all others, which these may only tighten where it locks them. */

import type { Check } from '../findings/check.ts';
import type { Problem } from '../source/problem.ts';
import type { CheckEntry } from './check-entry.ts';
import { type JsonNode, propertyOf } from './jsonc.ts';
import type { ConfigKey } from './key.ts';
import { type Choice, key as checksKey } from './keys/checks.ts';
import { keys } from './keys/index.ts';
import { type BaseLayers, filesIn, type Layer, type Sourced } from './layer.ts';
import { mistake } from './mistake.ts';
import { levelRank } from './names.ts';
import type { Override } from './override.ts';
import type { Resolution } from './resolve.ts';

/** Warnings for what the files above a base say without an effect. */
export function lockedProblems(
  resolution: Resolution,
  layers: readonly Layer[],
  checks: readonly Check[],
  base: BaseLayers,
): readonly Problem[] {
  const own = filesIn(layers).filter((layer) => !base.layers.includes(layer) && !layer.file.file.isVirtual);
  const isOwn = ({ file }: JsonNode): boolean => own.some((layer) => layer.file.file === file);
  const warn = (node: JsonNode, what: string): Problem => ({
    ...mistake(node, `${what} locked by ${base.path}, so this has no effect.`),
    severity: 'warning',
  });
  const ofKeys = Object.values<ConfigKey<unknown, unknown>>(keys).flatMap((key) =>
    changesOf(resolution.full(key), resolution.of(key)).flatMap((name) => {
      const { origin } = name;
      return origin.kind === 'file' && isOwn(origin.node) ? [warn(origin.node, `${JSON.stringify(key.name)} is`)] : [];
    }),
  );
  const choices = resolution.of(checksKey);
  const floors = new Map(checks.map((check) => [check.id, choices.floorOf(check, [])]));
  const ofEntry = ({ check, level, node, options }: CheckEntry): readonly Problem[] => {
    const floor = floors.get(check.id);
    if (floor === undefined || floor.level.value === 'off') return [];
    if (levelRank(level) < levelRank(floor.level.value)) {
      return [warn(node, `${check.id} at ${floor.level.value} is`)];
    }
    return Object.values(options).map((option) => warn(option.node, `The options of ${check.id} are`));
  };
  const ofChecks = own.flatMap(({ file: { given } }) => [
    ...(given['checks'] as readonly CheckEntry[]).flatMap(ofEntry),
    ...(given['overrides'] as readonly Override[]).flatMap((override) => override.checks.flatMap(ofEntry)),
  ]);
  const ofPresets = own.flatMap(({ file: { root } }) => {
    const node = propertyOf(root, 'extends');
    const isLower = ({ level }: Choice, floor: Choice | undefined): boolean =>
      level.origin.kind === 'preset' && floor !== undefined && levelRank(level.value) < levelRank(floor.level.value);
    const isPresetLower = checks.some((check) => isLower(choices.unlimited(check, []), floors.get(check.id)));
    return node !== undefined && isPresetLower ? [warn(node, 'Checks that this turns off are')] : [];
  });
  const ofLocks = own.flatMap(({ file: { root } }) => {
    const node = propertyOf(root, 'locked');
    const message = '"locked" has an effect only in the file of --base-config.';
    return node === undefined ? [] : [{ ...mistake(node, message), severity: 'warning' as const }];
  });
  return [...ofKeys, ...ofChecks, ...ofPresets, ...ofLocks];
}

/** Values of a key, or of its parts, that a lock has taken away. */
function changesOf(full: unknown, rest: unknown): readonly Sourced<unknown>[] {
  if (full === rest || typeof full !== 'object' || full === null) return [];
  if ('origin' in full) return [full as Sourced<unknown>];
  const parts = (rest ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(full).flatMap(([name, value]) => changesOf(value, parts[name]));
}
