/** Traffic that does not get where an assertion says that it has to. */

import type { PathEnd, RootExposure, ServicePath } from '../exposure/exposure.ts';
import { defineCheck, fromKey, type Hit } from '../findings/check.ts';
import { type Assertion, missingOf } from '../model/questions/assertion.ts';
import { type Traffic, unionOfTraffic } from '../network/traffic.ts';
import { assertedPaths } from './shared/assertions.ts';
import { describeOpenTraffic } from './shared/open-ports.ts';

export const missingPath = defineCheck({
  id: 'missing-path',
  summary: 'Traffic does not get to a service that an assertion requires it for',
  label: 'not reached',
  help: 'Add the rule that is missing, or change the assertion.',
  severity: 'high',
  preset: 'off',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  about: 'security-group',
  options: {
    assertions: fromKey<readonly Assertion[]>({
      key: 'assert',
      default: [{ permit: { from: '*-lb', to: '*-app' } }],
      summary: 'What has to get where; set with the key `assert` of the configuration.',
    }),
  },
  *run(_, { assertions }, exposure) {
    if (exposure === undefined) return;
    for (const assertion of assertions.filter(({ kind }) => kind === 'permit')) {
      // Where nothing matches that it comes from, another root module has it.
      if (!assertion.isFromInternet && !exposure.ends.some(({ names }) => names.some(assertion.isFrom))) continue;
      yield* hitsOf(assertion, exposure);
    }
  },
});

function* hitsOf(assertion: Assertion, exposure: RootExposure): Iterable<Hit> {
  const paths = assertedPaths(assertion, exposure);
  for (const end of exposure.ends) {
    if (!end.names.some(assertion.isTo) || end.names.some(assertion.isFrom)) continue;
    const mine = paths.filter(({ to }) => to.address === end.address);
    const sure = mine.filter(({ answer }) => answer === 'yes');
    const missing = missingOf(assertion, trafficOf(sure));
    if (missing === undefined) continue;
    yield hitOf(end, missing, missingOf(assertion, trafficOf(mine)) === undefined ? mine : [], assertion);
  }
}

const trafficOf = (paths: readonly ServicePath[]): Traffic => unionOfTraffic(paths.map(({ traffic }) => traffic));

/** @param open paths that may be there; none where it is certain that something is missing */
function hitOf(
  end: PathEnd,
  missing: Traffic | 'any',
  open: readonly ServicePath[],
  { text, isDirect }: Assertion,
): Hit {
  const [group] = end.groups;
  const subject = group ?? end;
  const what = missing === 'any' ? undefined : describeOpenTraffic(missing);
  const how = isDirect ? ' directly' : '';
  return {
    answer: open.length > 0 ? 'unknown' : 'yes',
    subject,
    place: { span: subject.span },
    message: `No way ${what === undefined ? 'leads' : `lets ${what}`} to ${end.address}${how}, which an assertion requires (${text}).`,
    reasons: [...new Set(open.flatMap(({ because }) => because))].sort(),
    question: {
      traffic: what ?? 'traffic',
      state: `able to get to ${end.address}`,
      isOfSource: false,
    },
  };
}
