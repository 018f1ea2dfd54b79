/** What functions can access: the files of the tree, and templates. */

import type { FileSystem } from '../../files.ts';
import { parseTemplateText } from '../../hcl/native/template.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { FunctionWorld, TemplateRequest } from '../functions/index.ts';
import type { Budget } from '../values/budget.ts';
import { EvaluationError } from '../values/errors.ts';
import type { Value } from '../values/value.ts';
import { evaluate } from './evaluate.ts';
import type { Binding } from './scope.ts';

/** @param basePath what relative paths start from, as a path of `files` */
export function createFunctionContext(files: FileSystem, basePath: string): FunctionWorld {
  const context: FunctionWorld = {
    files,
    basePath,
    patterns: new Map(),
    renderTemplate: (request, budget) => renderTemplate(request, context, budget),
  };
  return context;
}

function renderTemplate(request: TemplateRequest, context: FunctionWorld, budget: Budget): Value {
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
  });
  return { ...result, origin: { span } };
}
