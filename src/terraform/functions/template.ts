/** templatefile and templatestring. */

import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, stringType } from '../values/type.ts';
import { isMapping, memberOf, typeOf, unknownFrom, type Value } from '../values/value.ts';
import type { FunctionTable, Invocation, TemplateRequest } from './definition.ts';
import { fileSystemFunctions, readFile } from './file.ts';

const variables = { name: 'vars', type: anyType };

/** Terraform: internal/lang/funcs/filesystem.go and string.go. */
export const templateFunctions: FunctionTable = {
  templatefile: {
    parameters: [{ name: 'path', type: stringType }, variables],
    returns: anyType,
    call: ([path, vars], invocation) => {
      const read = readFile(path!, invocation);
      if (read.kind === 'outside') return { ...read.unknown, type: anyType };
      return render(vars!, invocation, { caller: 'templatefile', text: read.text(), path: read.place });
    },
  },
  templatestring: {
    parameters: [{ name: 'template', type: anyType, allowNull: true, known: 'nothing' }, variables],
    returns: stringType,
    call: ([template, vars], invocation) => {
      const type = typeOf(template!);
      if (template!.kind !== 'string' && !(template!.kind === 'unknown' && /any|string/.test(type.kind))) {
        throw new EvaluationError('invalid template value: a string is required', { argument: 0 });
      }
      if (template?.kind !== 'string') return { ...unknownFrom([template!], stringType), notNull: true };
      const result = render(vars!, invocation, { caller: 'templatestring', text: template.value });
      try {
        return convert(result, stringType);
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        throw new EvaluationError(`invalid template result: ${error.message}`);
      }
    },
  },
};

/** @throws EvaluationError for what Terraform keeps templates from calling */
export function checkInsideTemplate({ name, context }: Pick<Invocation, 'name' | 'context'>): void {
  if (context.inside === undefined) return;
  if (Object.hasOwn(templateFunctions, name)) {
    throw new EvaluationError(`cannot recursively call ${name} from inside another template function`);
  }
  if (context.inside === 'templatestring' && fileSystemFunctions.has(name)) {
    throw new EvaluationError(
      `cannot use filesystem access functions like ${name} in templatestring templates; consider passing the function result as a template variable instead`,
    );
  }
}

function render(
  vars: Value,
  { context, span, sensitive }: Invocation,
  template: Pick<TemplateRequest, 'caller' | 'text' | 'path'>,
): Value {
  if (!isMapping(vars)) throw new EvaluationError('invalid vars value: must be a map', { argument: 1 });
  const named = new Map<string, Value>();
  for (const [name, value] of vars.entries) {
    if (!/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name)) {
      throw new EvaluationError(
        `invalid template variable name ${JSON.stringify(name)}: must start with a letter, followed by zero or more letters, digits, and underscores`,
        { argument: 1 },
      );
    }
    named.set(name, memberOf(value, vars));
  }
  const isSensitive = sensitive.size > 0;
  const request = { ...template, isSensitive, variables: named, span };
  const result = context.renderTemplate(request, context.budget, context.worlds);
  if (result.kind === 'null') {
    throw new EvaluationError(
      'The result of the template is null, which is not a valid result for a templatestring call.',
    );
  }
  return result;
}
