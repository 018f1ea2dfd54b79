/** Terraform's functions, and those that OpenTofu adds. */

import type { Span } from '../../source/span.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType } from '../values/type.ts';
import { unknownValue, type Value } from '../values/value.ts';
import { callDefinition } from './call.ts';
import { cidrFunctions } from './cidr.ts';
import { csvFunctions } from './csv.ts';
import { dateFunctions } from './date.ts';
import type { FunctionContext, FunctionTable } from './definition.ts';
import { encodingFunctions } from './encoding.ts';
import { fileFunctions } from './file.ts';
import { formatFunctions } from './format.ts';
import { hashFunctions } from './hash.ts';
import { impureFunctions } from './impure.ts';
import { jsonFunctions } from './json.ts';
import { mappingFunctions } from './mapping.ts';
import { numberFunctions } from './number.ts';
import { regexFunctions } from './regex.ts';
import { searchFunctions } from './search.ts';
import { sequenceFunctions } from './sequence.ts';
import { setFunctions } from './set.ts';
import { stringFunctions } from './string.ts';
import { checkInsideTemplate, templateFunctions } from './template.ts';
import { tfvarsFunctions } from './tfvars.ts';
import { typeFunctions } from './type.ts';
import { yamlFunctions } from './yaml.ts';

export type { FunctionContext, FunctionTable, FunctionWorld, TemplateRequest } from './definition.ts';

const table: FunctionTable = {
  ...cidrFunctions,
  ...csvFunctions,
  ...dateFunctions,
  ...encodingFunctions,
  ...fileFunctions,
  ...formatFunctions,
  ...hashFunctions,
  ...impureFunctions,
  ...jsonFunctions,
  ...mappingFunctions,
  ...numberFunctions,
  ...regexFunctions,
  ...searchFunctions,
  ...sequenceFunctions,
  ...setFunctions,
  ...stringFunctions,
  ...templateFunctions,
  ...tfvarsFunctions,
  ...typeFunctions,
  ...yamlFunctions,
};

/**
 * What the function makes of evaluated arguments. `try` and `can` are not among the functions: they look at their arguments
 * before those have values; nor is `convert`, whose second argument is a type.
 *
 * @param name also with `core::`; a provider's function is unknown, but for those of Terraform's own provider
 * @param span of the whole call: where a result that is made here comes from
 * @throws EvaluationError with Terraform's words, and the index of the argument at fault where one is
 */
export function callFunction(name: string, args: readonly Value[], span: Span, context: FunctionContext): Value {
  const plain = name.startsWith('core::') ? name.slice('core::'.length) : name;
  const { added = {} } = context;
  const own = Object.hasOwn(table, plain) ? table[plain] : undefined;
  const definition = Object.hasOwn(added, plain) ? added[plain] : own;
  if (definition === undefined) {
    if (plain.startsWith('provider::')) return unknownValue({ name: `${plain}()`, span }, anyType, { span });
    const nearest = nearestName(plain, [...functionNames(), ...Object.keys(added)]);
    const suggestion = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    // A later Terraform may have it.
    const rejection = nearest === undefined ? 'none' : undefined;
    throw new EvaluationError(`There is no function named "${plain}".${suggestion}`, { rejection });
  }
  const call = { name: plain, span, context };
  checkInsideTemplate(call);
  return callDefinition(definition, args, call);
}

/** The names that can be called, in code-unit order: `try`, `can` and `convert` too. */
export function functionNames(): readonly string[] {
  return [...Object.keys(table), 'can', 'convert', 'try'].sort();
}
