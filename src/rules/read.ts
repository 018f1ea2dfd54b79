/** A file of own rules -> what it declares, with all mistakes. */

import type { OptionDeclaration } from '../findings/check.ts';
import { type Severity, severities } from '../findings/severity.ts';
import { parseHcl } from '../hcl/native/parser.ts';
import type { Attribute, Block, Body, Expression, Template } from '../hcl/syntax.ts';
import { placeOf } from '../source/position.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { SourceFile } from '../source/source-file.ts';
import { type Span, textOf } from '../source/span.ts';
import { convertAt, evaluate } from '../terraform/expressions/evaluate.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { boolType } from '../terraform/values/type.ts';
import { isSequence, isWhollyKnown, type Value } from '../terraform/values/value.ts';
import { formatList } from '../text/count.ts';
import { Frame, ready } from './condition.ts';
import type { Example, RuleDeclaration } from './declaration.ts';
import { budgetOfQuestion, functionsIn, poolOfRule, STEPS_OF_RULE, scopeWith } from './evaluation.ts';
import { MOST_MISTAKES, mistakeAt } from './mistake.ts';
import { checkNames, type NameType, nameHint } from './names.ts';
import { objectWorld, sampleOf } from './objects.ts';
import { optionOf, optionTypes, optionValue } from './option.ts';
import { subjects } from './subjects.ts';

/** @param taken ids of other checks, with where they come from */
export function readRuleFile(
  file: SourceFile,
  taken: ReadonlyMap<string, string>,
): Outcome<readonly RuleDeclaration[]> {
  const { value: tree, problems: syntax } = parseHcl(file);
  const problems: Problem[] = syntax.map((each) => ({ ...each, kind: 'configuration', severity: 'error' }));
  const value: RuleDeclaration[] = [];
  const ids = new Map(taken);
  for (const item of tree.body.items) {
    if (item.kind === 'attribute' || item.type.name !== 'check') {
      const { name } = item.kind === 'attribute' ? item.name : item.type;
      const span = item.kind === 'attribute' ? item.name : item.header;
      problems.push(mistakeAt(span, `Expected check "ID" { ... }, not "${name}".`, nameHint(name, ['check'])));
      continue;
    }
    // What is missing in a block that nobody can read is not missing.
    if (syntax.some(({ span }) => span !== undefined && span.start >= item.start && span.start <= item.end)) continue;
    const reader = new Reader(item, problems);
    const declared = reader.read(ids);
    if (declared === undefined) continue;
    ids.set(declared.id, placeOf(declared.span));
    value.push(declared);
  }
  return { value, problems: firstOf(problems) };
}

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const sorted = [...problems].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const next = sorted[MOST_MISTAKES];
  if (next?.span === undefined) return sorted;
  const message = `This file has more than ${MOST_MISTAKES} errors; the rest are not shown.`;
  return [...sorted.slice(0, MOST_MISTAKES), mistakeAt(next.span, message)];
}

const attributeNames = ['for', 'when', 'severity', 'message', 'help', 'aliases', 'tags'] as const;
const blockNames = ['examples', 'option'] as const;
const exampleNames = ['fails', 'passes', 'before', 'folder', 'environment'] as const;
const optionNames = ['type', 'default', 'summary'] as const;

/** The longest texts: a line of a report, and a page. */
const MAX_MESSAGE = 1000;
const MAX_HELP = 10_000;

const skeleton = `Write examples {
  fails  = <<T
  ...
  T
  passes = <<T
  ...
  T
}`;

class Reader {
  readonly #block: Block;
  readonly #problems: Problem[];

  constructor(block: Block, problems: Problem[]) {
    this.#block = block;
    this.#problems = problems;
  }

