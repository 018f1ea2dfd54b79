/** Exposures of configurations as a test says them, for what shows them alone. */

import { configOf } from '../../../src/config/config.ts';
import type { ExposedService, PathStep, RootExposure, ServiceExposure } from '../../../src/exposure/exposure.ts';
import { diskFileSystem, type FileSystem } from '../../../src/files.ts';
import { evaluateModels, type LintOptions } from '../../../src/lint.ts';
import type { Answer } from '../../../src/model/answer.ts';
import type { SecurityGroupModel } from '../../../src/model/security-group-model.ts';
import type { Family } from '../../../src/network/ip-address.ts';
import { overlapsTraffic, type Traffic } from '../../../src/network/traffic.ts';
import type { ShownExposures } from '../../../src/report/exposure/shown.ts';
import { noInputs } from '../../../src/terraform/instances/inputs.ts';

/** What is said of a service: whether the internet gets to it directly, and over which services else. */
export interface Said {
  readonly direct?: Answer;
  readonly through?: readonly string[];
  readonly because?: readonly string[];
}

export type SaidOf = (service: string, environment: string | undefined) => Said;

/** The models of a folder on the disk, or of files, with what is said of their services. */
export async function shownExposures(
  files: string | FileSystem,
  saidOf: SaidOf,
  environments: LintOptions['configFor'] = () => configOf(new Map()),
): Promise<ShownExposures> {
  const fileSystem = typeof files === 'string' ? diskFileSystem(files) : files;
  const options = { configFor: environments, parser: 'native', inputs: noInputs } as const;
  const { models, problems } = await evaluateModels(fileSystem, [''], options);
  return {
    roots: models.map((model) => ({ model, exposure: saidExposure(model, (name) => saidOf(name, model.environment)) })),
    files: new Set(models.flatMap((model) => model.files)).size,
    problems,
  };
}

function saidExposure(model: SecurityGroupModel, said: (service: string) => Said): RootExposure {
  const attachments = model.attachments.filter(({ groups }) => groups.some(({ group }) => group !== undefined));
  const groupsOf = (address: string) =>
    attachments.find((each) => each.address === address)!.groups.flatMap(({ group }) => group ?? []);
  const direct = (address: string): readonly ServiceExposure[] => {
    const { direct: answer, because = [] } = said(address);
    return groupsOf(address).flatMap((group) =>
      model.ruleSets
        .filter((set) => set.group === group)
        .flatMap((set) => set.exposures('ingress'))
        .flatMap(({ rule, peer, traffic, ...own }): ServiceExposure[] => {
          const decided = own.answer === 'unknown' ? 'unknown' : answer;
          if (decided === undefined) return [];
          const path = [
            step('public address', address, 'has a public address', rule.span),
            step(
              'rule',
              rule.address,
              `allows ${peer.text.kind === 'known' ? peer.text.value : peer.family}`,
              rule.span,
            ),
            step('group', group.address, 'is attached', group.span),
            serviceStep(address),
          ];
          return intervals(traffic).map((each) => ({
            ...{ family: peer.family, traffic: each, answer: decided, path },
            hops: decided === 'yes' ? 1 : null,
            because: own.answer === 'unknown' ? own.reasons : because,
          }));
        }),
    );
  };
  const serviceStep = (address: string): PathStep =>
    step('service', address, 'is reached', attachments.find((each) => each.address === address)!.span);
  const exposuresOf = (address: string): readonly ServiceExposure[] => [
    ...direct(address),
    ...(said(address).through ?? []).flatMap((before) => {
      const [way] = exposuresOf(before);
      const from = new Set(groupsOf(before).map((group) => group.address));
      return groupsOf(address).flatMap((group) =>
        model.ruleSets
          .filter((set) => set.group === group)
          .flatMap((set) => set.groupPeers)
          .filter(({ rule, peer }) => rule.direction === 'ingress' && from.has(peer.reference?.address ?? ''))
          .flatMap(({ rule }): ServiceExposure[] => {
            if (rule.fromPort.kind === 'unknown' || rule.toPort.kind === 'unknown') return [];
            const base = 6 * 65536;
            const traffic = { points: [{ first: base + rule.fromPort.value!, last: base + rule.toPort.value! }] };
            const path = [
              ...way!.path,
              step('rule', rule.address, `allows ${[...from].join(', ')}`, rule.span),
              step('group', group.address, 'is attached', group.span),
              serviceStep(address),
            ];
            const { answer, because } = way!;
            return [{ family: 4, traffic, answer, hops: way!.hops === null ? null : way!.hops + 1, path, because }];
          }),
      );
    }),
  ];
  const services = attachments.map(
    ({ address, resourceAddress, calls, kind, type, span, groups }): ExposedService => ({
      ...{ address, resourceAddress, calls, kind, type, span },
      groups: groups.flatMap(({ group }) => group?.address ?? []),
      exposures: exposuresOf(address),
    }),
  );
  return {
    root: model.root,
    environment: model.environment,
    services,
    ends: [],
    pathsFrom: () => [],
    reachOf(group: string, family: Family, traffic: Traffic) {
      const own = services.filter((service) => service.groups.includes(group));
      if (own.length === 0) return { reach: 'unattached', path: [], because: [] };
      const open = own
        .flatMap(({ exposures }) => exposures)
        .filter((each) => each.family === family && each.hops !== 2 && overlapsTraffic(each.traffic, traffic));
      const answers = open.map(({ answer }) => answer);
      const reach = answers.includes('yes') ? 'internet' : answers.includes('unknown') ? 'unknown' : 'vpc';
      return { reach, path: [], because: [] };
    },
  };
}

const step = (kind: PathStep['kind'], address: string, text: string, span: PathStep['span']): PathStep => ({
  kind,
  address,
  text,
  span,
});

const intervals = ({ points }: Traffic): readonly Traffic[] => points.map((point) => ({ points: [point] }));
