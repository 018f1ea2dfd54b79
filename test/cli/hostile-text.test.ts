/** Whatever is written into files, names and arguments, no command prints a control character or a command to a CI server. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { changesFormatNames } from '../../src/report/changes/index.ts';
import { formatNames } from '../../src/report/render.ts';
import { parseCommand } from '../report/actions.ts';
import { open, type Result, type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

/** What nobody sees, or what is no text: C0 but the end of a line, C1, separators, directions of writing, no width, tags. */
const unseen =
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Surrogate}]|(?![\ufe00-\ufe0f]|\u200d)\p{Default_Ignorable_Code_Point}/u;

const payloads: readonly string[] = [
  '##vso[task.setvariable variable=PATH]pwn',
  '##[error]pwn',
  '##teamcity[buildStop]',
  '::error::pwn',
  '\n::add-mask::pwn',
  '\u001b]8;;http://evil.example/\u001b\\pwn\u001b]8;;\u001b\\',
  '\u001b[2J\u001b[1;1Hpwn\u0007',
  '\u009b31mpwn\u0085\u2028',
  '\u202epwn\u2066\u061c',
  '\u200b\u200c\u2060\u00ad\ufeffpwn',
  '\u{e0001}\u{e0070}\u{e0077}\u{e006e}',
  '\u3164\u115f\u1160\u17b4\uffa0pwn',
  '\rpwn\tpwn',
];

function expectHarmless({ stdout, stderr }: Result): void {
  for (const output of [stdout, stderr]) {
    expect(output).not.toMatch(unseen);
    expect(output).not.toMatch(/##[a-z]*\[/i);
    expect(output.split(/\r\n|[\r\n]/).filter((line) => parseCommand(line) !== undefined)).toEqual([]);
  }
}

/** A string of HCL that nothing but a template escape makes another one. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('${', '$${');

/** A configuration with a text wherever a name or a value may be. */
const configuration = (text: string): string => `resource "aws_security_group" "g" {
  for_each    = toset([${quoted(text)}])
  name        = each.key
  description = ${quoted(text)}
  ingress {
    description = ${quoted(text)}
    from_port   = 22
    to_port     = 22
    protocol    = ${quoted(text)}
    cidr_blocks = [${quoted(text)}, "0.0.0.0/0", cidrsubnet(${quoted(text)}, 1, 1)]
  }
}

locals { ${'/* '}${text.replaceAll('*/', '')}${' */'} }
`;

/** The same as a name of a file or folder. */
const named = (text: string): string => text.replace(/[\0/]/g, '').slice(0, 40);

const config = (text: string): string =>
  JSON.stringify({
    exclude: [text],
    environments: { [text.slice(0, 30)]: { varFiles: [text], variables: { a: text } } },
    policy: [{ groups: [text], ingress: [{ from: ['10.0.0.0/8'] }] }],
    overrides: [{ groups: [text], checks: { 'port-open': 'off' } }],
  });

const names = formatNames.filter((name) => name !== 'github');

describe.each(payloads.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
  test('in configurations', async () => {
    const files = { '.git/': '', [`${named(text)}/main.tf`]: configuration(text), 'main.tf': configuration(text) };
    shell = shellWith(files);
    const options = ['--unknown', '--min-severity', 'info'];
    for (const format of names) expectHarmless(await shell.tfsg(['-f', format, ...options]));
    for (const argv of [
      ['inspect'],
      ['inspect', '-f', 'json'],
      ['parse', 'main.tf', `${named(text)}/main.tf`],
      ['--fix-dry-run'],
      ['--print-config', `${named(text)}/main.tf`],
      ['init'],
    ]) {
      expectHarmless(await shell.tfsg(argv));
    }
  });

  test('in configurations that are compared', async () => {
    const path = `${named(text)}/main.tf`;
    const [before, after] = [configuration('x'), configuration(text)];
    const older = { 'old/main.tf': before, [`old/${path}`]: before };
    shell = shellWith({ '.git/': '', ...older, 'new/main.tf': after, [`new/${path}`]: after });
    for (const format of changesFormatNames.filter((name) => name !== 'github')) {
      const result = await shell.tfsg(['changes', '--base', 'old', '-f', format, '--no-new-access=any', 'new']);
      expect(result.stdout).not.toBe('');
      expectHarmless(result);
    }
  });

  test('in .tfsgrc.json', async () => {
    shell = shellWith({ '.git/': '', '.tfsgrc.json': config(text), 'main.tf': open });
    for (const argv of [['main.tf'], ['--print-config', 'main.tf'], ['checks'], ['checks', '-f', 'json']]) {
      expectHarmless(await shell.tfsg(argv));
    }
    shell.remove();
    shell = shellWith({
      '.git/': '',
      '.tfsgrc.json': JSON.stringify({ [text]: text, extends: [text], checks: { [text]: 'on' } }),
      'main.tf': open,
    });
    for (const argv of [['main.tf'], ['--print-config', 'main.tf'], ['checks'], ['init'], ['inspect']]) {
      expectHarmless(await shell.tfsg(argv));
    }
  });

  test('in baselines, diffs and reports', async () => {
    const entry = { file: text, check: text, subject: text, content: text, count: 1 };
    shell = shellWith({
      '.git/': '',
      'main.tf': open,
      'keys.json': JSON.stringify({ [text]: 1 }),
      'entries.json': JSON.stringify({ schemaVersion: 1, findings: [{ ...entry, [text]: 1 }] }),
      'right.json': JSON.stringify({ schemaVersion: 1, findings: [entry] }),
      'damaged.json': `${text}{`,
      'other.json': JSON.stringify({ [text]: text }),
      'x.diff': `--- ${text}\n+++ ${text}\n@@ ${text}\n`,
    });
    for (const argv of [
      ['--baseline', 'keys.json'],
      ['--baseline', 'entries.json'],
      ['--baseline', 'damaged.json'],
      ['--baseline', 'right.json', '--update-baseline'],
      ['merge', 'damaged.json'],
      ['merge', 'other.json'],
      ['--diff', 'x.diff'],
      ['--diff', 'damaged.json'],
    ]) {
      expectHarmless(await shell.tfsg(argv));
    }
  });

  test('in reports that are merged', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': configuration('x') });
    const { stdout } = await shell.tfsg(['-f', 'json', '--shard', '1/1']);
    shell.remove();
    const hostile = JSON.parse(stdout, (key, value) =>
      typeof value === 'string' &&
      ['message', 'check', 'subject', 'file', 'instance', 'environment', 'text'].includes(key)
        ? text
        : value,
    );
    shell = shellWith({ 'r.json': JSON.stringify(hostile) });
    for (const format of names.filter((name) => !/^(?:pretty|rdjsonl?)$/.test(name))) {
      const result = await shell.tfsg(['merge', 'r.json', '-f', format, '--unknown', '--min-severity', 'info']);
      expect(result.stderr).not.toContain('is not a report');
      expectHarmless(result);
    }
  });

  test('in arguments', async () => {
    shell = shellWith({ 'main.tf': open });
    for (const argv of [
      [text],
      [`--${text}`],
      ['--format', text],
      ['--check', text],
      ['--output', text],
      ['--output', `${text}=x`],
      ['--output', `json=${named(text)}/\0`],
      ['--shard', text],
      ['--var-file', text],
      ['--config', text],
      ['--baseline', text],
      ['--diff', text],
      ['--env', text],
      ['--print-config', text, 'x'],
      ['--stdin-filename', text],
      ['merge', text],
      ['changes', '--base', text],
      ['changes', '--base', '.', text],
      ['changes', '--base', '.', '--format', text],
      ['parse', text],
      ['inspect', text],
      ['explain', text],
      ['checks', text],
      ['init', text],
      ['lsp', text],
    ]) {
      expectHarmless(await shell.tfsg(argv));
    }
  });
});