  /** Undefined where something is wrong. */
  read(taken: ReadonlyMap<string, string>): RuleDeclaration | undefined {
    const before = this.#problems.length;
    const { header, body } = this.#block;
    const id = this.#id(taken);
    const attributes = this.#attributes(body, attributeNames, 'a check', blockNames);
    const options = this.#options(body);
    const subject = this.#subject(attributes.get('for'));
    const when = this.#required('when', 'the condition', attributes);
    const message = this.#required('message', 'what a finding says', attributes);
    const severity = this.#severity(attributes.get('severity'));
    const help = this.#text(attributes.get('help'), MAX_HELP) ?? '';
    const examples = this.#examples(body, subject);
    const aliases = this.#texts(attributes.get('aliases'));
    const tags = this.#texts(attributes.get('tags'));
    if (subject === undefined || when === undefined || message === undefined) return undefined;
    const names = new Map<string, NameType>();
    for (const [name, object] of Object.entries(subjects[subject]!.names)) names.set(name, { object });
    if (options.size > 0) names.set('option', { options: new Set(options.keys()) });
    const told = checkNames(when.value, names, this.#problems);
    checkNames(message.value, names, this.#problems);
    const isOther = told.type !== undefined && told.type !== 'bool' && when.value.kind !== 'boolean';
    if (isOther) this.#say(when.value, 'A condition is true or false: compare this with something.');
    this.#checkMessage(message);
    if (this.#problems.length === before) this.#try(when.value, subject, options);
    if (this.#problems.length > before || id === undefined || severity === undefined) return undefined;
    return {
      id,
      span: header,
      for: subject,
      subject: subjects[subject]!,
      when: when.value,
      severity,
      message: message.value,
      help,
      aliases,
      tags,
      options: Object.fromEntries(options),
      examples,
      isOfModel: told.isOfModel || subjects[subject]!.isOfModel,
      asksSources: told.asksSources,
    };
  }

  #id(taken: ReadonlyMap<string, string>): string | undefined {
    const { labels, header } = this.#block;
    const [label, further] = labels;
    if (label === undefined || further !== undefined) {
      this.#say(header, 'A check has one label, its id: check "acme-no-telnet" { ... }.');
      return undefined;
    }
    const { name } = label;
    if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > 100) {
      this.#say(
        label,
        `"${name}" is not an id: expected up to 100 lower-case letters, digits and hyphens, such as "acme-no-telnet".`,
      );
      return undefined;
    }
    const other = taken.get(name);
    if (other === undefined) return name;
    this.#say(
      label,
      `The id "${name}" is taken: ${other} has it.`,
      'Choose another one, such as one with a prefix of your own.',
    );
    return undefined;
  }

