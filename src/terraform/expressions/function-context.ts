/** What functions can access: the files of the tree, and templates. */

import type { FileSystem } from '../../files.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import { parseTemplateText } from '../../hcl/native/template.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { FunctionTable, FunctionWorld, TemplateRequest } from '../functions/index.ts';
import type { Budget } from '../values/budget.ts';
import { EvaluationError } from '../values/errors.ts';
import { isMapping, isSequence, objectValue, type Value } from '../values/value.ts';
import { evaluate } from './evaluate.ts';
import type { Binding, ModuleNames } from './scope.ts';
import type { Worlds } from './worlds.ts';

/**
 * @param basePath what relative paths start from, as a path of `files`
 * @param added functions beside Terraform's own
 */
export function createFunctionContext(files: FileSystem, basePath: string, added?: FunctionTable): FunctionWorld {
  const context: FunctionWorld = {
    files,
    basePath,
    patterns: new Map(),
    added,
    renderTemplate: (request, budget, worlds) => renderTemplate(request, context, budget, worlds as Worlds | undefined),
    decodeVariables: (text, span, budget) => decodeVariables(text, span, context, budget),
  };
  return context;
}

function renderTemplate(
  request: TemplateRequest,
  context: FunctionWorld,
  budget: Budget,
  worlds: Worlds | undefined,
): Value {
  const { caller, path, text, variables, span } = request;
  budget.spend(text.length >> 1, span);
  const file = new SourceFile(path ?? `<${caller}>`, text, path === undefined, () => !request.isSensitive);
  const whole = { file, start: 0, end: text.length };
  const { value: template, problems } = parseTemplateText(whole, text, (offset) => offset);
  const [fault] = problems;
  if (fault !== undefined) throw new EvaluationError(`cannot parse the template: ${fault.message}`, { span });
  let bindings: Binding | undefined;
  for (const [name, value] of variables) bindings = { name, value, outer: bindings };
  const result = evaluate(template, {
    names: {
      member(root, name) {
        throw new EvaluationError(`the template has no variable "${root}", which "${root}.${name}" needs`, {
          span,
        });
      },
    },
    bindings,
    functions: { ...context, inside: caller },
    budget,
    worlds,
  });
  return { ...result, origin: { span } };
}

function decodeVariables(text: string, span: Span, functions: FunctionWorld, budget: Budget): Value {
  budget.spend(text.length >> 1, span);
  const { value: tree, problems } = parseHcl(new SourceFile('<decode_tfvars argument>', text, true));
  const [fault] = problems;
  if (fault !== undefined) throw new EvaluationError(`invalid tfvars syntax: ${fault.message}`);
  const names: ModuleNames = {
    member() {
      throw new EvaluationError('variables not allowed');
    },
  };
  const entries = tree.body.items.map((item): readonly [string, Value] => {
    if (item.kind === 'block') {
      throw new EvaluationError(`invalid tfvars content: blocks are not allowed here, but here is ${item.type.name}`);
    }
    const { name } = item.name;
    for (const { node } of nodesIn(item.value)) {
      if (node.kind !== 'call') continue;
      throw new EvaluationError(`invalid expression for variable "${name}": function calls not allowed`);
    }
    try {
      return [name, withoutOrigins(evaluate(item.value, { names, functions, budget }))];
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
      throw new EvaluationError(`invalid expression for variable "${name}": ${error.message}`);
    }
  });
  return objectValue(entries);
}

/** The text that was decoded is in no file: what is made of it comes from the call. */
function withoutOrigins(value: Value): Value {
  if (isSequence(value)) return { ...value, items: value.items.map(withoutOrigins), origin: undefined };
  if (isMapping(value)) {
    const entries = new Map([...value.entries].map(([key, entry]) => [key, withoutOrigins(entry)]));
    return { ...value, entries, origin: undefined };
  }
  return { ...value, origin: undefined };
}