test('a diff that is safe is printed as it is, byte order mark, tabs and ends of lines too', async () => {
  const text = `\ufeff${open.replace('"0.0.0.0/0"', '"0.0.0.0/00"').replaceAll('\n', '\r\n').replace('  name', '\tname')}`;
  shell = shellWith({ '.git/': '', 'main.tf': text });
  const { stdout } = await shell.tfsg(['--fix-dry-run', '--check', 'invalid-cidr']);
  expect(stdout).toContain('-    cidr_blocks = ["0.0.0.0/00"]\r\n+    cidr_blocks = ["0.0.0.0/0"]\r\n');
});

test('a diff that is not safe is not printed, and says why', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': open.replace('"0.0.0.0/0"]', '"0.0.0.0/00"] # \u001b[2J') });
  const { stdout, stderr } = await shell.tfsg(['--fix-dry-run', '--check', 'invalid-cidr']);
  expect(stdout).toBe('');
  expect(stderr).toContain('the diff of main.tf is not shown because it contains control characters');
});

test('values in JSON stay what they are', async () => {
  for (const text of payloads) {
    shell = shellWith({ '.git/': '', 'main.tf': `resource "aws_security_group" "g" {\n  name = ${quoted(text)}\n}\n` });
    const { stdout } = await shell.tfsg(['inspect', '-f', 'json']);
    expect(JSON.parse(stdout).groups[0].name).toBe(text.normalize('NFC'));
    shell.remove();
  }
  shell = shellWith({});
});
