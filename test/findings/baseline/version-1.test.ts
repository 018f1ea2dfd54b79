/** Baselines of version 1: they hide what they hid, whatever became of the messages whose numbers they hold, and no more. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../../src/checks/index.ts';
import { configOf } from '../../../src/config/config.ts';
import { defaultLayers, resolveConfig } from '../../../src/config/resolve.ts';
import { memoryFileSystem } from '../../../src/files.ts';
import { type Entries, hideKnown, type RunFindings, updated } from '../../../src/findings/baseline/baseline.ts';
import { baselineText, readBaseline } from '../../../src/findings/baseline/document.ts';
import { lint } from '../../../src/lint.ts';
import { placeOf } from '../../../src/source/position.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { noInputs } from '../../../src/terraform/instances/inputs.ts';

type Files = Readonly<Record<string, string>>;

const folder = 'fixtures/baseline/version-1';
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const files: Files = { 'main.tf': read('main.tf'), 'open/main.tf': read('open/main.tf') };
const parse = (text: string): Entries => readBaseline(new SourceFile('.tfsg-baseline.json', text));
const baseline = parse(read('.tfsg-baseline.json'));

const usual = resolveConfig(defaultLayers, checks, { only: undefined, disabled: new Set() });
const settings = usual.checks.get('broad-port-range')!;
const withMaximum = (max: number) =>
  configOf(new Map(usual.checks).set('broad-port-range', { ...settings, options: { ...settings.options, max } }));

async function newsOf(some: Files, config = usual, paths: readonly string[] = ['']) {
  let seen: RunFindings | undefined;
  const { findings, summary } = await lint(memoryFileSystem(some), paths, {
    configFor: () => config,
    parser: 'native',
    inputs: noInputs,
    baseline(found) {
      seen = found;
      return hideKnown(baseline, found);
    },
  });
  return {
    found: seen!,
    baselined: summary.baselined,
    news: findings.map(({ check, span }) => `${check} ${placeOf(span)}`),
  };
}

/** The fixture with another text in its main.tf. */
function changed(before: string, after: string): Files {
  expect(files['main.tf']).toContain(before);
  return { ...files, 'main.tf': files['main.tf']!.replace(before, after) };
}

describe('what was there is hidden', () => {
  test('as it was', async () => {
    expect(await newsOf(files)).toMatchObject({ news: [], baselined: 11 });
  });

  test('where an option changed that the message told', async () => {
    expect(await newsOf(files, withMaximum(90))).toMatchObject({ news: [], baselined: 11 });
  });

  test('where the value went into a local', async () => {
    const { news } = await newsOf(changed('["10.0.0.0/16"]', '[local.net]\n  }\n}\nlocals {\n  net = "10.0.0.0/16"\n'));
    expect(news.filter((one) => one.startsWith('broad-port-range'))).toEqual([]);
  });
});

describe('what is new is told', () => {
  test.each([
    ['another port', 'ssh = 22,', 'ssh = 23,', 'admin-port-open main.tf:6:13'],
    ['one more port', 'rdp = 3389 }', 'rdp = 3389, vnc = 5900 }', 'admin-port-open main.tf:6:13'],
    ['another source', '["10.0.0.0/16"]', '["10.2.0.0/16"]', 'broad-port-range main.tf:14:19'],
    ['a wider source', '"2600:1f18::/32"', '"2600::/16"', 'broad-public-cidr main.tf:68:23'],
    ['another text', '"10.1.2.3/8"', '"10.1.2.4/8"', 'invalid-cidr main.tf:40:34'],
    ['another resource', 'rule" "everything"', 'rule" "all"', 'ignored-ports main.tf:66:23'],
    ['a second one', '"everything" {', '"everything" {\n  count = 2', 'duplicate-rule main.tf:69:23'],
  ])('%s', async (_, before, after, place) => {
    expect((await newsOf(changed(before, after))).news).toContain(place);
  });

  test('a second fault that is like the first', async () => {
    const second =
      '  ingress {\n    from_port = 1\n    to_port = 1\n    protocol = "tcp"\n    cidr_blocks = ["10.3.0.0/16"]\n  }\n\n';
    const { news } = await newsOf(
      changed('  ingress {\n    description = "Partners"', `${second}  ingress {\n    description = "Partners"`),
    );
    expect(news).toEqual(['missing-rule-description main.tf:35:3']);
  });
});

describe('bringing it up to date', () => {
  const there = () => true;

  test('writes version 2, in which nothing was added or removed', async () => {
    const { found } = await newsOf(files);
    const update = updated(baseline, found, there, true);
    expect(update).toMatchObject({ added: 0, gone: [], old: [] });
    const text = baselineText(update);
    expect(text).toContain('"schemaVersion": 2,');
    expect(hideKnown(parse(text), found).parts.filter(({ answer }) => answer === 'yes')).toEqual([]);
  });

  test('leaves entries of files that were not read as they are, and says so of each', async () => {
    const { found } = await newsOf(files, usual, ['open']);
    const { old, gone } = updated(baseline, found, there, true);
    expect(gone).toEqual([]);
    expect(old.map(({ file }) => file)).toEqual(Array(10).fill('main.tf'));
    const text = baselineText({ entries: [], old });
    expect(text).toContain('    {"schemaVersion":1,"file":"main.tf","check":"invalid-cidr","subject":');
    expect(parse(text)).toEqual({ entries: [], old });
  });

  test('takes away what is gone, and nothing where not everything could be read', async () => {
    const { found } = await newsOf(changed('"52.0.0.0/8", "10.1.2.3/8"', '"203.0.113.7/32"'));
    expect(updated(baseline, found, there, true)).toMatchObject({ added: 0, gone: [{ count: 1 }], old: [] });
    const { gone, old } = updated(baseline, found, there, false);
    expect([gone.length, old.map(({ check }) => check)]).toEqual([0, ['invalid-cidr']]);
  });
});
