/** Option values of checks: defaults, and those of a config. */

import { append } from '../../collections/append.ts';
import type { Check, KeyOption, OptionDeclaration, TextPattern } from '../../findings/check.ts';
import { type PortSpec, portSpecs } from '../../network/ports.ts';
import { readPorts } from '../../network/services.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { re2 } from '../../terraform/functions/libraries.ts';
import { itemsOf, type JsonNode, plainValue } from '../jsonc.ts';
import { mistake } from '../mistake.ts';

/** An option that is set among those of its check. */
export type SettableOption = Exclude<OptionDeclaration, KeyOption>;

/** The options of a check that don't come from a key of their own, by name. */
export function settableOptions(check: Check): readonly (readonly [name: string, option: SettableOption])[] {
  return Object.entries(check.options).flatMap(([name, option]) =>
    option.type === 'key' ? [] : [[name, option] as const],
  );
}

/** Option values by name. */
export type Options = Readonly<Record<string, unknown>>;

/**
 * All options of a check at their defaults. Throws for a default that the check itself got wrong.
 *
 * @param fromKey what the option is that comes from a key of the config
 */
export function defaultOptions(check: Check, fromKey: (declaration: KeyOption) => unknown): Options {
  return Object.fromEntries(
    Object.entries(check.options).map(([name, declaration]) => [
      name,
      declaration.type === 'key' ? fromKey(declaration) : defaultOf(check, name, declaration),
    ]),
  );
}

function defaultOf(check: Check, name: string, declaration: SettableOption): unknown {
  if (declaration.type === 'pattern') return patternOf(declaration.default);
  if (declaration.type !== 'ports') return declaration.default;
  return portSpecs(
    declaration.default.flatMap((entry) => {
      const read = readPorts(entry);
      if (read.kind === 'ports') return read.specs;
      throw new Error(`The default of ${check.id}'s option ${name} is not a list of ports: ${read.message}`);
    }),
  );
}

/**
 * One option as a config gives it.
 *
 * @param node of the JSON type that the schema asks for
 * @returns undefined as value if a problem says why it has none, or for the empty pattern
 */
export function decodeOption(declaration: OptionDeclaration, node: JsonNode): Outcome<unknown> {
  switch (declaration.type) {
    case 'pattern':
      return decodePattern(node);
    case 'ports':
      return decodePorts(node);
    case 'strings': {
      const { faultOf = () => undefined } = declaration;
      const problems = itemsOf(node).flatMap((item) => {
        const fault = faultOf(String(plainValue(item)));
        return fault === undefined ? [] : mistake(item, fault);
      });
      return { value: scalarsOf(node), problems };
    }
    default:
      return { value: node.kind === 'scalar' ? node.value : undefined, problems: [] };
  }
}

function decodePattern(node: JsonNode): Outcome<TextPattern | undefined> {
  if (node.kind !== 'scalar') return { value: undefined, problems: [] };
  const text = String(node.value);
  const wrong = (message: string, hint: string): Outcome<undefined> => ({
    value: undefined,
    problems: [mistake(node, message, hint)],
  });
  if (text.length > MAX_PATTERN_LENGTH)
    return wrong(
      `A regular expression can have at most ${MAX_PATTERN_LENGTH} characters; this one has ${text.length}.`,
      'Write a shorter one.',
    );
  try {
    new RegExp(text, 'u');
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error).replace(
      /^Invalid regular expression: .*: /s,
      '',
    );
    return wrong(
      `Invalid regular expression: ${reason}.`,
      'Use JavaScript syntax, and write each backslash twice in JSON.',
    );
  }
  try {
    return { value: patternOf(text), problems: [] };
  } catch (error) {
    const reason = error instanceof re2().RE2JSSyntaxException ? error.getPattern() : null;
    return wrong(
      `tfsg cannot match this regular expression in linear time${reason === null ? '' : `: ${JSON.stringify(reason)} is not supported`}.`,
      'Write it without lookarounds, backreferences and repetitions of more than 1,000.',
    );
  }
}

const MAX_PATTERN_LENGTH = 1000;

/** What RE2 takes is matched in time linear in the text; JavaScript's engine may take forever. */
function patternOf(text: string): TextPattern | undefined {
  if (text === '') return undefined;
  const { RE2JS } = re2();
  const regex = RE2JS.compile(RE2JS.translateRegExp(text));
  return { test: (value) => regex.test(value), toString: () => String(new RegExp(text, 'u')) };
}

function decodePorts(node: JsonNode): Outcome<unknown> {
  const specs: PortSpec[] = [];
  const problems: Problem[] = [];
  for (const item of node.kind === 'array' ? node.items : []) {
    if (item.kind !== 'scalar') continue;
    const read = readPorts(typeof item.value === 'number' ? item.value : String(item.value));
    if (read.kind === 'ports') append(specs, read.specs);
    else problems.push(mistake(item, read.message, read.hint));
  }
  return { value: portSpecs(specs), problems };
}

function scalarsOf(node: JsonNode): unknown[] {
  return node.kind === 'array' ? node.items.flatMap((item) => (item.kind === 'scalar' ? [item.value] : [])) : [];
}
