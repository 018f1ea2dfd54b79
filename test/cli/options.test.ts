/** Command lines that are right, and those that are not. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFully } from '../../src/cli/options/full-parser.ts';
import { parseArguments } from '../../src/cli/options/options.ts';

describe('what is wrong is said with the nearest name', () => {
  test.each([
    ['--formt x', 'Unknown option --formt. Did you mean --format?'],
    ['--no-color', 'Unknown option --no-color.'],
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
    ['explain', 'Missing argument.'],
    ['explain a b', 'Unexpected argument "b".'],
    ['parse', 'Missing argument.'],
  ])('%s', async (line, expected) => {
    await expect(parseArguments(line.split(' '), 80)).rejects.toThrow(expected);
  });
});

describe('the order of --var and --var-file', () => {
  test('is kept', async () => {
    const line = '--var a=1 --var-file f --var=b=x=y p --var-file=g';
    expect(await parseArguments(line.split(' '), 80)).toMatchObject({
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
  expect(await parseArguments(line.split(' '), 80)).toMatchObject({ arguments: { command, paths } });
});

test('a path may look like a number or an option behind --', async () => {
  const parsed = await parseArguments(['1', '0x10', '--', '--quiet', 'checks'], 80);
  expect(parsed).toMatchObject({ arguments: { command: 'lint', paths: ['1', '0x10', '--quiet', 'checks'] } });
});

/** yargs sees the command only where it stands first. */
function lintFirst(argv: readonly string[]): readonly string[] {
  return ['lint', ...(argv[0] === 'lint' ? argv.slice(1) : argv)];
}

test('the quick way reads command lines as yargs does', async () => {
  const words = [
    'a.tf',
    'b',
    '--format',
    '--format=unix',
    '-f',
    'json',
    '-fjson',
    '--quiet',
    '-q',
    '--var',
    'x=1',
    '--var=y=2',
    '--var-file',
    'f.tfvars',
    '-o',
    'json=out',
    '--check',
    'port-open',
    '--color',
    'always',
    '--unknown',
    '--min-severity=high',
    '-c',
    '--no-config',
    '-qf',
    '1.0',
  ];
  const outcomeOf = async (read: () => unknown) => {
    try {
      return await read();
    } catch (error) {
      return String(error);
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 6 }), async (argv) => {
      const quick = await outcomeOf(() => parseArguments(argv, 80));
      expect(quick).toEqual(await outcomeOf(() => parseFully(lintFirst(argv), [], 80)));
    }),
    { numRuns: 100 },
  );
});
