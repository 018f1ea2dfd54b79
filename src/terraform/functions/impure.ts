/** Functions whose result is unknown before apply, and those that need a key or a home directory. */

import type { Span } from '../../source/span.ts';
import { numberType, stringType, type Type } from '../values/type.ts';
import { type UnknownReason, type UnknownValue, unknownValue } from '../values/value.ts';
import type { FunctionDefinition, FunctionTable, Parameter } from './definition.ts';

/** The unknown result of a call that waits for the call itself. */
export function unknownCall(name: string, span: Span, type: Type = stringType): UnknownValue {
  const reason: UnknownReason = { name: `${name}()`, span };
  return { ...unknownValue(reason, type), notNull: true };
}

const impure = (parameters: readonly Parameter[], variadic?: Parameter): FunctionDefinition => ({
  parameters,
  ...(variadic === undefined ? {} : { variadic }),
  returns: stringType,
  call: (_, { name, span }) => unknownCall(name, span),
});

export const impureFunctions: FunctionTable = {
  bcrypt: impure([{ name: 'str', type: stringType }], { name: 'cost', type: numberType }),
  plantimestamp: impure([]),
  rsadecrypt: impure([
    { name: 'ciphertext', type: stringType },
    { name: 'privatekey', type: stringType },
  ]),
  timestamp: impure([]),
  uuid: impure([]),
};
