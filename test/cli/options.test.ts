/** Command lines that are right, and those that are not. */

import { describe, expect, test } from '@jest/globals';
import { commands, optionGroupsOf } from '../../src/cli/options/command-table.ts';
import type { Option } from '../../src/cli/options/option.ts';
import { parseArguments } from '../../src/cli/options/options.ts';

const parse = (line: string, environment: Readonly<Record<string, string>> = {}) =>
  parseArguments(
    line.split(' ').filter((word) => word !== ''),
    environment,
    80,
  );

describe('what is wrong is said with the nearest name', () => {
  test.each([
    ['--formt x', 'Unknown option --formt. Did you mean --format?'],
    ['--no-quiet', 'Unknown option --no-quiet.'],
    ['--quiet=yes', '--quiet takes no value, but got "yes".'],
    ['-fjson', '--format needs a value.'],
    ['-z', 'Unknown option -z.'],
    ['--format jsn', 'sarif, unix, not "jsn". Did you mean json?'],
    [
      '--fail-on medum',
      '--fail-on must be one of critical, high, medium, low, never, not "medum". Did you mean medium?',
    ],
    ['-c', '-c needs a value.'],
    ['--format=', '--format needs a value.'],
    ['--var x', '--var needs NAME=VALUE, but the given value has no "=".'],
    ['-o jsn=x', '--output needs FORMAT=FILE, but "jsn" is not a format. Did you mean json?'],
    ['-o json', '--output needs FORMAT=FILE, but "json" names no file.'],
    ['-c a --no-config', '--config cannot be used with --no-config.'],
    ['checks --unknown', 'This command has no option --unknown.'],
    ['--workspace=', '--workspace needs a value.'],
    ['explain', 'Missing argument <check>.'],
    ['checks a', 'Unexpected argument "a".'],
    ['help a b', 'Unexpected argument "b".'],
    ['help inpsect', 'Unknown command "inpsect". Did you mean inspect?'],
    ['completion tcsh', '<shell> must be one of bash, zsh, fish, not "tcsh".'],
    [
      '--preset strct',
      '--preset must be one of recommended, strict, strict-by-reach, cis, off, not "strct". Did you mean strict?',
    ],
    ['--check a,,b', '--check needs a value.'],
    ['- main.tf', '- reads one file from standard input and cannot be used with other paths.'],
    ['--fail-on-empty --allow-empty', '--fail-on-empty cannot be used with --allow-empty.'],
    ['parse', 'Missing argument <file>.'],
  ])('%s', async (line, expected) => {
    await expect(parse(line)).rejects.toThrow(expected);
  });
});

describe('the order of --var and --var-file', () => {
  test('is kept', async () => {
    const line = '--var a=1 --var-file f --var=b=x=y p --var-file=g';
    expect(await parse(line)).toMatchObject({
      arguments: {
        paths: ['p'],
        variables: [
          { kind: 'var', text: 'a=1' },
          { kind: 'var-file', text: 'f' },
          { kind: 'var', text: 'b=x=y' },
          { kind: 'var-file', text: 'g' },
        ],
      },
    });
  });
});

test.each([
  ['--no-config inspect a', 'inspect', ['a']],
  ['-f json --no-config inspect', 'inspect', ['.']],
  ['--var-file checks inspect checks', 'inspect', ['checks']],
  ['--quiet lint lint', 'lint', ['lint']],
])('options may stand before the command: %s', async (line, command, paths) => {
  expect(await parse(line)).toMatchObject({ arguments: { command, paths } });
});

test('a path may look like a number or an option behind --', async () => {
  const parsed = await parse('1 0x10 -- --quiet checks');
  expect(parsed).toMatchObject({ arguments: { command: 'lint', paths: ['1', '0x10', '--quiet', 'checks'] } });
});

test('a list of checks has commas, or is repeated', async () => {
  expect(await parse('--check a,b --check c --disable d')).toMatchObject({
    arguments: { check: ['a', 'b', 'c'], disable: ['d'] },
  });
});