  /** By name, each once. */
  #attributes(
    body: Body,
    known: readonly string[],
    of: string,
    blocks: readonly string[] = [],
  ): ReadonlyMap<string, Attribute> {
    const found = new Map<string, Attribute>();
    for (const item of body.items) {
      const { name } = item.kind === 'attribute' ? item.name : item.type;
      const span = item.kind === 'attribute' ? item.name : item.header;
      const isKnown = (item.kind === 'attribute' ? known : blocks).includes(name);
      if (!isKnown) {
        const isOther = (item.kind === 'attribute' ? blocks : known).includes(name);
        if (isOther)
          this.#say(
            span,
            item.kind === 'attribute'
              ? `"${name}" is a block: write ${name} { ... }.`
              : `"${name}" is an argument: write ${name} = ...`,
          );
        else this.#say(span, `"${name}" is not an argument of ${of}.`, nameHint(name, [...known, ...blocks]));
        continue;
      }
      if (item.kind === 'block') continue;
      if (found.has(name)) this.#say(span, `"${name}" is here twice.`);
      found.set(name, item);
    }
    return found;
  }

  #required(name: string, what: string, attributes: ReadonlyMap<string, Attribute>): Attribute | undefined {
    const found = attributes.get(name);
    if (found === undefined) this.#say(this.#block.header, `This check has no "${name}": ${what}.`);
    return found;
  }

  #subject(attribute: Attribute | undefined): string | undefined {
    const known = Object.keys(subjects);
    const list = known.join(', ');
    if (attribute === undefined) {
      this.#say(this.#block.header, `This check has no "for": what it is asked of, one of ${list}.`);
      return undefined;
    }
    const { value } = attribute;
    const name = value.kind === 'reference' ? value.name : value.kind === 'string' ? value.value : undefined;
    if (name !== undefined && Object.hasOwn(subjects, name)) return name;
    this.#say(value, `Expected one of ${list}.`, name === undefined ? undefined : nameHint(name, known));
    return undefined;
  }

  #severity(attribute: Attribute | undefined): Severity | undefined {
    if (attribute === undefined) {
      this.#say(this.#block.header, `This check has no "severity": one of ${severities.join(', ')}.`);
      return undefined;
    }
    const { value } = attribute;
    const text = value.kind === 'string' ? value.value : value.kind === 'reference' ? value.name : undefined;
    const found = value.kind === 'string' ? severities.find((each) => each === text) : undefined;
    if (found === undefined)
      this.#say(
        value,
        `Expected "${severities.join('", "')}".`,
        text === undefined ? undefined : nameHint(text, severities),
      );
    return found;
  }

  #examples(body: Body, subject: string | undefined): readonly Example[] {
    const blocks = body.items.flatMap((item) => (item.kind === 'block' && item.type.name === 'examples' ? item : []));
    const found: Example[] = [];
    for (const block of blocks) {
      for (const label of block.labels) this.#say(label, '"examples" has no label.');
      const given = this.#attributes(block.body, exampleNames, 'examples');
      const texts = new Map(
        (['fails', 'passes', 'before'] as const).flatMap((name) => {
          const attribute = given.get(name);
          return attribute === undefined ? [] : [[name, this.#configuration(attribute.value)] as const];
        }),
      );
      for (const name of ['before', 'environment']) {
        const attribute = given.get(name);
        if (attribute !== undefined && subject !== undefined && subjects[subject]!.about !== 'opened')
          this.#say(attribute.name, `"${name}" is for checks of what a change opens: for = opened.`);
      }
      const before = texts.get('before');
      const folder = this.#folder(given.get('folder'));
      const environment = this.#text(given.get('environment'), MAX_MESSAGE);
      const shared = {
        ...(before !== undefined && { before }),
        ...(folder !== undefined && { folder }),
        ...(environment !== undefined && { environment }),
      };
      for (const kind of ['fails', 'passes'] as const) {
        const text = texts.get(kind);
        if (text !== undefined) found.push({ kind, text, ...shared, span: given.get(kind)!.value });
      }
    }
    for (const kind of ['fails', 'passes'] as const) {
      if (found.some((example) => example.kind === kind)) continue;
      const what = kind === 'fails' ? 'that it finds something in' : 'that it finds nothing in';
      const message = `This check has no example ${what} ("${kind}"), so nobody can tell whether it works.`;
      this.#say(this.#block.header, message, skeleton.replaceAll(/\s+/g, ' '));
    }
    return found;
  }

  #folder(attribute: Attribute | undefined): string | undefined {
    const folder = this.#text(attribute, MAX_MESSAGE);
    const isBelow = folder?.split('/').every((name) => !['', '.', '..'].includes(name) && !name.includes('\\'));
    if (isBelow !== false) return folder;
    this.#say(attribute!.value, 'Expected a folder of the repository, relative to its root, such as "live/prod".');
    return undefined;
  }

  #configuration(value: Expression): string | undefined {
    const text = configurationText(value);
    if (text === undefined) this.#say(value, 'Expected a configuration as text, such as <<T ... T.');
    return text;
  }

  #options(body: Body): ReadonlyMap<string, OptionDeclaration> {
    const options = new Map<string, OptionDeclaration>();
    for (const item of body.items) {
      if (item.kind !== 'block' || item.type.name !== 'option') continue;
      const [label, further] = item.labels;
      if (label === undefined || further !== undefined || !/^[a-z][a-z0-9_]*$/i.test(label.name)) {
        this.#say(item.header, 'An option has one label, its name: option "ports" { ... }.');
        continue;
      }
      if (options.has(label.name)) this.#say(label, `The option "${label.name}" is here twice.`);
      const attributes = this.#attributes(item.body, optionNames, 'an option');
      const type = attributes.get('type');
      const given = attributes.get('default');
      const summary =
        this.#text(attributes.get('summary'), MAX_MESSAGE) ??
        `Option of ${this.#block.labels[0]?.name ?? 'the check'}.`;
      if (type === undefined || given === undefined) {
        this.#say(item.header, `This option has no "${type === undefined ? 'type' : 'default'}".`);
        continue;
      }
      const option = this.#option(type.value, given.value, summary);
      if (option !== undefined) options.set(label.name, option);
    }
    return options;
  }

  #option(type: Expression, given: Expression, summary: string): OptionDeclaration | undefined {
    const value = this.#constant(given);
    if (value === undefined) return undefined;
    const kind = optionTypes.find((each) => each === textOf(type).replaceAll(/\s/g, ''));
    if (kind === undefined) {
      this.#say(type, `Expected one of ${formatList(optionTypes)}.`);
      return undefined;
    }
    const option = optionOf(kind, value, summary);
    if (typeof option !== 'string') return option;
    this.#say(given, `Expected ${option}, as "type" says.`);
    return undefined;
  }

  #texts(attribute: Attribute | undefined): readonly string[] {
    const value = attribute === undefined ? undefined : this.#constant(attribute.value);
    if (value === undefined) return [];
    const texts = isSequence(value) ? value.items.flatMap((item) => (item.kind === 'string' ? item.value : [])) : [];
    if (isSequence(value) && texts.length === value.items.length) return texts;
    this.#say(attribute!.value, 'Expected a list of strings.');
    return [];
  }

  #text(attribute: Attribute | undefined, longest: number): string | undefined {
    const value = attribute === undefined ? undefined : this.#constant(attribute.value);
    if (value === undefined) return undefined;
    if (value.kind === 'string' && value.value.length <= longest) return value.value.trim();
    this.#say(
      attribute!.value,
      value.kind === 'string' ? `Expected at most ${longest} characters.` : 'Expected a text.',
    );
    return undefined;
  }

  /** The value of an expression that asks nothing. */
  #constant(expression: Expression): Value | undefined {
    const before = this.#problems.length;
    checkNames(expression, new Map(), this.#problems);
    if (this.#problems.length > before) return undefined;
    try {
      const value = evaluate(expression, emptyScope());
      if (isWhollyKnown(value)) return value;
      this.#say(expression, 'Expected a value that is known.');
    } catch (error) {
      this.#sayFault(error, expression);
    }
    return undefined;
  }

  #checkMessage({ value }: Attribute): void {
    const isText = value.kind === 'string' || value.kind === 'template';
    if (value.kind === 'string' && value.value.trim() === '') this.#say(value, 'Expected a sentence.');
    if (isText && textOf(value).length > MAX_MESSAGE) this.#say(value, `Expected at most ${MAX_MESSAGE} characters.`);
  }

  /** What is wrong with the condition whatever a configuration says. */
  #try(when: Expression, subject: string, options: ReadonlyMap<string, OptionDeclaration>): void {
    const values = Object.entries(subjects[subject]!.names).map(([name, object]) => [name, sampleOf(object)] as const);
    const option = optionValue(Object.fromEntries([...options].map(([name, each]) => [name, each.default])));
    const frame = new Frame({ ...Object.fromEntries(values), option }, functionsIn(noWorld()), poolOfRule());
    try {
      convertAt(ready(when)(frame), boolType, when, 'A condition is true or false');
    } catch (error) {
      this.#sayFault(error, when);
    }
  }

  #sayFault(error: unknown, at: Span): void {
    if (!(error instanceof EvaluationError)) throw error;
    this.#say(error.span ?? at, error.kind === 'limit' ? limitText(error) : error.message.replace(/([^.!?])$/, '$1.'));
  }

  #say(span: Span, message: string, hint?: string): void {
    this.#problems.push(mistakeAt(span, message, hint));
  }
}

/** What a limit that was met is said to be. */
export const limitText = (error: EvaluationError): string =>
  error.isTold
    ? `This takes more than ${STEPS_OF_RULE.toLocaleString('en')} steps: ask less of it.`
    : error.message.replace(/([^.!?])$/, '$1.');

const noWorld = () => objectWorld();

const emptyScope = () => scopeWith({}, functionsIn(noWorld()).functions, budgetOfQuestion(poolOfRule()));

/** A configuration as it is written: what is a template, or an escape, to HCL is a part of the configuration here. */
function configurationText(value: Expression): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'template' ? textOfTemplate(value) : undefined;
}

const textOfTemplate = ({ parts }: Template): string =>
  parts.map((part) => (part.kind === 'text' ? part.value.replace(/[$%](?=\{)/g, '$&$&') : textOf(part))).join('');
