/** Traffic that gets where an assertion says that it may not. */

import { groupBy } from '../collections/group-by.ts';
import type { PathStep, ServicePath } from '../exposure/exposure.ts';
import { defineCheck, fromKey, type Hit } from '../findings/check.ts';
import type { Assertion } from '../model/questions/assertion.ts';
import { factOfPeer, type Peer, type Rule } from '../model/rule.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { intersectionOfTraffic, isNoTraffic, type Traffic, unionOfTraffic } from '../network/traffic.ts';
import { spanKey } from '../source/span.ts';
import { assertedPaths, stepsOf, wayOf } from './shared/assertions.ts';
import { describeOpenTraffic } from './shared/open-ports.ts';

export const forbiddenPath = defineCheck({
  id: 'forbidden-path',
  summary: 'Traffic gets to a service that an assertion keeps it from',
  label: 'lets it in',
  help: 'Remove one hop of the way, or the assertion.',
  severity: 'high',
  preset: 'off',
  topic: 'exposure',
  scope: 'model',
  aliases: {},
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html#security-group-best-practices'],
  about: 'security-group',
  options: {
    assertions: fromKey<readonly Assertion[]>({
      key: 'assert',
      default: [{ deny: { from: 'internet', to: '*-db' } }],
      summary: 'What may not get where; set with the key `assert` of the configuration.',
    }),
  },
  *run(model, { assertions }, exposure) {
    if (exposure === undefined) return;
    for (const assertion of assertions.filter(({ kind }) => kind === 'deny')) {
      const paths = assertedPaths(assertion, exposure).flatMap((path) => {
        const traffic = partOf(path.traffic, assertion);
        return isNoTraffic(traffic) ? [] : { ...path, traffic };
      });
      for (const same of groupBy(paths, placeKey).values()) {
        const certain = same.filter(({ answer }) => answer === 'yes');
        const [first = same[0]] = certain;
        const traffic = unionOfTraffic((certain.length > 0 ? certain : same).map((each) => each.traffic));
        yield hitOf({ ...first, traffic }, assertion, model);
      }
    }
  },
});

const partOf = (traffic: Traffic, { traffic: denied }: Assertion): Traffic =>
  denied === undefined ? traffic : intersectionOfTraffic(traffic, denied);

/** The rule that lets it in at last. */
const lastRule = (path: readonly PathStep[]): PathStep | undefined => path.findLast(({ kind }) => kind === 'rule');

function placeKey({ to, path }: ServicePath): string {
  const { span } = lastRule(path) ?? to;
  return `${to.address} ${spanKey(span)}`;
}

function hitOf(
  { to, traffic, answer, because, path }: ServicePath,
  assertion: Assertion,
  model: SecurityGroupModel,
): Hit {
  const { isFromInternet, text } = assertion;
  const last = lastRule(path);
  const found = last && ruleAt(last, model);
  const what = describeOpenTraffic(traffic);
  const from = isFromInternet && path[0]?.kind !== 'service' ? 'The internet' : (path[0]?.address ?? 'Something');
  const reaches = answer === 'yes' ? 'reaches' : 'may reach';
  return {
    answer,
    subject: found?.rule ?? to,
    ...(found && { rule: found.rule }),
    place: found === undefined ? { span: last?.span ?? to.span } : factOfPeer(found.peer),
    message: `${from} ${reaches} ${to.address} with ${what}, which an assertion denies (${text}). The way: ${wayOf(path)}.`,
    related: stepsOf(path.filter((step) => step !== last)),
    reasons: because,
    question: { traffic: what, state: `kept from ${to.address}`, isOfSource: false },
  };
}

function ruleAt(
  { address, span }: PathStep,
  { rules }: SecurityGroupModel,
): { readonly rule: Rule; readonly peer: Peer } | undefined {
  for (const rule of rules) {
    const peer = rule.address === address ? rule.peers.find((each) => factOfPeer(each).span === span) : undefined;
    if (peer !== undefined) return { rule, peer };
  }
  return undefined;
}