test('a preset may have its whole name', async () => {
  for (const name of ['strict', 'tfsg:strict']) {
    expect(await parse(`--preset ${name}`)).toMatchObject({ arguments: { preset: 'tfsg:strict' } });
  }
});

test('--no-color is --color never', async () => {
  expect(await parse('--no-color')).toMatchObject({ arguments: { color: 'never' } });
});

test('an option has one type in all commands, and one letter', () => {
  const forms = new Map<string, Set<string>>();
  const letters = new Map<string, Set<string>>();
  for (const [name, option] of commands.flatMap(optionGroupsOf).flatMap(({ options }) => Object.entries(options))) {
    const { type, array, alias = '' }: Option = option;
    forms.set(name, (forms.get(name) ?? new Set()).add(`${type} ${array === true} ${alias}`));
    if (alias !== '') letters.set(alias, (letters.get(alias) ?? new Set()).add(name));
  }
  expect([...forms].filter(([, each]) => each.size > 1)).toEqual([]);
  expect([...letters].filter(([, each]) => each.size > 1)).toEqual([]);
});

describe('options from the environment', () => {
  const argumentsOf = async (line: string, environment: Readonly<Record<string, string>>) => {
    const parsed = await parse(line, environment);
    return parsed.kind === 'command' ? parsed.arguments : undefined;
  };

  test('stand at the start of the command line', async () => {
    const environment = {
      TFSG_FORMAT: 'json',
      TFSG_QUIET: '1',
      TFSG_UNKNOWN: 'false',
      TFSG_CHECK: 'a,b',
      TFSG_FIX: '',
    };
    expect(await argumentsOf('', environment)).toMatchObject({
      format: 'json',
      quiet: true,
      unknown: false,
      fix: undefined,
      check: ['a', 'b'],
    });
    expect(await argumentsOf('-f unix --check c', environment)).toMatchObject({
      format: 'unix',
      check: ['a', 'b', 'c'],
    });
  });

  test('have one value a line where they may be repeated', async () => {
    expect(await argumentsOf('--var c=3', { TFSG_VAR: 'a=1, 2\n\nb=2\n', TFSG_OUTPUT: 'json=x y' })).toMatchObject({
      variables: ['a=1, 2', 'b=2', 'c=3'].map((text) => ({ kind: 'var', text })),
      outputs: [{ format: 'json', file: 'x y' }],
    });
  });

  test('apply to the commands that have them, and accept the value', async () => {
    expect(await argumentsOf('checks', { TFSG_FORMAT: 'sarif', TFSG_FIX: '1' })).toMatchObject({ format: 'pretty' });
    expect(await argumentsOf('checks', { TFSG_FORMAT: 'json' })).toMatchObject({ format: 'json' });
  });

  test('name a directory to work in', async () => {
    expect(await parse('', { TFSG_CHDIR: 'a' })).toMatchObject({ directory: 'a' });
  });

  test.each([
    [{ TFSG_FORMAT: 'jsn' }, 'TFSG_FORMAT must be one of pretty, '],
    [{ TFSG_FORMAT: 'jsn' }, 'not "jsn". Did you mean json?'],
    [{ TFSG_QUIET: 'yes' }, 'TFSG_QUIET must be 1, true, 0 or false, not "yes".'],
    [{ TFSG_FIX: '1', TFSG_DIFF: 'x' }, '--fix cannot be used with --diff. The environment sets TFSG_FIX, TFSG_DIFF.'],
  ])('%j: %s', async (environment, message) => {
    await expect(parse('', environment)).rejects.toThrow(message);
  });

  test('that there are not get a word', async () => {
    expect(await parse('', { TFSG_FORMT: 'json', TFSG_ROOT: '', OTHER: 'x' })).toMatchObject({
      notes: ['The environment variable TFSG_FORMT is not an option of tfsg. Did you mean TFSG_FORMAT?'],
    });
  });
});
