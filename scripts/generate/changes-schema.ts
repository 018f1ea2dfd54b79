/** The JSON Schema of what `tfsg changes --format json` prints. */

import { severities } from '../../src/findings/severity.ts';
import { icmpCodes, trafficFields } from './exposure-schema.ts';
import { objectWith } from './inspect-schema.ts';
import { reportSchema, type Schema } from './report-schema.ts';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const count = { type: 'integer', minimum: 0 };

const kind = {
  description: 'opened: only the newer state allows it; closed: only the older one.',
  enum: ['opened', 'closed'],
};

const place = {
  file: {
    description: 'Path relative to the repository root, with "/"; null where it is in no file.',
    type: ['string', 'null'],
  },
  range: { anyOf: [{ $ref: '#/definitions/range' }, { type: 'null' }] },
};

const holding = {
  environments: { description: 'Names of the environments where it is so; empty without environments.', ...texts },
  roots: { description: 'Directories of the root modules where it is so; "." for the repository root.', ...texts },
  ...place,
};

const optional = {
  ...icmpCodes,
  when: {
    description: 'The worlds where it is so; absent if it always is.',
    type: 'array',
    minItems: 1,
    items: { $ref: '#/definitions/world' },
  },
};

const access = {
  kind,
  group: {
    description:
      'Address with keys, in the newer state, or in the older one where it is gone; the identifier of one from elsewhere.',
    ...text,
  },
  direction: { enum: ['ingress', 'egress'] },
  family: { description: 'null where the sources are groups or prefix lists alone.', enum: [4, 6, null] },
  ...trafficFields,
  sources: {
    description:
      'For egress the destinations: the fewest CIDR blocks, then groups and prefix lists by address or identifier; self for the group itself.',
    ...texts,
  },
};

const related = { related: { type: 'array', items: { $ref: '#/definitions/related' } } };

const listOf = (name: string): Schema => ({ type: 'array', items: { $ref: `#/definitions/${name}` } });

const undecidedFindings = {
  undecidedFindings: { description: 'Own rules that are not decided for it.', ...listOf('undecidedFinding') },
};

/** Draft 7. Worlds and problems are as in a report. */
export function changesSchema(): Schema {
  const { range, position, world, problem } = reportSchema()['definitions'] as Readonly<Record<string, Schema>>;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg changes',
    description: 'What a change of configurations opens and closes.',
    ...objectWith({
      schemaVersion: { const: 1 },
      base: { description: 'What the older state is called.', ...text },
      changes: listOf('change'),
      undecided: { description: 'What may be opened or closed: the most that it can be.', ...listOf('undecided') },
      reach: {
        description: 'What the internet now reaches, or no longer reaches; null where the older state does not say.',
        anyOf: [listOf('reach'), { type: 'null' }],
      },
      problems: listOf('problem'),
      summary: objectWith({
        sentence: { description: 'The first line of the text.', ...text },
        opened: count,
        closed: count,
        failing: { description: 'Opened changes that fail the run.', ...count },
        undecided: count,
        findings: { description: 'Findings of own rules.', ...count },
        groups: { description: 'Groups of either state that were compared.', ...count },
        roots: { description: 'Root modules that were compared.', ...count },
        unchangedDirectories: {
          description: 'Directories with configuration that no change can touch; they were not evaluated.',
          ...count,
        },
        suppressed: { description: 'Findings of own rules that comments suppress.', ...count },
        suppressedRules: { description: 'Ids of their rules.', ...texts },
        files: { description: 'Configuration files that were read of the newer state.', ...count },
      }),
    }),
    definitions: {
      change: objectWith(
        {
          ...access,
          internet: {
            description:
              'Whether all public addresses of the family are allowed with it, together with what is open anyway.',
            type: 'boolean',
          },
          allowed: {
            description: 'Of what is opened: whether all of it is trusted, or allowed by the policy of the group.',
            type: 'boolean',
          },
          fails: { description: 'Whether it fails the run.', type: 'boolean' },
          ...holding,
          ...related,
          findings: { description: 'What own rules have against what is opened.', ...listOf('finding') },
          ...undecidedFindings,
        },
        optional,
      ),
      undecided: objectWith(
        {
          ...access,
          because: { description: 'What it depends on.', ...texts },
          ...holding,
          ...related,
          ...undecidedFindings,
        },
        optional,
      ),
      finding: objectWith(
        {
          check: { description: 'Id of the rule.', ...text },
          severity: { enum: severities },
          message: text,
          help: { description: 'What to do; may be empty.', ...text },
          docs: { description: 'Address of the page of the rule, or path of its file.', ...text },
          fails: { description: 'Whether it fails the run.', type: 'boolean' },
          ...{ environments: holding.environments, roots: holding.roots },
        },
        { when: optional.when },
      ),
      undecidedFinding: objectWith(
        {
          check: { description: 'Id of the rule.', ...text },
          severity: { enum: severities },
          because: { description: 'What it depends on.', ...texts },
          ...{ environments: holding.environments, roots: holding.roots },
        },
        { when: optional.when },
      ),
      reach: objectWith(
        {
          kind,
          service: { description: 'Address with keys.', ...text },
          service_kind: { description: 'What it is, such as "load balancer" or "database".', ...text },
          family: { enum: [4, 6] },
          ...trafficFields,
          through: { description: 'Addresses of the services on the way, its own last.', ...texts },
          path: listOf('step'),
          ...holding,
        },
        optional,
      ),
      step: objectWith({
        kind: text,
        address: text,
        text: { description: 'What it does on the way.', ...text },
        ...place,
      }),
      related: objectWith({ message: text, ...place }),
      world: world!,
      problem: problem!,
      range: range!,
      position: position!,
    },
  };
}
