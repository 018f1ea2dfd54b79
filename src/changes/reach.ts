/** What the internet gets to in one of two states alone. */

import { groupBy } from '../collections/group-by.ts';
import { type ExposedService, type ServiceExposure, servicesOn } from '../exposure/exposure.ts';
import { joinWhen } from '../findings/when.ts';
import type { When } from '../model/when.ts';
import { differenceOfTraffic, intersectionOfTraffic, isNoTraffic, unionOfTraffic } from '../network/traffic.ts';
import { compareStrings } from '../terraform/values/value.ts';
import type { RootAccess } from './access.ts';
import type { ChangeKind, ReachChange } from './change.ts';
import { caseKey } from './match.ts';
import { holdsIn, whenOfWorld, worldsOf } from './worlds.ts';

/** Opened first, in order of service, family and traffic. */
export function reachChanges(before: readonly RootAccess[], after: readonly RootAccess[]): readonly ReachChange[] {
  if (before.some(({ services }) => services === undefined)) return [];
  const olds = new Map(before.map((root) => [caseKey(root), root]));
  const news = new Map(after.map((root) => [caseKey(root), root]));
  const found = [...new Set([...olds.keys(), ...news.keys()])].flatMap((key) => {
    const [old, now] = [olds.get(key), news.get(key)];
    const moved = now?.moved ?? ((address: string) => address);
    const addressOf = ({ address }: ExposedService): string => moved(address);
    const was = new Map((old?.services ?? []).map((service) => [addressOf(service), service]));
    const is = new Map((now?.services ?? []).map((service) => [service.address, service]));
    const switches = new Set([...(old?.switches ?? []), ...(now?.switches ?? [])]);
    const rejected = [...(old?.rejected ?? []), ...(now?.rejected ?? [])];
    const root = (now ?? old)!;
    return [
      ...[...is].flatMap(([address, service]) =>
        changesOf('opened', service, was.get(address), root, { switches, rejected }),
      ),
      ...[...was].flatMap(([address, service]) =>
        changesOf('closed', service, is.get(address), root, { switches, rejected }),
      ),
    ];
  });
  return joined(found).sort(inOrder);
}

function changesOf(
  kind: ChangeKind,
  service: ExposedService,
  other: ExposedService | undefined,
  { directory, environment }: RootAccess,
  { switches, rejected }: Pick<RootAccess, 'switches' | 'rejected'>,
): readonly ReachChange[] {
  const own = service.exposures.filter(({ answer }) => answer === 'yes');
  if (own.length === 0) return [];
  const others = (other?.exposures ?? []).filter(({ answer }) => answer !== 'no');
  const { worlds } = worldsOf(
    [...own, ...others].map(({ when = [] }) => when),
    switches,
    rejected,
  );
  const rows = worlds.flatMap((world) => {
    const isThere = ({ when = [] }: ServiceExposure): boolean => holdsIn(when, world);
    return own.filter(isThere).flatMap((exposure) => {
      const open = unionOfTraffic(
        others.filter((each) => each.family === exposure.family && isThere(each)).map(({ traffic }) => traffic),
      );
      const left = differenceOfTraffic(exposure.traffic, open);
      if (isNoTraffic(left)) return [];
      return left.points.map((point) => {
        const traffic = intersectionOfTraffic(exposure.traffic, { points: [point] });
        return { exposure, traffic, when: whenOfWorld(world) };
      });
    });
  });
  return [
    ...groupBy(rows, ({ exposure, traffic }) =>
      JSON.stringify([exposure.family, traffic, servicesOn(exposure.path)]),
    ).values(),
  ].map((same): ReachChange => {
    const [{ exposure, traffic }] = same;
    const when: readonly When[] = joinWhen(same.map((each) => each.when));
    return {
      kind,
      service: service.address,
      serviceKind: service.kind,
      family: exposure.family,
      traffic,
      through: servicesOn(exposure.path),
      path: exposure.path,
      ...(when.length > 0 && { when }),
      environments: environment === undefined ? [] : [environment],
      roots: [directory || '.'],
      span: service.span,
    };
  });
}

/** The same in several root modules or environments is told once. */
function joined(changes: readonly ReachChange[]): ReachChange[] {
  const keyOf = ({ kind, service, family, traffic, through, when }: ReachChange): string =>
    JSON.stringify([kind, service, family, traffic, through, when]);
  return [...groupBy(changes, keyOf).values()].map((same) => ({
    ...same[0],
    environments: [...new Set(same.flatMap(({ environments }) => environments))].sort(compareStrings),
    roots: [...new Set(same.flatMap(({ roots }) => roots))].sort(compareStrings),
  }));
}

function inOrder(a: ReachChange, b: ReachChange): number {
  return (
    Number(a.kind === 'closed') - Number(b.kind === 'closed') ||
    compareStrings(a.service, b.service) ||
    a.family - b.family ||
    a.traffic.points[0]!.first - b.traffic.points[0]!.first
  );
}
